"""One record as the cells of a text file and back; every fault of a row is found, none is repaired silently."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from db.model.cells import CellFault, Cells
from db.model.columns import is_figure_id
from db.model.records import (
    FIGURES,
    PLACE_ID,
    PLACE_KINDS,
    SOURCE_ID,
    SOURCES,
    Figure,
    Kind,
    Measure,
    Membership,
    Place,
    Population,
    Source,
    Status,
    Zero,
)

FIGURE_COLUMNS = FIGURES.columns
SOURCE_COLUMNS = SOURCES.columns
MEASURE_COLUMNS = ("id", "kind", "label", "unit", "definition", "summable", "part_of")
PLACE_COLUMNS = ("id", "kind", "name", "iso3", "note")
MEMBERSHIP_COLUMNS = ("region", "place", "member_from", "member_until", "note")
POPULATION_COLUMNS = ("place", "year", "population", "source")

_SOURCE_ID = re.compile(SOURCE_ID)
_PLACE_ID = re.compile(PLACE_ID)
_MEASURE_ID = re.compile("[a-z_]+")
_ISO3 = re.compile(r"[A-Z]{3}")
R = TypeVar("R")


def read_figure(row: Mapping[str, str]) -> Figure | tuple[CellFault, ...]:
    """A figure from its cells, or all faults of the row."""
    return FIGURES.read(row, _check_figure)


def read_source(row: Mapping[str, str]) -> Source | tuple[CellFault, ...]:
    """A source from its cells, or all faults of the row."""
    return SOURCES.read(row, _check_source)


def read_measure(row: Mapping[str, str]) -> Measure | tuple[CellFault, ...]:
    """A measure from its cells, or all faults of the row."""
    cells = Cells(row)
    id_ = cells.key("id", _MEASURE_ID, "lower-case letters and underscores")
    kind = cells.choice("kind", Kind, Kind.CUMULATIVE)
    label, unit, definition = (cells.text(name, required=True) for name in ("label", "unit", "definition"))
    summable = cells.one_of("summable", ("true", "false")) == "true"
    part_of = cells.key("part_of", _MEASURE_ID, "a measure", required=False)
    return cells.outcome(lambda: Measure(id_, kind, label, unit, definition, summable, part_of))


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
    return FIGURES.cells(figure)


def source_cells(source: Source) -> dict[str, str]:
    """The cells of a source, as the package writes them."""
    return SOURCES.cells(source)


def measure_cells(measure: Measure) -> dict[str, str]:
    """The cells of a measure, as the package writes them."""
    return {
        "id": measure.id,
        "kind": measure.kind.value,
        "label": measure.label,
        "unit": measure.unit,
        "definition": measure.definition,
        "summable": "true" if measure.summable else "false",
        "part_of": measure.part_of,
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


def _check_figure(cells: Cells, values: Mapping[str, Any]) -> None:
    """Note what the cells of a figure say against each other."""
    value, zero, relays = values["value"], values["zero"], values["relays"]
    if relays and relays == values["source"]:
        cells.fault("relays", "names the figure's own source", "leave it empty or name another source")
    if relays and is_figure_id(relays) and relays == values["id"]:
        cells.fault("relays", "names the figure itself", "leave it empty or name another figure")
    if value is not None and value.is_zero and zero is Zero.NOT_ZERO:
        cells.fault("zero", "is empty though the value is 0", "write none, or none_known where none had been seen")
    if value is not None and not value.is_zero and zero is not Zero.NOT_ZERO:
        cells.fault("zero", f"is {zero} though the value is not 0", "leave it empty")
    _check_status(cells, values)


def _check_source(cells: Cells, values: Mapping[str, Any]) -> None:
    """Note what the cells of a source say against each other."""
    if values["id"] in values["relays"]:
        cells.fault("relays", "names the source itself", "name other sources only")
    _check_status(cells, values)


def _check_status(cells: Cells, values: Mapping[str, Any]) -> None:
    """A status has a reason, which only ``current`` may lack."""
    status = values["status"]
    if status is not Status.CURRENT and not values["status_reason"]:
        cells.fault("status_reason", f"is empty though the status is {status}", "say why")


def _shown(value: object | None) -> str:
    return "" if value is None else str(value)


def _sure(value: R | None) -> R:
    """A value that is known to be there once no fault was found."""
    if value is None:
        raise AssertionError("a row without faults lacks a value")
    return value
