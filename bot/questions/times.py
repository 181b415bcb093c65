"""Every time that a text names, each with its place in the text and what binds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from inspect import getfullargspec
from typing import Any

from bot.questions import leaning, occasions, stretches
from bot.questions.calendar_words import SMALL, bare_words, calendar_phrases, event_phrases
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
_BESIDE = frozenset({"year", "named"})
_LONGEST_PHRASE = 6
_REACH = 3
"""Characters between two words with nothing but spaces and marks between them."""
_CODE, _LONGEST_CODE = 2, 3
"""Letters of a country's code, and of the longest."""
_BINDERS = frozenset("in since by until to before after between of the joined at ever led bound".split())
_DATED = frozenset("yyyy iso spoken".split())
_EVENTS = frozenset({"event", "event_behind"})
_JOINING = frozenset(["", "-", "'", "’"])
_LEADING = frozenset({"led", "bound"})
_FARTHEST = 8
"""So many words before a time may what binds it stand."""
_SHORT = timedelta(days=31)
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
    words = _Words(tokens, seen)
    context = _Context(today)
    found = _read(words, context)
    if context.leaned and (beside := _named_beside(words, found, today)) is not None:
        found = _read(words, beside)
    found = [_led(words, time, found[index - 1].last if index else 0) for index, time in enumerate(found)]
    return [Time(time.start, time.stop, seen[time.first], seen[time.last - 1] + 1) for time in found]


def _read(words: _Words, context: _Context) -> list[Time]:
    parser = Parser("times.tsv", words.terminals, words.near, context.meaning)
    found = []
    at = 0
    while at < len(words):
        read = parser.longest("time", at) if words.opens(at) else None
        if read is None:
            at += 1
            continue
        stretch, end = read
        found.append(Time(stretch.first, stretch.last, at, end))
        at = end
    return found


def _led(words: _Words, time: Time, first: int) -> Time:
    """A day that tells when something was, with what binds that: "since the takeover of Sanaa (21 Sept 2014)"."""
    point = stretches.Stretch(time.start, time.stop)
    if point.first is None or point.last is None or not words.dates(time):
        return time
    leads = words.leads(time, first)
    if leads and point.last - point.first > _SHORT and not words.tells(time, leads[0]):
        return time
    bound = stretches.bound(leads[0], point) if leads else None
    return Time(bound.first, bound.last, leads[1], time.last) if leads and bound else time


def _named_beside(words: _Words, found: Sequence[Time], today: date) -> _Context | None:
    """What times that name no year lean on: the one year that the others name, and the one stretch."""
    dated = [time for time in found if words.dates(time)]
    years = {day.year for time in dated for day in (time.start, time.stop) if day}
    named = {stretches.Stretch(time.start, time.stop) for time in dated}
    if len(years) != 1 and len(named) != 1:
        return None
    return _Context(today, next(iter(years)) if len(years) == 1 else None, named.pop() if len(named) == 1 else None)


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


@dataclass(slots=True)
class _Context:
    """What a time leans on that does not say all: the day of the question, and what the rest of the text names."""

    today: date
    year: int | None = None
    named: stretches.Stretch | None = None
    leaned: bool = False
    """Whether a rule asked for what the rest of the text names."""

    def meaning(self, name: str) -> Meaning:
        """What a rule means, with what it leans on."""
        meaning, needs = _meaning(name)
        self.leaned = self.leaned or bool(_BESIDE & needs)
        return partial(meaning, **{need: getattr(self, need) for need in needs}) if needs else meaning


@cache
def _meaning(name: str) -> tuple[Meaning, frozenset[str]]:
    """What a rule means, and what it leans on: the names that it takes by keyword only."""
    meaning: Meaning = next(getattr(room, name) for room in (stretches, leaning, occasions) if hasattr(room, name))
    return meaning, frozenset(getfullargspec(meaning).kwonlyargs)


