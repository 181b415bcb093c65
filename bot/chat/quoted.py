"""What a message says: its own words, what it forwards, and what is shown below it of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import discord

_LINK = re.compile(r"https?://[^\s<>()\[\]\"']+")


def words_in(message: discord.Message) -> str:
    """All that a message says: its text, that of what it forwards, of embeds and of cards."""
    return "\n".join(_texts(message))


def question_in(message: discord.Message) -> str:
    """What a message asks: its own text; where it has none, that of what it forwards, else of what it shows."""
    return next(_texts(message), "")


def _texts(message: discord.Message) -> Iterator[str]:
    snapshots = message.message_snapshots
    yield from filter(None, (message.clean_content.strip(), *(part.content.strip() for part in snapshots)))
    for part in _parts(message):
        for embed in part.embeds:
            fields = (text for field in embed.fields for text in (field.name, field.value))
            shown = "\n".join(filter(None, (embed.title, embed.description, *fields)))
            if shown:
                yield shown
        card = "\n".join(shown_in(part))
        if card:
            yield card


def shown_in(message: discord.Message | discord.MessageSnapshot) -> Iterator[str]:
    """The texts of a card, in the order shown."""
    return (part.content for part in parts_of(message) if isinstance(part, discord.TextDisplay))


def parts_of(message: discord.Message | discord.MessageSnapshot) -> Iterator[Any]:
    """All that a card is made of, in the order shown."""
    due: list[Any] = list(reversed(message.components))
    while due:
        part = due.pop()
        yield part
        due += reversed(getattr(part, "children", ()))


def texts_from(message: discord.Message) -> dict[str, str]:
    """The texts for the form of a new source; what the message does not say stays empty."""
    found = next(filter(None, (_LINK.search(part.content) for part in _parts(message))), None)
    embed = next((item for part in _parts(message) for item in part.embeds if item.url or item.title), None)
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


def _parts(message: discord.Message) -> list[discord.Message | discord.MessageSnapshot]:
    return [message, *message.message_snapshots]
