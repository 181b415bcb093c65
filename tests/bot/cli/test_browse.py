"""The dataset as a file for Datasette: complete, linked, served on this machine, kind when the extra is missing."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from bot.cli import browse
from db.model.records import Status
from db.package.browsing.layout import questions
from db.package.browsing.metadata import metadata
from tests.bot.cli.conftest import Run
from tests.built_in import built_in


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test that needs the files has them written."""
    return tmp_path_factory.mktemp("written") / "out"


@pytest.fixture
def file(inflow: Run, once: Path, tmp_path: Path) -> Path:
    """The written file, of this test alone."""
    if not once.exists():
        assert inflow("browse", "--write-only", "-o", str(once)) == 0
    shutil.copytree(once, tmp_path / "out")
    return tmp_path / "out" / browse.FILE


@pytest.fixture
def sqlite(file: Path) -> Iterator[sqlite3.Connection]:
    """The file, opened as any tool would."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        yield connection


def test_the_file_holds_everything_that_stands_and_every_link_leads_somewhere(sqlite: sqlite3.Connection) -> None:
    package = built_in()
    assert sqlite.execute("PRAGMA foreign_key_check").fetchall() == []
    assert sqlite.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    counted = {name: sqlite.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in ("figures", "sources")}
    assert counted == {"figures": len(package.figures), "sources": len(package.sources)}
    ids = {row[0] for row in sqlite.execute("SELECT figure FROM claims")}
    assert ids == {figure.id for figure in package.figures if figure.status is not Status.WITHDRAWN}


def test_values_are_told_as_their_sources_bound_them(sqlite: sqlite3.Connection) -> None:
    value = "SELECT value FROM claims WHERE figure = ?"
    assert sqlite.execute(value, ("be-travelled-tsg_2015",)).fetchone() == ("470",)
    told = {row[0].split()[0] for row in sqlite.execute("SELECT value FROM claims WHERE bound = 'more_than'")}
    assert told == {"more"}
    assert sqlite.execute("SELECT COUNT(*) FROM claims WHERE value IS NULL OR value = ''").fetchone() == (0,)


def test_origins_are_those_that_answers_count(sqlite: sqlite3.Connection) -> None:
    holdings = built_in().holdings()
    found: dict[str, set[str]] = {}
    for figure, origin in sqlite.execute("SELECT figure, origin FROM origins"):
        found.setdefault(figure, set()).add(origin)
    figures = [figure for held in holdings.figures.values() for figure in held]
    assert found == {figure.id: set(holdings.origins(figure)) for figure in figures}


def test_every_table_and_view_is_described_and_every_facet_is_a_column(sqlite: sqlite3.Connection) -> None:
    held = {row[0] for row in sqlite.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    tables: dict[str, Any] = metadata(1)["databases"]["inflow"]["tables"]
    assert set(tables) == {name for name in held if not name.startswith("sqlite_")}
    for name, described in tables.items():
        columns = {row[1] for row in sqlite.execute(f"PRAGMA table_info({name})")}
        named = {*described.get("facets", []), *described["columns"]}
        named |= {described[key] for key in ("sort", "sort_desc", "label_column") if key in described}
        assert named <= columns, name


@pytest.mark.parametrize("name", questions())
def test_each_question_that_comes_ready_runs(sqlite: sqlite3.Connection, name: str) -> None:
    rows = sqlite.execute(questions()[name][2], {"place": "BE", "revision": "1"}).fetchall()
    assert rows


def test_writing_again_replaces_the_file_and_leaves_nothing_else(inflow: Run, file: Path) -> None:
    before = file.read_bytes()
    assert inflow("browse", "--write-only", "-o", str(file.parent)) == 0
    assert file.read_bytes() == before
    assert sorted(path.name for path in file.parent.iterdir()) == [browse.FILE, browse.METADATA]


def test_without_the_extra_it_says_what_to_install(
    inflow: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "path_importer_cache", {})
    monkeypatch.delitem(sys.modules, "datasette", raising=False)
    assert inflow("browse") == 2
    told = capsys.readouterr().err
    assert "inflow[browse]" in told
    assert "--write-only" in told


def test_write_only_needs_a_folder(inflow: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert inflow("browse", "--write-only") == 2
    assert "-o FOLDER" in capsys.readouterr().err


def test_it_is_served_unchangeable_and_to_this_machine_alone(tmp_path: Path) -> None:
    command = browse.serving(tmp_path, 8001)
    assert command[command.index("--host") + 1] == "127.0.0.1"
    assert command[command.index("--immutable") + 1] == str(tmp_path / browse.FILE)


@pytest.mark.parametrize(
    "question", ["How many Belgians left for Syria in 2016?", "How many from Western Europe in total?"]
)
def test_it_begins_at_the_figures_of_a_question(
    inflow: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], question: str
) -> None:
    assert inflow("browse", question, "--write-only", "-o", str(tmp_path / "out")) == 0
    view = capsys.readouterr().out.splitlines()[-1]
    assert view.startswith("inflow/claims?")
    assert {"_answer", "_query", "_revision"} <= set(parse_qs(view.partition("?")[2]))
    app = pytest.importorskip("datasette.app", reason="the extra browse is not installed")

    async def shown() -> dict[str, Any]:
        datasette = app.Datasette([], immutables=[str(tmp_path / "out" / browse.FILE)])
        await datasette.invoke_startup()
        found: dict[str, Any] = (await datasette.client.get(f"/{view.replace('claims?', 'claims.json?')}")).json()
        return found

    assert asyncio.run(shown())["filtered_table_rows_count"] > 0


def test_a_question_without_figures_has_no_view(
    inflow: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert inflow("browse", "hello", "--write-only", "-o", str(tmp_path / "out")) == 2
    assert "inflow ask" in capsys.readouterr().err


async def test_datasette_shows_the_tables_views_and_questions(file: Path) -> None:
    app = pytest.importorskip("datasette.app", reason="the extra browse is not installed")
    described = json.loads((file.parent / browse.METADATA).read_text(encoding="utf-8"))
    datasette = app.Datasette([], immutables=[str(file)], metadata=described)
    await datasette.invoke_startup()
    front = await datasette.client.get("/")
    assert "Published figures on foreign fighters" in front.text
    assert "Creative Commons" in front.text
    for path in ("", *(f"/{table}" for table in described["databases"]["inflow"]["tables"])):
        assert (await datasette.client.get(f"/inflow{path}")).status_code == 200, path
    claims = (await datasette.client.get("/inflow/claims.json?place=BE&_facet=measure_label")).json()
    assert claims["filtered_table_rows_count"] == len(built_in().holdings().of("BE"))
    facets = claims["facet_results"]
    assert "measure_label" in facets
    for name in questions():
        answered = await datasette.client.get(f"/inflow/{name}.json?place=BE&revision=1&_shape=array")
        assert answered.status_code == 200
        assert answered.json(), name
    linked = await datasette.client.get("/inflow/figures?id=be-travelled-tsg_2015")
    assert '<a href="/inflow/sources/tsg_2015">' in linked.text
    assert ">Belgium</a>" in linked.text
