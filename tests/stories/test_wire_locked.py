"""A database that somebody else locks for seconds: whoever asks meanwhile sees something in time."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import pytest

from bot.chat.replies import FIRST_WITHIN
from tests.patience import Withheld
from tests.stories.test_wire_stops import write_locked
from tests.twin.twin import Twin, running_bot

ASKED = 25
WRITERS = range(0, ASKED, 2)
"""More of them than the connections that are kept open."""
APART = 0.1
LOCKED = 4.0
DISCORD_WAITS = 3.0
"""Seconds after which Discord shows an interaction as failed."""
MANY = "10000"


async def test_everybody_is_acknowledged_while_the_database_is_locked(tmp_path: Path) -> None:
    twin = Twin()
    ada = twin.person("ada")
    async with (
        twin.serving(),
        running_bot(twin, tmp_path, questions_per_minute=MANY, server_questions_per_minute=MANY) as bot,
    ):
        await ada.uses("figure", place="BE")
        asked = [ada.command("ask", question="Tunisia 2015"), ada.command("rank", region="Western Europe", top=3)]
        watch = ada.command("watch", place="TN")
        tasks: list[asyncio.Task[float]] = []
        withheld = Withheld(bot.process.pid, os.getpid())
        with write_locked(tmp_path / "inflow.db"):
            end = time.monotonic() + LOCKED
            for number in range(ASKED):
                person = twin.person(f"member{number}")
                data = watch if number in WRITERS else asked[number % 2]
                tasks.append(asyncio.create_task(person.times(2, data)))
                tasks.append(asyncio.create_task(person.times(4, ada.command("figure", "place", place="belg"))))
                await asyncio.sleep(APART)
            await asyncio.sleep(end - time.monotonic())
        waited = await asyncio.gather(*tasks)
        assert max(waited) < DISCORD_WAITS + withheld.seconds
        if "TimeoutError" in bot.log and withheld.seconds > FIRST_WITHIN:
            pytest.skip(
                f"the machine withheld {withheld.seconds:.0f} s: the bot's own deadlines passed before its work"
            )
        await twin.rest.wait_until(lambda: not twin.world.deferred)
        watching = [post for post in twin.world.posts if "### Watching" in str(post.body)]
        assert len(watching) == len(WRITERS)
        assert "Traceback" not in bot.log
        assert await bot.stop() == 0
