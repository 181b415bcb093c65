"""A stored figure with what answers need to know of it worked out: its days, its theatre, its place in the rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache

from db.model.records import Destination, Figure, Kind, Official, Source
from db.model.values import PartialDate, Period

WINDOW_FROM = date(2014, 1, 1).toordinal()
"""A cumulative count with a stated start from here on leaves the first years out: it counts a part only."""
WINDOW_DAYS = 400
"""A cumulative count over so short a stated stretch counts a part only, wherever it starts."""
UNGRADED = "F"
OFFICIAL_KINDS = ("government", "un")
"""Documents of bodies that count for themselves."""
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


class Standing(IntEnum):
    """Whose count a figure is, the nearest to the counting first."""

    OWN = 0
    """An official count, or the source's own."""
    COMPILED = 1
    """Gathered from others, or nobody says who counted."""
    RELAYED = 2
    """Another source's, passed on."""


SCOPES = {
    Destination.SY: Scope.SYRIA_AND_IRAQ,
    Destination.SY_IQ: Scope.SYRIA_AND_IRAQ,
    Destination.WIDER: Scope.WIDER,
    Destination.IQ: Scope.IRAQ_ONLY,
}


@dataclass(slots=True, eq=False)  # not frozen: a first rank of the world makes thousands, which takes twice as long
class Entry:
    """One figure with its days as ordinals and its place in the headline rule; compared by identity, never changed."""

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
    standing: Standing
    rank: tuple[str, int, int, str]
    """What decides last: reliability, credibility, relay distance, id."""
    moment: tuple[int, int] | None
    """The days that the value speaks of as a date: the one that answers print."""

    @property
    def own_days(self) -> Days | None:
        """The days of its own time: those that it counts over, else those of its date."""
        return self.stretch if self.is_stretch else self.moment


def entry_of(figure: Figure, kind: Kind, source: Source, chain: tuple[str, ...]) -> Entry:
    """Work out what answers need to know of a figure."""
    as_of, period, end, window, stretch, moment = _times(kind, figure.as_of, figure.period)
    return Entry(
        figure=figure,
        kind=kind,
        as_of=as_of,
        moment=moment,
        period=period,
        stretch=stretch,
        end=end,
        window=window,
        is_stretch=window or kind in (Kind.FLOW, Kind.RATE),
        scope=SCOPES[figure.destination],
        chain=chain,
        unofficial=figure.official is Official.NO,
        attempts=figure.counts.holds_attempts,
        standing=_standing(figure, source, chain),
        rank=(source.reliability or UNGRADED, figure.credibility, len(chain), figure.id),
    )


@lru_cache(maxsize=16_384)
def _times(
    kind: Kind, stated: PartialDate | None, period: Period
) -> tuple[Days | None, Ends, Days | None, bool, Days | None, Days | None]:
    """The days of an as-of date, of a period and of its end; whether it is a window; the days counted over and of."""
    as_of, end = _days(stated), _days(period.end)
    ends = _ends(period)
    window = kind is Kind.CUMULATIVE and _is_window(ends)
    counts_later = window or kind in (Kind.FLOW, Kind.RATE)
    moment = as_of or end if counts_later else _days(dated(stated, period))
    return as_of, ends, end, window, _stretch(kind, ends, as_of, end), moment


def dated(as_of: PartialDate | None, period: Period) -> PartialDate | None:
    """The date that a count up to a date speaks of, and that answers print.

    That is its stated end, which a day of publication does not move; an as-of date inside of a coarser end says it
    more exactly.

    >>> str(dated(PartialDate(2015, 1, 26), Period(None, PartialDate(2014, 12))))
    '2014-12'
    >>> str(dated(PartialDate(2015, 10), Period(PartialDate(2011), PartialDate(2015))))
    '2015-10'
    """
    end = period.end
    if as_of is None or end is None:
        return end or as_of
    finer = len(str(as_of)) > len(str(end)) and end.first <= as_of.first <= end.last
    return as_of if finer else end


def _standing(figure: Figure, source: Source, chain: tuple[str, ...]) -> Standing:
    if len(chain) > 1:
        return Standing.RELAYED
    counts_itself = figure.official is Official.YES or source.kind in OFFICIAL_KINDS
    return Standing.OWN if counts_itself else Standing.COMPILED


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
