"""What stands around a question and is no part of it: greetings, "can you tell me", thanks, what it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice

from bot.questions.tokens import folded

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")
_CALLED = re.compile(r"(?:inflow|bot) ?[,:]", re.IGNORECASE)
_APART = " \t,.!?:;–—-…\"'"
"""Marks around a frame; of brackets only one that opened or closed with the frame goes with it."""
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
    flags = [match.start() for match in _FLAG.finditer(text)] or [len(text), start]
    first = _opened(_folded(match) for match in words if match.end() <= flags[0])
    last = _opened((_folded(match) for match in reversed(words[first:]) if match.start() >= flags[-1]), closing=True)
    if not (called or first or last):
        return text
    start = words[first - 1].end() if first else start
    end = words[-last].start() if last else end
    rest = text[start:end].lstrip(_APART + ")") if start else text[:end]
    rest = rest.rstrip(_APART + "(") if last else rest
    return rest if _WORD.search(rest) or _FLAG.search(rest) else text


def _folded(match: re.Match[str]) -> str:
    return folded(match[0].replace("’", "'"))


def _opened(words: Iterator[str], *, closing: bool = False) -> int:
    """How many words belong to frames: at the start, or, of words in reversed order, at the end."""
    phrases, stay = _phrases("closing" if closing else "opening"), _phrases("stay")
    known = _outer_words("closing" if closing else "opening")
    ahead: list[str] = []
    taken = 0
    for _ in range(_MOST):
        ahead.extend(islice(words, 0 if ahead else 1))
        if not ahead or ahead[0] not in known:
            break
        ahead.extend(islice(words, _longest() - len(ahead)))
        said = {count: tuple(reversed(ahead[:count])) if closing else tuple(ahead[:count]) for count in _counts(ahead)}
        count = next((count for count in said if said[count] in phrases or said[count] in stay), 0)
        if not count or said[count] in stay:
            break
        taken += count
        del ahead[:count]
    return taken


def _counts(words: Sequence[str]) -> range:
    return range(len(words), 0, -1)


@cache
def _outer_words(kind: str) -> frozenset[str]:
    """The first words of openings and of what stays, the last ones of closings."""
    phrases = _phrases(kind) | _phrases("stay") if kind == "opening" else _phrases(kind)
    return frozenset(phrase[-1 if kind == "closing" else 0] for phrase in phrases)


@cache
def _phrases(kind: str) -> Phrases:
    text = (files("bot.questions") / "words" / "frames.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    listed = (phrase.split() for name, phrases in rows if name == kind for phrase in phrases.split("|"))
    return frozenset(tuple(map(folded, words)) for words in listed)


@cache
def _longest() -> int:
    return max(len(phrase) for kind in ("stay", "opening", "closing") for phrase in _phrases(kind))
