"""Holdings made ready for answering: what an answer needs to know of a figure is worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from bot.answers.answer import Claim
from db.records import Destination, Figure, Headline, Holdings, Kind, Measure, Population, Source, Status, Who
from db.values import PartialDate, Period

WINDOW_FROM = date(2014, 1, 1).toordinal()
"""A cumulative count with a stated start from here on leaves the first years out: it counts a part only."""
WINDOW_DAYS = 400
"""A cumulative count over so short a stated stretch counts a part only, wherever it starts."""
UNGRADED = "F"


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
    scope: Scope
    chain: tuple[str, ...]
    unofficial: bool
    attempts: bool
    rank: tuple[int, str, int, int, str]
    """What decides between claims of one date: first hand, reliability, credibility, relay distance, id."""

    @property
    def moment(self) -> tuple[int, int] | None:
        """The days that the value speaks of as a date: its as-of, else the end of its period."""
        return self.as_of or self.end


class Shelf:
    """One state of the dataset, indexed for answering; everything on it is computed at most once."""

    def __init__(self, holdings: Holdings, *, published_by: date | None = None) -> None:
        """``published_by`` leaves out what no source had published by the end of that day."""
        self.holdings = holdings
        self._published_by = published_by
        self._places: dict[str, dict[tuple[str, Who], tuple[Entry, ...]]] = {}
        self._claims: dict[tuple[str, bool], Claim] = {}
        self._origins: dict[tuple[str, str | None], tuple[str, ...]] = {}
        self._chains: dict[tuple[str, str | None], tuple[str, ...]] = {}
        self._picks: dict[tuple[str, str, Who], Headline] = {
            (pick.place, pick.measure, pick.who): pick for pick in holdings.headlines
        }
        self._members: dict[tuple[str, date | None], tuple[str, ...]] = {}
        self.countries: tuple[str, ...] = tuple(
            sorted(place.id for place in holdings.places.values() if place.kind == "country")
        )

    def of(self, place: str) -> dict[tuple[str, Who], tuple[Entry, ...]]:
        """Everything held of a place, by measure and by who is counted."""
        known = self._places.get(place)
        if known is None:
            gathered: dict[tuple[str, Who], list[Entry]] = {}
            for figure in self.holdings.figures.get(place, ()):
                if figure.status is not Status.WITHDRAWN and self._was_published(figure):
                    gathered.setdefault((figure.measure, figure.who), []).append(self._entry(figure))
            known = self._places[place] = {key: tuple(entries) for key, entries in gathered.items()}
        return known

    def entries(self, place: str, measure: str, who: Who) -> tuple[Entry, ...]:
        """The figures of one place, measure and who, in the dataset's order."""
        return self.of(place).get((measure, who), ())

    def claim(self, entry: Entry, *, exact: bool = True) -> Claim:
        """The figure as answers show it, with its origins and its relay chain."""
        key = (entry.figure.id, exact)
        claim = self._claims.get(key)
        if claim is None:
            figure = entry.figure
            claim = Claim(figure, self.source(figure.source), self.origins(figure), entry.chain, exact)
            self._claims[key] = claim
        return claim

    def source(self, key: str) -> Source:
        """The document of that id."""
        return self.holdings.sources[key]

    def origins(self, figure: Figure) -> tuple[str, ...]:
        """The independent origins behind a figure, sorted."""
        key = (figure.source, figure.relays)
        found = self._origins.get(key)
        if found is None:
            found = self._origins[key] = tuple(sorted(self.holdings.origins(figure)))
        return found

    def pick(self, place: str, measure: str, who: Who) -> Headline | None:
        """A moderator's choice of headline."""
        return self._picks.get((place, measure, who))

    def measure(self, key: str) -> Measure:
        """The measure of that id."""
        return self.holdings.measures[key]

    def members(self, region: str, on: date | None) -> tuple[str, ...]:
        """The countries of a region on a day, or at any time; every country for the world."""
        if region == "R:world":
            return self.countries
        key = (region, on)
        if key not in self._members:
            self._members[key] = self.holdings.members(region, on)
        return self._members[key]

    def population(self, place: str, year: int) -> Population | None:
        """The inhabitants in that year, or in the nearest year that the table has."""
        table = self.holdings.populations
        for distance in range(12):
            found = table.get((place, year - distance)) or table.get((place, year + distance))
            if found is not None:
                return found
        return None

    def _was_published(self, figure: Figure) -> bool:
        if self._published_by is None:
            return True
        stated = self.holdings.sources[figure.source].published or figure.as_of
        return stated is not None and stated.first <= self._published_by

    def _entry(self, figure: Figure) -> Entry:
        kind = self.holdings.measures[figure.measure].kind
        key = (figure.source, figure.relays)
        chain = self._chains.get(key)
        if chain is None:
            chain = self._chains[key] = self.holdings.relay_chain(figure)
        source = self.holdings.sources[figure.source]
        first_hand = 0 if figure.seen == "primary" else 1
        return Entry(
            figure=figure,
            kind=kind,
            as_of=_days(figure.as_of),
            period=_ends(figure.period),
            end=_days(figure.period.end),
            window=kind is Kind.CUMULATIVE and _is_window(figure.period),
            scope=SCOPES[figure.destination],
            chain=chain,
            unofficial=figure.basis.startswith("nonofficial"),
            attempts="attempts" in figure.basis,
            rank=(first_hand, source.reliability or UNGRADED, figure.credibility, len(chain), figure.id),
        )


def _days(stated: PartialDate | None) -> tuple[int, int] | None:
    return None if stated is None else (stated.first.toordinal(), stated.last.toordinal())


def _ends(period: Period) -> tuple[int | None, int | None]:
    first, last = period.first, period.last
    return (None if first is None else first.toordinal(), None if last is None else last.toordinal())


def _is_window(period: Period) -> bool:
    first, last = _ends(period)
    if first is None or last is None:
        return False
    return first >= WINDOW_FROM or last - first <= WINDOW_DAYS
