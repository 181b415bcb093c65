"""Ordinary English words that lie within a slip of a word of questions: they were meant as they stand.

``python -m tools.ordinary`` writes ``words/ordinary.txt``.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def ordinary_words() -> frozenset[str]:
    """The words, in small letters."""
    text = (files("bot.questions") / "words" / "ordinary.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
