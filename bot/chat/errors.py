"""From an exception to words: kind, without a traceback, with a reference that finds the log line."""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Sequence

import discord
from discord import app_commands

from bot.chat.refusals import words_for_refusal
from bot.chat.translator import typed
from bot.render.markdown import escaped
from bot.words.words import words_of
from db.model.errors import DatabaseRefused, RevisionUnknown, WriteUncertain

log = logging.getLogger(__name__)

UNKNOWN_INTERACTION = 10062
"""Discord no longer knows the interaction: too late, and every further reply would fail the same way."""
UNKNOWN_MESSAGE = 10008
ALREADY_ACKNOWLEDGED = 40060
MAY_NOT_REPLY = 160002
"""A reply points to a message that the bot may not read again."""
NO_ACCESS = frozenset({50001, 50013})


class Kindly(Exception):
    """An expected refusal with its words; shown to the asker alone and not logged as a fault."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words

    def words_in(self, locale: str) -> str:
        """The words for an asker with that locale; what only moderators and operators see is in English."""
        return self.words


class KindlyIn(Kindly):
    """An expected refusal in the asker's language: a key of the catalogues and its values, in Markdown.

    Values that are names of commands are given as ``commands`` and written as the asker types them.
    """

    def __init__(self, key: str, *, commands: Sequence[str] = (), **values: str) -> None:
        self._key, self._commands, self._values = key, tuple(commands), values
        super().__init__(self.words_in("en"))

    def words_in(self, locale: str) -> str:
        """The sentence of the key in that locale, or in English where there is none."""
        return say_in(locale, self._key, commands=self._commands, **self._values)


def say_in(locale: str, key: str, *, commands: Sequence[str] = (), **values: str) -> str:
    """A sentence of the catalogues, with the names of commands as they are typed there."""
    words = words_of(locale)
    embedded = {name: words.embed(value) for name, value in values.items()}
    return words.say(key, **embedded, **{command: typed(command, locale) for command in commands})


def cause_of(error: BaseException) -> BaseException:
    """The error beneath discord.py's wrapping."""
    while isinstance(error, app_commands.CommandInvokeError | app_commands.TransformerError) and (
        inner := getattr(error, "original", None) or error.__cause__
    ):
        error = inner
    return error


def is_too_late(error: BaseException) -> bool:
    """Whether nobody can be answered any more."""
    return isinstance(error, discord.NotFound) and error.code in (UNKNOWN_INTERACTION, UNKNOWN_MESSAGE)


def words_for(error: BaseException, locale: str = "en") -> str | None:
    """The words for an expected error; None for a fault of ours."""
    if isinstance(error, Kindly):
        return error.words_in(locale)
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return say_in(locale, "kind.command_changed")
    if isinstance(error, app_commands.TransformerError):
        return say_in(locale, "kind.option_unread", text=escaped(str(error.value)[:80]))
    if isinstance(error, discord.Forbidden) and error.code in NO_ACCESS:
        return say_in(locale, "kind.no_rights", commands=("setup",))
    if isinstance(error, DatabaseRefused):
        return say_in(locale, "kind.database")
    if isinstance(error, WriteUncertain):
        return _uncertain(locale)
    if isinstance(error, RevisionUnknown):
        return say_in(locale, "kind.revision_unknown", revision=str(error.revision))
    return words_for_refusal(error)


def report_fault(error: BaseException, doing: str, **ids: int | str | None) -> str:
    """Log a fault once and return its short reference.

    The places in the code are logged, and the kind of the error; not its message, which may quote what a member wrote.
    """
    reference = secrets.token_hex(3)
    places = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    kind = type(error).__name__
    log.error("fault %s while %s: %s\n%s", reference, doing, kind, places, extra={"reference": reference, **ids})
    return reference


def fault_words(reference: str, locale: str = "en", *, writing: bool = False) -> str:
    """What a person is told about a fault of ours; what became of a change that they confirmed is not guessed."""
    told = say_in(locale, "fault", reference=f"`{reference}`")
    return f"{told}\n{_uncertain(locale)}" if writing else told


def _uncertain(locale: str) -> str:
    return say_in(locale, "kind.uncertain", commands=("changes",))
