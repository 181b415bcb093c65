"""Changes from the command line: shown first, written when told to, each with who and why."""

from __future__ import annotations

import asyncio
import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.desk.gap_board import note_gap
from db.store.engine import open_database
from tests.bot.cli.conftest import Run

BELGIUM = "be-travelled-tsg_2015"
WHO = ("--by", "Ada", "--because", "page 9 says so")
NEW = ("place=BE", "measure=travelled", "low=451", "as_of=2015-11", "source=tsg_2015")


@pytest.fixture
def out(capsys: pytest.CaptureFixture[str]) -> Out:
    return Out(capsys)


class Out:
    """What the last commands printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self) -> str:
        return self._capsys.readouterr().out

    def errors(self) -> str:
        return self._capsys.readouterr().err


class Terminal(io.StringIO):
    """Somebody at the keyboard."""

    def isatty(self) -> bool:
        return True


def test_an_edit_shows_old_to_new_and_is_written_with_yes(inflow: Run, out: Out) -> None:
    assert inflow("figure", "edit", BELGIUM, "low=471", "--cause", "typo", *WHO, "--yes") == 0
    told = out()
    assert f"figure {BELGIUM}: changed\n  low   470 → 471\n  high  470 → 471\n" in told
    assert "Written as revision 2" in told
    assert inflow("history", "--figure", BELGIUM) == 0
    told = out()
    assert "revision 2 · " in told
    assert "Ada\n  page 9 says so\n" in told
    assert f"figure {BELGIUM}: low 470 → 471, high 470 → 471" in told


def test_nothing_is_written_where_nobody_can_be_asked(inflow: Run, out: Out) -> None:
    assert inflow("figure", "edit", BELGIUM, "note=x", *WHO) == 2
    assert "--yes" in out.errors()
    assert inflow("figure", "edit", BELGIUM, "note=x", *WHO, "--dry-run") == 0
    assert "Nothing was written" in out()
    assert inflow("history", "--since", "1") == 0
    assert "No change fits." in out()


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 1), ("\n", 1), ("", 1)])
def test_the_terminal_asks_before_it_writes(
    inflow: Run, out: Out, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    assert inflow("figure", "retract", BELGIUM, *WHO) == code
    assert ("Written as revision 2" in out()) == (code == 0)


def test_a_figure_without_a_source_is_refused_with_every_fault(inflow: Run, out: Out) -> None:
    assert inflow("figure", "add", "place=Belgum", "measure=travelled", "low=many", *WHO, "--yes") == 2
    errors = out.errors()
    assert "source: is empty" in errors
    assert "did you mean BE" in errors
    assert "low: 'many' is not a whole number" in errors


def test_a_changed_value_says_why(inflow: Run, out: Out) -> None:
    assert inflow("figure", "edit", BELGIUM, "low=471", *WHO, "--yes") == 2
    assert "say why: typo, re_read, or new_source" in out.errors()


def test_a_figure_lives_through_all_its_commands(inflow: Run, out: Out) -> None:
    assert inflow("figure", "add", *NEW, *WHO, "--yes") == 0
    assert "figure be-travelled-tsg_2015-2: added" in out()
    for verb, action in (("dispute", "disputed"), ("restore", "restored"), ("retract", "withdrawn")):
        assert inflow("figure", verb, f"{BELGIUM}-2", *WHO, "--yes") == 0
        assert f"{BELGIUM}-2: {action}" in out()
    assert inflow("undo", "5", *WHO, "--yes") == 0
    assert f"{BELGIUM}-2: restored" in out()
    assert inflow("changes", "--since", "1") == 0
    assert "From revision 1 to revision 6: 1 changes\nfigure be-travelled-tsg_2015-2: added" in out()


def test_a_source_lives_through_all_its_commands(inflow: Run, out: Out) -> None:
    cells = ("title=A later report", "publisher=Institute", "published=2016-03", "kind=news")
    assert inflow("source", "add", *cells, *WHO, "--yes") == 0
    assert "source institute_2016_03: added" in out()
    for words in (
        ("edit", "institute_2016_03", "reliability=B"),
        ("retract", "institute_2016_03"),
        ("restore", "institute_2016_03"),
    ):
        assert inflow("source", *words, *WHO, "--yes") == 0
    assert inflow("source", "retract", "tsg_2015", *WHO, "--yes") == 2
    assert "retract all together" in out.errors()
    assert inflow("source", "retract", "tsg_2015", "--with-figures", *WHO, "--yes") == 0
    told = out()
    assert "source tsg_2015: withdrawn" in told
    assert "more\n" in told


def test_a_headline_is_picked_and_dropped(inflow: Run, out: Out) -> None:
    assert inflow("headline", "pick", BELGIUM, *WHO, "--yes") == 0
    assert "headline BE/travelled/everyone: picked" in out()
    assert inflow("headline", "drop", "BE", "travelled", *WHO, "--yes") == 0
    assert "headline BE/travelled/everyone: dropped" in out()


def test_an_old_version_is_not_written_over(inflow: Run, out: Out) -> None:
    assert inflow("figure", "edit", BELGIUM, "note=one", *WHO, "--yes") == 0
    assert inflow("figure", "edit", BELGIUM, "note=two", "--version", "1", *WHO, "--yes") == 2
    assert "changed since version 1 by Ada (revision 2): note" in out.errors()


def test_a_second_person_decides_where_one_is_wanted(inflow: Run, out: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INFLOW_SECOND_PERSON", "true")
    assert inflow("figure", "edit", BELGIUM, "note=one", *WHO, "--yes") == 0
    assert inflow("figure", "edit", BELGIUM, "note=two", *WHO, "--yes") == 0
    assert "Proposal 1 waits for a second person" in out()
    assert inflow("pending") == 0
    assert "proposal 2 · " in out()
    assert inflow("approve", "1", "--by", "Ada", "--yes") == 2
    assert "second person" in out.errors()
    assert inflow("approve", "1", "--by", "Bob", "--yes") == 0
    assert inflow("reject", "2", "--by", "Bob", "--because", "the first says it") == 0
    assert "Proposal 2 is rejected." in out()
    assert inflow("pending") == 0
    assert inflow("history", "--limit", "1") == 0
    assert "approved by Bob" in out()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("figure", "add", "place", *WHO), "write COLUMN=VALUE"),
        (("figure", "add", "low=1", "low=2", *WHO), "given twice"),
        (("figure", "retract", "be-travelled-tsg_2051", *WHO), BELGIUM),
        (("undo", "1", *WHO), "cannot be undone"),
        (("undo", "77", *WHO), "77"),
        (("changes", "--since", "yesterday"), "no day"),
        (("approve", "7", "--by", "Bob"), "7"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(inflow: Run, out: Out, words: tuple[str, ...], told: str) -> None:
    assert inflow(*words) == 2
    assert told in out.errors()


def test_history_goes_on_where_a_page_ends(inflow: Run, out: Out) -> None:
    for note in ("one", "two", "three"):
        assert inflow("figure", "edit", BELGIUM, f"note={note}", *WHO, "--yes") == 0
    out()
    assert inflow("history", "--limit", "2", "--by", "ada") == 0
    assert "Older ones: --before 3" in out()
    assert inflow("history", "--before", "3", "--place", "BE", "--source", "tsg_2015") == 0
    told = out()
    assert "revision 2 · " in told
    assert "revision 3 · " not in told


def test_a_file_is_tried_first_and_then_written(inflow: Run, out: Out) -> None:
    Path("new.csv").write_text("place,measure,low,as_of,source\nBE,travelled,333,2015-11,tsg_2015\n", encoding="utf-8")
    assert inflow("import", "new.csv") == 0
    told = out()
    assert "1 rows, 1 added, 0 changed, 0 unchanged" in told
    assert "this was a trial" in told
    assert inflow("import", "new.csv", "--apply") == 2
    assert inflow("import", "new.csv", "--apply", *WHO) == 0
    assert "Written as revision 2" in out()
    assert inflow("import", "new.csv", "--apply", *WHO) == 0
    assert "1 unchanged" in out()


def test_a_faulty_file_is_told_line_by_line(inflow: Run, out: Out) -> None:
    Path("bad.csv").write_text("place,measure,low,source\nBE,travelled,x,y\nBE,travelled,3\n", encoding="utf-8")
    assert inflow("import", "bad.csv", "--apply", *WHO) == 1
    told = out()
    assert "bad.csv:2:low: 'x' is not a whole number" in told
    assert "bad.csv:2:source: 'y' is not known" in told
    assert "bad.csv:3: has 3 cells, the header has 4" in told
    assert "nothing was written" in told
    assert inflow("import", "none.csv") == 2
    assert "none.csv" in out.errors()


def test_an_import_waits_for_a_second_person_too(inflow: Run, out: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INFLOW_SECOND_PERSON", "true")
    Path("new.csv").write_text("place,measure,low,as_of,source\nBE,travelled,333,2015-11,tsg_2015\n", encoding="utf-8")
    assert inflow("import", "new.csv", "--apply", *WHO) == 0
    assert "Proposal 1 waits" in out()
    assert inflow("approve", "1", "--by", "Bob", "--yes") == 0
    assert "figure be-travelled-tsg_2015-2: added" in out()


TABLE = "place,measure,low,high,bound,as_of,source\n"
GOOD_ROW = "MT,travelled,3,3,exact,2015-12,tsg_2015\n"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (TABLE + GOOD_ROW + "MT,travelled,4,4,exact,2015-02-30,tsg_2015\n", "bad.csv:3:as_of: '2015-02-30'"),
        (TABLE + GOOD_ROW + "MT,travelled,9,3,range,2015-12,tsg_2015\n", "bad.csv:3:low: the low end 9 is above"),
        (TABLE + GOOD_ROW + "Belgum,travelled,4,4,exact,2015-12,tsg_2015\n", "bad.csv:3:place: 'Belgum'"),
        (TABLE + GOOD_ROW + "MT,cost,4,4,exact,2015-12,tsg_2015\n", "bad.csv:3:measure: 'cost'"),
        (TABLE + GOOD_ROW + "MT,travelled,4,4,exact,2015-12,no_such\n", "bad.csv:3:source: 'no_such'"),
        (TABLE + GOOD_ROW + "MT,travelled,=1+1,4,exact,2015-12,tsg_2015\n", "bad.csv:3:low: '=1+1' is a formula"),
        (TABLE + GOOD_ROW + GOOD_ROW, "bad.csv:3:id: line 2 says the same already"),
        (
            (TABLE + GOOD_ROW.replace("MT", "C\u00f4te")).encode("cp1252"),
            "is read as Windows-1252: look whether 'C\u00f4te'",
        ),
        (TABLE.replace(",", ";") + "MT;travelled;3,5;;;2015-12;tsg_2015\n", "bad.csv:2:low: '3,5'"),
        (
            TABLE + "MT,travelled,9,3,range,2015-12,tsg_2015\n" * 2_000,
            "bad.csv: 2000 rows (lines 2, 3, 4, 5, 6 …): low: the low end 9",
        ),
    ],
)
def test_a_bad_file_is_refused_with_its_line_and_nothing_is_written(
    inflow: Run, out: Out, data: str | bytes, told: str
) -> None:
    Path("bad.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
    assert inflow("import", "bad.csv", "--apply", *WHO) == 1
    shown = out()
    assert told in shown
    assert "nothing was written" in shown
    assert inflow("history", "--since", "1") == 0
    assert "No change fits." in out()


def test_a_file_that_is_too_large_is_not_read(inflow: Run, out: Out) -> None:
    with Path("big.csv").open("wb") as file:
        file.truncate(50_000_001)
    assert inflow("import", "big.csv", "--apply", *WHO) == 2
    assert "50,000,000 bytes" in out.errors()


def test_the_gap_board_lists_what_is_asked_most_and_not_who_asked(inflow: Run, out: Out, database_path: Path) -> None:
    assert inflow("gaps") == 0
    assert "Nothing is open." in out()
    asyncio.run(_noted(database_path))
    assert inflow("gaps") == 0
    told = out().splitlines()
    assert told[0].startswith("gap 2 · unanswered · asked 2 times · MT")
    assert told[2].startswith("gap 1 · problem · asked 1 times")
    assert inflow("gaps", "--limit", "1") == 0
    assert len(out().splitlines()) == 2


async def _noted(path: Path) -> None:
    at = datetime(2026, 1, 15, tzinfo=UTC)
    async with open_database(f"sqlite+aiosqlite:///{path}") as database:
        await note_gap(database, "problem", "a", "The link is dead", at=at)
        for _ in range(2):
            await note_gap(database, "unanswered", "b", "How many returned to Malta?", at=at, place="MT")
