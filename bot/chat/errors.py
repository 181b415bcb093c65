"""From an exception to words: kind, without a traceback, with a reference that finds the log line."""

from __future__ import annotations

import logging
import secrets
import traceback

import discord
from discord import app_commands

from bot.chat.refusals import words_for_refusal

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


def words_for(error: BaseException) -> str | None:
    """The words for an expected error; None for a fault of ours."""
    if isinstance(error, Kindly):
        return error.words
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return "That command has changed since your Discord loaded it. Please reload Discord (Ctrl+R) and try again."
    if isinstance(error, app_commands.TransformerError):
        return f"I could not read “{str(error.value)[:80]}”. Please pick one of the suggestions."
    if isinstance(error, discord.Forbidden) and error.code in NO_ACCESS:
        return (
            "Discord does not let me do that here: I need to see this channel, send messages, embed links and "
            "attach files. A server manager can allow it; `/setup` checks."
        )
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


def fault_words(reference: str) -> str:
    """What a person is told about a fault of ours."""
    return (
        f"Something went wrong on my side; nothing was changed. Please try again. If it happens again, tell the "
        f"operator this reference: `{reference}`"
    )
