"""Importing: a plan first, every fault with its line, one transaction, and nothing of a file with a single fault."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import replace
from datetime import datetime

import pytest

from db.edits import editing
from db.edits.change import Action, Cause, SourceChange
from db.edits.errors import DatasetMoved, FaultsFound, NothingChanges
from db.edits.requests import EditFigure, PickHeadline, RetractFigure, Undo
from db.imports import opening
from db.imports.faults import grouped
from db.imports.importing import MOST_BYTES, ImportFile, Plan, apply_import, plan_import
from db.model.errors import PackageFaults
from db.model.records import Status
from db.model.rows import figure_cells
from db.package.exporting import figures_csv, package_zip, stored_package
from db.store.engine import Database, find_damage
from db.store.figures import FigureStore
from db.store.reading import BATCH

BELGIUM = "be-travelled-tsg_2015"
HEADER = "place,measure,low,high,bound,as_of,source,locator,note"


class Imports:
    """A moderator who imports at a fixed moment."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.database = database
        self.now = now

    async def plan(self, text: str | bytes, name: str = "new.csv", cause: Cause | None = None) -> Plan:
        data = text.encode() if isinstance(text, str) else text
        return await plan_import(self.database, ImportFile(data, name, cause), at=self.now)

    async def apply(self, plan: Plan) -> editing.Recorded:
        return await apply_import(self.database, plan, by="Ada", because="a new report", at=self.now)

    async def faults(self, text: str | bytes, name: str = "new.csv") -> list[tuple[int, str]]:
        """Line and column of every fault; a plan with one changes nothing."""
        plan = await self.plan(text, name)
        assert plan.refused
        assert plan.changes == ()
        with pytest.raises(PackageFaults) as caught:
            await self.apply(plan)
        assert caught.value.faults == plan.refused
        return [(fault.line, fault.column) for fault in plan.refused]


@pytest.fixture
def imports(filled_database: Database, now: datetime) -> Imports:
    return Imports(filled_database, now)


