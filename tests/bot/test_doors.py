"""The three doors by which figures come in - form, terminal, file - read what is written in one and the same way."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from bot.chat.desk.forms import DeskForm
from bot.places.entering import place_names
from bot.places.resolve import Resolver
from db.edits import editing
from db.edits.change import FigureChange
from db.edits.errors import FaultsFound
from db.edits.requests import Request
from db.imports.importing import ImportFile, plan_import
from db.model.cells import CellFault
from db.model.rows import figure_cells
from db.store.engine import Database, open_database
from tests.bot.cli.conftest import Run, database_path, inflow
from tests.conftest import NOW

__all__ = ["database_path", "inflow"]

Read = dict[str, str] | str
"""The cells of the figure that would be written, or what is wrong, in words."""
Door = Callable[[Mapping[str, str]], Read]
BESIDE = {"place": "MT", "measure": "travelled", "source": "tsg_2015"}
TWICE = "Look twice"
SHOWN = ("low", "high", "bound", "as_of", "period_start", "period_end", "place")


@pytest.fixture
def doors(inflow: Run, database_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[dict[str, Door]]:
    """The doors to one database; nothing is written through them."""
    with asyncio.Runner() as runner:
        opened = open_database(f"sqlite+aiosqlite:///{database_path}")
        database = runner.run(opened.__aenter__())
        yield doors_of(database, runner, inflow, capsys)
        runner.run(opened.__aexit__(None, None, None))


def doors_of(
    database: Database, runner: asyncio.Runner, inflow: Run, capsys: pytest.CaptureFixture[str]
) -> dict[str, Door]:
    """Each way in, as a function from cells to what is read."""
    names = place_names(Resolver.load())

    def in_database(work: Callable[[Database], Coroutine[None, None, Read]]) -> Read:
        return runner.run(work(database))

    def previewed(request: Request) -> Read:
        async def work(database: Database) -> Read:
            try:
                seen = await editing.preview(database, request, by="Ada", because="Read", at=NOW, names=names)
            except FaultsFound as problem:
                return " · ".join(f"{fault.wrong}; {fault.advice}" for fault in problem.faults)
            return cells_of(seen.changes[0], seen.cautions)

        return in_database(work)

    def form(cells: Mapping[str, str]) -> Read:
        chosen = {column: text for column, text in cells.items() if column in BESIDE}
        written = {column: text for column, text in cells.items() if column not in BESIDE}
        return previewed(DeskForm("figure", chosen=chosen).filled(written).request())

    def terminal(cells: Mapping[str, str]) -> Read:
        words = [f"{column}={text}" for column, text in cells.items()]
        code = inflow("figure", "add", *words, "--by", "Ada", "--because", "Read", "--dry-run")
        told = capsys.readouterr()
        return told.err if code else dict(_printed(told.out))

    def file(cells: Mapping[str, str]) -> Read:
        text = io.StringIO()
        csv.writer(text).writerows([cells.keys(), cells.values()])

        async def work(database: Database) -> Read:
            plan = await plan_import(database, ImportFile(text.getvalue().encode(), "new.csv"), at=NOW, names=names)
            if plan.refused:
                return " · ".join(f"{fault.wrong}; {fault.advice}" for fault in plan.refused)
            return cells_of(plan.changes[0], plan.cautions)

        return in_database(work)

    return {"form": form, "terminal": terminal, "file": file}


def cells_of(change: object, cautions: Iterable[CellFault]) -> dict[str, str]:
    assert isinstance(change, FigureChange)
    cells = {column: text for column, text in figure_cells(change.after).items() if text and column in SHOWN}
    told = " · ".join(caution.wrong for caution in cautions)
    return cells | ({TWICE: told} if told else {})


def _printed(out: str) -> Iterator[tuple[str, str]]:
    twice = [line for line in out.splitlines() if line.startswith(TWICE)]
    if twice:
        yield TWICE, " · ".join(twice)
    for line in out.splitlines():
        column, _, text = line.strip().partition(" ")
        if line.startswith("  ") and column in SHOWN and text.strip() != "∅":
            yield column, text.strip()


VALUES: list[tuple[str, str | None, str | None, str]] = [
    ("470", "470", "470", "exact"),
    ("420-516", "420", "516", "range"),
    ("27,000 to 31,000", "27000", "31000", "range"),
    (">500", "500", None, "more_than"),
    ("c. 500", "500", "500", "about"),
    ("about 2,000", "2000", "2000", "about"),
    ("at most 30 000", None, "30000", "at_most"),
    ("500+", "500", None, "at_least"),
    ("450.0", "450", "450", "exact"),
    ("1.500.000", "1500000", "1500000", "exact"),
    ("none", "0", "0", "exact"),
]


@pytest.mark.parametrize("column", ["value", "low"])
def test_a_value_is_read_alike(doors: dict[str, Door], column: str) -> None:
    for written, low, high, bound in VALUES if column == "value" else VALUES[::4]:
        expected = {"place": "MT", "low": low, "high": high, "bound": bound, "as_of": "2015-10"}
        held = {name: text for name, text in expected.items() if text is not None}
        for name, door in doors.items():
            assert door({**BESIDE, column: written, "as_of": "2015-10"}) == held, (name, written)


DATES = {
    "2015-00-00": "2015",
    "2015-10-00": "2015-10",
    "20151003": "2015-10-03",
    "3 October 2015": "2015-10-03",
    "Oct 2015": "2015-10",
    "31/10/2015": "2015-10-31",
    "3.10.2015": "2015-10-03",
    "2015-10-03 00:00:00": "2015-10-03",
}


def test_a_date_is_read_alike(doors: dict[str, Door]) -> None:
    for written, as_of in DATES.items():
        for name, door in doors.items():
            read = door({**BESIDE, "value": "470", "as_of": written})
            assert isinstance(read, dict), (name, read)
            assert read["as_of"] == as_of, (name, written)


NOT_PLAIN = [
    ({"value": "1.500"}, "may be 1500 or 1.5"),
    ({"value": "a few"}, "is not a whole number"),
    ({"value": "NA"}, "no data is not zero"),
    ({"value": ".."}, "no data is not zero"),
    ({"value": "-99"}, "below zero"),
    ({"value": "516-420"}, "runs backwards"),
    ({"as_of": "03/04/2015"}, "may be 2015-04-03 or 2015-03-04"),
    ({"as_of": "Dec-15"}, "four digits"),
    ({"as_of": "42005"}, "2015-01-01"),
    ({"as_of": "2015-00-05"}, "names a day without a month"),
    ({"period": "soon"}, "is not a period"),
    ({"place": "Congo"}, "write one of CG"),
    ({"place": "belgum"}, "did you mean BE (Belgium)?"),
    ({"place": "Atlantis"}, "is no place that is held"),
]


def test_what_is_not_plain_is_refused_in_the_same_words(doors: dict[str, Door]) -> None:
    for cells, told in NOT_PLAIN:
        for name, door in doors.items():
            read = door({**BESIDE, "value": "470", "as_of": "2015-10", **cells})
            assert isinstance(read, str), (name, read)
            assert told in read, (name, cells)
            assert read.count(";") <= 2 or name == "terminal", read


@pytest.mark.parametrize(("written", "place"), [("bosnia", "BA"), ("GBR", "GB"), ("Dem. Rep. of the Congo", "CD")])
def test_a_place_is_taken_by_the_names_that_questions_use(doors: dict[str, Door], written: str, place: str) -> None:
    for name, door in doors.items():
        read = door({**BESIDE, "place": written, "value": "470", "as_of": "2015-10"})
        assert isinstance(read, dict), (name, read)
        assert read["place"] == place, name


HELD = {"place": "MV", "measure": "travelled", "source": "tsg_2015"}
"""tsg_2015 says 200 for the Maldives in December 2015, and not whether a state counted them."""


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({**HELD, "value": "999", "as_of": "2015-12"}, "the same source already says 200 for this time"),
        ({**HELD, "value": "200", "as_of": "2015-11"}, "the same source states 200 for 2015-12 already"),
        ({**BESIDE, "value": "3", "as_of": "2019-10"}, "is after the source was published"),
        ({**BESIDE, "place": "R:world", "value": "none", "as_of": "2015-10"}, "states none for the whole world"),
    ],
)
def test_what_is_often_a_slip_is_to_be_looked_at_twice_through_every_door(
    doors: dict[str, Door], cells: dict[str, str], told: str
) -> None:
    for name, door in doors.items():
        read = door(cells)
        assert isinstance(read, dict), (name, read)
        assert told in read[TWICE], name


def test_what_is_plain_is_not_to_be_looked_at_twice(doors: dict[str, Door]) -> None:
    for name, door in doors.items():
        assert TWICE not in door({**BESIDE, "value": "470", "as_of": "2015-10"}), name
