"""Commands, their options and choices in the languages of the members' Discord."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Where

from bot.words.catalogue import FOLDER, read_file

CommandWords = Mapping[str, str]
"""What commands and options are called in one language: by kind and English text, such as ``command.ask``."""


@cache
def named_languages() -> tuple[str, ...]:
    """The languages that name the commands; more than answers come in. Discord has no Arabic."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/commands.json")))


@cache  # discord.py asks for each word of each command in each of its languages
def command_words(locale: str) -> CommandWords:
    """The words for commands in a locale of Discord; none where it keeps the English ones."""
    return _read(locale.partition("-")[0])


@cache
def _read(language: str) -> CommandWords:
    return read_file(language, "commands") if language in named_languages() else {}


def translation(command: str, locale: str) -> tuple[str, str] | None:
    """The name and the description of a command in a locale of Discord; None where it keeps its English ones."""
    words = command_words(locale)
    name = words.get(f"command.{command}")
    return None if name is None else (name, words[f"about.{command}"])


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
        words, text = command_words(locale.value), string.message
        if not words:
            return None
        if context.location is Where.choice_name:
            return words.get(f"choice.{text}")
        is_option = context.location in (Where.parameter_name, Where.parameter_description)
        row = translation(context.data.command.name if is_option else context.data.qualified_name, locale.value)
        if row is None:
            return None
        if is_option:
            return words.get(f"{'option' if context.location is Where.parameter_name else 'describe'}.{text}")
        return row[0 if context.location is Where.command_name else 1]
