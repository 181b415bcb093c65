"""News and gaps: posting an update after a preview, and the board of what members miss."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.chat.client import Cog
from bot.chat.cogs.commanding import Asking, command, press, pressing
from bot.chat.cogs.revisions import REASON, read_number
from bot.chat.desk.announcing import announce_reply, announce_revision
from bot.chat.desk.gap_board import board_reply, released_reply, taken_reply
from bot.chat.forms import Field, form
from bot.chat.guide import Group
from bot.chat.pressed import Pressed
from bot.chat.replies import Reply, show_form
from db.desk.gap_board import settle_gap

WORDS = Field(
    "text", "What members should know", hint="The changed figures follow by themselves.", long=True, most=1500
)
_LAST_PAGE = 1_000


class Board(Cog):
    """What members hear of, and what they miss."""

    @command(
        Group.NEWS,
        "/announce text: The annual series is in since: 2026-01-01",
        text="What members should know; the changed figures follow by themselves.",
        since="A day (YYYY-MM-DD) or a data revision (r12); the last change alone when left out.",
    )
    async def announce(
        self,
        interaction: Asking,
        text: app_commands.Range[str, 1, 1500],
        since: str | None = None,
    ) -> Reply:
        """Post an update with the changed figures to the channel for updates."""
        return await announce_reply(self.bot.desk, interaction, text, since)

    @command(Group.NEWS, "/gaps")
    async def gaps(self, interaction: Asking) -> Reply:
        """What members miss or report, the most asked first; take one to work on it."""
        return await board_reply(self.bot.parts, interaction)

    @press("gaptake", moderators=True)
    async def _take(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        number = read_number(pressed.values[0] if pressed.values else pressed.payload)
        return await taken_reply(self.bot.parts, interaction, number)

    @press("gapfree", here=True, moderators=True)
    async def _release(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        return await released_reply(self.bot.parts, interaction, read_number(pressed.payload))

    @press("gappage", here=True, moderators=True)
    async def _turn(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        return await board_reply(self.bot.parts, interaction, min(read_number(pressed.payload), _LAST_PAGE))

    @pressing("gapdone", "gapdrop", moderators=True)
    async def _ask_done(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        number, kind = read_number(pressed.payload), pressed.verb.removeprefix("gap")
        asked = form(f"Settle gap {number}", "gapform", f"{kind}.{number}", [REASON], owner=interaction.user.id)
        await show_form(interaction, asked)

    @press("gapform", moderators=True)
    async def _settle(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        kind, _, number = pressed.payload.partition(".")
        because, parts = pressed.fields.get("because", ""), self.bot.parts
        gap = await settle_gap(
            parts.database, read_number(number), because=because, at=parts.clock(), done=kind == "done"
        )
        return Reply(f"Gap {gap.id} is {gap.state} and off the board.", private=True)

    @pressing("annpress", moderators=True)
    async def _ask_words(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        number = read_number(pressed.payload)
        asked = form(f"Announce revision {number}", "annform", str(number), [WORDS], owner=interaction.user.id)
        await show_form(interaction, asked)

    @press("annform", moderators=True)
    async def _announce_revision(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        number, text = read_number(pressed.payload), pressed.fields.get("text", "")
        return await announce_revision(self.bot.desk, interaction, number, text)
