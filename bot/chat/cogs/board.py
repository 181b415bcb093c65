"""News and gaps: posting an update after a preview, and the board of what members miss."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.chat import replies
from bot.chat.client import Cog, InflowBot
from bot.chat.cogs.revisions import REASON, read_number
from bot.chat.desk.announcing import announce_reply, announce_revision
from bot.chat.desk.gap_board import board_reply, released_reply, taken_reply
from bot.chat.forms import Field, form
from bot.chat.guide import Group, told
from bot.chat.pressed import Pressed
from bot.chat.replies import respond, rewrite
from db.desk.gap_board import settle_gap

WORDS = Field(
    "text", "What members should know", hint="The changed figures follow by themselves.", long=True, most=1500
)
_LAST_PAGE = 1_000


class Board(Cog):
    """What members hear of, and what they miss."""

    def __init__(self, bot: InflowBot) -> None:
        super().__init__(bot)
        bot.routes.add("annpress", self._ask_words, moderators=True)
        bot.routes.add("annform", self._announce_revision, moderators=True)
        bot.routes.add("gaptake", self._take, moderators=True)
        bot.routes.add("gapdone", self._ask_done, moderators=True)
        bot.routes.add("gapdrop", self._ask_done, moderators=True)
        bot.routes.add("gapform", self._settle, moderators=True)
        bot.routes.add("gapfree", self._release, moderators=True)
        bot.routes.add("gappage", self._turn, moderators=True)

    @app_commands.command(
        description="Post an update with the changed figures to the channel for updates.",
        extras=told(Group.NEWS, "/announce text: The annual series is in since: 2026-01-01"),
    )
    @app_commands.describe(
        text="What members should know; the changed figures follow by themselves.",
        since="A day (YYYY-MM-DD) or a data revision (r12); the last change alone when left out.",
    )
    async def announce(
        self,
        interaction: discord.Interaction[InflowBot],
        text: app_commands.Range[str, 1, 1500],
        since: str | None = None,
    ) -> None:
        """Preview an update."""
        await respond(interaction, announce_reply(self.bot.desk, interaction, text, since), private=True)

    @app_commands.command(
        description="What members miss or report, the most asked first; take one to work on it.",
        extras=told(Group.NEWS, "/gaps"),
    )
    async def gaps(self, interaction: discord.Interaction[InflowBot]) -> None:
        """Show the board."""
        await respond(interaction, board_reply(self.bot.parts, interaction), private=True)

    async def _take(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        number = read_number(pressed.values[0] if pressed.values else pressed.payload)
        await respond(interaction, taken_reply(self.bot.parts, interaction, number), private=True)

    async def _release(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        await rewrite(interaction, released_reply(self.bot.parts, interaction, read_number(pressed.payload)))

    async def _turn(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        await rewrite(
            interaction, board_reply(self.bot.parts, interaction, min(read_number(pressed.payload), _LAST_PAGE))
        )

    async def _ask_done(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        number, kind = read_number(pressed.payload), pressed.verb.removeprefix("gap")
        asked = form(f"Settle gap {number}", "gapform", f"{kind}.{number}", [REASON], owner=interaction.user.id)
        await replies.show_form(interaction, asked)

    async def _settle(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        await respond(interaction, self._settled(pressed), private=True)

    async def _settled(self, pressed: Pressed) -> replies.Reply:
        kind, _, number = pressed.payload.partition(".")
        because, parts = pressed.fields.get("because", ""), self.bot.parts
        gap = await settle_gap(
            parts.database, read_number(number), because=because, at=parts.clock(), done=kind == "done"
        )
        return replies.Reply(f"Gap {gap.id} is {gap.state} and off the board.", private=True)

    async def _ask_words(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        number = read_number(pressed.payload)
        asked = form(f"Announce revision {number}", "annform", str(number), [WORDS], owner=interaction.user.id)
        await replies.show_form(interaction, asked)

    async def _announce_revision(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        work = announce_revision(
            self.bot.desk, interaction, read_number(pressed.payload), pressed.fields.get("text", "")
        )
        await respond(interaction, work, private=True)
