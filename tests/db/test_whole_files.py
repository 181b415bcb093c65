"""Files of other people come in as they are: any separator, encoding, header, shape; what was guessed is told."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from bot.citations.references import table_of_references
from bot.places.entering import place_names
from bot.places.resolve import Resolver
from db.edits.change import FigureChange
from db.edits.summary import value_text
from db.imports.headers import letter
from db.imports.importing import ImportFile, Plan, Wishes, plan_import
from db.store.engine import Database

DATED = {"measure": "travelled", "source": "tsg_2015"}
FIXED = {"measure": "travelled", "source": "tsg_2015", "as_of": "2015-10"}
KNOWN = Wishes(fixed=FIXED)


@dataclass
class Files:
    """Somebody who plans files at a fixed moment."""

    database: Database
    now: datetime

    async def plan(self, data: str | bytes, wishes: Wishes | None = None, name: str = "new.csv") -> Plan:
        data = data.encode() if isinstance(data, str) else data
        names = place_names(Resolver.load())
        return await plan_import(
            self.database, ImportFile(data, name, wishes=wishes or Wishes()), at=self.now, names=names
        )


@pytest.fixture
def files(filled_database: Database, now: datetime) -> Files:
    return Files(filled_database, now)


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, lines in sheets:
        page = book.create_sheet(title)
        for line in lines:
            page.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@dataclass(frozen=True)
class Kind:
    """A kind of file that people have, and what it says."""

    data: str | bytes
    said: Sequence[tuple[str, ...]]
    wishes: Wishes = field(default_factory=lambda: KNOWN)
    told: tuple[str, ...] = ()
    name: str = "new.csv"


MALTA = [("MT", "3", "2015-10"), ("LU", "7", "2015-10")]
TABLE = "Country,Fighters\nMalta,3\nLuxembourg,7\n"
KINDS = {
    "names for codes": Kind(TABLE, MALTA, told=("Country → place", "Fighters → value")),
    "alpha-3 codes": Kind("iso3,n\nMLT,3\nLUX,7\n", MALTA),
    "semicolons": Kind(TABLE.replace(",", ";"), MALTA),
    "tabs, as a spreadsheet pastes them": Kind(TABLE.replace(",", "\t"), MALTA),
    "bars": Kind(TABLE.replace(",", "|"), MALTA),
    "UTF-8 with its mark": Kind(TABLE.encode("utf-8-sig"), MALTA),
    "UTF-16": Kind(TABLE.encode("utf-16"), MALTA),
    "UTF-16 without its mark": Kind(TABLE.encode("utf-16-le"), MALTA),
    "Windows-1252": Kind("Country;n\nCôte d’Ivoire;3\n".encode("cp1252"), [("CI", "3", "2015-10")], told=("Côte",)),
    "line ends of an old Mac": Kind(TABLE.replace("\n", "\r"), MALTA),
    "title rows above the header": Kind(
        "Foreign fighters by country\nSource: TSG,\n\n" + TABLE, MALTA, told=("line 4 is read as the header",)
    ),
    "notes below the table": Kind(TABLE + "\nSource: The Soufan Group,\n", MALTA, told=("1 row without a value",)),
    "columns that nobody needs": Kind(
        "Region,Country,Fighters,Colour\nEU,Malta,3,red\nEU,Luxembourg,7,blue\n",
        MALTA,
        told=("left out: Region, Colour",),
    ),
    "foreign headers by wish": Kind(
        "Herkunftsland;Ausgereiste\nMalta;3\nLuxembourg;7\n",
        MALTA,
        Wishes({"Herkunftsland": "place", "ausgereiste": "value"}, FIXED),
    ),
    "foreign headers by letter": Kind(
        "Herkunftsland;Ausgereiste\nMalta;3\nLuxembourg;7\n",
        MALTA,
        Wishes({"A": "place", "B": "value"}, FIXED),
        told=("line 1 is read as the header",),
    ),
    "no header at all": Kind("Malta;3\nLuxembourg;7\n", MALTA, Wishes({"A": "place", "B": "value"}, FIXED, header=0)),
    "a header without a name": Kind(",Fighters\nMalta,3\nLuxembourg,7\n", MALTA, Wishes({"A": "place"}, FIXED)),
    "lower and upper estimates": Kind("country,low estimate,high estimate\nMalta,3,5\n", [("MT", "3–5", "2015-10")]),
    "values in words": Kind(
        "country,number\nMalta,c. 30\nLuxembourg,>500\n", [("MT", "~30", "2015-10"), ("LU", ">500", "2015-10")]
    ),
    "a date a row": Kind(
        "country,date,number\nMalta,20131217,3\n",
        [("MT", "3", "2013-12-17")],
        Wishes(fixed=DATED),
    ),
    "a year a row, of a flow": Kind(
        "country,year,number\nMalta,2014,3\n",
        [("MT", "3", "2014")],
        Wishes(fixed={"measure": "travelled_in_period", "source": "tsg_2015"}),
    ),
    "years as columns": Kind(
        "Country,2013,2014,2015\nMalta,1,2,3\nLuxembourg,,7,..\n",
        [("MT", "1", "2013"), ("MT", "2", "2014"), ("MT", "3", "2015"), ("LU", "7", "2014")],
        Wishes(fixed=DATED),
        told=("each of 3 columns is one time: 2013 to 2015", "2 rows without a value"),
    ),
    "years as columns, as the World Bank writes them": Kind(
        "Country Name,Country Code,2013 [YR2013],2014 [YR2014]\nMalta,MLT,1,2\n",
        [("MT", "1", "2013"), ("MT", "2", "2014")],
        Wishes(fixed=DATED),
    ),
    "countries as columns": Kind("date,Malta,Luxembourg\n2015-10,3,7\n", MALTA, Wishes(fixed=DATED)),
    "thousands behind points": Kind(
        "country;number\nMalta;1.500\nLuxembourg;1.234.567\n", [("MT", "1500", "2015-10"), ("LU", "1234567", "2015-10")]
    ),
    "decimals behind commas": Kind("country;number\nMalta;3,0\nLuxembourg;7,00\n", MALTA),
    "NA for no data": Kind(
        "country,number\nMalta,3\nLuxembourg,7\nFrance,NA\n", MALTA, told=("1 row without a value",)
    ),
    "totals that are no place": Kind(
        TABLE + "Stateless,4\nTotal,10\n", MALTA, Wishes(fixed=FIXED, names={"Total": "", "Stateless": ""})
    ),
    "a place as only this file calls it": Kind(
        "country,number\nRock in the sea,3\nLuxembourg,7\n", MALTA, Wishes(fixed=FIXED, names={"Rock in the sea": "MT"})
    ),
    "a workbook": Kind(workbook(("Sheet1", [["Country", "Fighters"], ["Malta", 3], ["Luxembourg", 7.0]])), MALTA),
    "a sheet of a workbook": Kind(
        workbook(("About", [["Made by us"]]), ("Data", [["Country", "Fighters"], ["Malta", 3], ["Luxembourg", "7"]])),
        MALTA,
        Wishes(fixed=FIXED, sheet="data"),
        told=("sheet 'Data' is read; there are also 'About'",),
    ),
    "dates of a workbook": Kind(
        workbook(("Sheet1", [["Country", "Date", "Fighters"], ["Malta", datetime(2013, 12, 17), 3]])),
        [("MT", "3", "2013-12-17")],
        Wishes(fixed=DATED),
    ),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_a_file_of_each_kind_comes_in_as_it_is(files: Files, kind: str) -> None:
    case = KINDS[kind]
    plan = await files.plan(case.data, case.wishes, case.name)
    assert [_short(change) for change in plan_figures(plan)] == case.said
    for words in case.told:
        assert any(words in remark for remark in plan.remarks), plan.remarks


CASES = Path(__file__).parents[1] / "cases" / "files"
READ = json.loads((CASES / "read.json").read_text(encoding="utf-8"))


def test_every_kept_file_is_read() -> None:
    assert {path.name for path in CASES.iterdir()} - {"read.json"} == set(READ)


@pytest.mark.parametrize("name", READ)
async def test_a_file_as_its_makers_publish_it_comes_in_without_a_script(files: Files, name: str) -> None:
    case = READ[name]
    data = (CASES / name).read_bytes()
    table = table_of_references(data)
    wishes = Wishes(case["columns"], case["fixed"], case.get("names", {}))
    plan = await files.plan(table or data, wishes, name)
    assert plan.refused == (), [str(fault) for fault in plan.refused]
    said = [" ".join(_short(change)) if isinstance(change, FigureChange) else change.id for change in plan.changes]
    assert said == case["says"]


def plan_figures(plan: Plan) -> list[FigureChange]:
    assert plan.refused == (), [str(fault) for fault in plan.refused]
    return [change for change in plan.changes if isinstance(change, FigureChange)]


def _short(change: FigureChange) -> tuple[str, ...]:
    figure = change.after
    when = figure.as_of or figure.period.start
    return (figure.place, value_text(figure), str(when))


async def test_what_is_missing_is_told_with_the_columns_that_are_there(files: Files) -> None:
    text = "Woher der Leute;Ausgereiste;Gestoppte\nMalta;3;4\nLuxembourg;5;6\n"
    plan = await files.plan(text, Wishes(fixed={"measure": "travelled"}))
    told = {fault.column: fault.advice for fault in plan.refused}
    assert set(told) == {"source", "value"}
    assert all("Ausgereiste, Gestoppte" in advice for advice in told.values())


async def test_faults_speak_in_the_files_own_words(files: Files) -> None:
    text = "Country,2013,2014\nAtlantis,1,2\nMalta,a few,2\n"
    plan = await files.plan(text, Wishes(fixed=DATED))
    assert {(fault.line, fault.column) for fault in plan.refused} == {(2, "Country"), (3, "2013")}


async def test_the_rows_to_mend_stand_first_each_with_its_own_faults(files: Files) -> None:
    plan = await files.plan(
        "Country,2013,2014\nMalta,1,2\nAtlantis,3,4\nLuxembourg,a few,2\nAtlantis,5,6\n", Wishes(fixed=DATED)
    )
    problems = [row["problem"] for row in csv.DictReader(io.StringIO(plan.corrected.decode("utf-8-sig")))]
    assert len(problems) == 8
    assert all(problem.startswith("Country: ") for problem in problems[:4])
    assert problems[4].startswith("2013: 'a few'")
    assert problems[5:] == ["", "", ""]


async def test_a_wish_for_what_is_not_there_is_refused_with_what_is(files: Files) -> None:
    plan = await files.plan(TABLE, Wishes({"Landd": "place", "Fighters": "vale"}, {"sourc": "tsg_2015"}))
    told = {fault.column: fault.advice for fault in plan.refused}
    assert told["Landd"] == "its columns are Country, Fighters"
    assert "value" in told["Fighters"]
    assert "source" in told["sourc"]


async def test_two_columns_of_one_meaning_are_never_merged(files: Files) -> None:
    plan = await files.plan("Country,Nation,n\nMalta,Luxembourg,3\n", KNOWN)
    assert [change.after.place for change in plan_figures(plan)] == ["MT"]
    assert any("left out: Nation" in remark for remark in plan.remarks)


async def test_an_unclear_mark_is_refused_with_both_meanings(files: Files) -> None:
    plan = await files.plan("country;number\nMalta;1.500\n", KNOWN)
    assert ["may be 1500 or 1.5" in fault.wrong for fault in plan.refused] == [True]


async def test_a_workbook_that_is_broken_or_a_bomb_is_refused(files: Files) -> None:
    whole = workbook(("Sheet1", [["Country", "Fighters"], ["Malta", 3]]))
    names = zipfile.ZipFile(io.BytesIO(whole)).namelist()
    for broken in names:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in names:
                new.writestr(name, b"<x>" if name == broken else old.read(name))
        plan = await files.plan(out.getvalue(), KNOWN)
        assert plan.refused or plan_figures(plan)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("xl/workbook.xml", b"0" * 151_000_000)
    plan = await files.plan(bomb.getvalue(), KNOWN)
    assert "unpacks to more than" in plan.refused[0].wrong


async def test_what_was_wished_is_stored_and_comes_back() -> None:
    wishes = Wishes({"A": "place"}, {"measure": "travelled"}, {"Total": ""}, "Data", 3)
    assert Wishes.from_json(wishes.to_json()) == wishes
    assert [letter(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
