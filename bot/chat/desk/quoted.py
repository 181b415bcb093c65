"""What a message says of a document: its first link, and the title and publisher that Discord shows below it."""

from __future__ import annotations

import re

import discord

_LINK = re.compile(r"https?://[^\s<>()\[\]\"']+")


def texts_from(message: discord.Message) -> dict[str, str]:
    """The texts for the form of a new source; what the message does not say stays empty."""
    found = _LINK.search(message.content)
    embed = next((item for item in message.embeds if item.url or item.title), None)
    url = found[0].rstrip(".,;:!?") if found else (embed.url if embed and embed.url else "")
    texts = {"url": url[:1000], "because": f"Posted by a member: {message.jump_url}"[:500]}
    if embed is None:
        return texts
    if embed.title:
        texts["title"] = embed.title[:400]
    if embed.provider.name:
        texts["publisher"] = embed.provider.name[:200]
    if embed.timestamp:
        texts["published"] = embed.timestamp.date().isoformat()
    return texts
