"""Inflow beside a bot that says a constant, over the wire, in one run: ``python -m benchmarks.wire``.

All are processes of their own, pinned to one core, against the same loopback Discord, with the `speed` extra and
without it. Prints a table in Markdown; what counts are the ratios. What a bot spends of its core on a reply hardly
depends on what else the machine does; the other columns do.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.rig import (
    Timing,
    at_rate,
    core_seconds,
    keystroke,
    one_by_one,
    pin,
    quiet_twin,
    resident_mib,
    slash,
    throughput,
    unpin,
)
from tests.twin.people import Person
from tests.twin.twin import running_bot

Send = Callable[[], Awaitable[float]]
Questions = dict[str, Callable[[Person], Send]]
MANY = "1000000"
STEADY = 50.0
"""Requests a second for the steady rate."""
FIRST_LIFE = 1.0
"""Seconds that a bot lives after its first start, so that it is done with what only a first start does."""
TOGETHER = 1_000
"""Requests for the throughput."""
CONSTANT: Questions = {"floor: a constant": lambda person: slash(person, "ask", question="x")}
CARD: Questions = {"a constant card": CONSTANT["floor: a constant"]}
QUESTIONS: Questions = {
    "lookup by option": lambda person: slash(person, "figure", place="BE", measure="travelled"),
    "free text": lambda person: slash(person, "ask", question="How many Belgians left for Syria in 2016?"),
    "compare of 5": lambda person: slash(person, "ask", question="compare france, germany, belgium, spain and italy"),
    "rank of all": lambda person: slash(person, "ask", question="top 10 countries"),
    "trend": lambda person: slash(person, "ask", question="belgium over time"),
    "total of a region": lambda person: slash(person, "ask", question="western europe total"),
    "a keystroke": lambda person: keystroke(person, "figure", "place", "belg"),
}
LOOKUP: Questions = {"lookup by option": QUESTIONS["lookup by option"]}


async def measure_all() -> Runs:
    """Each bot after the other."""
    return Runs(
        floor=await measure("benchmarks.floor_bot", CONSTANT),
        card=await measure("benchmarks.floor_card", CARD),
        ours=await measure("tests.twin.launch", QUESTIONS),
        bare_floor=await measure("benchmarks.floor_bot", CONSTANT, extra=False),
        bare_ours=await measure("tests.twin.launch", LOOKUP, extra=False),
    )


def as_table(runs: Runs) -> str:
    """The tables in Markdown: what questions take, and what the processes take."""
    bare = ", without the extra"
    lines = [
        "| what | p50 ms | p50 ÷ floor | p99 at 50/s ÷ floor | replies/s | share of floor | µs of core | ÷ floor |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        *(row for run in (runs.floor, runs.card, runs.ours) for row in _rows(run, runs.floor, "")),
        *(row for run in (runs.bare_floor, runs.bare_ours) for row in _rows(run, runs.bare_floor, bare)),
        "\n| process | ready after s | resident MiB at ready | after all questions |\n| --- | --- | --- | --- |",
    ]
    named = {"floor": runs.floor, "Inflow": runs.ours, f"floor{bare}": runs.bare_floor, f"Inflow{bare}": runs.bare_ours}
    for name, run in named.items():
        lines.append(f"| {name} | {run.ready:.2f} | {run.resident[0]:.0f} | {run.resident[1]:.0f} |")
    return "\n".join(lines)


class Run:
    """What was measured of one bot."""

    def __init__(self) -> None:
        self.timings: dict[str, Timing] = {}
        self.rates: dict[str, float] = {}
        self.steady: dict[str, Timing] = {}
        self.core: dict[str, float] = {}
        """Seconds of its core for each reply, under load."""
        self.ready = 0.0
        self.resident = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Runs:
    """All bots of one run, with the `speed` extra and without it."""

    floor: Run
    card: Run
    ours: Run
    bare_floor: Run
    bare_ours: Run


def _rows(run: Run, floor: Run, note: str) -> Iterator[str]:
    (constant,) = CONSTANT
    for name in run.timings:
        p50, steady, rate, core = run.timings[name].p50, run.steady[name].p99, run.rates[name], run.core[name]
        yield (
            f"| {name}{note} | {p50:.2f} | {p50 / floor.timings[constant].p50:.2f} "
            f"| {steady / floor.steady[constant].p99:.2f} | {rate:.0f} | {100 * rate / floor.rates[constant]:.0f} % "
            f"| {core * 1e6:.0f} | {core / floor.core[constant]:.2f} |"
        )


async def measure(module: str, questions: Questions, *, extra: bool = True) -> Run:
    """Start a bot, ask it each question in each way, and stop it."""
    run = Run()
    unpin()
    launched = module if extra else "benchmarks.without_extra"
    with tempfile.TemporaryDirectory() as folder:
        for attempt in (1, 2):  # the first start fills the database; the second is the usual one
            twin = quiet_twin()
            person = twin.person("ada")
            async with twin.serving():
                started = time.perf_counter()
                bot_runs = running_bot(
                    twin,
                    Path(folder),
                    module=launched,
                    fresh=True,
                    extra={"BENCHMARK_OF": module},
                    questions_per_minute=MANY,
                    server_questions_per_minute=MANY,
                )
                async with bot_runs as bot:
                    run.ready = time.perf_counter() - started
                    if attempt == 1:
                        await asyncio.sleep(FIRST_LIFE)
                        continue
                    pin(bot)
                    before = resident_mib(bot)
                    for name, make in questions.items():
                        send = make(person)
                        run.timings[name] = await one_by_one(send)
                        spent = core_seconds(bot)
                        run.rates[name] = await throughput(send, count=TOGETHER)
                        run.core[name] = (core_seconds(bot) - spent) / TOGETHER
                        run.steady[name] = await at_rate(send, per_second=STEADY, seconds=6)
                    run.resident = (before, resident_mib(bot))
    return run


if __name__ == "__main__":
    logging.getLogger("aiohttp").setLevel(logging.ERROR)
    print(as_table(asyncio.run(measure_all())))
