"""Names and descriptions of commands in the languages of the members' Discord."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Where

SAME = {"es-419": "es-ES"}
"""Locales of Discord that share their names with another one."""

Names = Mapping[str, Mapping[str, tuple[str, str]]]
"""By Discord locale, then by the command's English name: its name and description there. Discord has no Arabic."""


@cache
def read_names() -> Names:
    """The table of translated commands that comes with the bot."""
    table = json.loads(resources.files("bot.chat").joinpath("names.json").read_text(encoding="utf-8"))
    return {locale: {key: (pair[0], pair[1]) for key, pair in rows.items()} for locale, rows in table.items()}


def translation(command: str, locale: str) -> tuple[str, str] | None:
    """The name and the description of a command in a locale of Discord; None where it keeps its English ones."""
    return read_names().get(SAME.get(locale, locale), {}).get(command)


def typed(command: str, locale: str) -> str:
    """A command as a member types it there, in Markdown: `/aide` in French."""
    row = translation(command, locale)
    return f"`/{row[0] if row else command}`"


class CommandNames(app_commands.Translator):
    """Answers discord.py's question what a command is called elsewhere; English where the table has no row."""

    async def load(self) -> None:
        """Read the table."""
        self._names = read_names()

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContext[Any, Any],
    ) -> str | None:
        """The name or description in a locale; None leaves the English one."""
        rows = self._names.get(SAME.get(locale.value, locale.value))
        if rows is None or context.location not in (Where.command_name, Where.command_description):
            return None
        row = rows.get(context.data.qualified_name)
        if row is None:
            return None
        return row[0 if context.location is Where.command_name else 1]
