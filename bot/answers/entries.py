"""A stored figure with what answers need to know of it worked out: its days, its theatre, its place in the rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache

from db.records import Destination, Figure, Kind, Official, Source
from db.values import PartialDate, Period

WINDOW_FROM = date(2014, 1, 1).toordinal()
"""A cumulative count with a stated start from here on leaves the first years out: it counts a part only."""
WINDOW_DAYS = 400
"""A cumulative count over so short a stated stretch counts a part only, wherever it starts."""
UNGRADED = "F"
EARLIEST = -(10**7)
"""Before every day: where a stretch begins whose source gives no beginning."""


Days = tuple[int, int]
"""The first and the last day that a date can mean."""
Ends = tuple[int | None, int | None]
"""The first and the last day of a period, where it states them."""


class Scope(IntEnum):
    """Where a figure's people went; figures of two scopes are never set against each other."""

    SYRIA_AND_IRAQ = 0
    """Syria, or Syria and Iraq: sources of the time use both for one theatre."""
    WIDER = 1
    IRAQ_ONLY = 2


SCOPES = {
    Destination.SY: Scope.SYRIA_AND_IRAQ,
    Destination.SY_IQ: Scope.SYRIA_AND_IRAQ,
    Destination.WIDER: Scope.WIDER,
    Destination.IQ: Scope.IRAQ_ONLY,
}


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One figure with its days as ordinals and its place in the headline rule; compared by identity."""

    figure: Figure
    kind: Kind
    as_of: tuple[int, int] | None
    """First and last day that the as-of date can mean."""
    period: tuple[int | None, int | None]
    """First and last day of the stated period; None where it states none."""
    end: tuple[int, int] | None
    """First and last day that the stated period's end can mean."""
    window: bool
    """Whether a cumulative measure is counted over a part of the conflict only."""
    is_stretch: bool
    """Whether it counts over a stretch of time rather than up to or at a date."""
    stretch: tuple[int, int] | None
    """The days that a flow, a rate or a part count counts over; None when its source gives no date."""
    scope: Scope
    chain: tuple[str, ...]
    unofficial: bool
    attempts: bool
    rank: tuple[int, str, int, int, str]
    """What decides between claims of one date: first hand, reliability, credibility, relay distance, id."""
    moment: tuple[int, int] | None
    """The days that the value speaks of as a date: its as-of, else the end of its period."""


def entry_of(figure: Figure, kind: Kind, source: Source, chain: tuple[str, ...]) -> Entry:
    """Work out what answers need to know of a figure."""
    as_of, period, end, window, stretch = _times(kind, figure.as_of, figure.period)
    first_hand = 0 if figure.seen == "primary" else 1
    return Entry(
        figure=figure,
        kind=kind,
        as_of=as_of,
        moment=as_of or end,
        period=period,
        stretch=stretch,
        end=end,
        window=window,
        is_stretch=window or kind in (Kind.FLOW, Kind.RATE),
        scope=SCOPES[figure.destination],
        chain=chain,
        unofficial=figure.official is Official.NO,
        attempts=figure.counts.holds_attempts,
        rank=(first_hand, source.reliability or UNGRADED, figure.credibility, len(chain), figure.id),
    )


@lru_cache(maxsize=16_384)
def _times(
    kind: Kind, stated: PartialDate | None, period: Period
) -> tuple[Days | None, Ends, Days | None, bool, Days | None]:
    """The days of an as-of date, of a period and of its end; whether it is a window; the days counted over."""
    as_of, end = _days(stated), _days(period.end)
    ends = _ends(period)
    return as_of, ends, end, kind is Kind.CUMULATIVE and _is_window(ends), _stretch(kind, ends, as_of, end)


def _stretch(kind: Kind, period: Ends, as_of: Days | None, end: Days | None) -> Days | None:
    first, last = period
    if first is not None:
        if last is None:
            last = as_of[1] if as_of else first
        return first, max(first, last)
    if kind is Kind.FLOW and last is not None:
        return EARLIEST, last
    return end or as_of


def _days(stated: PartialDate | None) -> Days | None:
    return None if stated is None else (stated.first.toordinal(), stated.last.toordinal())


def _ends(period: Period) -> Ends:
    first, last = period.first, period.last
    return (None if first is None else first.toordinal(), None if last is None else last.toordinal())


def _is_window(period: Ends) -> bool:
    first, last = period
    if first is None or last is None:
        return False
    return first >= WINDOW_FROM or last - first <= WINDOW_DAYS
