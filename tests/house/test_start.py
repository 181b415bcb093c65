"""Asking in the terminal starts quickly: what is not needed for one answer is not imported."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.twin.twin import Twin, running_bot

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
NOT_NEEDED_TO_SERVE = {
    "alembic",
    "asyncpg",
    "babel",
    "citeproc",
    "lxml",
    "mako",
    "pybtex",
    "pygments",
    "rich",
    "rispy",
    "vl_convert",
}
"""What the running bot loads when it is first asked for it, in a thread, and not before."""
SERVE = """
import json, os, signal, sys
from bot.chat.client import InflowBot
from tests.twin.launch import turn_to_twin
turn_to_twin()
async def on_ready(self):
    print("LOADED", json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr, flush=True)
InflowBot.on_ready = on_ready
from bot.cli.main import main
sys.exit(main(["run"]))
"""
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


async def test_the_bot_is_ready_without_what_only_some_answers_need(tmp_path: Path) -> None:
    asked_once(tmp_path)  # makes and fills the database: the first start upgrades it
    (tmp_path / "serving.py").write_text(SERVE, encoding="utf-8")
    twin = Twin()
    path = os.pathsep.join((str(ROOT), str(tmp_path)))
    async with twin.serving(), running_bot(twin, tmp_path, module="serving", extra={"PYTHONPATH": path}) as bot:
        while "LOADED" not in bot.log:  # noqa: ASYNC110 - it is another process
            await asyncio.sleep(0.05)
        told = next(line for line in bot.log.splitlines() if line.startswith("LOADED"))

    loaded = set(json.loads(told.removeprefix("LOADED ")))
    assert loaded & NOT_NEEDED_TO_SERVE == set()
    assert {"discord", "sqlmodel"} <= loaded


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
