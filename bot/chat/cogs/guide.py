"""Help, made from the commands themselves, and what the bot is."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat import replies
from bot.chat.client import InflowBot
from bot.chat.guide import MODERATED, Entry, Group, detail, entries, overview, told
from bot.chat.permissions import Standing, standing_of


class Guide(commands.Cog):
    """What can be asked, and of whom."""

    def __init__(self, bot: InflowBot) -> None:
        self.bot = bot

    @app_commands.command(
        description="What you can ask and do, with an example for each command.",
        extras=told(Group.ABOUT, "/help command: figure", free=True),
    )
    @app_commands.describe(command="The command to explain; leave it out for the list.")
    async def help(self, interaction: discord.Interaction[InflowBot], command: str | None = None) -> None:
        """List the commands, or explain one."""
        shown = self._shown(interaction)
        wanted = (command or "").strip().lstrip("/").casefold()
        named = [entry for entry in shown if entry.name.casefold() == wanted]
        words = detail(named[0]) if named else overview(shown)
        await replies.say(interaction, words)

    @help.autocomplete("command")
    async def _commands(
        self, interaction: discord.Interaction[InflowBot], typed: str
    ) -> list[app_commands.Choice[str]]:
        wanted = typed.strip().lstrip("/").casefold()
        return [
            app_commands.Choice(name=entry.title[:100], value=entry.name)
            for entry in self._shown(interaction)
            if wanted in entry.name.casefold()
        ][:25]

    def _shown(self, interaction: discord.Interaction[InflowBot]) -> list[Entry]:
        moderator = standing_of(self.bot.options, interaction) is Standing.MODERATOR
        return [entry for entry in entries(self.bot) if moderator or entry.group not in MODERATED]


def cog(bot: InflowBot) -> Guide:
    """The cog of this module."""
    return Guide(bot)
