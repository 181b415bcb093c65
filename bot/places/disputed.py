"""Territories whose status is disputed: what is shown for them is a country's, and said to be."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from bot.places.fold import fold


def is_disputed(name: str) -> bool:
    """Whether a name is that of a territory whose status is disputed.

    >>> is_disputed("northern cyprus"), is_disputed("Dagestan")
    (True, False)
    """
    return fold(name) in _names()


@cache
def _names() -> frozenset[str]:
    text = (files("bot.places") / "sources" / "disputed.tsv").read_text(encoding="utf-8")
    rows = (line.partition("\t")[2] for line in text.splitlines() if not line.startswith("#"))
    return frozenset(fold(name) for row in rows for name in row.split(";"))
