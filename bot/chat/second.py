"""Where a second reader may be shown a question: what the operator allows, and what a server decides for itself."""

from __future__ import annotations

import discord

from bot.chat.options import ChatOptions

NOT_HERE = "no-language-model"
"""A role of this name, given to the bot, keeps a server's questions in the house; who manages roles there gives it."""


def may_leave(options: ChatOptions, guild: discord.Guild | None) -> bool:
    """Whether a question that was asked in a server, or in none that the bot is in, may be passed on."""
    me = None if guild is None else guild.me
    if guild is None or me is None:  # a direct message, or a server in which only its asker has installed the bot
        return options.reader_direct_messages
    return all(role.name.casefold() != NOT_HERE for role in me.roles)
