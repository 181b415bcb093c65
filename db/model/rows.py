"""The columns of each kind of record as cells and rows; every fault of a row is found, none is repaired silently."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from db.model.cells import Cells
from db.model.columns import is_figure_id
from db.model.layout import Layout
from db.model.records import Figure, Measure, Membership, Place, Population, Source, Status, Zero


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


def _check_membership(cells: Cells, values: Mapping[str, Any]) -> None:
    start, end = values["member_from"], values["member_until"]
    if start and end and start.first > end.last:
        cells.fault("member_until", "is before member_from", "swap or correct the dates")


FIGURES = Layout(Figure, key="figure_id", versioned=True, check=_check_figure)
SOURCES = Layout(Source, key="source_id", versioned=True, check=_check_source)
MEASURES = Layout(Measure)
PLACES = Layout(Place)
MEMBERSHIPS = Layout(Membership, check=_check_membership)
POPULATIONS = Layout(Population)

FIGURE_COLUMNS, read_figure, figure_cells = FIGURES.columns, FIGURES.read, FIGURES.cells
SOURCE_COLUMNS, read_source, source_cells = SOURCES.columns, SOURCES.read, SOURCES.cells
