"""Columns are named once: cells, rows and records follow, and meaning stands in columns, never in a note."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from db.model.errors import PackageFaults
from db.model.records import Counts, Figure, Official, Status, Zero
from db.model.rows import FIGURES, SOURCES, figure_cells, read_figure
from db.model.tables import FIGURE_VERSION, SOURCE_VERSION
from db.model.values import Bound, Interval
from db.package.datapackage import FILES, read_package, write_package
from db.store.engine import Database
from db.store.upgrading import downgrade, upgrade
from tests.bot.answers.made import holding
from tests.bot.answers.made import source as a_document
from tests.built_in import built_in
from tests.db.making import a_figure, a_package


def test_every_record_of_the_package_is_the_same_after_cells_and_after_a_row() -> None:
    package = built_in()
    for part, (_, layout) in FILES.items():
        for record in getattr(package, part):
            assert layout.read(layout.cells(record)) == record
            kept = {**layout.values(record), "version": 1, "recorded": 0}
            assert layout.record([kept[name] for name in layout.kept]) == record


def test_the_tables_hold_every_column() -> None:
    assert set(FIGURES.kept) <= set(FIGURE_VERSION.c.keys())
    assert set(SOURCES.kept) <= set(SOURCE_VERSION.c.keys())
    assert all(FIGURES.meanings.values())
    assert all(SOURCES.meanings.values())


@pytest.mark.parametrize(
    ("value", "zero", "wrong"),
    [
        (Interval(0, 0, Bound.EXACT), Zero.NOT_ZERO, True),
        (Interval(0, 0, Bound.EXACT), Zero.NONE, False),
        (Interval(0, 0, Bound.ABOUT), Zero.NONE_KNOWN, False),
        (Interval(4, 4, Bound.EXACT), Zero.NONE, True),
        (Interval(None, 4, Bound.AT_MOST), Zero.NONE_KNOWN, True),
        (Interval(0, 4, Bound.RANGE), Zero.NOT_ZERO, False),
    ],
)
def test_a_zero_says_which_zero_it_is(value: Interval, zero: Zero, wrong: bool) -> None:
    outcome = read_figure(figure_cells(replace(a_figure(), value=value, zero=zero)))
    assert isinstance(outcome, tuple) is wrong


@pytest.mark.parametrize(
    ("place", "status", "circle", "wrong"),
    [
        ("BE", "current", False, False),
        ("FR", "current", False, True),
        ("BE", "withdrawn", False, True),
        ("BE", "current", True, True),
    ],
)
def test_a_relayed_figure_stands_and_speaks_of_the_same_place(
    tmp_path: Path, place: str, status: str, circle: bool, wrong: bool
) -> None:
    upstream = replace(
        a_figure("be-travelled-b", place),
        source="tsc_2017",
        relays="be-travelled-a" if circle else None,
        status=Status(status),
        status_reason="gone",
    )
    write_package(a_package((replace(a_figure(), relays="be-travelled-b"), upstream)), tmp_path)
    if not wrong:
        read_package(tmp_path)
        return
    with pytest.raises(PackageFaults) as caught:
        read_package(tmp_path)
    assert {fault.column for fault in caught.value.faults} == {"relays"}


def test_a_chain_goes_on_through_the_relayed_figure_not_through_its_document() -> None:
    paper = a_document("paper", relays=("agency",))
    claimed = _figure("b", source="paper", relays="institute")
    passed_on = _figure("a", source="blog", relays="be-b")
    held = holding(claimed, passed_on, sources=(paper,))
    assert held.relay_chain(passed_on) == ("blog", "paper", "institute")
    assert held.origins(passed_on) == {"institute"}
    assert held.origins(_figure("c", source="paper")) == {"agency"}


def test_a_state_s_own_number_is_the_state_s_whoever_prints_it() -> None:
    report = replace(a_document("report"), authority="Soufan")
    held = holding(_figure("a", source="report"), sources=(report,))
    assert held.authorities(_figure("a", source="report")) == {"Soufan"}
    assert held.authorities(replace(_figure("a", source="report"), official=Official.YES)) == {"BE"}


async def test_the_texts_of_older_rows_are_read_once(filled_database: Database) -> None:
    """What notes and ways of counting said before there were columns for it."""
    await downgrade(filled_database, "0005")
    async with filled_database.writing() as session:
        connection = await session.connection()
        for column, text, where in (
            ("note", "None known by then.", "figure_id = 'be-travelled_in_period-hln_belga_2019_11_30-7'"),
            ("basis", "attempts included", "figure_id = 'be-travelled-tsg_2015'"),
            ("basis", "official_count (inferred)", "figure_id = 'be-travelled-tsg_2014'"),
            ("basis", "nonofficial_count", "figure_id = 'ar-travelled-tsg_2015'"),
        ):
            await connection.exec_driver_sql(f"UPDATE figure_version SET {column} = '{text}' WHERE {where}")
    await upgrade(filled_database)
    async with filled_database.reading() as connection:
        found = await connection.exec_driver_sql("SELECT figure_id, zero, counts, official FROM figure_version")
        read: dict[str, tuple[str, ...]] = {row[0]: tuple(row[1:]) for row in found}
    assert read["be-travelled_in_period-hln_belga_2019_11_30-7"] == ("none_known", "", "unstated")
    assert read["be-travelled-tsg_2015"] == ("", "attempts_included", "unstated")
    assert read["be-travelled-tsg_2014"] == ("", "", "yes")
    assert read["ar-travelled-tsg_2015"] == ("", "", "no")


def _figure(id: str, source: str = "tsg_2015", relays: str | None = None) -> Figure:
    return replace(a_figure(f"be-{id}", source=source), relays=relays, counts=Counts.AS_MEASURED)
