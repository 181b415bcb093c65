"""One record as the cells of a text file and back; every fault of a row is found, none is repaired silently."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from db.cells import CellFault, Cells
from db.records import (
    Destination,
    Figure,
    Kind,
    Measure,
    Membership,
    Place,
    Population,
    Source,
    Who,
)
from db.values import Bound, Interval, Period

FIGURE_COLUMNS = (
    "id",
    "place",
    "measure",
    "who",
    "destination",
    "low",
    "high",
    "bound",
    "as_of",
    "period_start",
    "period_end",
    "source",
    "relays",
    "basis",
    "locator",
    "seen",
    "evidence",
    "credibility",
    "status",
    "status_reason",
    "note",
)
SOURCE_COLUMNS = (
    "id",
    "title",
    "publisher",
    "authors",
    "published",
    "accessed",
    "kind",
    "url",
    "archive_url",
    "language",
    "reliability",
    "relays",
    "status",
    "status_reason",
    "note",
)
MEASURE_COLUMNS = ("id", "kind", "label", "unit", "definition", "summable")
PLACE_COLUMNS = ("id", "kind", "name", "iso3", "note")
MEMBERSHIP_COLUMNS = ("region", "place", "member_from", "member_until", "note")
POPULATION_COLUMNS = ("place", "year", "population", "source")

SOURCE_KINDS = ("government", "un", "think_tank", "academic", "news", "dataset")
PLACE_KINDS = ("country", "region", "world")
RELIABILITIES = tuple("ABCDEF")

_FIGURE_ID = re.compile(r"[a-z0-9][a-z0-9_.-]{0,119}")
_SOURCE_ID = re.compile(r"[a-z0-9][a-z0-9_]{0,79}")
_PLACE_ID = re.compile(r"[A-Z]{2}|R:[a-z0-9_]{1,60}")
_ISO3 = re.compile(r"[A-Z]{3}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")

R = TypeVar("R")


def read_figure(row: Mapping[str, str]) -> Figure | tuple[CellFault, ...]:
    """A figure from its cells, or all faults of the row."""
    cells = Cells(row)
    id_ = cells.key("id", _FIGURE_ID, "lower-case letters, digits, dots, hyphens and underscores")
    place = cells.key("place", _PLACE_ID, "an ISO 3166-1 alpha-2 code or R:region")
    measure = cells.text("measure", required=True)
    who = cells.choice("who", Who, Who.EVERYONE)
    destination = cells.choice("destination", Destination, Destination.SY_IQ)
    value, period = _value(cells), _period(cells)
    as_of = cells.date("as_of")
    source = cells.key("source", _SOURCE_ID, "the key of a source")
    relays = cells.key("relays", _SOURCE_ID, "the key of a source", required=False) or None
    if relays is not None and relays == source:
        cells.fault("relays", "names the figure's own source", "leave it empty or name another source")
    basis, locator, note = cells.text("basis"), cells.text("locator"), cells.text("note")
    seen = cells.one_of("seen", ("primary", "secondary"))
    evidence = cells.addresses("evidence", "|")
    credibility = cells.number("credibility", 1, 6)
    if credibility is None and not cells.text("credibility"):
        cells.fault("credibility", "is empty", "grade it 1 to 6; 6 when it cannot be judged")
    status, reason = cells.status()
    return cells.outcome(
        lambda: Figure(
            id=id_,
            place=place,
            measure=measure,
            who=who,
            destination=destination,
            value=_sure(value),
            as_of=as_of,
            period=_sure(period),
            source=source,
            relays=relays,
            basis=basis,
            locator=locator,
            seen=seen,
            evidence=evidence,
            credibility=_sure(credibility),
            status=status,
            status_reason=reason,
            note=note,
        )
    )


def read_source(row: Mapping[str, str]) -> Source | tuple[CellFault, ...]:
    """A source from its cells, or all faults of the row."""
    cells = Cells(row)
    id_ = cells.key("id", _SOURCE_ID, "lower-case letters, digits and underscores")
    title, publisher = cells.text("title", required=True), cells.text("publisher")
    authors = cells.listed("authors", ";")
    published, accessed = cells.date("published"), cells.date("accessed")
    kind = cells.one_of("kind", SOURCE_KINDS)
    url, archive = cells.addresses("url"), cells.addresses("archive_url")
    language = cells.key("language", _LANGUAGE, "a language code such as en or pt-BR", required=False)
    reliability = cells.one_of("reliability", RELIABILITIES)
    relays = cells.listed("relays", ";")
    if id_ in relays:
        cells.fault("relays", "names the source itself", "name other sources only")
    status, reason = cells.status()
    note = cells.text("note")
    return cells.outcome(
        lambda: Source(
            id=id_,
            title=title,
            publisher=publisher,
            authors=authors,
            published=published,
            accessed=accessed,
            kind=kind,
            url=url[0] if url else "",
            archive_url=archive[0] if archive else "",
            language=language,
            reliability=reliability,
            relays=relays,
            note=note,
            status=status,
            status_reason=reason,
        )
    )


def read_measure(row: Mapping[str, str]) -> Measure | tuple[CellFault, ...]:
    """A measure from its cells, or all faults of the row."""
    cells = Cells(row)
    id_ = cells.key("id", re.compile("[a-z_]+"), "lower-case letters and underscores")
    kind = cells.choice("kind", Kind, Kind.CUMULATIVE)
    label, unit, definition = (cells.text(name, required=True) for name in ("label", "unit", "definition"))
    summable = cells.one_of("summable", ("true", "false")) == "true"
    return cells.outcome(lambda: Measure(id_, kind, label, unit, definition, summable))


def read_place(row: Mapping[str, str]) -> Place | tuple[CellFault, ...]:
    """A place from its cells, or all faults of the row."""
    cells = Cells(row)
    id_ = cells.key("id", _PLACE_ID, "an ISO 3166-1 alpha-2 code or R:region")
    kind = cells.one_of("kind", PLACE_KINDS)
    name = cells.text("name", required=True)
    iso3 = cells.key("iso3", _ISO3, "three capital letters", required=False) or None
    note = cells.text("note")
    return cells.outcome(lambda: Place(id_, kind, name, iso3, note))


def read_membership(row: Mapping[str, str]) -> Membership | tuple[CellFault, ...]:
    """A membership from its cells, or all faults of the row."""
    cells = Cells(row)
    region = cells.key("region", _PLACE_ID, "R:region")
    place = cells.key("place", _PLACE_ID, "an ISO 3166-1 alpha-2 code")
    start, end = cells.date("member_from"), cells.date("member_until")
    if start and end and start.first > end.last:
        cells.fault("member_until", "is before member_from", "swap or correct the dates")
    note = cells.text("note")
    return cells.outcome(lambda: Membership(region, place, start, end, note))


def read_population(row: Mapping[str, str]) -> Population | tuple[CellFault, ...]:
    """A population from its cells, or all faults of the row."""
    cells = Cells(row)
    place = cells.key("place", _PLACE_ID, "an ISO 3166-1 alpha-2 code")
    year = cells.number("year", 1900, 2100)
    inhabitants = cells.number("population", 1, 10_000_000_000)
    for column, value in (("year", year), ("population", inhabitants)):
        if value is None and not cells.text(column):
            cells.fault(column, "is empty", "give a whole number")
    source = cells.key("source", _SOURCE_ID, "the key of a source")
    return cells.outcome(lambda: Population(place, _sure(year), _sure(inhabitants), source))


def figure_cells(figure: Figure) -> dict[str, str]:
    """The cells of a figure, as the package writes them."""
    value = figure.value
    return {
        "id": figure.id,
        "place": figure.place,
        "measure": figure.measure,
        "who": figure.who.value,
        "destination": figure.destination.value,
        "low": _shown(value.low),
        "high": _shown(value.high),
        "bound": value.bound.value,
        "as_of": _shown(figure.as_of),
        "period_start": _shown(figure.period.start),
        "period_end": _shown(figure.period.end),
        "source": figure.source,
        "relays": figure.relays or "",
        "basis": figure.basis,
        "locator": figure.locator,
        "seen": figure.seen,
        "evidence": " | ".join(figure.evidence),
        "credibility": str(figure.credibility),
        "status": figure.status.value,
        "status_reason": figure.status_reason,
        "note": figure.note,
    }


def source_cells(source: Source) -> dict[str, str]:
    """The cells of a source, as the package writes them."""
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "authors": "; ".join(source.authors),
        "published": _shown(source.published),
        "accessed": _shown(source.accessed),
        "kind": source.kind,
        "url": source.url,
        "archive_url": source.archive_url,
        "language": source.language,
        "reliability": source.reliability,
        "relays": "; ".join(source.relays),
        "status": source.status.value,
        "status_reason": source.status_reason,
        "note": source.note,
    }


def measure_cells(measure: Measure) -> dict[str, str]:
    """The cells of a measure, as the package writes them."""
    return {
        "id": measure.id,
        "kind": measure.kind.value,
        "label": measure.label,
        "unit": measure.unit,
        "definition": measure.definition,
        "summable": "true" if measure.summable else "false",
    }


def place_cells(place: Place) -> dict[str, str]:
    """The cells of a place, as the package writes them."""
    return {
        "id": place.id,
        "kind": place.kind,
        "name": place.name,
        "iso3": place.iso3 or "",
        "note": place.note,
    }


def membership_cells(membership: Membership) -> dict[str, str]:
    """The cells of a membership, as the package writes them."""
    return {
        "region": membership.region,
        "place": membership.place,
        "member_from": _shown(membership.member_from),
        "member_until": _shown(membership.member_until),
        "note": membership.note,
    }


def population_cells(population: Population) -> dict[str, str]:
    """The cells of a population, as the package writes them."""
    return {
        "place": population.place,
        "year": str(population.year),
        "population": str(population.inhabitants),
        "source": population.source,
    }


def _value(cells: Cells) -> Interval | None:
    before = len(cells.faults)
    low, high = cells.number("low"), cells.number("high")
    bound = cells.choice("bound", Bound, Bound.EXACT)
    if len(cells.faults) > before:
        return None
    try:
        return Interval(low, high, bound)
    except ValueError as problem:
        column = "high" if low is None else "low"
        cells.fault(column, str(problem), "make low, high and bound agree")
        return None


def _period(cells: Cells) -> Period | None:
    start, end = cells.date("period_start"), cells.date("period_end")
    try:
        return Period(start, end)
    except ValueError as problem:
        cells.fault("period_end", str(problem), "swap or correct the dates")
        return None


def _shown(value: object | None) -> str:
    return "" if value is None else str(value)


def _sure(value: R | None) -> R:
    """A value that is known to be there once no fault was found."""
    if value is None:
        raise AssertionError("a row without faults lacks a value")
    return value
