"""A row of cells becomes a record or the list of everything that is wrong with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.model.cells import CellFault
from db.model.records import Figure, Source, Status
from db.model.rows import (
    FIGURE_COLUMNS,
    MEMBERSHIPS,
    POPULATIONS,
    SOURCE_COLUMNS,
    figure_cells,
    read_figure,
    read_source,
    source_cells,
)
from tests.db.making import a_figure, a_source


def test_a_figure_survives_its_cells() -> None:
    assert read_figure(figure_cells(a_figure())) == a_figure()
    assert tuple(figure_cells(a_figure())) == FIGURE_COLUMNS


def test_a_source_survives_its_cells() -> None:
    source = a_source(relays=("tsg_2014", "tsg_2015"))
    assert read_source(source_cells(source)) == source
    assert tuple(source_cells(source)) == SOURCE_COLUMNS


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("id", "Be Travelled"),
        ("id", ""),
        ("id", "=cmd()"),
        ("place", "Belgium"),
        ("measure", ""),
        ("who", "elves"),
        ("destination", "MARS"),
        ("low", "1,000"),
        ("low", "-3"),
        ("low", "٣"),
        ("low", "9" * 5_000),
        ("low", "1000000001"),
        ("high", "3"),
        ("high", ""),
        ("bound", "roughly"),
        ("bound", "more_than"),
        ("as_of", "2015-13"),
        ("period_end", "x"),
        ("source", "The Soufan Group"),
        ("relays", "tsg_2015"),
        ("seen", "yes"),
        ("evidence", "javascript:alert(1)"),
        ("credibility", "7"),
        ("credibility", ""),
        ("status", "gone"),
        ("status", "withdrawn"),
        ("note", "a\x00b"),
        ("note", "x" * 2_001),
    ],
)
def test_a_faulty_cell_of_a_figure_is_named(column: str, cell: str) -> None:
    outcome = read_figure(figure_cells(a_figure()) | {column: cell})
    assert isinstance(outcome, tuple)
    blamed = {fault.column for fault in outcome}
    related = {"low": {"high"}, "high": {"low"}, "bound": {"low", "high"}, "status": {"status_reason"}}
    assert blamed & ({column} | related.get(column, set()))
    assert all(fault.wrong and fault.advice for fault in outcome)


def test_every_fault_of_a_row_is_listed() -> None:
    cells = figure_cells(a_figure()) | {"place": "Belgium", "low": "ten", "as_of": "soon", "credibility": "0"}
    outcome = read_figure(cells)
    assert isinstance(outcome, tuple)
    assert {fault.column for fault in outcome} == {"place", "low", "as_of", "credibility"}


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("title", ""),
        ("kind", "rumour"),
        ("url", "ftp://example.org"),
        ("language", "English"),
        ("reliability", "G"),
        ("relays", "some_report"),
        ("published", "2016-3"),
    ],
)
def test_a_faulty_cell_of_a_source_is_named(column: str, cell: str) -> None:
    outcome = read_source(source_cells(a_source()) | {column: cell})
    assert isinstance(outcome, tuple)
    assert [fault.column for fault in outcome] == [column]


def test_a_withdrawn_figure_says_why() -> None:
    outcome = read_figure(figure_cells(a_figure()) | {"status": "withdrawn", "status_reason": "counted twice"})
    assert isinstance(outcome, Figure)
    assert outcome.status is Status.WITHDRAWN


def test_a_membership_cannot_end_before_it_starts() -> None:
    row = {"region": "R:europe", "place": "BE", "member_from": "2016", "member_until": "2015", "note": ""}
    assert isinstance(MEMBERSHIPS.read(row), tuple)


def test_a_population_needs_its_numbers() -> None:
    outcome = POPULATIONS.read({"place": "BE", "year": "", "population": "0", "source": "x"})
    assert isinstance(outcome, tuple)
    assert {fault.column for fault in outcome} == {"year", "population"}


@given(st.dictionaries(st.sampled_from(FIGURE_COLUMNS), st.text(max_size=40)))
def test_no_row_of_a_figure_raises(cells: dict[str, str]) -> None:
    outcome = read_figure(figure_cells(a_figure()) | cells)
    assert isinstance(outcome, Figure) or all(isinstance(fault, CellFault) for fault in outcome)
    if isinstance(outcome, Figure):
        assert read_figure(figure_cells(outcome)) == outcome


@given(st.dictionaries(st.sampled_from(SOURCE_COLUMNS), st.text(max_size=40)))
def test_no_row_of_a_source_raises(cells: dict[str, str]) -> None:
    outcome = read_source(source_cells(a_source()) | cells)
    if isinstance(outcome, Source):
        assert read_source(source_cells(outcome)) == outcome
