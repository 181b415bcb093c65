"""What a cell of the dataset can hold: partial dates, periods and intervals, and their arithmetic."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Number = int | Decimal
"""A count of people (int) or a rate derived from one (Decimal); never a float."""

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Precision(StrEnum):
    """How exactly a date was stated."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as exactly as it was stated: a year, a month or a day (ISO 8601 with reduced precision)."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        month, day = (1 if part is None else part for part in (self.month, self.day))
        date(self.year, month, day)  # raises ValueError on an impossible date

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; raise ValueError on anything else."""
        match = _PARTIAL.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"not a date of the form YYYY, YYYY-MM or YYYY-MM-DD: {text!r}")
        year, month, day = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The partial date with the full precision of a calendar day."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> Precision:
        """The smallest unit that was stated."""
        if self.day is not None:
            return Precision.DAY
        return Precision.MONTH if self.month is not None else Precision.YEAR

    @property
    def first(self) -> date:
        """The first day that the statement can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that the statement can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time; an end that was not stated is None and stays open."""

    start: PartialDate | None = None
    end: PartialDate | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.start.first > self.end.last:
            raise ValueError(f"a period cannot end before it starts: {self.start} to {self.end}")

    @classmethod
    def between(cls, first: date | None, last: date | None) -> Period:
        """The period from one day to another, both included."""
        return cls(PartialDate.of(first) if first else None, PartialDate.of(last) if last else None)

    @classmethod
    def year(cls, year: int) -> Period:
        """The calendar year."""
        return cls(PartialDate(year), PartialDate(year))

    @property
    def first(self) -> date | None:
        """The first day of the period, None when open."""
        return self.start.first if self.start else None

    @property
    def last(self) -> date | None:
        """The last day of the period, None when open."""
        return self.end.last if self.end else None

    @property
    def is_open(self) -> bool:
        """Whether neither end was stated."""
        return self.start is None and self.end is None

    def covers(self, day: date) -> bool:
        """Whether the day falls in the period."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def overlaps(self, other: Period) -> bool:
        """Whether the two periods share a day."""
        return (self.first or date.min) <= (other.last or date.max) and (other.first or date.min) <= (
            self.last or date.max
        )

    def contains(self, other: Period) -> bool:
        """Whether every day of the other period falls in this one."""
        return (self.first or date.min) <= (other.first or date.min) and (other.last or date.max) <= (
            self.last or date.max
        )

    def same_days(self, other: Period) -> bool:
        """Whether both periods mean the same days, however precisely each was stated."""
        return self.first == other.first and self.last == other.last

    def gap_days(self, other: Period) -> int:
        """The days between two periods that do not overlap; 0 when they do."""
        if self.overlaps(other):
            return 0
        if self.last is not None and other.first is not None and self.last < other.first:
            return (other.first - self.last).days
        return ((self.first or date.max) - (other.last or date.min)).days

    def __str__(self) -> str:
        return f"{self.start or '..'}/{self.end or '..'}"


