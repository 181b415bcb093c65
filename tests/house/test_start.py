"""Asking in the terminal starts quickly: what is not needed for one answer is not imported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_NEEDED = {
    "aiohttp",
    "aiosqlite",
    "alembic",
    "babel",
    "citeproc",
    "discord",
    "prometheus_client",
    "pybtex",
    "rich",
    "sqlalchemy",
    "sqlmodel",
    "structlog",
    "vl_convert",
}
ASK = """
import json, sys
from bot.cli.main import main
code = main(["ask", "How many Belgians left for Syria in 2016?"])
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
sys.exit(code)
"""


def test_a_second_question_needs_neither_discord_nor_an_orm(tmp_path: Path) -> None:
    asked_once(tmp_path)  # makes and fills the database

    done = asked_once(tmp_path)

    assert "4 people went to Syria" in done.stdout
    assert NOT_NEEDED & set(json.loads(done.stderr.splitlines()[-1])) == set()


def test_the_first_question_needs_no_discord(tmp_path: Path) -> None:
    imported = set(json.loads(asked_once(tmp_path).stderr.splitlines()[-1]))

    assert imported & {"discord", "vl_convert", "citeproc", "babel"} == set()


def asked_once(home: Path) -> subprocess.CompletedProcess[str]:
    """One question, in a process of its own."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("INFLOW_")}
    url = f"sqlite+aiosqlite:///{home / 'inflow.db'}"
    return subprocess.run(
        [sys.executable, "-c", ASK],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**environment, "INFLOW_DATABASE_URL": url},
    )
