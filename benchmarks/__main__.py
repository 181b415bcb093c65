"""What the goals ask, measured in one run: ``python -m benchmarks``, free of other load, takes some ten minutes.

Prints a table in Markdown of ratios to a bot that says a constant, each beside its goal, and what else the machine did.
``--figures 20000 --count 20`` tries it out in a minute or two; its numbers say nothing then, and the table says so.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import growth_wire, wire

LARGE = 1_000_000
USUAL = 150
"""Questions of each kind that a run worth reading asks."""
STARTS = 5
QUESTION = "How many Belgians left for Syria in 2016?"


@dataclass(frozen=True, slots=True)
class Goal:
    """One thing that is promised, and how it came out."""

    name: str
    ours: float
    floor: float
    unit: str
    limit: float
    by: str
    """``times`` the floor, ``of`` the floor at least, or ``more`` than the floor at most."""

    @property
    def ratio(self) -> float:
        """What is held against the limit."""
        return self.ours - self.floor if self.by == "more" else self.ours / self.floor

    @property
    def is_reached(self) -> bool:
        """Whether the promise holds in this run."""
        return self.ratio >= self.limit if self.by == "of" else self.ratio <= self.limit

    def __str__(self) -> str:
        words = {"times": "≤ {} ×", "of": "≥ {} ×", "more": "≤ + {} " + self.unit}[self.by].format(f"{self.limit:g}")
        ratio = f"+ {self.ratio:.2f} {self.unit}" if self.by == "more" else f"{self.ratio:.2f} ×"
        reached = "yes" if self.is_reached else "**no**"
        return f"| {self.name} | {self.ours:.2f} | {self.floor:.2f} | {self.unit} | {ratio} | {words} | {reached} |"


def main() -> int:
    """Measure, print, and end with 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--figures", type=int, default=LARGE, help="the size of the large dataset; 0 leaves it out")
    parser.add_argument("--count", type=int, default=USUAL, help="questions of each kind")
    given = parser.parse_args()
    logging.getLogger("aiohttp").setLevel(logging.ERROR)
    before, busy = os.getloadavg()[0], _others()
    goals = [*asyncio.run(_of_the_usual()), _of_the_terminal()]
    if given.figures:
        goals += asyncio.run(_of_the_large(given.figures, given.count))
    print("| what | Inflow | floor | unit | ratio | goal | reached |\n| --- | --- | --- | --- | --- | --- | --- |")
    print("\n".join(map(str, goals)))
    print(f"\n{_circumstances(before, busy)}")
    if given.figures != LARGE or given.count < USUAL:
        print("\nA trial: fewer figures or questions than the goals speak of.")
    return 0 if all(goal.is_reached for goal in goals) else 1


async def _of_the_usual() -> list[Goal]:
    """Over the wire, with the dataset that comes with the program."""
    floor = await wire.measure("benchmarks.floor_bot", wire.CONSTANT)
    ours = await wire.measure("tests.twin.launch", wire.LOOKUP)
    (constant,), (lookup,) = wire.CONSTANT, wire.LOOKUP
    return [
        Goal("a lookup, p50", ours.timings[lookup].p50, floor.timings[constant].p50, "ms", 1.4, "times"),
        Goal("a lookup, replies a second", ours.rates[lookup], floor.rates[constant], "/s", 0.6, "of"),
        Goal("ready after the start", ours.ready, floor.ready, "s", 1.0, "more"),
        Goal("resident memory", ours.resident[1], floor.resident[1], "MiB", 70.0, "more"),
    ]


def _of_the_terminal() -> Goal:
    """A question in the terminal beside importing what its database needs."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("INFLOW_")}
        environment["INFLOW_DATABASE_URL"] = f"sqlite:///{folder}/inflow.db"
        ask = [sys.executable, "-c", "import sys; from bot.cli.main import main; sys.exit(main())", "ask", QUESTION]
        library = [sys.executable, "-c", "import sqlmodel"]
        _took(ask, environment)  # makes and fills the database
        ours, floor = (
            statistics.median(_took(command, environment) for _ in range(STARTS)) for command in (ask, library)
        )
    return Goal("`inflow ask` beside `import sqlmodel`", ours, floor, "s", 2.0, "times")


def _took(command: Sequence[str], environment: dict[str, str]) -> float:
    root = Path(__file__).parents[1]
    began = time.perf_counter()
    subprocess.run(command, env=environment, cwd=root, check=True, capture_output=True)
    return time.perf_counter() - began


async def _of_the_large(figures: int, count: int) -> list[Goal]:
    """Over the wire, each question a new one, with a generated dataset."""
    row = await growth_wire._measured("sqlite", figures, count)
    at = f"p50 at {figures:,} figures"
    return [
        Goal(f"a new lookup, {at}", row["lookup"]["p50"], row["floor"]["p50"], "ms", 15.0, "times"),
        Goal(f"a first rank of the world, {at}", row["month"]["p50"], row["floor"]["p50"], "ms", 150.0, "times"),
    ]


def _circumstances(load_before: float, others: float) -> str:
    """What else the machine did, without which no number says anything."""
    version = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    return (
        f"Commit {version.stdout.strip() or 'unknown'}, Python {platform.python_version()}, {os.cpu_count()} cores; "
        f"load {load_before:.1f} before and {os.getloadavg()[0]:.1f} after, other processes used {others:.1f} cores "
        "just before."
    )


def _others(seconds: float = 1.0) -> float:
    """The cores that anything else used, over a moment before the run."""

    def busy() -> float:
        fields = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:]
        return (sum(map(int, fields)) - int(fields[3]) - int(fields[4])) / os.sysconf("SC_CLK_TCK")

    try:
        before = busy()
        time.sleep(seconds)
        return (busy() - before) / seconds
    except (OSError, ValueError):
        return 0.0


if __name__ == "__main__":
    sys.exit(main())
