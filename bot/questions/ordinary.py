"""Ordinary English words that lie within a slip of a word of questions: they were meant as they stand.

``python -m tools.ordinary`` writes ``words/ordinary.txt``.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from sys import intern


@cache
def ordinary_words() -> frozenset[str]:
    """The words, in small letters."""
    text = (files("bot.questions") / "words" / "ordinary.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(intern(word) for line in lines for word in line.split())
