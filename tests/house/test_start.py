"""Asking in the terminal starts quickly: what is not needed for one answer is not imported."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from aiohttp import ClientSession

from tests.patience import PATIENCE
from tests.twin.snapshot import put_snapshot
from tests.twin.twin import BotProcess, Twin, running_bot

ROOT = Path(__file__).parents[2]
NOT_NEEDED = {
    "aiohttp",
    "alembic",
    "babel",
    "citeproc",
    "discord",
    "prometheus_client",
    "pybtex",
    "rich",
    "sqlalchemy.dialects.postgresql",
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
    "prometheus_client",
    "pybtex",
    "pygments",
    "rich",
    "rispy",
    "vl_convert",
}
"""What the running bot loads when it is first asked for it, and not before."""
SERVE = """
import json, os, signal, sys
from bot.chat import client
from bot.chat.client import InflowBot
from tests.twin.launch import turn_to_twin
turn_to_twin()
def tell(*_):
    print("LOADED", json.dumps(sorted({one.partition(".")[0] for one in [*sys.modules]})), file=sys.stderr, flush=True)
async def on_ready(self):
    tell()
InflowBot.on_ready = on_ready
signal.signal(signal.SIGUSR1, tell)
client.KEEP_SECONDS = 0.1
from bot.cli.main import main
sys.exit(main(["run"]))
"""
ASK = """
import json, sys
from bot.cli.main import main
code = main(["ask", "How many Belgians left for Syria in 2016?"])
print(json.dumps(sorted({*sys.modules, *(name.partition(".")[0] for name in sys.modules)})), file=sys.stderr)
sys.exit(code)
"""


async def test_a_second_question_needs_neither_discord_nor_migrations(tmp_path: Path) -> None:
    await put_snapshot(tmp_path / "inflow.db")

    done = asked_once(tmp_path)

    assert "4 people from Belgium went to Syria in 2016" in done.stdout
    assert NOT_NEEDED & set(json.loads(done.stderr.splitlines()[-1])) == set()


def test_the_first_question_needs_no_discord(tmp_path: Path) -> None:
    imported = set(json.loads(asked_once(tmp_path).stderr.splitlines()[-1]))

    assert imported & {"discord", "vl_convert", "citeproc", "babel"} == set()


async def test_the_usual_answers_need_no_charts_citations_or_migrations(tmp_path: Path) -> None:
    twin = Twin()
    ada = twin.person("ada")
    async with twin.serving(), served(twin, tmp_path) as bot:
        ready = await loaded(bot, 1)
        await ada.uses("figure", place="BE", measure="travelled")
        await ada.uses("ask", question="top 5 countries")
        await ada.uses("ask", question="Tuvalu 2016")  # what is not held is noted
        await ada.types("figure", "place", "belg")
        await written(tmp_path, "answer", "gap", "progress")
        bot.process.send_signal(signal.SIGUSR1)
        after = await loaded(bot, 2)

    assert ready & NOT_NEEDED_TO_SERVE == set()
    assert "discord" in ready
    assert after & NOT_NEEDED_TO_SERVE == set()


async def test_a_bot_with_a_health_port_counts_its_answers(tmp_path: Path, unused_tcp_port: int) -> None:
    twin = Twin()
    ada = twin.person("ada")
    health = f"http://127.0.0.1:{unused_tcp_port}"
    async with twin.serving(), running_bot(twin, tmp_path, health_port=str(unused_tcp_port)), ClientSession() as web:
        await ada.uses("figure", place="BE", measure="travelled")
        async with web.get(f"{health}/metrics") as numbers:
            assert 'inflow_questions_total{door="figure"' in await numbers.text()
        page = ""
        async with asyncio.timeout(PATIENCE):  # discord.py is ready some seconds after it answers
            while "inflow_ready 1.0" not in page:
                await asyncio.sleep(0.2)
                async with web.get(f"{health}/metrics") as numbers:
                    page = await numbers.text()
        assert "inflow_dataset_revision 1.0" in page
        async with web.get(f"{health}/readyz") as ready:
            assert (await ready.json())["checks"]["database"] is True


@asynccontextmanager
async def served(twin: Twin, home: Path) -> AsyncIterator[BotProcess]:
    """A bot that tells what it has imported when it is ready, and again at each SIGUSR1."""
    (home / "serving.py").write_text(SERVE, encoding="utf-8")
    path = os.pathsep.join((str(ROOT), str(home)))
    async with running_bot(twin, home, module="serving", fresh=True, extra={"PYTHONPATH": path}) as bot:
        yield bot


async def loaded(bot: BotProcess, time: int) -> set[str]:
    """What the bot told that it had imported, the first or the second time."""
    told: list[str] = []
    until = asyncio.get_running_loop().time() + PATIENCE
    while len(told) < time and asyncio.get_running_loop().time() < until:
        await asyncio.sleep(0.05)  # it is another process
        told = [line for line in bot.log.splitlines() if line.startswith("LOADED") and line.endswith("]")]
    return set(json.loads(told[time - 1].removeprefix("LOADED ")))


async def written(home: Path, *tables: str) -> None:
    """Wait until the bot has written something into each table."""
    with closing(sqlite3.connect(home / "inflow.db")) as file:
        while not all(file.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables):  # noqa: ASYNC110
            await asyncio.sleep(0.05)  # it is another process


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
