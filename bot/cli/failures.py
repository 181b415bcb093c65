"""Expected failures in the operator's words: what went wrong and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.settings import Settings


class CommandFailed(Exception):
    """A command cannot be carried out as asked; the message says what to do."""


def read_settings() -> Settings:
    """The settings of this process; raise CommandFailed with every fault when they do not fit."""
    from config import reading

    try:
        return reading.read_settings()
    except reading.SettingsUnfit as unfit:
        faults = "".join(f"\n  {fault}" for fault in unfit.faults)
        raise CommandFailed(f"The settings do not fit (.env.example has each); please mend:{faults}") from None


def explain(error: Exception) -> str | None:
    """The words for an expected failure; None when the error is a fault of ours and its traceback is wanted."""
    if isinstance(error, CommandFailed):
        return str(error)
    from db.model.errors import DatasetError

    if isinstance(error, DatasetError):
        return str(error)
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}. Check the path and that this user may use it."
    return None
