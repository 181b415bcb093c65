"""What somebody else knows about the names of places: the same who reads them in questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """What a written name means: one place for sure, some that may be meant, or none."""

    place: str | None
    """The id of the place that is plainly meant, written without a slip."""
    may_be: tuple[str, ...] = ()
    """Places that the writer has to choose from; empty when no place comes close."""


PlaceNames = Callable[[str], NamedPlace]
"""Reads a name; handed in by who opens the house, since the tables of names are not the store's."""
