"""How fast and how steady charts are drawn: ``python -m benchmarks.charts [RENDERS]``, at the root of the repository.

Prints a table: time from opening the worker to the first picture, time of warm pictures by kind, and, over many
renders with the cache off, the worker's memory and the longest stall of the event loop. A stall is how late a
5 ms timer of the same loop comes.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import Sequence

from bot.answers.compose import compose
from bot.charts.chart import Chart
from bot.charts.specs import chart_for, map_for, map_query
from bot.charts.worker import ChartWorker
from bot.questions.query import Intent, Query, Read
from db.model.records import Holdings
from db.model.values import Period
from db.package.datapackage import read_package

TICK = 0.005
WARM = 15
QUESTIONS = {
    "trend": Query(Intent.TREND, ("BE",), "travelled_in_period"),
    "trend, many sources": Query(Intent.TREND, ("TN",), "travelled"),
    "dispute": Query(Intent.DISPUTES, ("TR",), "travelled", period=Period.year(2015)),
    "compare": Query(Intent.COMPARE, ("FR", "DE", "GB", "BE"), "travelled"),
    "rank of 12": Query(Intent.RANK, ("R:western_europe",), "travelled", per_million=True, top=12),
    "map of the world": map_query("R:world"),
}


def charts(holdings: Holdings) -> dict[str, Chart]:
    """One chart of each kind from the dataset."""
    found = {}
    for name, query in QUESTIONS.items():
        answer = compose(Read(query), holdings, question=name)
        chart = map_for(answer) if name.startswith("map") else chart_for(answer)
        assert chart is not None
        found[name] = chart
    return found


async def stalls(found: list[float]) -> None:
    """Note how late each tick of the loop comes, in seconds."""
    while True:
        due = time.perf_counter() + TICK
        await asyncio.sleep(TICK)
        found.append(max(0.0, time.perf_counter() - due))


async def quiet(seconds: float = 10.0) -> list[float]:
    """The lateness of a loop that does nothing else, as the machine is now: what is not the charts' doing."""
    found: list[float] = []
    watch = asyncio.create_task(stalls(found))
    await asyncio.sleep(seconds)
    watch.cancel()
    return found


def lateness(name: str, found: list[float]) -> str:
    """One line on how late ticks came."""
    found.sort()
    over = sum(late > 0.02 for late in found)
    p99, longest = found[int(len(found) * 0.99)] * 1e3, found[-1] * 1e3
    return f"{name:28} {len(found):6} ticks, p99 {p99:.1f} ms, longest {longest:.1f} ms, over 20 ms: {over}"


async def first_picture(chart: Chart) -> tuple[float, float]:
    """(Seconds until the worker is open, seconds until its first picture is there.)"""
    started = time.perf_counter()
    async with ChartWorker() as worker:
        opened = time.perf_counter() - started
        await worker.png(chart)
        return opened, time.perf_counter() - started


async def warm(worker: ChartWorker, chart: Chart) -> list[float]:
    """Milliseconds of warm renders of one chart."""
    await worker.png(chart)
    found = []
    for _ in range(WARM):
        started = time.perf_counter()
        await worker.png(chart)
        found.append((time.perf_counter() - started) * 1e3)
    return found


async def endurance(worker: ChartWorker, every: Sequence[Chart], renders: int) -> list[float]:
    """The worker's memory in MiB after each render."""
    found = []
    for index in range(renders):
        await worker.png(every[index % len(every)])
        found.append(worker.resident / 2**20)
    return found


async def main() -> None:
    """Measure and print."""
    renders = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    made = charts(read_package().holdings())
    opened, first = await first_picture(made["trend"])
    print(f"worker open {opened * 1e3:.0f} ms, first picture {first * 1e3:.0f} ms after start (goal 1000)\n")
    late: list[float] = []
    watch = asyncio.create_task(stalls(late))
    print(f"{'kind':22} {'p50 ms':>8} {'max ms':>8} {'KB':>6}")
    everything: list[float] = []
    async with ChartWorker(cache_bytes=0) as worker:
        for name, chart in made.items():
            times = await warm(worker, chart)
            everything += times
            size = len(await worker.png(chart)) / 1000
            print(f"{name:22} {statistics.median(times):8.0f} {max(times):8.0f} {size:6.0f}")
        print(
            f"{'all kinds together':22} {statistics.median(everything):8.0f} {max(everything):8.0f}  (goal p50 250)\n"
        )
    async with ChartWorker(cache_bytes=0) as worker:
        memory = await endurance(worker, list(made.values()), renders)
        tenth = max(1, renders // 10)
        marks = [max(memory[start : start + tenth]) for start in range(0, renders, tenth)]
        print(f"{renders} renders, highest MiB in each tenth: {' '.join(f'{mark:.0f}' for mark in marks)} (goal 200)")
        print(f"worker starts: {worker.starts}")
    watch.cancel()
    print(lateness("event loop, no charts", await quiet()))
    print(lateness("event loop, charts drawing", late) + " (goal: none)")


if __name__ == "__main__":
    asyncio.run(main())
