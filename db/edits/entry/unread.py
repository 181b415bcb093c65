"""What could not be read of a cell, and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a text is not taken; a text with two meanings names both."""

    wrong: str
    advice: str
    several: bool = False
    """Whether it has two meanings, both named in ``wrong``."""
