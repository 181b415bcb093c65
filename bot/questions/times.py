"""Every time that a text names, each with its place in the text and what binds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from bot.questions import stretches
from bot.questions.calendar_words import SMALL, calendar_phrases, event_phrases
from bot.questions.grammar import Meaning, Parser
from bot.questions.numbers import small_number, spoken_year
from bot.questions.tokens import Token
from db.model.values import Period

FIRST_DAY, LAST_DAY = date(2010, 1, 1), date(2022, 12, 31)
"""The days that figures speak of: departures of 2011 to 2019, and who had come back since."""
_YEARS = range(1990, 2050)
_OLD_YEARS = range(1900, 1990)
"""Read behind a word of time only: "in 1985" is a year, 1910 alone may be a count."""
_SHORT_YEARS = range(10, 20)
_REACH = 3
"""Characters between two words with nothing but spaces and marks between them."""
_BINDING = frozenset("in since by until before after between to".split())


@dataclass(frozen=True, slots=True)
class Time:
    """One expression of time: what it limits ("so far": nothing), and the indices of the tokens that say it."""

    start: date | None
    stop: date | None
    first: int
    last: int
    """Index after its last token."""

    @property
    def is_closed(self) -> bool:
        """Whether it has a beginning and an end."""
        return self.start is not None and self.stop is not None


def times_of(tokens: Sequence[Token], today: date, hidden: frozenset[int] = frozenset()) -> list[Time]:
    """The times among the tokens, from left to right; the hidden tokens are names of places."""
    seen = [index for index in range(len(tokens)) if index not in hidden]
    words = _Words([tokens[index] for index in seen])
    parser = Parser("times.tsv", words.terminals, words.near, partial(_meaning, today))
    found = []
    at = 0
    while at < len(seen):
        read = parser.longest("time", at) if words.opens(at) else None
        if read is None:
            at += 1
            continue
        stretch, end = read
        found.append(Time(stretch.first, stretch.last, seen[at], seen[end - 1] + 1))
        at = end
    return found


def spanned(times: Sequence[Time]) -> Period:
    """The period that several times make together: from the first beginning to the last end.

    A beginning and an end that stand apart ("since 2014 … until 2016") limit each other.
    """
    limits = [time for time in times if time.start or time.stop]
    if not limits:
        return Period()
    if len(limits) == 1:
        return Period.between(limits[0].start, limits[0].stop)
    starts = [time.start for time in limits if time.start]
    stops = [time.stop for time in limits if time.stop]
    first, last = (min(starts) if starts else None), (max(stops) if stops else None)
    if first is not None and last is not None and first > last:
        return Period()  # "before 2013 and after 2016" leaves a gap: no one stretch
    return Period.between(first, last)


def around(times: Sequence[Period]) -> Period:
    """The shortest stretch that holds all of several."""
    starts, stops = [time.first for time in times], [time.last for time in times]
    first = min(day for day in starts if day) if all(starts) else None
    last = max(day for day in stops if day) if all(stops) else None
    return Period.between(first, last)


def leaned(period: Period, way: str) -> Period | None:
    """The stretch before, after, since or until the one asked before; None where that has no such end."""
    whole = stretches.Stretch(period.first, period.last)
    if way == "since":
        found = stretches.since(whole) if period.first or period.last else None
    elif way == "until":
        found = stretches.by(whole) if period.last else None
    else:
        found = stretches.before(whole) if way == "before" and period.first else None
        found = stretches.after(whole) if way == "after" else found
    return Period.between(found.first, found.last) if found else None


def _meaning(today: date, name: str) -> Meaning:
    """What a rule means, with the day of the question where it counts from there."""
    meaning = getattr(stretches, name)
    return partial(meaning, today=today) if "today" in meaning.__annotations__ else meaning


class _Words:
    """What the words of a text can be in the grammar of times."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._said = [token.word for token in tokens]
        self._found: dict[int, list[tuple[str, str, Any, int]]] = {}

    def near(self, at: int) -> bool:
        """Whether a word stands right behind the one before: in "from France 2015" a name is between."""
        return at < len(self._tokens) and self._tokens[at].start - self._tokens[at - 1].end <= _REACH

    def opens(self, at: int) -> bool:
        """Whether a time may begin with a word: an article or an ending by itself opens none."""
        return any(kind not in SMALL and end > at for kind, _, _, end in self.terminals(at))

    def terminals(self, at: int) -> list[tuple[str, str, Any, int]]:
        """All that the words from here on can be."""
        if at >= len(self._tokens):
            return []
        found = self._found.get(at)
        if found is None:
            found = self._found[at] = [*self._phrases(at), *self._numbers(at), *self._marks(at)]
        return found

    def _phrases(self, at: int) -> list[tuple[str, str, Any, int]]:
        found: list[tuple[str, str, Any, int]] = [
            (kind, value, value, end) for kinds, end in calendar_phrases().at(self._said, at) for kind, value in kinds
        ]
        for event, end in event_phrases().at(self._said, at):
            kind = "event_behind" if event.only_behind else "event"
            found.append((kind, event.name, stretches.Stretch(event.day, event.day), end))
        return found

    def _numbers(self, at: int) -> list[tuple[str, str, Any, int]]:
        word = self._tokens[at].word
        found: list[tuple[str, str, Any, int]] = []
        if not word[0].isdigit():
            following = self._tokens[at + 1].word if at + 1 < len(self._tokens) else ""
            small, spoken = small_number(word), spoken_year(word, following)
            return [
                *([("num", "", small, at + 1)] if small else []),
                *([("spoken", "", spoken, at + 2)] if spoken else []),
            ]
        if "-" in word:
            day = stretches.iso(word)
            return [("iso", "", day, at + 1)] if day else []
        if not word.isdigit():
            return []
        number = int(word)
        if len(word) == 4 and (number in _YEARS or (number in _OLD_YEARS and self._is_bound(at))):
            found.append(("yyyy", "", number, at + 1))
        if len(word) <= 2 and number:
            found.append(("num", "", number, at + 1))
        if len(word) == 2 and number in _SHORT_YEARS:
            found.append(("short", "", 2000 + number, at + 1))
        return found

    def _marks(self, at: int) -> list[tuple[str, str, Any, int]]:
        """What stands between two words, as a part that takes up no word."""
        mark = self._tokens[at].mark
        if self._tokens[at].dashed:
            return [("dash", mark, mark, at), ("mark", mark, mark, at)]
        if mark == "/" or (mark == "." and self._tokens[at].start - self._tokens[at - 1].end == 1):
            return [("slash", mark, mark, at), ("mark", mark, mark, at)]
        return []

    def _is_bound(self, at: int) -> bool:
        return at > 0 and any(kind in _BINDING for kind, _, _, end in self.terminals(at - 1) if end == at)
