"""Everything that is measured, in one run: ``python -m benchmarks``, free of other load, takes some seven minutes.

Prints ratios to a bot that says a constant, each beside its goal, with what else the machine did, and writes all tables
and the plot of growth into docs/performance.md, docs/growth.md and docs/growth.svg, where nothing is written by hand.
``--figures 2000 --count 20`` tries it out in a minute or two; its numbers say nothing then, and it writes no document
but into a copy of the folder that ``--docs`` names. With ``INFLOW_TEST_POSTGRES_URL`` growth is measured on PostgreSQL
too, which takes some minutes more: ``INFLOW_TEST_POSTGRES_URL=$(.ci/postgres start FOLDER) python -m benchmarks``.
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
from typing import Any

from benchmarks import acknowledge, growth_wire, reading, wire
from benchmarks.growth import SIZES
from benchmarks.growth_report import draw
from tests.bot.questions.scoring import read_table
from tests.patience import Withheld

LARGE = 1_000_000
USUAL = 150
"""Questions of each kind that a run worth reading asks."""
STARTS = 5
QUESTION = "How many Belgians left for Syria in 2016?"
MEGABYTES = 1.048576
"""Of a MiB."""
ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


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
    """Measure, print, write, and end with 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--figures", type=int, default=LARGE, help="the size of the largest dataset")
    parser.add_argument("--count", type=int, default=USUAL, help="questions of each kind")
    parser.add_argument(
        "--docs", type=Path, help="where the pages are that it writes; those of this folder if it is no trial"
    )
    given = parser.parse_args()
    logging.getLogger("aiohttp").setLevel(logging.ERROR)
    before, busy, began = os.getloadavg()[0], _others(), time.monotonic()

    def now(what: str) -> None:
        print(f"after {time.monotonic() - began:.0f} s: {what}", file=sys.stderr, flush=True)

    now("reading")
    read = "\n".join((reading.NAMES, *reading.lines(read_table(reading.ROWS))))
    now("over the wire")
    usual = asyncio.run(wire.measure_all())
    now("the terminal")
    terminal = _of_the_terminal()
    grown = []
    for engine in growth_wire.engines_here():
        for size in [size for size in SIZES if size < given.figures] + [given.figures]:
            now(f"{size:,} figures on {engine}")
            grown.append(asyncio.run(growth_wire.measured(engine, size, given.count)))
    is_trial = given.figures < LARGE or given.count < USUAL
    now("acknowledged in time")
    in_time = "\n".join(acknowledge.lines(list(acknowledge.SITUATIONS)[: 2 if is_trial else None]))
    goals = [*_of_the_usual(usual), terminal, *_of_the_large(grown)]
    told = _circumstances(before, busy, time.monotonic() - began)
    reached = _goals(goals)
    growth = growth_wire.as_table(grown)
    print("\n\n".join((reached, told, wire.as_table(usual), in_time, read, growth)))
    if is_trial:
        print("\nA trial: fewer figures or questions than the goals speak of.")
    docs = given.docs or (None if is_trial else DOCS)
    if docs is not None:
        reached += f"\n\n{told}"
        write(docs / "performance.md", goals=reached, wire=wire.as_table(usual), in_time=in_time, reading=read)
        write(docs / "growth.md", growth=f"{growth}\n\n{told}")
        (docs / "growth.svg").write_text(draw(grown, growth_wire.NAMES), encoding="utf-8")
    return 0 if all(goal.is_reached for goal in goals) else 1


def write(path: Path, **parts: str) -> None:
    """Put what was measured between its marks in a document."""
    text = path.read_text(encoding="utf-8")
    for part, told in parts.items():
        head, begun, rest = text.partition(f"<!-- measured: {part} -->\n")
        _, ended, tail = rest.partition("<!-- end -->")
        assert begun, f"{path} has no mark for {part}"
        assert ended, f"{path} has no end of {part}"
        text = f"{head}{begun}{told}\n{ended}{tail}"
    path.write_text(text, encoding="utf-8")


def _goals(goals: Sequence[Goal]) -> str:
    head = "| what | Inflow | floor | unit | ratio | goal | reached |\n| --- | --- | --- | --- | --- | --- | --- |"
    return "\n".join((head, *map(str, goals)))


def _of_the_usual(runs: wire.Runs) -> list[Goal]:
    """Over the wire, with the dataset that comes with the program."""
    floor, ours = runs.floor, runs.ours
    (constant,), (lookup,) = wire.CONSTANT, wire.LOOKUP
    held, bare = (MEGABYTES * run.resident[1] for run in (ours, floor))
    return [
        Goal("a lookup, p50", ours.timings[lookup].p50, floor.timings[constant].p50, "ms", 1.4, "times"),
        Goal("a lookup, replies a second", ours.rates[lookup], floor.rates[constant], "/s", 0.6, "of"),
        Goal("ready after the start", ours.ready, floor.ready, "s", 1.0, "more"),
        Goal("resident memory after all questions", held, bare, "MB", 70.0, "more"),
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
    return Goal("`inflow ask` beside `import sqlmodel`, of a core", ours, floor, "s", 2.0, "times")


def _took(command: Sequence[str], environment: dict[str, str]) -> float:
    """The seconds of a core that a command takes, which other work changes little."""
    before = os.times()
    subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def _of_the_large(rows: Sequence[dict[str, Any]]) -> list[Goal]:
    """Over the wire, each question a new one, with the largest generated dataset."""
    found = []
    for row in [row for row in rows if row["figures"] == max(other["figures"] for other in rows)]:
        at, floor = f"p50 at {row['figures']:,} figures on {row['engine']}", row["floor"]["p50"]
        found += [
            Goal(f"a new lookup, {at}", row["lookup"]["p50"], floor, "ms", 15.0, "times"),
            Goal(f"a first rank of the world, {at}", row["month"]["p50"], floor, "ms", 150.0, "times"),
        ]
    return found


def _circumstances(load_before: float, others: float, seconds: float) -> str:
    """What else the machine did, without which no number says anything."""
    version = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    commit, cores, load = version.stdout.strip() or "unknown", os.cpu_count(), os.getloadavg()[0]
    return (
        f"Commit {commit}, Python {platform.python_version()}, {cores} cores, {seconds / 60:.1f} minutes; load "
        f"{load_before:.1f} before and {load:.1f} after; others used {others:.1f} cores just before, and kept the "
        f"measuring process waiting for {Withheld.ever(os.getpid()):.0f} s."
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
