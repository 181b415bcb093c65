"""Logging for the whole process, set up once by an entry point; the token is never printed."""

from __future__ import annotations

import logging
import sys
from typing import Literal, TextIO


def configure_logging(
    *, form: Literal["console", "json"] = "console", level: str = "info", stream: TextIO | None = None
) -> None:
    """Send every log line, ours and the libraries', through one structlog formatter to ``stream`` (stderr)."""
    _without_rich()
    import structlog  # here, because a question from the terminal never logs

    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
    ]
    output = stream or sys.stderr
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if form == "json"
        # Places in the code and no values of what runs there: a frame may hold a token or what a member wrote.
        else structlog.dev.ConsoleRenderer(colors=output.isatty(), exception_formatter=structlog.dev.plain_traceback)
    )
    finish: list[structlog.typing.Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if form == "json":
        finish.append(structlog.processors.format_exc_info)
    handler = logging.StreamHandler(output)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[*finish, last]))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # discord.py logs each gateway payload at debug, which would hold members' words.
    logging.getLogger("discord").setLevel(max(logging.INFO, root.level))
    # Alembic and aiosqlite tell of every statement; what they say at warning is enough.
    for chatty in ("alembic", "aiosqlite", "asyncio"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, root.level))


def _without_rich() -> None:
    """Load structlog without the library for coloured tracebacks: 66 modules, and tracebacks with values in them."""
    if "rich" in sys.modules or "structlog" in sys.modules:
        return
    sys.modules["rich"] = None  # type: ignore[assignment]  # which makes its import fail, as where it is not installed
    try:
        import structlog.dev  # noqa: F401
    finally:
        del sys.modules["rich"]
