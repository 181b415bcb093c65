"""Commands, their options and choices in the languages of the members' Discord."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class OptionWords:
    """What members' options are called in one locale, each by its English text."""

    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    choices: Mapping[str, str]


@cache
def read_options() -> Mapping[str, OptionWords]:
    """The table of translated options that comes with the bot, by Discord locale."""
    table = json.loads(resources.files("bot.chat").joinpath("option_names.json").read_text(encoding="utf-8"))
    return {locale: OptionWords(**rows) for locale, rows in table.items()}


def option_words(locale: str) -> OptionWords:
    """The words for options in a locale of Discord; none where it keeps the English ones."""
    return read_options().get(SAME.get(locale, locale)) or OptionWords({}, {}, {})


def translation(command: str, locale: str) -> tuple[str, str] | None:
    """The name and the description of a command in a locale of Discord; None where it keeps its English ones."""
    return read_names().get(SAME.get(locale, locale), {}).get(command)


def typed(command: str, locale: str) -> str:
    """A command as a member types it there, in Markdown: `/aide` in French."""
    row = translation(command, locale)
    return f"`/{row[0] if row else command}`"


class CommandNames(app_commands.Translator):
    """Answers discord.py's question what a command is called elsewhere; English where the tables have no row."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContext[Any, Any],
    ) -> str | None:
        """The text in a locale; None leaves the English one."""
        words, text = option_words(locale.value), string.message
        if context.location is Where.choice_name:
            return words.choices.get(text)
        is_option = context.location in (Where.parameter_name, Where.parameter_description)
        row = translation(context.data.command.name if is_option else context.data.qualified_name, locale.value)
        if row is None:  # a moderators' command is English as a whole
            return None
        if is_option:
            return (words.names if context.location is Where.parameter_name else words.descriptions).get(text)
        return row[0 if context.location is Where.command_name else 1]
