"""The rig: a bot process pinned to one core, asked over the wire, timed from dispatch to first response."""

from __future__ import annotations

import asyncio
import math
import os
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from tests.twin.people import Person
from tests.twin.twin import BotProcess, Twin

BOT_CORE = 1
"""The core that the bot has to itself; the twin stays on the others."""


@dataclass(frozen=True, slots=True)
class Timing:
    """What a series of requests took, in milliseconds."""

    p50: float
    p99: float
    count: int
    longest: float = 0.0

    @classmethod
    def of(cls, seconds: list[float]) -> Timing:
        """Summarise seconds."""
        ordered = sorted(seconds)
        return cls(
            statistics.median(ordered) * 1e3, ordered[int(len(ordered) * 0.99)] * 1e3, len(ordered), ordered[-1] * 1e3
        )


_ALL_CORES = os.sched_getaffinity(0)


def unpin() -> None:
    """Give the twin, and what is started from it, every core again."""
    os.sched_setaffinity(0, _ALL_CORES)


def pin(bot: BotProcess) -> None:
    """Give the bot one core and keep the twin off it."""
    cores = os.sched_getaffinity(0)
    if len(cores) < 2:
        return
    os.sched_setaffinity(bot.process.pid, {BOT_CORE})
    os.sched_setaffinity(0, cores - {BOT_CORE})


def resident_mib(bot: BotProcess) -> float:
    """The bot's resident memory in MiB."""
    status = Path(f"/proc/{bot.process.pid}/status").read_text(encoding="ascii")
    kib = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(kib) / 1024


def core_seconds(bot: BotProcess) -> float:
    """The seconds of a core that the bot's threads have used so far."""
    tasks = Path(f"/proc/{bot.process.pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text(encoding="ascii").split()[0]) for task in tasks) / 1e9


async def one_by_one(send: Callable[[], Awaitable[float]], *, warm_up: int = 30, count: int = 300) -> Timing:
    """Latency with one request at a time."""
    for _ in range(warm_up):
        await send()
    return Timing.of([await send() for _ in range(count)])


async def throughput(send: Callable[[], Awaitable[float]], *, together: int = 32, count: int = 2000) -> float:
    """Replies a second with several requests under way at all times."""
    left = count

    async def worker() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            await send()

    started = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(together)))
    return count / (time.perf_counter() - started)


async def at_rate(
    send: Callable[[], Awaitable[float]],
    *,
    per_second: float,
    seconds: float = math.inf,
    until: asyncio.Event | None = None,
) -> Timing:
    """Latency with requests arriving at a steady rate, whether or not earlier ones are answered.

    They arrive for so many seconds, or until an event is set, whichever is first.
    """
    due = time.perf_counter()
    end = due + seconds
    tasks: list[asyncio.Task[float]] = []
    while due < end and not (until is not None and until.is_set()):
        due += 1 / per_second
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(_measured(send)))
    return Timing.of(await asyncio.gather(*tasks))


async def _measured(send: Callable[[], Awaitable[float]]) -> float:
    return await send()


def slash(person: Person, name: str, **options: str) -> Callable[[], Awaitable[float]]:
    """A slash command, again and again."""
    data = person.command(name, **options)
    return lambda: person.times(2, data)


def keystroke(person: Person, name: str, option: str, text: str) -> Callable[[], Awaitable[float]]:
    """A keystroke in an option, again and again."""
    data = person.command(name, option, **{option: text})
    return lambda: person.times(4, data)


def quiet_twin() -> Twin:
    """A twin that does not spend its time on checking bodies."""
    return Twin(strict=False)
