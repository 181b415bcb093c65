"""The years that a figure speaks of stand beside it, whoever wrote it and whenever."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from db.model.tables import FIGURE_VERSION
from db.model.values import PartialDate, Period
from db.store.engine import Database
from db.store.recording import figure_values, insert_figures, record_revision
from tests.built_in import built_in
from tests.db.making import a_figure

COLUMNS = FIGURE_VERSION.c


async def years(database: Database) -> dict[str, tuple[int, int]]:
    """The first and the last year of each figure."""
    async with database.reading() as connection:
        found = await connection.execute(select(COLUMNS.figure_id, COLUMNS.year_first, COLUMNS.year_last))
        return {id_: (first, last) for id_, first, last in found}


async def test_the_years_hold_every_date_that_is_stated(database: Database, now: datetime) -> None:
    dates = {
        "a": (PartialDate(2015, 12), Period()),
        "b": (PartialDate(2017), Period(PartialDate(2011), PartialDate(2016, 3, 1))),
        "c": (None, Period(PartialDate(2013, 5), None)),
        "d": (None, Period()),
    }
    from db.package.preparing import load_built_in

    await load_built_in(database, at=now)
    async with database.writing() as session:
        at = now + timedelta(days=1)
        revision = await record_revision(session, at=at, by="ada", because="x", summary="x")
        made = [replace(a_figure(id_), as_of=as_of, period=period) for id_, (as_of, period) in dates.items()]
        await insert_figures(session, made, revision.id)
    found = await years(database)
    assert {id_: found[id_] for id_ in dates} == {
        "a": (2015, 2015),
        "b": (2011, 2017),
        "c": (2013, 2013),
        "d": (9999, 0),
    }


async def test_the_years_beside_the_built_in_figures_are_those_that_they_speak_of(filled_database: Database) -> None:
    assert await years(filled_database) == {
        figure.id: (values["year_first"], values["year_last"])
        for figure in built_in().figures
        for values in [figure_values(figure, 1)]
    }
