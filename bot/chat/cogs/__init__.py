"""The commands, a cog for each group; a cog parses, calls one function of another room, and sends."""

from __future__ import annotations

from importlib import import_module

import discord
from discord import app_commands

from bot.chat.client import Cog, InflowBot
from bot.chat.options import ChatOptions, Parts

MEMBERS = (
    "mentions",
    "ask",
    "lookups",
    "threads",
    "evidence",
    "past",
    "citing",
    "pictures",
    "taking",
    "checks",
    "reports",
    "watching",
    "privacy",
    "guide",
)
"""Cogs for everybody, everywhere: servers, direct messages and user installs."""
MODERATORS: tuple[str, ...] = ("figures", "curated_sources", "imports", "revisions", "board")
"""Cogs whose commands exist in the home server only, so that nobody else is shown what they may not use."""


def build_client(parts: Parts, options: ChatOptions) -> InflowBot:
    """The bot with its commands, ready to be started; it opens nothing and closes nothing of its parts."""
    return InflowBot(parts, options, load_cogs)


async def load_cogs(bot: InflowBot) -> None:
    """Add every cog: members' commands everywhere, moderators' in the home server."""
    for name in MEMBERS:
        await bot.add_cog(open_cog(name, bot))
    everywhere = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
    both = app_commands.AppInstallationType(guild=True, user=True)
    for kind in (discord.AppCommandType.chat_input, discord.AppCommandType.message):
        for command in bot.tree.get_commands(type=kind):
            command.allowed_contexts, command.allowed_installs = everywhere, both
    for name in MODERATORS:
        await bot.add_cog(open_cog(name, bot), guild=bot.home)


def open_cog(name: str, bot: InflowBot) -> Cog:
    """The cog of a module of this package: the one that is made there."""
    module = import_module(f"{__name__}.{name}")
    (kind,) = (
        one
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, Cog) and one.__module__ == module.__name__
    )
    return kind(bot)