class _Words:
    """What the words of a text can be in the grammar of times."""

    def __init__(self, tokens: Sequence[Token], seen: Sequence[int]) -> None:
        self._tokens = [tokens[index] for index in seen]
        words = [token.given for token in tokens if token.given.isalpha()]
        self._shouts = all(map(str.isupper, words)) and any(len(word) > _LONGEST_CODE for word in words)
        self._ends = bool(seen) and seen[-1] == len(tokens) - 1
        """Whether the text ends with the last of those that are seen."""
        gaps = (tokens[before + 1 : index] for before, index in zip([-1, *seen], seen, strict=False))
        self._apart = {at for at, gap in enumerate(gaps) if any(token.mark not in _JOINING for token in gap)}
        """Those that a hidden name with a mark before it parts from the one before."""
        self._said = [token.word for token in self._tokens]
        self._found: dict[int, list[tuple[str, str, Any, int]]] = {}

    def __len__(self) -> int:
        return len(self._tokens)

    def dates(self, time: Time) -> bool:
        """Whether a time says its own year, or names an event."""
        return self.says(time, _DATED | _EVENTS)

    def says(self, time: Time, kinds: frozenset[str]) -> bool:
        """Whether words of some kinds, or a short year, stand in a time."""
        said = {(kind, value) for at in range(time.first, time.last) for kind, _, value, _ in self.terminals(at)}
        years = {day.year for day in (time.start, time.stop) if day}
        return any(kind in kinds or (kind == "short" and value in years) for kind, value in said)

    def leads(self, time: Time, first: int) -> tuple[str, int] | None:
        """The word some words before, in one breath, that binds what they tell, and where it stands."""
        at = time.first
        alone = self._tokens[at].mark in ("", "(")
        if not alone or at in self._apart:
            return None
        for back in range(at - 1, max(first, at - _FARTHEST) - 1, -1):
            alone = alone and self.near(back + 1)
            ways = [(end, kind, value) for kind, _, value, end in self.terminals(back) if kind in _LEADING]
            end, kind, value = max(ways, default=(at, "", ""))
            if end < at and (alone or kind == "led"):
                return value, back
            if self._tokens[back].mark.strip("'’-\"") or back in self._apart:
                return None
        return None

    def tells(self, time: Time, way: str) -> bool:
        """Whether a year tells when something was: in brackets, behind "of", or, behind "since", behind "in"."""
        before = self.terminals(time.first - 1) if time.first else []
        behind = [kind for kind, _, _, end in before if end == time.first]
        inside = [kind for kind, _, _, end in self.terminals(time.first) if end > time.first]
        return self._tokens[time.first].mark == "(" or "of" in behind or (way == "since" and "in" in inside)

    def near(self, at: int) -> bool:
        """Whether a word stands right behind the one before: in "from France 2015" a name is between."""
        if at == len(self._tokens):
            return self._ends
        return self._tokens[at].start - self._tokens[at - 1].end <= _REACH

    def opens(self, at: int) -> bool:
        """Whether a time may begin with a word: an article or an ending by itself opens none."""
        return any(kind not in SMALL and end > at for kind, _, _, end in self.terminals(at))

    def terminals(self, at: int) -> list[tuple[str, str, Any, int]]:
        """All that the words from here on can be."""
        if at >= len(self._tokens):
            return [("close", "", "", at)]
        found = self._found.get(at)
        if found is None:
            found = self._found[at] = [*self._phrases(at), *self._numbers(at), *self._marks(at)]
        return found

    def _phrases(self, at: int) -> list[tuple[str, str, Any, int]]:
        phrases = ((kinds, end) for kinds, end in calendar_phrases().at(self._said, at) if self._is_whole(at, end))
        found: list[tuple[str, str, Any, int]] = [
            (kind, value, value, end) for kinds, end in phrases for kind, value in kinds
        ]
        if self._is_a_code(at):
            found = [one for one in found if one[0] not in _BINDERS]
        found += self._carried(at)
        for event, end in event_phrases().at(self._said, at):
            kind = "event_behind" if event.only_behind else "event"
            found.append((kind, event.name, stretches.Stretch(event.day, event.day), end))
        return found

    def _is_a_code(self, at: int) -> bool:
        """Whether a word that binds is two capitals in a text that does not shout: "AL 2013" is Albania."""
        token = self._tokens[at]
        if len(token.given) != _CODE or not token.given.isupper() or self._shouts:
            return False
        before = self._tokens[at - 1].given if at else ""
        beside = before[:1].isdigit() or (before.isupper() and len(before) > _LONGEST_CODE)
        return bool(token.mark) or not beside

    def _is_whole(self, at: int, end: int) -> bool:
        """Whether no hidden name stands within."""
        return all(map(self.near, range(at + 1, end)))

    def _carried(self, at: int) -> Iterator[tuple[str, str, Any, int]]:
        """What an Arabic word carries in front of a word of the calendar ("ويونيو"), as parts that take up no word."""
        for kinds, bare in bare_words(self._said[at]):
            behind = [bare, *self._said[at + 1 : at + _LONGEST_PHRASE]]
            held = [(pairs, at + end) for pairs, end in calendar_phrases().at(behind, 0)]
            if held:
                yield from ((kind, kind, kind, at) for kind in kinds)
            yield from ((kind, value, value, end) for pairs, end in held for kind, value in pairs)

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
            found.append(("yyyy" if self._is_set_against_another(at) else "short", "", 2000 + number, at + 1))
        return found

    def _is_set_against_another(self, at: int) -> bool:
        """Whether a short year stands against another: "14 v 15"."""
        pairs = (at - 1, at - 2), (at + 1, at + 2)
        inside = [(between, other) for between, other in pairs if 0 <= other < len(self)]
        return any(
            self._said[other].isdigit()
            and int(self._said[other]) in _SHORT_YEARS
            and ("against", "vs") in calendar_phrases().phrases.get((self._said[between],), ())
            for between, other in inside
        )

    def _marks(self, at: int) -> list[tuple[str, str, Any, int]]:
        """What stands between two words, as a part that takes up no word."""
        token = self._tokens[at]
        if not token.mark:
            glued = at > 0 and token.start == self._tokens[at - 1].end
            return [("bare", "", "", at), *([("glued", "", "", at)] if glued else [])]
        if token.dashed:
            return [("dash", "", "", at), ("mark", "", "", at)]
        if token.mark == "/" or (token.mark == "." and token.start - self._tokens[at - 1].end == 1):
            return [("slash", "", "", at), ("mark", "", "", at)]
        return [("close", "", "", at)]

    def _is_bound(self, at: int) -> bool:
        return at > 0 and any(kind in _BINDING for kind, _, _, end in self.terminals(at - 1) if end == at)
