"""Undo, drawn at random: whatever was done, taking it back newest first leaves the dataset as it was."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from db.edits import editing
from db.edits.change import Cause
from db.edits.errors import ChangeRefused
from db.edits.requests import (
    AddFigure,
    AddSource,
    DisputeFigure,
    DropHeadline,
    EditFigure,
    EditSource,
    PickHeadline,
    Request,
    RestoreFigure,
    RetractFigure,
    RetractSource,
    Undo,
)
from db.imports import importing
from db.model.errors import PackageFaults
from db.model.records import Status
from db.model.rows import figure_cells, source_cells
from db.store.engine import Database
from db.store.figures import FigureStore
from tests.often import often

FIGURES = ("be-travelled-tsg_2015", "be-travelled-tsc_2017", "fr-travelled-tsg_2015", "be-travelled-tsg_2015-2")
SOURCES = ("tsg_2015", "tsc_2017", "institute_2016")
figures, sources = st.sampled_from(FIGURES), st.sampled_from(SOURCES)
numbers = st.integers(1, 4).map(str)
edits: st.SearchStrategy[Request] = st.one_of(
    st.builds(
        lambda low, source: AddFigure(
            {"place": "BE", "measure": "travelled", "low": low, "as_of": "2018-11", "source": source}
        ),
        numbers,
        sources,
    ),
    st.builds(lambda id, low: EditFigure(id, {"low": low}, Cause.RE_READ), figures, numbers),
    st.builds(lambda id, place: EditFigure(id, {"place": place}), figures, st.sampled_from(["BE", "FR"])),
    st.builds(RetractFigure, figures),
    st.builds(DisputeFigure, figures),
    st.builds(RestoreFigure, figures),
    st.builds(PickHeadline, figures),
    st.just(DropHeadline("BE", "travelled")),
    st.just(AddSource({"title": "A report", "publisher": "Institute", "published": "2016", "kind": "news"})),
    st.builds(lambda key, note: EditSource(key, {"note": note}), sources, numbers),
    st.builds(lambda key: RetractSource(key, with_figures=True), sources),
)
files = st.lists(st.tuples(st.sampled_from(["BE", "FR"]), numbers), min_size=1, max_size=4, unique=True).map(
    lambda rows: "\n".join(
        ["place,measure,low,as_of,source,note"]
        + [f"{place},travelled,{low},2019-01,tsg_2015,imported" for place, low in rows]
    )
)
steps = st.lists(st.one_of(edits, files), min_size=1, max_size=12)


async def content(database: Database) -> object:
    """What stands, without the numbers of versions; what was only added and withdrawn does not stand."""
    dataset = FigureStore(database)
    held = await dataset.holdings(["BE", "FR"])
    withdrawn = [await dataset.figure(id) for id in FIGURES[:3]]
    known = [await dataset.source(key) for key in SOURCES]
    return (
        {row.id: figure_cells(row) for rows in held.figures.values() for row in rows},
        {row.id: figure_cells(row) for row in withdrawn if row is not None},
        {row.id: source_cells(row) for row in known if row is not None and row.status is not Status.WITHDRAWN},
        [(row.place, row.measure, row.who, row.figure, row.reason) for row in held.headlines],
    )


async def do(database: Database, step: Request | str, now: datetime) -> int | None:
    """Make one change; its revision, or None when it was refused."""
    try:
        if isinstance(step, str):
            plan = await importing.plan_import(database, importing.ImportFile(step.encode(), "rows.csv"), at=now)
            made = await importing.apply_import(database, plan, by="Ada", because="a test", at=now)
        else:
            made = await editing.make(database, step, by="Ada", because="a test", at=now)
    except (ChangeRefused, PackageFaults):
        return None
    return made.revision.id


@settings(
    max_examples=often(3),
    phases=(Phase.explicit, Phase.generate),  # the database goes on from example to example, so nothing can be shrunk
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=steps)
async def test_undoing_everything_newest_first_restores_the_content(
    filled_database: Database, now: datetime, steps: list[Request | str]
) -> None:
    before = await content(filled_database)
    made = [await do(filled_database, step, now) for step in steps]
    for revision in reversed([number for number in made if number is not None]):
        seen = await editing.preview(filled_database, Undo(revision), by="Bob", because="back", at=now)
        undone = await editing.make(filled_database, seen.request, by="Bob", because="back", at=now, shown=seen)
        assert {change.id for change in undone.changes} == {change.id for change in seen.changes}
        assert [change.fields for change in undone.changes] == [change.fields for change in seen.changes]
    assert await content(filled_database) == before


async def test_the_preview_of_a_large_undo_waits_for_no_writer(
    filled_database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = "place,measure,low,as_of,source\n" + "".join(f"BE,travelled,{low},2018-11,tsg_2015\n" for low in range(3))
    plan = await importing.plan_import(filled_database, importing.ImportFile(table.encode(), "new.csv"), at=now)
    made = await importing.apply_import(filled_database, plan, by="1", because="Read", at=now)
    undo = Undo(made.revision.id)
    monkeypatch.setattr(editing, "REHEARSED", 2)
    async with filled_database.writing():
        shown = await editing.preview(filled_database, undo, by="1", because="Wrong table", at=now)
    assert shown.total == 3
    assert editing.UNTRIED in shown.cautions
    undone = await editing.make(filled_database, undo, by="1", because="Wrong table", at=now, shown=shown)
    assert undone.total == 3
