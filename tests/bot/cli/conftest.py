"""The command line on a database of the test's own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli.main import main
from config.settings import PREFIX

Run = Callable[..., int]


@pytest.fixture
def database_path(templates: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A filled SQLite file that the commands of this test use, whatever is configured outside."""
    url = templates["filled"]
    if not url.startswith("sqlite"):
        pytest.skip("the command line is tried on a file; PostgreSQL is tested below it")
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    path = tmp_path / "inflow.db"
    shutil.copyfile(url.removeprefix("sqlite+aiosqlite:///"), path)
    monkeypatch.setenv("INFLOW_DATABASE_URL", f"sqlite+aiosqlite:///{path}")
    monkeypatch.chdir(tmp_path)
    return path


@pytest.fixture
def inflow(database_path: Path) -> Run:
    """Run one command line and get its exit code."""
    return lambda *arguments: main(arguments)