def zipped(**tables: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in tables.items():
            archive.writestr(f"package/{name}.csv", data)
    return buffer.getvalue()


def rows(*lines: str) -> str:
    return "\n".join([HEADER, *lines, ""])


async def test_a_plan_tells_what_is_added_and_changed_and_writes_nothing(
    imports: Imports, dataset: FigureStore
) -> None:
    text = (
        "id,place,measure,low,as_of,source,note,cause\n"
        f"{BELGIUM},BE,travelled,471,2015-10,tsg_2015,as printed,typo\n"
        ",BE,travelled,333,2015-11,tsg_2015,new,\n"
        "tn-travelled-tsg_2015,TN,travelled,6000,2015-10,tsg_2015,,\n"
    )
    held = await dataset.figure("tn-travelled-tsg_2015")
    assert held is not None
    plan = await imports.plan(text.replace("6000,2015-10,tsg_2015,", f"6000,{held.as_of},tsg_2015,{held.note}"))
    assert plan.refused == ()
    assert (len(plan.added), len(plan.changed), plan.rows, plan.revision) == (1, 1, 3, 1)
    assert plan.unchanged == 1
    assert [part.column for part in plan.changed[0].fields] == ["low", "high", "credibility", "note"]
    assert await dataset.revision() == 1


async def test_applying_is_one_revision_that_can_be_undone(imports: Imports, dataset: FigureStore) -> None:
    plan = await imports.plan(rows("BE,travelled,333,,,2015-11,tsg_2015,,", "SE,travelled,334,,,2015-11,tsg_2015,,"))
    made = await imports.apply(plan)
    assert made.revision.summary == "import of new.csv: 2 figures added"
    assert (made.revision.id, made.revision.by, made.revision.because) == (2, "Ada", "a new report")
    ids = [change.id for change in made.changes]
    assert ids == ["be-travelled-tsg_2015-2", "se-travelled-tsg_2015-2"]
    assert [(await dataset.figure(id)) is not None for id in ids] == [True, True]
    await editing.make(imports.database, Undo(2), by="Bob", because="the wrong file", at=imports.now)
    gone = await dataset.figure(ids[0])
    assert gone is not None
    assert gone.status is Status.WITHDRAWN


async def test_importing_twice_changes_nothing(imports: Imports) -> None:
    text = rows("BE,travelled,333,,,2015-11,tsg_2015,,", "BE,travelled,334,340,range,2015-11,tsg_2015,,a note")
    await imports.apply(await imports.plan(text))
    again = await imports.plan(text)
    assert (again.changes, again.unchanged, again.refused) == ((), 2, ())
    with pytest.raises(NothingChanges):
        await imports.apply(again)


async def test_an_export_imports_as_unchanged(imports: Imports) -> None:
    stored = await stored_package(imports.database)
    for name, data, number in (
        ("figures.csv", figures_csv(stored.figures), len(stored.figures)),
        ("all.zip", package_zip(stored), len(stored.figures) + len(stored.sources)),
    ):
        plan = await imports.plan(data, name)
        assert (plan.refused, plan.changes, plan.unchanged) == ((), (), number)
    assert "measures.csv" in plan.ignored


async def test_a_file_planned_on_an_older_dataset_is_planned_again(imports: Imports) -> None:
    plan = await imports.plan(rows("BE,travelled,333,,,2015-11,tsg_2015,,"))
    request = EditFigure(BELGIUM, {"note": "meanwhile"})
    await editing.make(imports.database, request, by="Bob", because="a test", at=imports.now)
    with pytest.raises(DatasetMoved) as caught:
        await imports.apply(plan)
    assert (caught.value.planned, caught.value.current) == (1, 2)


async def test_an_import_says_who_and_why(imports: Imports) -> None:
    plan = await imports.plan(rows("BE,travelled,333,,,2015-11,tsg_2015,,"))
    with pytest.raises(FaultsFound):
        await apply_import(imports.database, plan, by="Ada", because="  ", at=imports.now)


async def test_every_fault_is_told_with_its_line(imports: Imports, dataset: FigureStore) -> None:
    text = rows(
        "BE,travelled,333,,,2015-11,tsg_2015,,",
        "BE,travelled,9,4,range,2015-11,tsg_2015,,",
        "Belgum,travlled,5,,,2015-02-30,nobody_2015,,",
        "BE,travelled,5,,,2031-01,tsg_2015,,",
        "BE,travelled,=1+1,,,2015-11,tsg_2015,,",
        "BE,travelled,5,,,2015-11,,,",
        "BE,travelled,5",
        "BE,travelled,333,,,2015-11,tsg_2015,,",
        'BE,travelled,5,,,2015-11,tsg_2015,"two',
    )
    found = await imports.faults(text)
    assert {line for line, _ in found} == set(range(3, 11))
    assert {column for line, column in found if line == 4} == {"place", "measure", "as_of", "source"}
    assert {(3, "low"), (5, "as_of"), (6, "low"), (7, "source"), (8, "")} <= set(found)
    assert await dataset.revision() == 1


async def test_rows_that_say_the_same_are_named_with_their_first_line(imports: Imports) -> None:
    row = "BE,travelled,333,,,2015-11,tsg_2015,,"
    plan = await imports.plan(rows(row, "FR,travelled,333,,,2015-11,tsg_2015,,", row))
    assert [(fault.line, fault.column, fault.wrong) for fault in plan.refused] == [
        (4, "id", "line 2 says the same already")
    ]
    text = f"id,note\n{BELGIUM},one\n{BELGIUM},two\n"
    assert await imports.faults(text) == [(3, "id")]


async def test_figures_may_swap_what_they_claim(imports: Imports, dataset: FigureStore) -> None:
    await imports.apply(
        await imports.plan(rows("BE,travelled,1,,,2015-11,tsg_2015,a,", "BE,travelled,1,,,2015-11,tsg_2015,b,"))
    )
    one, two = "be-travelled-tsg_2015-2", "be-travelled-tsg_2015-3"
    plan = await imports.plan(f"id,locator\n{one},b\n{two},a\n")
    assert plan.refused == ()
    await imports.apply(plan)
    swapped = await dataset.figure(one)
    assert swapped is not None
    assert swapped.locator == "b"
    assert await imports.faults(f"id,locator\n{one},a\n") == [(2, "id")]


async def test_a_changed_value_says_why_in_the_row_or_for_the_file(imports: Imports) -> None:
    text = f"id,low\n{BELGIUM},471\n"
    assert await imports.faults(text) == [(2, "cause")]
    assert (await imports.plan(text, cause=Cause.RE_READ)).refused == ()
    assert (await imports.plan(f"id,low,cause\n{BELGIUM},471,typo\n")).refused == ()
    assert await imports.faults(f"id,low,cause\n{BELGIUM},471,whim\n") == [(2, "cause"), (2, "cause")]
    moved = f"id,low,source\n{BELGIUM},471,icsr_2015_01\n"
    assert (await imports.plan(moved)).refused == ()


async def test_a_withdrawn_figure_is_restored_on_purpose_only(imports: Imports) -> None:
    await editing.make(imports.database, RetractFigure(BELGIUM), by="Ada", because="a test", at=imports.now)
    assert await imports.faults(f"id,note\n{BELGIUM},new\n") == [(2, "status")]
    [change] = (await imports.plan(f"id,status\n{BELGIUM},current\n")).changes
    assert change.action is Action.RESTORED


async def test_a_withdrawn_figure_takes_its_pick_along(imports: Imports, dataset: FigureStore) -> None:
    await editing.make(imports.database, PickHeadline(BELGIUM), by="Ada", because="official", at=imports.now)
    plan = await imports.plan(f"id,status,status_reason\n{BELGIUM},withdrawn,a forgery\n")
    assert [change.action for change in plan.changes] == [Action.WITHDRAWN, Action.DROPPED]
    await imports.apply(plan)
    assert (await dataset.holdings(["BE"])).headlines == ()


async def test_a_package_brings_sources_and_the_figures_that_cite_them(imports: Imports, dataset: FigureStore) -> None:
    sources = (
        b"id,title,publisher,kind,published,reliability,relays\n"
        b"later_report,A later report,Institute,think_tank,2016-03,B,still_later\n"
        b"still_later,Its origin,Institute,news,2016-02,C,\n"
    )
    figures = rows("BE,travelled,333,,,2016-02,later_report,,", "FR,travelled,3,,,2016-02,still_later,,").encode()
    plan = await imports.plan(zipped(sources=sources, figures=figures), "package.zip")
    assert plan.refused == ()
    made = await imports.apply(plan)
    assert made.revision.summary == "import of package.zip: 2 sources added, 2 figures added"
    source = await dataset.source("later_report")
    assert source is not None
    assert source.relays == ("still_later",)
    assert (await imports.plan(zipped(sources=sources, figures=figures), "package.zip")).unchanged == 4


async def test_a_faulty_source_is_told_once_and_not_again_at_its_figures(imports: Imports) -> None:
    sources = b"id,title,kind,reliability\nlater_report,A report,gossip,B\n"
    figures = rows("BE,travelled,333,,,2016-02,later_report,,").encode()
    plan = await imports.plan(zipped(sources=sources, figures=figures), "package.zip")
    assert [(fault.file, fault.line, fault.column) for fault in plan.refused] == [("package/sources.csv", 2, "kind")]


async def test_sources_of_one_file_may_not_relay_in_a_circle(imports: Imports) -> None:
    text = "id,title,kind,relays\none,One,news,two\ntwo,Two,news,one\n"
    assert await imports.faults(text) == [(2, "relays"), (3, "relays")]


async def test_a_source_is_not_withdrawn_while_figures_cite_it(imports: Imports, dataset: FigureStore) -> None:
    sources = b"id,status,status_reason\ntsg_2015,withdrawn,a forgery\n"
    assert await imports.faults(zipped(sources=sources), "package.zip") == [(2, "status")]
    figures = await dataset.figures_of_source("tsg_2015")
    lines = [f"{row.id},withdrawn,a forgery" for row in figures if row.source == "tsg_2015"]
    together = "\n".join(["id,status,status_reason", *lines, ""]).encode()
    plan = await imports.plan(zipped(sources=sources, figures=together), "package.zip")
    assert plan.refused == ()
    await imports.apply(plan)
    assert await find_damage(imports.database) == ()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (HEADER.encode("utf-16")[:-1], "broken UTF-16"),
        ((HEADER + "\nBE,travelled,3,,,2015,tsg_2015,,Côte\x81\n").encode("latin-1"), "is not UTF-8"),
        (b"PK\x03\x04 no zip at all", "damaged or locked zip"),
        (b"\xd0\xcf\x11\xe0 an old workbook", "is a workbook"),
        (b"", "is empty"),
        (b" \r\n", "is empty"),
        (b"just words\n", "is no table of figures"),
        (b"a,b\n1,2\n", "is no table of figures"),
        (b"x" * (MOST_BYTES + 1), "50,000,000"),
        (zipped(other=b"a"), "holds no figures.csv"),
        (b'"place,measure\n', "is not CSV"),
    ],
)
async def test_a_file_that_is_no_table_is_refused_kindly(imports: Imports, data: bytes, told: str) -> None:
    plan = await imports.plan(data)
    [fault] = plan.refused
    assert told in fault.wrong
    assert fault.advice


