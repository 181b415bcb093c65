"""What stands around a question and is no part of it: greetings, "can you tell me", thanks, what it is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from bot.questions.tokens import folded

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")
_CALLED = re.compile(r"(?:inflow|bot) ?[,:]", re.IGNORECASE)
_APART = " \t,.!?:;–—-()…\"'"
_MOST = 5
"""Frames taken off each end; who wraps a question in more has asked none."""

Phrases = frozenset[tuple[str, ...]]


def unframed(text: str) -> str:
    """The text without its frame; as it stands when nothing would be left of it.

    >>> unframed("Hi there, can you tell me how many Belgians left, please? Thanks!")
    'how many Belgians left'
    """
    called = _CALLED.match(text)
    start, end = called.end() if called else 0, len(text)
    words = list(_WORD.finditer(text, start))
    said = [folded(match[0].replace("’", "'")) for match in words]
    stay, openings, closings = _phrases("stay"), _phrases("opening"), _phrases("closing")
    flags = [match.start() for match in _FLAG.finditer(text)] or [len(text), start]
    first = last = 0
    leading = [word for word, match in zip(said, words, strict=True) if match.end() <= flags[0]]
    for _ in range(_MOST):
        first += _opening(leading[first:], openings, stay)
    trailing = [word for word, match in zip(said[first:], words[first:], strict=True) if match.start() >= flags[-1]]
    for _ in range(_MOST):
        last += _closing(trailing[: len(trailing) - last], closings)
    start = words[first - 1].end() if first else start
    end = words[-last].start() if last else end
    rest = text[start:end].lstrip(_APART) if start else text[:end]
    rest = rest.rstrip(_APART) if last else rest
    return rest if _WORD.search(rest) or _FLAG.search(rest) else text


def _opening(said: Sequence[str], openings: Phrases, stay: Phrases) -> int:
    for count in range(min(_longest(), len(said)), 0, -1):
        phrase = tuple(said[:count])
        if phrase in stay:
            return 0
        if phrase in openings:
            return count
    return 0


def _closing(said: Sequence[str], closings: Phrases) -> int:
    longest = min(_longest(), len(said))
    return next((count for count in range(longest, 0, -1) if tuple(said[-count:]) in closings), 0)


@cache
def _phrases(kind: str) -> Phrases:
    text = (files("bot.questions") / "words" / "frames.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    listed = (phrase.split() for name, phrases in rows if name == kind for phrase in phrases.split("|"))
    return frozenset(tuple(map(folded, words)) for words in listed)


@cache
def _longest() -> int:
    return max(len(phrase) for kind in ("stay", "opening", "closing") for phrase in _phrases(kind))
