"""Times in a question: years, months, days, quarters, seasons, parts, events, and the words that bind them."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.questions.calendar_words import Event, calendar_phrases, event_phrases
from bot.questions.rolling import rolling
from bot.questions.tokens import Token
from db.values import PartialDate, Period

FIRST_YEAR, LAST_YEAR = 1990, 2049
_EARLIEST = 1900
"""The first year that is read behind a word of time only: "in 1985" is a year, 1910 alone may be a count."""
_BEFORE_A_YEAR = frozenset("in since by before until till after during from".split())
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_REACH = 3
"""Characters between two words with nothing but spaces and marks between them."""
_AGAINST = frozenset("than vs versus against compared to que als dan or ou oder".split())
_LEADING = frozenset({"by", "since", "before", "after"})
SHORTEST_YEAR = 364
_ANDS = frozenset("and et und y e en ve и و or ou oder".split())
_BINDING = ("by", "since", "before", "after", "between", "in")


@dataclass(frozen=True, slots=True)
class Point:
    """A stretch that one expression names; ``first`` is None where the expression only says "by then"."""

    first: date | None
    last: date
    end: int
    """Index after its last token."""


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """The period of a question and the tokens that said it."""

    period: Period
    used: frozenset[int]
    to_date: bool = False
    """Whether "so far" was said."""
    contrast: bool = False
    """Whether two times are set against each other: "in 2015 than in 2014"."""


def read_period(tokens: Sequence[Token], today: date, *, only_first: bool = False) -> FoundPeriod:
    """The period that the tokens name, or that their first expression names; open when they name none."""
    reader = _PeriodReader(tokens, today)
    first: date | None = None
    last: date | None = None
    used: set[int] = set()
    spans: list[tuple[date | None, date | None]] = []
    to_date = False
    at = 0
    while at < len(tokens):
        found = reader.bound_at(at)
        if found is None:
            at += 1
            continue
        start, stop, end, marks_today = found
        first = start if start is not None else first
        last = stop if stop is not None else last
        to_date = to_date or marks_today
        used.update(range(at, end))
        spans.append((start, stop))
        at = end
        if only_first:
            break
    contrast = len(spans) > 1 and (any(token.word in _AGAINST for token in tokens) or _apart(spans))
    if contrast and all(start and stop for start, stop in spans):
        first, last = min(start for start, _ in spans if start), max(stop for _, stop in spans if stop)
    if first is not None and last is not None and first > last:
        first, last = last, first
    return FoundPeriod(Period.between(first, last), frozenset(used), to_date, contrast)


def _apart(spans: Sequence[tuple[date | None, date | None]]) -> bool:
    """Whether two closed stretches lie apart: "2013 and 2016" are two times, "2015 and 2016" one stretch."""
    closed = [(first, last) for first, last in spans if first and last]
    return len(closed) == len(spans) == 2 and (closed[1][0] - closed[0][1]).days > 1


class _PeriodReader:
    def __init__(self, tokens: Sequence[Token], today: date) -> None:
        self._tokens = tokens
        self._today = today

    def bound_at(self, at: int) -> tuple[date | None, date | None, int, bool] | None:
        """(first, last, end, whether "to date") of the expression that starts here, with its binding word."""
        relative = self._relative(at)
        if relative is not None:
            return relative
        back = rolling(self._tokens, at, self._today)
        if back is not None:
            return (*back, False)
        for length, kinds in self._calendar(at):
            binding = [kind for kind, _ in kinds if kind in _BINDING]
            if not binding or not self._beside(at + length):
                continue
            if "between" in binding or "in" in binding:
                pair = self._pair(at + length)
                if pair is not None:
                    return pair[0].first, pair[1].last, pair[1].end, False
            point = self._point(at + length)
            if point is not None:
                kind = next((kind for kind in binding if kind != "between"), "since")
                bound = self._bind(kind, point)
                return (*bound, point.end, False) if kind != "since" else self._since(point)
        pair = self._pair(at)
        if pair is not None and not self._only_listed(*pair):
            return pair[0].first, pair[1].last, pair[1].end, False
        point = self._point(at)
        if point is None:
            return None
        # Some languages bind behind: "2015'e kadar", "2016'dan beri".
        for skip in (0, 1):
            for length, kinds in self._calendar(point.end + skip):
                behind = [kind for kind, _ in kinds if kind in ("by", "since", "before", "after")]
                word = self._tokens[point.end + skip].word
                if behind and word in ("kadar", "beri", "once", "sonra"):
                    return (*self._bind(behind[0], point), point.end + skip + length, False)
        return point.first, point.last, point.end, False

    def _since(self, point: Point) -> tuple[date | None, date | None, int, bool]:
        """A year or a day is part of what is since it; "since mid 2014" starts the day after that middle."""
        first = point.first or point.last + timedelta(days=1)
        return first, None, point.end, False

    @staticmethod
    def _bind(kind: str, point: Point) -> tuple[date | None, date | None]:
        if kind == "by":
            return None, point.last
        if kind == "before":
            return None, (point.first or point.last) - timedelta(days=1)
        if kind == "after":
            return point.last + timedelta(days=1), None
        if kind == "since":
            return point.first or point.last + timedelta(days=1), None
        return point.first, point.last

    def _pair(self, at: int) -> tuple[Point, Point] | None:
        """Two points with "to", "and" or a dash between them."""
        left = self._point(at)
        if left is None or left.end >= len(self._tokens):
            # "March to June 2015": the year stands behind the second month only.
            return self._months_of_one_year(at)
        gap = 0
        if not any(kind == "to" for _, kinds in self._calendar(left.end) for kind, _ in kinds):
            if not self._is_dash(left.end):
                return None
        else:
            gap = next(n for n, kinds in self._calendar(left.end) if any(kind == "to" for kind, _ in kinds))
        right = self._point(left.end + gap)
        if right is None or (left.first or left.last) > right.last:
            return self._short_year(left, left.end + gap)
        return left, right

    def _only_listed(self, left: Point, right: Point) -> bool:
        """Whether an "and" without "between" only lists two times that lie apart: "2013 and 2016"."""
        joined = left.end < len(self._tokens) and self._tokens[left.end].word in _ANDS
        years = all(point.first and (point.last - point.first).days >= SHORTEST_YEAR for point in (left, right))
        return joined and years and _apart([(left.first, left.last), (right.first, right.last)])

    def _short_year(self, left: Point, at: int) -> tuple[Point, Point] | None:
        """ "2014-15": the second year with two digits."""
        if at < len(self._tokens) and len(self._tokens[at].word) == 2 and self._tokens[at].is_number:
            year = left.last.year // 100 * 100 + int(self._tokens[at].word)
            if left.last.year < year <= LAST_YEAR:
                return left, Point(date(year, 1, 1), date(year, 12, 31), at + 1)
        return None

    def _months_of_one_year(self, at: int) -> tuple[Point, Point] | None:
        month, after = self._month(at)
        if month is None:
            return None
        gap = next((n for n, kinds in self._calendar(after) if any(kind == "to" for kind, _ in kinds)), 0)
        if not gap and self._month(after)[0] is None:
            return None
        right = self._point(after + gap)
        if right is None or right.first is None:
            return None
        return Point(date(right.first.year, month, 1), _month_end(right.first.year, month), after), right

    def _is_dash(self, at: int) -> bool:
        """Whether only a dash or a slash stands between two tokens."""
        if not 0 < at < len(self._tokens):
            return False
        between = self._tokens[at].start - self._tokens[at - 1].end
        return between == 1 and self._tokens[at].is_number and self._tokens[at - 1].is_number

    def _point(self, at: int) -> Point | None:
        at = self._skip(at, ("the", "le", "la", "el", "der", "dem", "den", "de", "het", "year", "jahr", "annee"))
        if at >= len(self._tokens):
            return None
        for length, kinds in self._calendar(at):
            for kind, value in kinds:
                if kind == "part":
                    point = self._point(at + length)
                    return _part(value, point) if point is not None else None
                if kind in ("quarter", "half"):
                    year, end = self._year(at + length)
                    if year is not None:
                        return _fraction(kind, int(value), year, end)
                if kind == "season":
                    year, end = self._year(at + length)
                    if year is not None:
                        return _months(year, _SEASONS[value], 3, end)
        return self._event(at) or self._day(at) or self._year_point(at)

    def _event(self, at: int) -> Point | None:
        for phrase, event in event_phrases().get(self._tokens[at].word, ()):
            if self._matches(phrase, at) and (not event.only_behind or self._is_behind(at)):
                return _of_event(event, at + len(phrase))
        return None

    def _is_behind(self, at: int) -> bool:
        """Whether "since", "before", "after" or the like leads to a word, with or without an article."""
        for back in (1, 2):
            if at >= back and {kind for _, kinds in self._calendar(at - back) for kind, _ in kinds} & _LEADING:
                return True
        return False

    def _day(self, at: int) -> Point | None:
        """An ISO date, "12 September 2016", "September 12, 2016" or a month with its year."""
        word = self._tokens[at].word
        if "-" in word:
            return _iso(word, at + 1)
        if word.isdigit() and len(word) <= 2:
            month, end = self._month(self._skip(at + 1, ("th", "st", "nd", "rd", "of", "de", "er")))
            year, end = self._year(end) if month else (None, end)
            if month and year:
                return _one_day(year, month, int(word), end)
            return self._numeric_day(at)
        month, end = self._month(at)
        if month is None:
            return None
        year, after = self._year(end)
        if year is not None:
            return Point(date(year, month, 1), _month_end(year, month), after)
        if end < len(self._tokens) and self._tokens[end].word.isdigit() and len(self._tokens[end].word) <= 2:
            year, after = self._year(self._skip(end + 1, ("th", "st", "nd", "rd")))
            if year is not None:
                return _one_day(year, month, int(self._tokens[end].word), after)
        return None

    def _numeric_day(self, at: int) -> Point | None:
        """12.09.2016 or 12/09/2016: day, month, year."""
        if at + 2 < len(self._tokens) and self._is_dash(at + 1) and self._is_dash(at + 2):
            day, month, year = (self._tokens[at + i].word for i in range(3))
            if len(year) == 4 and year.isdigit() and month.isdigit() and len(month) <= 2:
                return _one_day(int(year), int(month), int(day), at + 3)
        return None

    def _year_point(self, at: int) -> Point | None:
        year, end = self._year(at)
        if year is None:
            return None
        # A quarter or a month may follow its year: "2016 Q1", "2016 September".
        for length, kinds in self._calendar(end):
            for kind, value in kinds:
                if kind in ("quarter", "half"):
                    return _fraction(kind, int(value), year, end + length)
                if kind == "part" and value == "end" and self._tokens[end].word == "sonu":
                    return Point(None, date(year, 12, 31), end + length)
        return Point(date(year, 1, 1), date(year, 12, 31), end)

    def _year(self, at: int) -> tuple[int | None, int]:
        at = self._skip(at, ("of", "de", "des", "del", "von", "van", "in", "the", "jahr", "year", "عام", "سنه"))
        if at < len(self._tokens):
            word = self._tokens[at].word
            led = at > 0 and self._tokens[at - 1].word in _BEFORE_A_YEAR
            if len(word) == 4 and word.isdigit() and (_EARLIEST if led else FIRST_YEAR) <= int(word) <= LAST_YEAR:
                return int(word), at + 1
        return None, at

    def _month(self, at: int) -> tuple[int | None, int]:
        for length, kinds in self._calendar(at):
            for kind, value in kinds:
                if kind == "month":
                    return int(value), at + length
        return None, at

    def _relative(self, at: int) -> tuple[date | None, date | None, int, bool] | None:
        for length, kinds in self._calendar(at):
            for kind, value in kinds:
                if kind == "relative":
                    first, last = _relative_span(value, self._today)
                    return first, last, at + length, value == "to_date"
        return None

    def _calendar(self, at: int) -> list[tuple[int, tuple[tuple[str, str], ...]]]:
        """Every calendar phrase that starts here, longest first, as (length, what it can be)."""
        if at >= len(self._tokens):
            return []
        entries = calendar_phrases().get(self._tokens[at].word, ())
        return [(len(phrase), kinds) for phrase, kinds in entries if self._matches(phrase, at)]

    def _beside(self, at: int) -> bool:
        """Whether a word that binds stands right before what it binds: in "from France 2015" a name is between."""
        return at < len(self._tokens) and self._tokens[at].start - self._tokens[at - 1].end <= _REACH

    def _matches(self, phrase: tuple[str, ...], at: int) -> bool:
        return at + len(phrase) <= len(self._tokens) and all(
            self._tokens[at + i].word == word for i, word in enumerate(phrase)
        )

    def _skip(self, at: int, words: tuple[str, ...]) -> int:
        return at + 1 if at < len(self._tokens) and self._tokens[at].word in words else at


def _relative_span(value: str, today: date) -> tuple[date | None, date | None]:
    if value == "last_year":
        return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
    if value == "this_year":
        return date(today.year, 1, 1), date(today.year, 12, 31)
    if value == "this_month":
        return today.replace(day=1), _month_end(today.year, today.month)
    if value == "last_month":
        last = today.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last
    return None, today


def _part(value: str, point: Point) -> Point:
    """The start, middle or end of a stretch; an end, and a middle, are read as "by then"."""
    first = point.first or point.last
    if value == "end":
        return Point(None, point.last, point.end)
    if value == "middle":
        return (
            Point(None, first + (point.last - first) / 2, point.end)
            if (point.last - first).days < 360
            else Point(None, date(first.year, 6, 30), point.end)
        )
    months = max(1, round((point.last - first).days / 30.4 / 4))
    last_month = first.month + months - 1
    return Point(first, _month_end(first.year, last_month), point.end)


def _fraction(kind: str, number: int, year: int, end: int) -> Point:
    length = 3 if kind == "quarter" else 6
    return _months(year, (number - 1) * length + 1, length, end)


def _months(year: int, month: int, count: int, end: int) -> Point:
    last = month + count - 1
    return Point(date(year, month, 1), _month_end(year + (last - 1) // 12, (last - 1) % 12 + 1), end)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _iso(word: str, end: int) -> Point | None:
    try:
        day = PartialDate.parse(word)
    except ValueError:
        return None
    return Point(day.first, day.last, end)


def _one_day(year: int, month: int, day: int, end: int) -> Point | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Point(found, found, end)


def _of_event(event: Event, end: int) -> Point:
    return Point(event.day, event.day, end)