class Bound(StrEnum):
    """How a source states a value."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    FEWER_THAN = "fewer_than"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Interval:
    """A value as an interval of counts; an end that nobody stated is None and stays open.

    ``more_than`` and ``fewer_than`` keep the number that the source printed, itself outside of the interval.
    """

    low: Number | None
    high: Number | None
    bound: Bound

    def __post_init__(self) -> None:
        low, high, bound = self.low, self.high, self.bound
        if low is None and high is None:
            raise ValueError("an interval needs at least one stated end")
        if (low is not None and low < 0) or (high is not None and high < 0):
            raise ValueError("a count of people cannot be negative")
        if low is not None and high is not None and low > high:
            raise ValueError(f"the low end {low} is above the high end {high}")
        if bound in (Bound.AT_LEAST, Bound.MORE_THAN) and (low is None or high is not None):
            raise ValueError(f"{bound} states the low end only")
        if bound in (Bound.AT_MOST, Bound.FEWER_THAN) and (high is None or low is not None):
            raise ValueError(f"{bound} states the high end only")
        if bound in (Bound.EXACT, Bound.ABOUT) and low != high:
            raise ValueError(f"{bound} states one number")
        if bound is Bound.RANGE and (low is None or high is None):
            raise ValueError("a range states both ends")

    @property
    def is_zero(self) -> bool:
        """Whether the source states none."""
        return self.low == 0 and self.high == 0

    @property
    def least(self) -> Number:
        """The lowest value it allows; a count of people has no lower end below zero."""
        return self.low if self.low is not None else 0

    @property
    def most(self) -> Number | None:
        """The highest value it allows; None when open."""
        return self.high

    @property
    def printed(self) -> tuple[Number, Number]:
        """The lowest and the highest number that it prints; a bound alone prints one."""
        low = self.low if self.low is not None else self.high
        high = self.high if self.high is not None else self.low
        assert low is not None  # an interval has at least one stated end
        assert high is not None
        return low, high

    def overlaps(self, other: Interval) -> bool:
        """Whether one number could satisfy both; a strict bound excludes the number it prints."""
        return not (self.surely_below(other) or other.surely_below(self))

    def surely_below(self, other: Interval) -> bool:
        """Whether every value of this interval is below every value of the other."""
        if self.most is None:
            return False
        if self.most < other.least:
            return True
        strict = self.bound is Bound.FEWER_THAN or other.bound is Bound.MORE_THAN
        return strict and self.most == other.least

    def per(self, population: int, unit: int = 1_000_000) -> Interval:
        """The rate per ``unit`` inhabitants, kept exact as Decimals."""
        if population <= 0:
            raise ValueError("a rate needs a population above zero")
        scale = Decimal(unit) / Decimal(population)
        return Interval(
            None if self.low is None else Decimal(self.low) * scale,
            None if self.high is None else Decimal(self.high) * scale,
            self.bound,
        )


def between(
    low: Number | None,
    high: Number | None,
    *,
    strict_low: bool = False,
    strict_high: bool = False,
    exact: bool = False,
) -> Interval:
    """The interval from one end to the other, of which one may be open; one number is about it unless ``exact``.

    ``strict_low`` and ``strict_high`` say of an end beside an open one that the number itself lies outside.

    >>> between(3, None, strict_low=True).bound, between(4, 4).bound, between(4, 7).bound
    (<Bound.MORE_THAN: 'more_than'>, <Bound.ABOUT: 'about'>, <Bound.RANGE: 'range'>)
    """
    if high is None:
        return Interval(low, None, Bound.MORE_THAN if strict_low else Bound.AT_LEAST)
    if low is None:
        return Interval(None, high, Bound.FEWER_THAN if strict_high else Bound.AT_MOST)
    if low == high:
        return Interval(low, high, Bound.EXACT if exact else Bound.ABOUT)
    return Interval(low, high, Bound.RANGE)


def bounded(number: Number, bound: Bound) -> Interval:
    """What one number says with a bound: an end of it stays open, or both ends are the number.

    >>> bounded(500, Bound.MORE_THAN).high, bounded(500, Bound.ABOUT).high
    (None, 500)
    """
    low = None if bound in (Bound.FEWER_THAN, Bound.AT_MOST) else number
    high = None if bound in (Bound.MORE_THAN, Bound.AT_LEAST) else number
    return Interval(low, high, bound)


def total(parts: Iterable[Interval]) -> Interval:
    """Add counts: ends add up, an open high end leaves the sum open, an unstated low end counts from zero.

    Raises ValueError on an empty list: no parts is "no data", never zero.
    """
    items = list(parts)
    if not items:
        raise ValueError("a sum of no figures is no data, not zero")
    if len(items) == 1:
        return items[0]
    bounds, highs = {part.bound for part in items}, [part.most for part in items]
    high = None if None in highs else sum((high for high in highs if high is not None), start=0)
    low = None if all(part.low is None for part in items) else sum((part.least for part in items), start=0)
    strict = {"strict_low": Bound.MORE_THAN in bounds, "strict_high": Bound.FEWER_THAN in bounds}
    return between(low, high, **strict, exact=Bound.ABOUT not in bounds)


def span(parts: Iterable[Interval]) -> Interval:
    """The smallest interval that holds every claim; an open end stays open.

    Raises ValueError on an empty list.
    """
    items = list(parts)
    if not items:
        raise ValueError("no claims span nothing")
    if len(set(items)) == 1:
        return items[0]
    return between(min(part.least for part in items), _highest(items))


def printed_span(values: Sequence[Interval]) -> Interval:
    """From the lowest to the highest number that a claim prints; open above where a claim is.

    An unstated low end is not zero: nobody printed it, so it moves nothing.

    >>> str(printed_span([Interval(None, 5000, Bound.AT_MOST), Interval(6000, 6000, Bound.ABOUT)]).low)
    '5000'
    """
    if len(set(values)) == 1:
        return values[0]
    low = None if all(value.low is None for value in values) else min(value.printed[0] for value in values)
    return between(low, _highest(values))


def _highest(values: Iterable[Interval]) -> Number | None:
    """The highest number that some values allow; None where one is open."""
    highs = [value.most for value in values]
    return None if None in highs else max(high for high in highs if high is not None)


def widened(value: Interval) -> Interval:
    """What a rounded number may mean: "about 850" is anything that rounds to it by the roundest step that it allows.

    >>> widened(Interval(850, 850, Bound.ABOUT)).low, widened(Interval(2000, 2000, Bound.ABOUT)).high
    (825, 2500)
    """
    number = value.low
    if value.bound is not Bound.ABOUT or number is None or number != int(number) or not number:
        return value
    step = 1
    while number % (10 * step) == 0:
        step *= 10
    by_fives = number % (5 * step) == 0 and number > 9 * step  # 850 may be rounded to fifties, 5,000 is to thousands
    half = (5 * step if by_fives else step) // 2
    return Interval(number - half, number + half, Bound.RANGE) if half else value


def stated(value: Interval) -> Interval:
    """What a value states and no more: a floor alone ("at least 158") stands at its own number.

    >>> stated(Interval(158, None, Bound.AT_LEAST)).most
    158
    """
    return value if value.high is not None else Interval(value.low, value.low, Bound.ABOUT)
