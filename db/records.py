"""Frozen, fully loaded records: what every reader of the dataset gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from db.values import Interval, PartialDate, Period


class Kind(StrEnum):
    """The kind of a measure; two kinds are never compared, added or ranked together."""

    CUMULATIVE = "cumulative"
    FLOW = "flow"
    RATE = "rate"
    STOCK = "stock"
    COUNTRIES = "countries"
    SAMPLE = "sample"


class Who(StrEnum):
    """Who is counted."""

    EVERYONE = "everyone"
    MEN = "men"
    WOMEN = "women"
    MINORS = "minors"
    WOMEN_AND_MINORS = "women_and_minors"


class Destination(StrEnum):
    """Where they went."""

    SY = "SY"
    IQ = "IQ"
    SY_IQ = "SY+IQ"
    WIDER = "wider"


class Status(StrEnum):
    """What the moderators say of a figure or a source."""

    CURRENT = "current"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, in which unit, and how it may be used."""

    id: str
    kind: Kind
    label: str
    unit: str
    definition: str
    summable: bool
    """Whether figures of different countries may be added up."""


@dataclass(frozen=True, slots=True)
class Place:
    """A country, a region or the world."""

    id: str
    kind: str
    name: str
    iso3: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """A country's stated membership of a region, dated where it changed."""

    region: str
    place: str
    member_from: PartialDate | None = None
    member_until: PartialDate | None = None
    note: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the country was a member on that day."""
        return Period(self.member_from, self.member_until).covers(day)


@dataclass(frozen=True, slots=True)
class Source:
    """A document, and the other sources that it relays."""

    id: str
    title: str
    publisher: str
    authors: tuple[str, ...]
    published: PartialDate | None
    accessed: PartialDate | None
    kind: str
    url: str
    archive_url: str
    language: str
    reliability: str
    """Admiralty grade A (reliable) to E (unreliable), F when it cannot be judged."""
    relays: tuple[str, ...]
    note: str = ""
    status: Status = Status.CURRENT
    status_reason: str = ""
    version: int = 1
    revision: int = 0
    """The revision that recorded this version."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One claim by one source."""

    id: str
    place: str
    measure: str
    who: Who
    destination: Destination
    value: Interval
    as_of: PartialDate | None
    period: Period
    source: str
    relays: str | None
    """The source that the citing source relies on for this figure."""
    basis: str
    locator: str
    seen: str
    """``primary`` when the publisher's own text was read, ``secondary`` when another page quotes it."""
    evidence: tuple[str, ...]
    credibility: int
    """Admiralty grade of the information, 1 (confirmed) to 5 (improbable), 6 when it cannot be judged."""
    status: Status = Status.CURRENT
    status_reason: str = ""
    note: str = ""
    version: int = 1
    revision: int = 0
    """The revision that recorded this version."""

    @property
    def speaks_of(self) -> Period:
        """The time that the value describes: its period, else the time up to (or at) its as-of date."""
        if not self.period.is_open:
            return self.period
        return Period(None, self.as_of)


@dataclass(frozen=True, slots=True)
class Population:
    """Inhabitants of a country in a year, with the series it comes from."""

    place: str
    year: int
    inhabitants: int
    source: str = "worldbank_sp_pop_totl"


@dataclass(frozen=True, slots=True)
class Headline:
    """A moderator's choice of the figure that opens the answer, with the reason."""

    place: str
    measure: str
    who: Who
    figure: str
    reason: str
    revision: int


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of the dataset: who, when and why; append-only."""

    id: int
    at: datetime
    by: str
    because: str
    summary: str
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Holdings:
    """The part of the dataset that a question needs, at one revision: what answers read."""

    revision: int
    recorded_at: datetime
    known_on: date | None
    figures: Mapping[str, tuple[Figure, ...]]
    """Current and disputed figures by place id, in a stable order; withdrawn ones are left out."""
    sources: Mapping[str, Source]
    """Every source that the figures cite or relay, directly or not."""
    measures: Mapping[str, Measure]
    places: Mapping[str, Place]
    memberships: tuple[Membership, ...] = ()
    populations: Mapping[tuple[str, int], Population] = field(default_factory=dict)
    headlines: tuple[Headline, ...] = ()

    def of(self, place: str, measure: str | None = None, who: Who | None = None) -> tuple[Figure, ...]:
        """The figures of one place, narrowed to a measure and to who is counted."""
        return tuple(
            figure
            for figure in self.figures.get(place, ())
            if (measure is None or figure.measure == measure) and (who is None or figure.who is who)
        )

    def members(self, region: str, on: date | None = None) -> tuple[str, ...]:
        """The countries of a region, on a day when one is given, in alphabetical order of id."""
        return tuple(
            sorted(
                {
                    membership.place
                    for membership in self.memberships
                    if membership.region == region and (on is None or membership.holds_on(on))
                }
            )
        )

    def origins(self, figure: Figure) -> frozenset[str]:
        """The roots of the relay graph behind one figure: the sources that relay nobody further.

        A figure's own relay link wins over its document's, which may be about other figures.
        """
        return self.roots((figure.relays or figure.source,))

    def roots(self, start: tuple[str, ...]) -> frozenset[str]:
        """The origins reached from some sources along their relay links; a cycle ends where it closes."""
        found: set[str] = set()
        seen: set[str] = set()
        queue = list(start)
        while queue:
            key = queue.pop()
            if key in seen:
                continue
            seen.add(key)
            source = self.sources.get(key)
            onward = [relay for relay in source.relays if relay not in seen] if source else []
            if onward:
                queue.extend(onward)
            else:
                found.add(key)
        return frozenset(found)

    def relay_chain(self, figure: Figure) -> tuple[str, ...]:
        """The documents from the citing source to its origin, nearest first (the first relay of each)."""
        chain = [figure.source]
        key = figure.relays or self._first_relay(figure.source)
        while key is not None and key not in chain:
            chain.append(key)
            key = self._first_relay(key)
        return tuple(chain)

    def _first_relay(self, source: str) -> str | None:
        record = self.sources.get(source)
        return record.relays[0] if record and record.relays else None
