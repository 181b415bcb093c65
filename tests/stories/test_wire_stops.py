"""A locked database and a stop: whoever asked is told something, and the process ends when it is asked to."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tests.twin.twin import Twin, running_bot

ROLE = 4242
BELGIUM = "be-travelled-hln_belga_2019_11_30"


@contextmanager
def write_locked(path: Path) -> Iterator[None]:
    """Another process holds the write lock, as a backup or a bulk import would."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.close()


@contextmanager
def busy_loops(count: int) -> Iterator[None]:
    """Processes that use all of the machine that they can get, and end by themselves if nobody ends them."""
    code = f"import time; end = time.monotonic() + {2 * PATIENCE}\nwhile time.monotonic() < end: pass"
    with ExitStack() as stack:
        for _ in range(count):
            process = subprocess.Popen([sys.executable, "-c", code])
            stack.callback(process.wait)
            stack.callback(process.kill)
        yield


@pytest.mark.slow
async def test_what_waits_is_told_of_the_stop_on_a_machine_of_busy_loops(tmp_path: Path) -> None:
    await tells_what_waits_of_the_stop(tmp_path, loops=4)


async def test_what_waits_for_a_locked_database_is_told_of_the_stop(tmp_path: Path) -> None:
    await tells_what_waits_of_the_stop(tmp_path)


async def tells_what_waits_of_the_stop(tmp_path: Path, *, loops: int = 0) -> None:
    """The story of a stop, from the press on beside so many processes that never rest."""
    twin = Twin()
    twin.home.roles[ROLE] = "Moderators"
    noor, ada = twin.person("noor", roles=(ROLE,)), twin.person("ada")
    home, role = str(twin.home.id), str(ROLE)
    async with twin.serving(), running_bot(twin, tmp_path, home_server=home, moderator_roles=role) as bot:
        opened = await noor.uses("figure-edit", figure=BELGIUM, cause="typo")
        shown = await noor.submits(opened, value="5,000", because="Read again")
        with busy_loops(loops), write_locked(tmp_path / "inflow.db"):
            assert "Belgium" in (await ada.uses("ask", question="Belgians in 2016?")).text  # readers are not held up
            pressed = await noor.presses(shown.posts[-1], "Write it")  # acknowledged, while the write waits
            assert pressed.first["type"] in (5, 6)
            bot.process.send_signal(signal.SIGINT)  # Ctrl+C; the other stories stop by SIGTERM
            assert await bot.stop(within=5) == 0
        assert any("being restarted" in str(post.body) for post in twin.world.of_interaction(pressed.token))
        assert "Traceback" not in bot.log


async def test_whoever_asks_after_the_signal_is_told_as_well(tmp_path: Path) -> None:
    twin = Twin()
    ada = twin.person("ada")
    async with twin.serving(), running_bot(twin, tmp_path) as bot:
        await ada.uses("watch", place="TN")  # which opens the database
        with write_locked(tmp_path / "inflow.db"):
            waiting = asyncio.create_task(ada.uses("watch", place="BE"))
            await twin.rest.wait_until(lambda: bool(twin.world.deferred))
            bot.process.send_signal(signal.SIGTERM)
            await asyncio.sleep(0.3)
            late = await ada.uses("watch", place="FR")
            assert "being restarted" in late.text
            assert await bot.stop(within=6) == 0
        assert "being restarted" in (await waiting).text
        assert "Traceback" not in bot.log


async def test_a_report_is_acknowledged_while_the_database_is_locked(tmp_path: Path) -> None:
    twin = Twin()
    ada = twin.person("ada")
    async with twin.serving(), running_bot(twin, tmp_path) as bot:
        answer = await ada.uses("ask", question="Belgians in 2016?")
        shown = await ada.presses(answer.posts[-1], "⋯")
        opened = await ada.presses(shown.posts[-1], "Report a problem")
        with write_locked(tmp_path / "inflow.db"):
            reported = asyncio.create_task(ada.submits(opened, problem="The total is off"))
            await twin.rest.wait_until(lambda: bool(twin.world.deferred))  # thinking, while the write waits
        assert "Thank you" in (await reported).text
        assert "Traceback" not in bot.log


async def test_a_stop_while_the_bot_starts_is_a_clean_one(tmp_path: Path) -> None:
    twin = Twin()
    async with twin.serving(), running_bot(twin, tmp_path, wait_ready=False, fresh=True) as bot:
        async with asyncio.timeout(PATIENCE):
            while not bot.log:  # noqa: ASYNC110 - the first line comes while the client is imported
                await asyncio.sleep(0.02)
        assert await bot.stop() == 0
        assert "Traceback" not in bot.log
