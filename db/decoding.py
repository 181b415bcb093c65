"""Rows of the tables as records; what repeats (dates, periods, values, words) is made once and shared.

Nothing here knows how a row was fetched: a row is its values, in the order of the columns named beside its reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from sys import intern
from typing import Any

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
from db.values import Bound, Interval, PartialDate, Period

AnyRow = Sequence[Any]

_WHO = {word.value: word for word in Who}
_DESTINATION = {word.value: word for word in Destination}
_STATUS = {word.value: word for word in Status}

FIGURE_COLUMNS = tuple(
    (
        "figure_id place measure who destination low high bound as_of period_start period_end source relays basis "
        "locator seen evidence credibility status status_reason note version recorded"
    ).split()
)
SOURCE_COLUMNS = tuple(
    (
        "source_id title publisher authors published accessed kind url archive_url language reliability relays note "
        "status status_reason version recorded"
    ).split()
)
REVISION_COLUMNS = ("id", "at", "by", "because", "summary", "undoes")
HEADLINE_COLUMNS = ("place", "measure", "who", "figure_id", "reason", "recorded")
POPULATION_COLUMNS = ("place", "year", "inhabitants", "source")
MEASURE_COLUMNS = ("id", "kind", "label", "unit", "definition", "summable")
PLACE_COLUMNS = ("id", "kind", "name", "iso3", "note")
MEMBERSHIP_COLUMNS = ("region", "place", "member_from", "member_until", "note")


def figure_of(row: AnyRow) -> Figure:
    """A figure from a row of ``FIGURE_COLUMNS``."""
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


def source_of(row: AnyRow) -> Source:
    """A source from a row of ``SOURCE_COLUMNS``."""
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


def revision_of(row: AnyRow) -> Revision:
    """A revision from a row of ``REVISION_COLUMNS``."""
    return Revision(*row)


def headline_of(row: AnyRow) -> Headline:
    """A headline from a row of ``HEADLINE_COLUMNS``."""
    place, measure, who, figure, reason, recorded = row
    return Headline(place, measure, _WHO[who], figure, reason, recorded)


def population_of(row: AnyRow) -> Population:
    """A population from a row of ``POPULATION_COLUMNS``."""
    place, year, inhabitants, source = row
    return Population(intern(place), year, inhabitants, intern(source))


def measure_of(row: AnyRow) -> Measure:
    """A measure from a row of ``MEASURE_COLUMNS``."""
    id_, kind, label, unit, definition, summable = row
    return Measure(intern(id_), Kind(kind), label, unit, definition, bool(summable))


def place_of(row: AnyRow) -> Place:
    """A place from a row of ``PLACE_COLUMNS``."""
    id_, kind, name, iso3, note = row
    return Place(intern(id_), intern(kind), name, iso3, note)


def membership_of(row: AnyRow) -> Membership:
    """A membership from a row of ``MEMBERSHIP_COLUMNS``."""
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
