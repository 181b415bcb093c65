"""How soon members see something: ``python -m benchmarks.acknowledge``, free of other load, takes about a minute.

The bot is a process of its own; questions and lookups arrive at 50 a second whether or not earlier ones are answered.
First with nothing else going on, then with another process holding the database's write lock for five seconds.
"""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks.rig import at_rate, pin, quiet_twin, slash
from tests.twin.twin import running_bot

PER_SECOND = 50
SECONDS = 10.0
LOCKED = 5.0
MANY = "1000000"
"""Questions a minute, so that the allowance of one member does not end the measuring."""


async def measure(folder: Path) -> dict[str, str]:
    """Each situation with its times, in words."""
    twin = quiet_twin()
    ada = twin.person("ada")
    told: dict[str, str] = {}
    async with (
        twin.serving(),
        running_bot(twin, folder, questions_per_minute=MANY, server_questions_per_minute=MANY) as bot,
    ):
        pin(bot)
        kinds = itertools.cycle(
            (
                slash(ada, "ask", question="How many Belgians left for Syria in 2016?"),
                slash(ada, "ask", question="top 5 in western europe per capita"),
                slash(ada, "ask", question="Tunisia 2015"),
            )
        )
        send = one_of(kinds)
        for _ in range(30):
            await send()
        for name, lock in (("quiet", False), (f"write-locked for {LOCKED:.0f} s", True)):
            holding = asyncio.create_task(hold(folder / "inflow.db")) if lock else None
            timing = await at_rate(send, per_second=PER_SECOND, seconds=SECONDS)
            if holding is not None:
                await holding
            told[name] = f"p50 {timing.p50:.1f} ms, p99 {timing.p99:.1f} ms, {timing.count} interactions"
    return told


def one_of(kinds: itertools.cycle[Callable[[], Awaitable[float]]]) -> Callable[[], Awaitable[float]]:
    """Send the next kind at each call."""
    return lambda: next(kinds)()


async def hold(path: Path) -> None:
    """Hold the write lock of a SQLite file from outside of the bot."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(LOCKED)
        connection.execute("ROLLBACK")
    finally:
        connection.close()


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        for name, times in asyncio.run(measure(Path(folder))).items():
            print(f"{name}: {times}")


if __name__ == "__main__":
    main()