async def test_a_zip_that_unpacks_without_end_is_stopped(imports: Imports, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_UNPACKED", 1_000)
    plan = await imports.plan(zipped(figures=b"0" * 5_000), "bomb.zip")
    assert "unpacks to more than" in plan.refused[0].wrong


async def test_the_faults_of_a_header_are_told_together(imports: Imports) -> None:
    plan = await imports.plan("place,mesure,low,low,source,colour\nBE,travelled,1,1,tsg_2015,red\n")
    assert {(fault.line, fault.column) for fault in plan.refused} == {
        (1, "mesure"),
        (1, "measure"),
        (1, "low"),
        (1, "colour"),
    }
    assert any("did you mean measure" in fault.advice for fault in plan.refused)


@pytest.mark.parametrize("opening_line", ["", "sep=;\r\n"])
async def test_semicolons_and_decimal_commas_are_read(imports: Imports, opening_line: str) -> None:
    text = opening_line + "place;measure;low;high;bound;as_of;source;note\r\n"
    plan = await imports.plan("\ufeff" + text + "BE;travelled;450,0;455,00;range;2015-11;tsg_2015;a, b\r\n;;;;;;;\r\n")
    [change] = plan.changes
    assert {part.column: part.new for part in change.fields}.items() >= {
        "low": "450",
        "high": "455",
        "note": "a, b",
    }.items()
    plan = await imports.plan(text + "BE;travelled;450,5;;;2015-11;tsg_2015;\r\n")
    line = 3 if opening_line else 2
    assert [(fault.line, fault.column) for fault in plan.refused] == [(line, "low")]


async def test_formulas_are_refused_and_quoted_ones_are_text(imports: Imports) -> None:
    bad = rows(
        *(
            f"BE,travelled,{number},,,2015-11,tsg_2015,,{cell}"
            for number, cell in enumerate(
                ["=HYPERLINK(1)", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "#REF!"], start=600
            )
        )
    )
    assert await imports.faults(bad) == [(line, "note") for line in range(2, 7)]
    good = rows("BE,travelled,600,,,2015-11,tsg_2015,,'=1+1", "BE,travelled,601,,,2015-11,tsg_2015,,- a dash")
    plan = await imports.plan(good)
    assert [change.fields[-1].new for change in plan.changes] == ["=1+1", "- a dash"]


async def test_lines_count_through_quoted_breaks(imports: Imports) -> None:
    text = rows('BE,travelled,600,,,2015-11,tsg_2015,,"one\ntwo"', "BE,travelled,x,,,2015-11,tsg_2015,,")
    assert (4, "low") in await imports.faults(text)


async def test_old_line_ends_are_read(imports: Imports) -> None:
    plan = await imports.plan(rows("BE,travelled,600,,,2015-11,tsg_2015,,").replace("\n", "\r"))
    assert len(plan.added) == 1


async def test_thousands_of_faulty_rows_are_told_in_time(imports: Imports) -> None:
    text = rows(*(f"XX,travlled,9,4,range,2015-13,nobody_{number},," for number in range(5_000)))
    began = time.process_time()
    plan = await imports.plan(text)
    assert time.process_time() - began < 20
    assert len({fault.line for fault in plan.refused}) == 5_000


MANY = 2 * BATCH + 100


async def test_many_batches_of_rows_are_one_revision(imports: Imports, dataset: FigureStore) -> None:
    text = rows(*(f"BE,travelled,{number % 90},,,2015-11,tsg_2015,row {number}," for number in range(MANY)))
    plan = await imports.plan(text)
    made = await imports.apply(plan)
    assert (made.total, len(made.changes)) == (MANY, 100)
    assert await dataset.revision() == 2
    assert len((await dataset.holdings(["BE"])).of("BE", "travelled")) > MANY


async def test_the_same_plan_is_not_applied_twice(imports: Imports) -> None:
    plan = await imports.plan(rows("BE,travelled,333,,,2015-11,tsg_2015,,"))
    await imports.apply(plan)
    with pytest.raises(DatasetMoved):
        await imports.apply(plan)
    with pytest.raises(DatasetMoved):
        await imports.apply(replace(plan, revision=1))


@pytest.mark.parametrize("typed", ["2,000", "30,000", "1,234"])
async def test_three_digits_behind_a_comma_are_refused_and_not_cut_off(imports: Imports, typed: str) -> None:
    plan = await imports.plan(f"place;measure;low;as_of;source\r\nBE;travelled;{typed};2015-11;tsg_2015\r\n")
    assert [(fault.line, fault.column) for fault in plan.refused] == [(2, "low")]
    assert not plan.changes


async def test_another_value_for_what_a_source_states_already_is_to_be_looked_at_twice(
    imports: Imports, dataset: FigureStore
) -> None:
    held = await dataset.figure("be-travelled-tsg_2015")
    assert held is not None
    cells = {column: cell for column, cell in figure_cells(held).items() if column not in ("id", "credibility")}
    cells |= {"low": "98765", "high": "98765", "bound": "exact"}
    text = ",".join(cells) + "\n" + ",".join(f'"{cell}"' for cell in cells.values()) + "\n"
    plan = await imports.plan(text)
    assert plan.refused == ()
    assert [change.action for change in plan.changes] == [Action.ADDED]
    (caution,) = plan.cautions
    assert held.id in caution.wrong
    assert f"write id {held.id}" in caution.advice


async def test_rows_of_one_file_that_go_badly_together_are_told(imports: Imports) -> None:
    text = rows(
        "MT,travelled,1,,,2015-11,tsg_2015,,",
        "MT,travelled,200,,,2015-11,tsg_2015,,",
        "MT,travelled,1,,,2015-12,tsg_2015,,",
    )
    told = [caution.wrong for caution in (await imports.plan(text)).cautions]
    assert [words.partition(":")[0] for words in told] == ["line 3", "line 4"]
    assert "already says 1 for this time (line 2)" in told[0]
    assert "states 1 for 2015-11 already (line 2)" in told[1]


async def test_documents_that_are_held_or_that_nobody_cites_are_told(imports: Imports, dataset: FigureStore) -> None:
    held = await dataset.source("tsg_2015")
    assert held is not None
    address = held.url.replace("https://", "http://") + "/"
    sources = f"id,title,kind,url\nnew_one,Something else,news,{address}\nother_one,Another,news,\n".encode()
    told = [caution.wrong for caution in (await imports.plan(sources, "sources.csv")).cautions]
    assert told == ["line 2: is the address of tsg_2015 too"]
    figures = rows("MT,travelled,1,,,2015-11,new_one,,").encode()
    told = [caution.wrong for caution in (await imports.plan(zipped(sources=sources, figures=figures))).cautions]
    assert "line 3: other_one is cited by no figure of the file" in told


async def test_names_that_nobody_can_tell_are_asked_about(imports: Imports) -> None:
    names = "Barrett, Richard; Deutsche Welle; {Soufan Center}; Médecins Sans Frontières"
    text = f'id,title,kind,authors\nnew_one,Something else,news,"{names}"\n'.encode()
    told = [caution.wrong for caution in (await imports.plan(text, "sources.csv")).cautions]
    assert told == [
        "line 2: 'Deutsche Welle' is taken as 'Welle, Deutsche'",
        "line 2: 'Médecins Sans Frontières' is cited as it is written",
    ]


async def test_many_rows_of_one_kind_are_counted(imports: Imports) -> None:
    text = rows(*(f"MT,travelled,{number},,,2015-11,tsg_2015,p. {number}," for number in range(1, 60)))
    cautions = (await imports.plan(text)).cautions
    assert len(cautions) == 21
    assert cautions[-1].wrong == "38 more rows of this kind: two values"


@pytest.mark.parametrize("sign", [b"\n", b"\r", b",\n", b";"])
async def test_a_file_of_nothing_but_signs_is_refused_at_once(imports: Imports, sign: bytes) -> None:
    head = HEADER.encode() + b"\n"
    started = time.process_time()
    for data in (sign * 10_000_000, zipped(figures=head + sign * 20_000_000)):
        plan = await imports.plan(data, "bomb.zip")
        assert plan.refused
    assert time.process_time() - started < 60


async def test_a_zip_is_judged_by_its_directory_before_it_is_unpacked(
    imports: Imports, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = zipped(figures=b"0" * 5_000)
    monkeypatch.setattr(opening, "MOST_UNPACKED", 1_000)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("was unpacked"))
    plan = await imports.plan(data, "bomb.zip")
    assert "unpacks to more than" in plan.refused[0].wrong


async def test_faults_of_many_rows_are_told_once_with_their_lines(imports: Imports) -> None:
    lines = ["Atlantis,travelled,1,,,2015-11,tsg_2015,,"] * 30
    plan = await imports.plan(rows(*lines, "BE,travelled,x,,,2015-11,tsg_2015,,"))
    one, other = map(str, grouped(plan.refused))
    assert one.startswith("new.csv: 30 rows (lines 2, 3, 4, 5, 6 …): place: 'Atlantis' is not known")
    assert other.startswith("new.csv:32:low")


async def test_a_refused_table_comes_back_to_be_mended_and_goes_in_again(imports: Imports) -> None:
    text = rows("BE,travelled,c. 500,,,Oct 2015,icsr_2015_01,,", "FR,travelled,a few,,,2015-11,tsg_2015,,")
    plan = await imports.plan(text)
    table = plan.corrected.decode("utf-8-sig")
    assert ",BE,travelled,500,500,about,2015-10,icsr_2015_01" in table
    assert "low: 'a few' is not a whole number" in table
    again = await imports.plan(table.replace("a few", "7").encode())
    assert again.refused == ()
    assert len(again.added) == 2


async def test_a_refused_table_of_sources_comes_back_too(imports: Imports) -> None:
    text = "title,publisher,published,kind\nOne,A press,Oct 2015,news\nTwo,A press,2015-13,news\n"
    plan = await imports.plan(text.encode())
    table = plan.corrected.decode("utf-8-sig")
    assert table.splitlines()[1].startswith('"published: ')
    assert "One,A press" in table
    again = await imports.plan(table.replace("2015-13", "2015-12").encode())
    assert [change.after.title for change in again.changes if isinstance(change, SourceChange)] == ["Two", "One"]
