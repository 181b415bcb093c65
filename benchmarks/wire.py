"""Inflow beside a bot that says a constant, over the wire, in one run: ``python -m benchmarks.wire``.

Both are processes of their own, pinned to one core, against the same loopback Discord. Prints a table in Markdown;
what counts are the ratios.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks.rig import Timing, at_rate, keystroke, one_by_one, pin, quiet_twin, resident_mib, slash, throughput
from tests.twin.people import Person
from tests.twin.twin import running_bot

Send = Callable[[], Awaitable[float]]
MANY = "1000000"
STEADY = 50.0
"""Requests a second for the steady rate."""
QUESTIONS: dict[str, Callable[[Person], Send]] = {
    "lookup by option": lambda person: slash(person, "figure", place="BE", measure="travelled"),
    "free text": lambda person: slash(person, "ask", question="How many Belgians left for Syria in 2016?"),
    "compare of 5": lambda person: slash(person, "ask", question="compare france, germany, belgium, spain and italy"),
    "rank of all": lambda person: slash(person, "ask", question="top 10 countries"),
    "trend": lambda person: slash(person, "ask", question="belgium over time"),
    "total of a region": lambda person: slash(person, "ask", question="western europe total"),
    "a keystroke": lambda person: keystroke(person, "figure", "place", "belg"),
}


async def main() -> None:
    """Measure both and print."""
    logging.getLogger("aiohttp").setLevel(logging.ERROR)
    floor = await measure("benchmarks.floor_bot", {"constant": lambda person: slash(person, "ask", question="x")})
    ours = await measure("tests.twin.launch", QUESTIONS)
    base, base_rate, base_steady = floor.timings["constant"], floor.rates["constant"], floor.steady["constant"]
    print("| what | p50 ms | p99 ms | p50 ÷ floor | replies/s | share of floor | p99 at 50/s ÷ floor |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    print(f"| floor: a constant | {base.p50:.2f} | {base.p99:.2f} | 1.00 | {base_rate:.0f} | 100 % | 1.00 |")
    for name, timing in ours.timings.items():
        rate, steady = ours.rates[name], ours.steady[name]
        print(
            f"| {name} | {timing.p50:.2f} | {timing.p99:.2f} | {timing.p50 / base.p50:.2f} | {rate:.0f} "
            f"| {100 * rate / base_rate:.0f} % | {steady.p99 / base_steady.p99:.2f} |"
        )
    print("\n| process | ready after s | resident MiB at ready | after all questions |\n| --- | --- | --- | --- |")
    for name, run in (("floor", floor), ("Inflow", ours)):
        print(f"| {name} | {run.ready:.2f} | {run.resident[0]:.0f} | {run.resident[1]:.0f} |")


class Run:
    """What was measured of one bot."""

    def __init__(self) -> None:
        self.timings: dict[str, Timing] = {}
        self.rates: dict[str, float] = {}
        self.steady: dict[str, Timing] = {}
        self.ready = 0.0
        self.resident = (0.0, 0.0)


async def measure(module: str, questions: dict[str, Callable[[Person], Send]]) -> Run:
    """Start a bot, ask it each question in each way, and stop it."""
    run = Run()
    with tempfile.TemporaryDirectory() as folder:
        for attempt in (1, 2):  # the first start fills the database; the second is the usual one
            twin = quiet_twin()
            person = twin.person("ada")
            async with twin.serving():
                started = time.perf_counter()
                bot_runs = running_bot(
                    twin, Path(folder), module=module, questions_per_minute=MANY, server_questions_per_minute=MANY
                )
                async with bot_runs as bot:
                    run.ready = time.perf_counter() - started
                    if attempt == 1:
                        continue
                    pin(bot)
                    before = resident_mib(bot)
                    for name, make in questions.items():
                        send = make(person)
                        run.timings[name] = await one_by_one(send)
                        run.rates[name] = await throughput(send, count=1000)
                        run.steady[name] = await at_rate(send, per_second=STEADY, seconds=6)
                    run.resident = (before, resident_mib(bot))
    return run


if __name__ == "__main__":
    asyncio.run(main())
