"""Announcing on the desk: an update is shown as it would be posted, and posted once when it is confirmed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

import discord

from bot.chat.cards.update import update_text
from bot.chat.desk.changes import Desk, signature
from bot.chat.errors import Kindly
from bot.chat.inputs import read_start
from bot.chat.options import ChatOptions
from bot.chat.replies import Reply, card_reply
from bot.words.words import words_of

CONFIRM = "Post it"
MOST_CHANGES = 100


@dataclass(frozen=True, slots=True)
class UpdateDraft:
    """An update that was shown."""

    text: str
    first: int
    """The first revision that it tells of."""
    last: int
    nonce: str = field(default_factory=lambda: secrets.token_hex(12))
    """Fixed before the first attempt: Discord refuses to post the same one twice, whatever is tried again."""

    async def confirmed(self, desk: Desk, interaction: discord.Interaction) -> Reply:
        """Keep it in the outbox and post it; raise Kindly when the channel cannot be seen."""
        from db.desk import announcements as outbox

        update_channel(interaction.client, desk.options)
        parts = desk.parts
        by, at = signature(interaction.user), parts.clock()
        kept = await outbox.post_update(
            parts.database, self.text, by=by, first=self.first, last=self.last, at=at, nonce=self.nonce
        )
        post = await outbox.claim(parts.database, kept.id, at=at)
        posted = None if post is None else await desk.announcer.deliver(post)
        if posted is None:
            return card_reply("### Kept\nIt could not be posted just now; I try again by myself.")
        return card_reply(f"### Posted\n{posted.jump_url}")


def update_channel(client: discord.Client, options: ChatOptions) -> discord.abc.Messageable:
    """The channel for updates; raise Kindly when it is not set or cannot be seen."""
    if options.announcement_channel is None:
        raise Kindly("There is no channel for updates: the operator sets INFLOW_ANNOUNCEMENT_CHANNEL.")
    channel = client.get_channel(options.announcement_channel)
    if not isinstance(channel, discord.abc.Messageable):
        raise Kindly("I cannot see the channel for updates. Check INFLOW_ANNOUNCEMENT_CHANNEL and my rights.")
    return channel


async def announce_reply(desk: Desk, interaction: discord.Interaction, text: str, since: str | None) -> Reply:
    """An update since a day or a revision, else of the last change alone, as a preview to confirm."""
    from db.edits.history import changes_since, history

    update_channel(interaction.client, desk.options)
    latest = await desk.parts.dataset.revision()
    start = read_start(since) if since else max(latest - 1, 0)
    changed = await changes_since(desk.parts.database, start, limit=MOST_CHANGES)
    if not changed.changes and not text.strip():
        raise Kindly("Nothing has changed since then, so there is nothing to announce.")
    entries = await history(desk.parts.database, since=changed.since, limit=10, changes_each=0)
    # The channel's readers differ in language; updates are in the operator's, which is English.
    post = update_text(changed, entries, words_of("en"), text=text, by=signature(interaction.user))
    shown = f"{post}\n\n-# This goes to <#{desk.options.announcement_channel}>. Nothing is posted yet."
    return desk.waiting(
        interaction, UpdateDraft(post, min(changed.since + 1, changed.until), changed.until), shown, CONFIRM
    )


async def announce_revision(desk: Desk, interaction: discord.Interaction, revision: int, text: str) -> Reply:
    """An update from one revision on, with a moderator's words."""
    return await announce_reply(desk, interaction, text, f"r{max(revision - 1, 0)}")
