"""Words of the calendar in all languages, and the events of the subject that stand for a day."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import product
from sys import intern

from bot.questions.phrases import Phrase, PhraseTable
from bot.questions.tokens import is_written_in, phrases_of

SMALL = frozenset({"the", "of", "ordinal", "suffix", "joined", "carried", "at", "one", "then", "against", "decade"})
"""Kinds of words that only stand inside a time, and are ordinary words elsewhere."""

_ARTICLE, _FOR_THE = "ال", "لل"
"""The Arabic article, and what it becomes behind "for"."""
_SHORTEST_CARRIED = 3


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event that questions name instead of a day."""

    name: str
    day: date
    source: str
    only_behind: bool = False
    """Whether the words mean the day only behind "since", "before" and the like: "the caliphate"."""


def _text(name: str) -> str:
    return (files("bot.questions") / name).read_text(encoding="utf-8")


@cache
def calendar_phrases() -> PhraseTable[tuple[tuple[str, str], ...]]:
    """The phrases of the calendar, each with what it can be: (kind, value) pairs."""
    table: dict[Phrase, list[tuple[str, str]]] = {}
    for line in _text("calendar.tsv").splitlines():
        if line.startswith("#"):
            continue
        kind, value, phrases = line.split("\t")
        for phrase in _expanded(phrases):
            table.setdefault(phrase, []).append((kind, value))
    return PhraseTable({phrase: tuple(dict.fromkeys(pairs)) for phrase, pairs in table.items()})


@cache
def carried() -> dict[str, tuple[str, ...]]:
    """What Arabic writes in one word with the word behind, each with the kinds that it is: "و" joins."""
    found: dict[str, tuple[str, ...]] = {}
    for phrase, pairs in calendar_phrases().phrases.items():
        if kinds := tuple(value for kind, value in pairs if kind == "carried"):
            found[phrase[0]] = kinds
    return found


def bare_words(word: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """What an Arabic word is without what it carries in front, with the kinds of that; its article stays.

    >>> [bare for _, bare in bare_words("للربع")]
    ['لربع', 'الربع']
    """
    if not is_written_in(word, "ar"):
        return
    for front, kinds in carried().items():
        bare = (_ARTICLE if front == _FOR_THE else "") + word[len(front) :]
        if word.startswith(front) and len(word) - len(front) >= _SHORTEST_CARRIED:
            yield kinds, bare


def units_of(word: str) -> list[str]:
    """The units of time that a folded word names: days, weeks, months, years."""
    entries = calendar_phrases().opened_by(word)
    return [value for phrase, pairs in entries if len(phrase) == 1 for kind, value in pairs if kind == "unit"]


@cache
def event_phrases() -> PhraseTable[Event]:
    """The names of the events."""
    table: dict[Phrase, Event] = {}
    for row in csv.DictReader(io.StringIO(_text("events.csv"))):
        event = Event(row["event"], date.fromisoformat(row["day"]), row["source"])
        table.update(dict.fromkeys(_expanded(row["words"]), event))
        for phrase in _expanded(row["only_behind"]):
            table.setdefault(phrase, replace(event, only_behind=True))
    return PhraseTable(table)


def _expanded(patterns: str) -> Iterator[Phrase]:
    """Every phrase that patterns with `{one/other}`, parted by bars, stand for."""
    ways: list[str] = []
    for pattern in patterns.split("|"):
        parts = [part.split("/") if at % 2 else [part] for at, part in enumerate(re.split(r"[{}]", pattern))]
        ways += map("".join, product(*parts))
    yield from (tuple(map(intern, words.split(" "))) for words in phrases_of("|".join(ways)) if words)


def is_of_the_calendar(word: str) -> bool:
    """Whether a folded word is one of the calendar, in Arabic also with what it carries in front."""
    return word in calendar_vocabulary() or any(calendar_phrases().opened_by(bare) for _, bare in bare_words(word))


@cache
def calendar_vocabulary() -> frozenset[str]:
    """Every single word that the calendar or an event uses, but for articles and endings."""
    dated = calendar_phrases().phrases
    phrases = [phrase for phrase, kinds in dated.items() if not {kind for kind, _ in kinds} <= SMALL]
    phrases += event_phrases().phrases
    return frozenset(word for phrase in phrases for word in phrase)
