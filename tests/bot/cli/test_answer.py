"""An earlier answer by its id: kept or made again from the question, with what differs today."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from sqlalchemy import insert

from bot.questions.canonical import canonical
from bot.questions.query import Intent, Query
from db.edits import editing
from db.edits.change import Cause
from db.edits.requests import EditFigure
from db.model.desk_tables import ANSWER
from db.store.engine import open_database
from tests.bot.cli.conftest import Run
from tests.conftest import NOW

QUESTION = "how many Belgians ever went"
FIGURE = "be-travelled-hln_belga_2019_11_30"
KEPT = "abcd2345"


async def correct(path: Path) -> None:
    """Somebody corrects the figure that opens the answer."""
    async with open_database(f"sqlite+aiosqlite:///{path}") as database:
        request = EditFigure(FIGURE, {"low": "427", "high": "427"}, Cause.TYPO)
        await editing.make(database, request, by="Ada", because="A slip", at=NOW + timedelta(days=1))


async def keep(path: Path, query: Query) -> None:
    """An answer on revision 1, kept under an id."""
    row = {"id": KEPT, "long_id": f"{KEPT}zzzz", "canonical": canonical(query), "revision": 1, "at": NOW}
    async with open_database(f"sqlite+aiosqlite:///{path}") as database, database.writing() as connection:
        await connection.execute(insert(ANSWER).values(row))


def ask(inflow: Run, capsys: pytest.CaptureFixture[str]) -> str:
    """Ask and get the id of the answer."""
    assert inflow("ask", QUESTION) == 0
    found = re.search(r"Answer (\w{8})", capsys.readouterr().out)
    assert found is not None
    return found[1]


def test_an_answer_is_made_again_from_its_id_and_question(
    inflow: Run, database_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    id = ask(inflow, capsys)
    assert inflow("answer", id, QUESTION) == 0
    assert "gets the same answer today" in capsys.readouterr().out
    asyncio.run(correct(database_path))
    assert inflow("answer", id, QUESTION) == 0
    told = capsys.readouterr().out
    assert "430 people from Belgium had gone" in told
    assert f"Answer {id} · data revision 1" in told
    assert "426 → 427" in told


def test_a_kept_answer_needs_no_question(inflow: Run, database_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(keep(database_path, Query(Intent.LOOKUP, ("BE",), "travelled")))
    asyncio.run(correct(database_path))
    assert inflow("answer", KEPT.upper()) == 0
    assert "426 → 427" in capsys.readouterr().out
    assert inflow("cite", KEPT, "--style", "short") == 0
    cited = capsys.readouterr().out
    assert "HLN / Belga, 30 November 2019" in cited
    assert "Inflow, data revision 1, answer " in cited
    assert inflow("export", KEPT, "-o", "then.csv") == 0
    text = Path("then.csv").read_text(encoding="utf-8-sig")
    assert f"{FIGURE},BE,travelled,everyone,SY,426,426" in text


def test_an_answer_becomes_a_page_to_mail(inflow: Run, capsys: pytest.CaptureFixture[str]) -> None:
    id = ask(inflow, capsys)
    assert inflow("answer", id, QUESTION, "--html", "answer.html") == 0
    assert "430 people from Belgium" in capsys.readouterr().out
    page = Path("answer.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert f"inflow answer {id} &#x27;{QUESTION}&#x27;" in page, "how it is opened again"


def test_an_export_says_how_its_answer_opens_again(
    inflow: Run, database_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    query = Query(Intent.LOOKUP, ("BE",), "travelled")
    asyncio.run(keep(database_path, query))
    assert inflow("export", KEPT, "-o", "then.json") == 0
    taken = json.loads(Path("then.json").read_text(encoding="utf-8"))
    assert taken["query"] == canonical(query)
    address = parse_qs(taken["view"].partition("?")[2])
    assert address["_answer"] == [taken["answer"]]
    assert address["_query"] == [canonical(query)]
    assert set(address["figure__in"][0].split(",")) == {figure["id"] for figure in taken["figures"]}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(["zzzzzzzz"], "was kept here"), (["zzzzzzzz", QUESTION], "check both"), (["'; DROP"], "was kept here")],
)
def test_an_unknown_id_is_told(
    inflow: Run, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert inflow("answer", *arguments) == 2
    assert told in capsys.readouterr().err
