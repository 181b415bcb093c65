"""Files to send: within Discord's limit, or kind advice how to get them without Discord."""

from __future__ import annotations

import io

import discord

from bot.chat.errors import Kindly

FILE_LIMIT = 10 * 1024 * 1024
"""Bytes that Discord takes in a message where nobody has paid for more."""


def attach(name: str, content: bytes, *, instead: str, limit: int = FILE_LIMIT) -> discord.File:
    """A file to send; raise Kindly with the command-line way when Discord would refuse it."""
    if len(content) > limit:
        raise Kindly(
            f"That is {len(content) / 1024 / 1024:.0f} MB, and Discord takes {limit // 1024 // 1024} MB here. Ask for "
            f"one place instead, or get it from the terminal: `{instead}`"
        )
    return discord.File(io.BytesIO(content), name)
