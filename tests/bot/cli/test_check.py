"""The check only reads; what a start would do, it says."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.bot.cli.conftest import Run


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(statement)


def content(path: Path) -> str:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as file:
        return "\n".join(file.iterdump())


@pytest.fixture
def no_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where charts are not installed: no process draws one."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)


DUE = {
    "another package was loaded": ("UPDATE revision SET because = 'built-in package 0'", "Everything is in order"),
    "an older package was loaded": (
        "UPDATE revision SET because = 'built-in package 0'; UPDATE figure_version SET note = 'old'",
        "A start would load the built-in package as a new revision: ",
    ),
    "an older program made it": (
        "UPDATE alembic_version SET version_num = '0005'",
        "A start would bring schema 0005 to ",
    ),
}


@pytest.mark.parametrize("case", DUE)
def test_what_a_start_would_write_is_said_and_not_written(
    case: str, inflow: Run, database_path: Path, no_charts: None, capsys: pytest.CaptureFixture[str]
) -> None:
    statements, said = DUE[case]
    for statement in statements.split("; "):
        change(database_path, statement)
    before = content(database_path)
    assert inflow("check") == 0
    assert said in capsys.readouterr().out
    assert content(database_path) == before


def test_a_database_that_is_not_there_is_not_made(
    inflow: Run, database_path: Path, no_charts: None, capsys: pytest.CaptureFixture[str]
) -> None:
    database_path.unlink()
    assert inflow("check") == 0
    assert f"there is none at {database_path}; a start would make it" in capsys.readouterr().out
    assert not database_path.exists()


def test_it_is_prepared_when_told_to(inflow: Run, database_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database_path.unlink()
    assert inflow("check", "--apply") == 0
    assert "data revision 1" in capsys.readouterr().out


def test_all_faults_are_told_at_once(
    inflow: Run, database_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INFLOW_TOKKEN", "topsecret")
    monkeypatch.setenv("INFLOW_MODERATOR_ROLES", "abc")
    assert inflow("check") == 1
    told = capsys.readouterr().out
    assert "INFLOW_TOKKEN: unknown setting; did you mean INFLOW_TOKEN?" in told
    assert "INFLOW_MODERATOR_ROLES: one of them is no whole number" in told
    assert "topsecret" not in told
    assert inflow("ask", "Belgium") == 2, "no command starts with a setting that it does not know"
