"""Logging for the whole process, set up once by an entry point; the token is never printed."""

from __future__ import annotations

import json
import logging
import sys
from contextvars import copy_context
from datetime import UTC, datetime
from typing import Literal, TextIO

LOGGED = "logged."
"""Context variables whose names begin so are told in each line, by the rest of the name."""
_OF_EVERY_RECORD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


def configure_logging(
    *, form: Literal["console", "json"] = "console", level: str = "info", stream: TextIO | None = None
) -> None:
    """Send every log line, ours and the libraries', to ``stream`` (stderr): for people, or as one JSON object each."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_JsonLine() if form == "json" else _Line())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # discord.py logs each gateway payload at debug, which would hold members' words.
    logging.getLogger("discord").setLevel(max(logging.INFO, root.level))
    # Alembic and aiosqlite tell of every statement; what they say at warning is enough.
    for chatty in ("alembic", "aiosqlite", "asyncio"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, root.level))


class _Line(logging.Formatter):
    """A line for people; a fault with its places in the code and no values of what runs there, which may be secret."""

    def format(self, record: logging.LogRecord) -> str:
        beside = "".join(f" {name}={value}" for name, value in _beside(record).items())
        line = f"{_moment(record)} [{record.levelname.lower():<8}] {record.getMessage()} [{record.name}]{beside}"
        return "\n".join((line, *self._places(record)))

    def _places(self, record: logging.LogRecord) -> list[str]:
        places = [self.formatException(record.exc_info)] if record.exc_info else []
        return [*places, record.stack_info] if record.stack_info else places


class _JsonLine(_Line):
    """The same as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {"event": record.getMessage(), **_beside(record)}
        told |= {"level": record.levelname.lower(), "logger": record.name, "timestamp": _moment(record)}
        if places := self._places(record):
            told["exception"] = "\n".join(places)
        return json.dumps(told, default=repr)


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z")


def _beside(record: logging.LogRecord) -> dict[str, object]:
    """What a line tells besides its words: of the context in which it was written, and its own ``extra``."""
    around = {one.name.removeprefix(LOGGED): value for one, value in copy_context().items() if one.name[:7] == LOGGED}
    return around | {name: value for name, value in vars(record).items() if name not in _OF_EVERY_RECORD}
