"""A database that somebody else locks for five seconds: whoever asks meanwhile sees something in time."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from tests.patience import withheld
from tests.stories.test_wire_stops import write_locked
from tests.twin.twin import Twin, running_bot

LOCKED = 5.0
PER_SECOND = 10
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
        before = withheld(bot.process.pid)
        with write_locked(tmp_path / "inflow.db"):
            end = time.monotonic() + LOCKED
            while time.monotonic() < end:
                writes = len(tasks) % 5 == 0  # far more than there are connections
                person = twin.person(f"member{len(tasks)}")
                data = watch if writes else asked[len(tasks) % 2]
                tasks.append(asyncio.create_task(person.times(2, data)))
                tasks.append(asyncio.create_task(person.times(4, ada.command("figure", "place", place="belg"))))
                await asyncio.sleep(1 / PER_SECOND)
        waited = await asyncio.gather(*tasks)
        assert len(waited) > LOCKED * PER_SECOND
        assert max(waited) < DISCORD_WAITS + withheld(bot.process.pid) - before
        await twin.rest.wait_until(lambda: not twin.world.deferred)
        watching = [post for post in twin.world.posts if "### Watching" in str(post.body)]
        assert len(watching) == sum(1 for number in range(0, len(tasks), 2) if number % 5 == 0)
        assert "Traceback" not in bot.log
        assert await bot.stop() == 0
