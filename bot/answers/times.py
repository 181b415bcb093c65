"""Whether a figure speaks of the time that was asked: one rule for dates, one for stretches of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.answers.entries import EARLIEST, Entry
from db.model.records import Kind
from db.model.values import Period

LATEST = 10**7
LAST_ORDINAL = date.max.toordinal()
LAST_YEAR = 9998
MONTH_DAYS = 31
"""A date stated as a month or a day may straddle the end that was asked; a bare year may not."""
QUARTER_DAYS = 92
LEAST_COVER = 4
"""A count over less than a quarter of the asked stretch is offered, not given as the answer."""
SAME_TIME_OPEN = 366
"""Claims so close to the newest one speak of the same time when no period was asked."""
SAME_TIME_BY = 92
"""The same for "by the end of …", where the count at one date is wanted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The asked period as ordinals, made once for a query."""

    period: Period
    first: int
    last: int
    is_open: bool
    """No period was asked at all."""
    is_by: bool
    """Only an end was asked ("by the end of 2015")."""
    is_closed: bool
    """Both ends were asked."""

    @classmethod
    def of(cls, period: Period) -> Asked:
        """The days of a period; an open end reaches as far as dates go."""
        first, last = period.first, period.last
        return cls(
            period,
            first.toordinal() if first else EARLIEST,
            last.toordinal() if last else LATEST,
            is_open=first is None and last is None,
            is_by=first is None and last is not None,
            is_closed=first is not None and last is not None,
        )

    @property
    def years(self) -> tuple[int, int] | None:
        """The years outside of which no figure fits the period; None where every figure fits."""
        if self.is_open:
            return None
        first, last = self.period.first, self.period.last
        return (first.year if first else 1, last.year if last else LAST_YEAR)

    @property
    def same_time(self) -> int | None:
        """How many days before the newest claim others still speak of the same time; None for all of them."""
        if self.is_closed:
            return None
        return SAME_TIME_BY if self.is_by else SAME_TIME_OPEN


def fits(entry: Entry, asked: Asked) -> bool:
    """Whether a figure speaks of the asked period, or of most of its own time in it."""
    if asked.is_open:
        return True
    return _stretch_fits(entry, asked) if entry.is_stretch else _date_fits(entry, asked)


def is_stated(entry: Entry, asked: Asked) -> bool:
    """Whether a count over a stretch states exactly the asked period."""
    return entry.is_stretch and entry.period == (asked.first, asked.last)


def lies_within(entry: Entry, asked: Asked) -> bool:
    """Whether all of a figure's own time lies in the asked period; what is undated lies in no period that was asked."""
    if asked.is_open:
        return True
    days = entry.own_days
    return days is not None and asked.first <= days[0] and days[1] <= asked.last


def is_exact(entry: Entry, asked: Asked) -> bool:
    """Whether nothing need be said of the figure's own time: it is the asked one, or none was asked."""
    if asked.is_open:
        return True
    if entry.is_stretch:
        return (asked.first, asked.last) in (entry.period, entry.stretch)
    if entry.moment is None:
        return False
    return entry.moment[1] == asked.last if asked.is_by else entry.moment == (asked.first, asked.last)


def speaks_of(entry: Entry, asked: Asked) -> bool:
    """Whether nobody would call a figure's time another one: a date in the asked period, or in the last month of it."""
    if is_exact(entry, asked):
        return True
    if entry.is_stretch or entry.moment is None or not lies_within(entry, asked):
        return False
    return asked.is_closed or asked.last - entry.moment[1] <= MONTH_DAYS


def newest(entry: Entry, asked: Asked) -> int:
    """The day by which "newest" is decided: the last one that the printed date can mean, within what was asked."""
    counts_a_stretch = asked.is_open and entry.kind in (Kind.FLOW, Kind.RATE)
    days = entry.end or entry.as_of if counts_a_stretch else entry.moment
    return EARLIEST if days is None else min(days[1], asked.last)


def quarter(entry: Entry, asked: Asked) -> int:
    """The quarter of the year in which a claim's date lies, counted on from year to year."""
    day = newest(entry, asked)
    if day <= 0:
        return EARLIEST
    stated = date.fromordinal(min(day, LAST_ORDINAL))
    return 4 * stated.year + (stated.month - 1) // 3


def days_apart(one: Entry, other: Entry) -> int | None:
    """The days between the dates of two figures; 0 when they may be the same, None where one has no date."""
    if one.moment is None or other.moment is None:
        return None
    return max(0, one.moment[0] - other.moment[1], other.moment[0] - one.moment[1])


def gap(entry: Entry, asked: Asked) -> int:
    """The days between a figure's own time and the asked one; 0 when they meet, very large when undated."""
    days = entry.own_days
    if days is None:
        return LATEST
    if days[1] < asked.first:
        return asked.first - days[1]
    return max(0, days[0] - asked.last)


def _stretch_fits(entry: Entry, asked: Asked) -> bool:
    days = entry.stretch
    if days is None or (entry.window and asked.is_by):  # counted over a part: no answer to how many by then
        return False
    if is_stated(entry, asked):
        return True
    start, end = days
    shared = min(end, asked.last) - max(start, asked.first) + 1
    if shared <= 0:
        return False
    if start == EARLIEST:
        # Nobody says when this count begins: it may leave out most of what a period with a start asks for.
        return asked.is_by and end <= asked.last
    return entry.kind is Kind.RATE or (2 * shared >= end - start + 1 and _says_enough(start, end, shared, asked))


def _says_enough(start: int, end: int, shared: int, asked: Asked) -> bool:
    """Whether a stretch covers enough of the asked one; an open end is met by its other end alone.

    A count of 2016 is no answer to "since 2013": the years left out are more than those it counts.
    """
    if asked.is_closed:
        return LEAST_COVER * shared >= asked.last - asked.first + 1
    left_out = asked.last - end if asked.is_by else start - asked.first
    return left_out <= end - start + 1


def _date_fits(entry: Entry, asked: Asked) -> bool:
    if entry.moment is None:
        return False
    first, last = entry.moment
    straddles = last - first <= MONTH_DAYS and first <= asked.last and last >= asked.first
    return straddles or (asked.first <= first and last <= asked.last)


def is_short(period: Period) -> bool:
    """Whether a time is a month at most: hardly anybody tells who left in one, and many who had left by then."""
    first, last = period.first, period.last
    return first is not None and last is not None and (last - first).days <= MONTH_DAYS
