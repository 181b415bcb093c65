"""News: posting an update with the changed figures, after a preview."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.announcing import announce_reply, announce_revision
from bot.chat.client import InflowBot
from bot.chat.cogs.revisions import read_number
from bot.chat.forms import Field, form
from bot.chat.guide import Group, told
from bot.chat.pressed import Pressed
from bot.chat.replies import respond

WORDS = Field(
    "text", "What members should know", hint="The changed figures follow by themselves.", long=True, most=1500
)


class Board(commands.Cog):
    """What members hear of."""

    def __init__(self, bot: InflowBot) -> None:
        self.bot = bot
        bot.routes.add("annpress", self._ask_words, moderators=True)
        bot.routes.add("annform", self._announce_revision, moderators=True)

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
        await respond(interaction, announce_reply(self.bot, interaction, text, since), private=True)

    async def _ask_words(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        number = read_number(pressed.payload)
        asked = form(f"Announce revision {number}", "annform", str(number), [WORDS], owner=interaction.user.id)
        await interaction.response.send_modal(asked)

    async def _announce_revision(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        work = announce_revision(self.bot, interaction, read_number(pressed.payload), pressed.fields.get("text", ""))
        await respond(interaction, work, private=True)


def cog(bot: InflowBot) -> Board:
    """The cog of this module."""
    return Board(bot)
