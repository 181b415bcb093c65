"""Times in a question: years, months, days, quarters, seasons, parts, events, and the words that bind them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.questions.points import LAST_YEAR, Points
from bot.questions.rolling import rolling
from bot.questions.stretches import Point, month_end, one_day, relative_span
from bot.questions.tokens import Token

SHORTEST_YEAR = 364
FIRST_DAY, LAST_DAY = date(2010, 1, 1), date(2019, 12, 31)
"""The days that figures may speak of: the dataset's title says 2011 to 2019."""
_ONWARDS = frozenset("onwards onward forward forwards upwards".split())
_LATER = frozenset("later after onwards onward beyond".split())
_NOW = frozenset("now today present date".split())
_BY_THEN = frozenset("by as".split())
_ANDS = frozenset("and et und y e en ve и و or ou oder".split())
_BINDING = ("by", "since", "before", "after", "between", "in")


def _apart(spans: Sequence[tuple[date | None, date | None]]) -> bool:
    """Whether two closed stretches lie apart: "2013 and 2016" are two times, "2015 and 2016" one stretch."""
    closed = [(first, last) for first, last in spans if first and last]
    return len(closed) == len(spans) == 2 and (closed[1][0] - closed[0][1]).days > 1


class PeriodReader(Points):
    """Reads single expressions of time with the words that bind them."""

    def __init__(self, tokens: Sequence[Token], today: date) -> None:
        super().__init__(tokens)
        self._today = today

    def bound_at(self, at: int) -> tuple[date | None, date | None, int, bool] | None:
        """(first, last, end, whether "to date") of the expression that starts here, with its binding word."""
        counted = self._counted_months(at) or self._year_to(at)
        if counted is not None:
            return counted.first, counted.last, counted.end, False
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
                    return self._from_to(*pair)
            point = self._point(at + length)
            if point is not None:
                kind = next((kind for kind in binding if kind != "between"), "since")
                if self._tokens[at].word == "once":  # in front it is no Turkish "önce", which stands behind
                    kind = "after"
                onwards = self._onwards(point.end)
                if kind == "since" or onwards:
                    return self._since(point, onwards)
                if kind == "by" and self._is_beginning(at + length):
                    return None, self._until_beginning(at, point), point.end, False
                return (*self._bind(kind, point), point.end, False)
        pair = self._pair(at)
        if pair is not None and not self._only_listed(*pair):
            return self._from_to(*pair)
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
        onwards = self._onwards(point.end)
        if onwards:
            return self._since(point, onwards)
        return point.first, point.last, point.end, False

    def _since(self, point: Point, end: int | None) -> tuple[date | None, date | None, int, bool]:
        """A year or a day is part of what is since it; "since mid 2014" starts the day after that middle."""
        first = point.first or point.last + timedelta(days=1)
        return first, None, end or point.end, False

    @staticmethod
    def _from_to(left: Point, right: Point) -> tuple[date | None, date | None, int, bool]:
        """From the first point to the second; what only says "by then" begins the day after."""
        return left.first or left.last + timedelta(days=1), right.last, right.end, False

    def _onwards(self, at: int) -> int | None:
        """The index behind "onwards", "and later" or "until now"; None when nothing like it stands there."""
        words = [token.word for token in self._tokens[at : at + 2]]
        if words[:1] and words[0] in _ONWARDS:
            return at + 1
        if len(words) > 1 and words[0] in ("and", "or") and words[1] in _LATER:
            return at + 2
        for length, kinds in self._calendar(at):
            if ("relative", "to_date") in kinds:
                return at + length
        led = next((at + n for n, kinds in self._calendar(at) if ("to", "to") in kinds), at)
        then = self._skip(led, ("the",))
        if then < len(self._tokens) and self._tokens[then].word in _NOW and (led > at or self._tokens[at].dashed):
            return then + 1
        return None

    def _is_beginning(self, at: int) -> bool:
        """Whether "the start of" stands there; "early" is a stretch of its own."""
        at = self._skip(at, ("the",))
        return any(length > 1 and ("part", "start") in kinds for length, kinds in self._calendar(at)) and not any(
            token.word in ("early", "months", "part") for token in self._tokens[at : at + 3]
        )

    def _until_beginning(self, at: int, point: Point) -> date:
        """ "by the start of 2014" is its first day; "until the start of 2014" the day before."""
        first = point.first or point.last
        return first if self._tokens[at].word in _BY_THEN else first - timedelta(days=1)

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
        """A pair of which only the second has the year: "March to June 2015", "1 June - 31 August 2014"."""
        day, month, after = self._day_and_month(at)
        if day is None and month is None:
            return None
        gap = next((n for n, kinds in self._calendar(after) if any(kind == "to" for kind, _ in kinds)), 0)
        if not gap and not self._is_dash(after) and self._month(after)[0] is None:
            return None
        right = self._point(after + gap)
        if right is None and day is None:
            further = self._months_of_one_year(after + gap)  # "January, February and March 2016"
            right = further[1] if further else None
        if right is None or right.first is None:
            return None
        first = month or right.first.month
        if first > right.first.month or (day is not None and right.first != right.last):
            return None
        left = one_day(right.first.year, first, day or 1, after)
        last = left.last if left and day else month_end(right.first.year, first)
        return (Point(left.first, last, after), right) if left is not None else None

    def _relative(self, at: int) -> tuple[date | None, date | None, int, bool] | None:
        for length, kinds in self._calendar(at):
            for kind, value in kinds:
                if kind == "relative":
                    first, last = relative_span(value, self._today)
                    return first, last, at + length, value == "to_date"
        return None
