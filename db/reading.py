"""Rows of the tables as records; what repeats (dates, periods, values, words) is made once and shared."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from sys import intern
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Table, and_, or_, select

from db.records import (
    Destination,
    Figure,
    Headline,
    Kind,
    Measure,
    Membership,
    Place,
    Population,
    Revision,
    Source,
    Status,
    Who,
)
from db.tables import FIGURE_VERSION, HEADLINE_VERSION, MEASURE, MEMBERSHIP, PLACE, POPULATION, REVISION, SOURCE_VERSION
from db.values import Bound, Interval, PartialDate, Period

AnyRow = Row[*tuple[Any, ...]]

_WHO = {word.value: word for word in Who}
_DESTINATION = {word.value: word for word in Destination}
_STATUS = {word.value: word for word in Status}


def live_at(table: Table, revision: int) -> ColumnElement[bool]:
    """The versions that stood at a revision."""
    return and_(table.c.recorded <= revision, or_(table.c.superseded.is_(None), table.c.superseded > revision))


def select_figures() -> Select[*tuple[Any, ...]]:
    """The columns that ``figure_of`` reads."""
    names = (
        "figure_id place measure who destination low high bound as_of period_start period_end source relays basis "
        "locator seen evidence credibility status status_reason note version recorded"
    )
    return select(*(FIGURE_VERSION.c[name] for name in names.split()))


def figure_of(row: AnyRow) -> Figure:
    """A figure from a row of ``select_figures``."""
    (id_, place, measure, who, destination, low, high, bound, as_of, start, end, source, relays, basis) = row[:14]
    locator, seen, evidence, credibility, status, reason, note, version, recorded = row[14:]
    return Figure(
        id_,
        intern(place),
        intern(measure),
        _WHO[who],
        _DESTINATION[destination],
        value_of(low, high, bound),
        date_of(as_of),
        period_of(start, end),
        intern(source),
        intern(relays) if relays else None,
        intern(basis),
        intern(locator),
        intern(seen),
        addresses_of(evidence),
        credibility,
        _STATUS[status],
        reason,
        note,
        version,
        recorded,
    )


def select_sources() -> Select[*tuple[Any, ...]]:
    """The columns that ``source_of`` reads."""
    names = (
        "source_id title publisher authors published accessed kind url archive_url language reliability relays note "
        "status status_reason version recorded"
    )
    return select(*(SOURCE_VERSION.c[name] for name in names.split()))


def source_of(row: AnyRow) -> Source:
    """A source from a row of ``select_sources``."""
    (id_, title, publisher, authors, published, accessed, kind, url, archive_url) = row[:9]
    language, reliability, relays, note, status, reason, version, recorded = row[9:]
    return Source(
        id=intern(id_),
        title=title,
        publisher=intern(publisher),
        authors=tuple(authors.split("; ")) if authors else (),
        published=date_of(published),
        accessed=date_of(accessed),
        kind=intern(kind),
        url=url,
        archive_url=archive_url,
        language=intern(language),
        reliability=intern(reliability),
        relays=tuple(map(intern, relays.split("; "))) if relays else (),
        note=note,
        status=_STATUS[status],
        status_reason=reason,
        version=version,
        revision=recorded,
    )


def select_revisions() -> Select[*tuple[Any, ...]]:
    """The columns that ``revision_of`` reads."""
    return select(*(REVISION.c[name] for name in ("id", "at", "by", "because", "summary", "undoes")))


def revision_of(row: AnyRow) -> Revision:
    """A revision from a row of ``select_revisions``."""
    return Revision(*row)


def select_headlines() -> Select[*tuple[Any, ...]]:
    """The columns that ``headline_of`` reads."""
    names = ("place", "measure", "who", "figure_id", "reason", "recorded")
    return select(*(HEADLINE_VERSION.c[name] for name in names))


def headline_of(row: AnyRow) -> Headline:
    """A headline from a row of ``select_headlines``."""
    place, measure, who, figure, reason, recorded = row
    return Headline(place, measure, _WHO[who], figure, reason, recorded)


def select_populations() -> Select[*tuple[Any, ...]]:
    """The columns that ``population_of`` reads."""
    return select(*(POPULATION.c[name] for name in ("place", "year", "inhabitants", "source")))


def population_of(row: AnyRow) -> Population:
    """A population from a row of ``select_populations``."""
    place, year, inhabitants, source = row
    return Population(intern(place), year, inhabitants, intern(source))


def select_measures() -> Select[*tuple[Any, ...]]:
    """The columns that ``measure_of`` reads."""
    return select(*(MEASURE.c[name] for name in ("id", "kind", "label", "unit", "definition", "summable")))


def measure_of(row: AnyRow) -> Measure:
    """A measure from a row of ``select_measures``."""
    id_, kind, label, unit, definition, summable = row
    return Measure(intern(id_), Kind(kind), label, unit, definition, summable)


def select_places() -> Select[*tuple[Any, ...]]:
    """The columns that ``place_of`` reads."""
    return select(*(PLACE.c[name] for name in ("id", "kind", "name", "iso3", "note")))


def place_of(row: AnyRow) -> Place:
    """A place from a row of ``select_places``."""
    id_, kind, name, iso3, note = row
    return Place(intern(id_), intern(kind), name, iso3, note)


def select_memberships() -> Select[*tuple[Any, ...]]:
    """The columns that ``membership_of`` reads, in the order of the package."""
    names = ("region", "place", "member_from", "member_until", "note")
    return select(*(MEMBERSHIP.c[name] for name in names)).order_by(MEMBERSHIP.c.row)


def membership_of(row: AnyRow) -> Membership:
    """A membership from a row of ``select_memberships``."""
    region, place, start, end, note = row
    return Membership(intern(region), intern(place), date_of(start), date_of(end), note)


@lru_cache(maxsize=8_192)
def date_of(text: str) -> PartialDate | None:
    """A stored date; the empty text is a date that was not stated."""
    return PartialDate.parse(text) if text else None


@lru_cache(maxsize=8_192)
def period_of(start: str, end: str) -> Period:
    """A stored period."""
    return Period(date_of(start), date_of(end))


@lru_cache(maxsize=16_384)
def value_of(low: int | None, high: int | None, bound: str) -> Interval:
    """A stored value."""
    return Interval(low, high, Bound(bound))


@lru_cache(maxsize=2_048)
def addresses_of(text: str) -> tuple[str, ...]:
    """Stored web addresses."""
    return tuple(text.split(" | ")) if text else ()


def sorted_figures(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Figures in the stable order of their ids: databases sort letters in orders of their own."""
    return tuple(sorted(figures, key=lambda figure: figure.id))
