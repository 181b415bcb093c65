"""How answers grow over the wire: ``python -m benchmarks.growth_wire``, free of other load, takes some ten minutes.

For each size a bot of its own, pinned to one core, is asked through the loopback Discord: lookups of random places and
ranks of the world, each question a new one; and a mix in which few questions are asked often, as members ask. A bot
that says a constant is measured in the same run. Without ``INFLOW_TEST_POSTGRES_URL`` only SQLite is measured.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.growth import SIZES, a_database, run
from benchmarks.growth_questions import SEED, Questions
from benchmarks.rig import Timing, pin, quiet_twin, resident_mib, slash
from bot.questions.query import Intent, Query
from db.model.records import Who
from db.package.datapackage import read_package
from tests.twin.people import Person
from tests.twin.twin import BotProcess, running_bot

MANY = "1000000"
COMMON = 60
"""Questions of the mix; the n-th is asked 1/n as often as the first."""
NAMES = {
    "floor": "a bot that says a constant",
    "lookup": "lookup, each a new question",
    "common": "lookup, few questions asked often",
    "rank": "rank of the world, at any time or in a year",
    "open": "rank of the world, no period named",
    "again": "rank of the world, asked again",
    "month": "rank of the world in a month, or of a group in a year",
}


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--count", type=int, default=150, help="questions of each kind")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    given = parser.parse_args()
    logging.getLogger("aiohttp").setLevel(logging.ERROR)
    engines = engines_here() if given.only is None else [given.only]
    rows = [asyncio.run(measured(engine, size, given.count)) for engine in engines for size in given.sizes]
    print(as_table(rows))


def engines_here() -> list[str]:
    """What can be measured on this machine."""
    return ["sqlite"] + (["postgresql"] if os.environ.get("INFLOW_TEST_POSTGRES_URL") else [])


async def measured(engine: str, size: int, count: int) -> dict[str, Any]:
    """Fill a database, and ask a bot of its own that answers from it."""
    async with a_database(engine) as url:
        await asyncio.to_thread(run, "benchmarks.generate", url, str(size))
        row: dict[str, Any] = {
            "engine": engine,
            "figures": size,
            "floor": await _asked("benchmarks.floor_bot", url, count),
        }
        row |= await _asked("tests.twin.launch", url, count)
    print(json.dumps(row), file=sys.stderr, flush=True)
    return row


async def _asked(module: str, url: str, count: int) -> dict[str, Any]:
    """What the replies of one bot took."""
    twin = quiet_twin()
    person = twin.person("ada")
    with tempfile.TemporaryDirectory() as folder:
        async with twin.serving():
            bot_runs = running_bot(
                twin,
                Path(folder),
                module=module,
                fresh=True,
                database_url=url,
                questions_per_minute=MANY,
                server_questions_per_minute=MANY,
            )
            async with bot_runs as bot:
                pin(bot)
                if module == "benchmarks.floor_bot":
                    return await _timed(slash(person, "ask", question="x") for _ in range(2 * count))
                return await _all_kinds(bot, person, count)


async def _all_kinds(bot: BotProcess, person: Person, count: int) -> dict[str, Any]:
    row: dict[str, Any] = {}
    package = read_package()
    questions = Questions(list(package.places), sorted({member.region for member in package.memberships}))
    draw = Random(SEED)
    lookups = list(questions.each(lambda: _sayable(questions.lookup), 2 * count + COMMON))
    common = lookups[2 * count :]
    weights = [1 / rank for rank in range(1, COMMON + 1)]
    series = {
        "lookup": lookups[: 2 * count],
        "common": draw.choices(common, weights, k=2 * count),
        "rank": list(questions.each(lambda: _ranked(questions, usual=True), 2 * count)),
        "open": list(questions.each(lambda: _ranked(questions, usual=True, is_open=True), count)),
        "again": [Query(Intent.RANK, ("R:world",), "travelled", top=10)] * count,
        "month": list(questions.each(lambda: _ranked(questions, usual=False), count)),
    }
    for kind, asked in series.items():
        row[kind] = await _timed(_sent(person, query) for query in asked)
    return row | {"rss": resident_mib(bot)}


async def _timed(sends: Iterator[Any]) -> dict[str, float]:
    """The times of a series, whose first fifth only warms up."""
    took = [await send() for send in sends]
    timing = Timing.of(took[len(took) // 5 :])
    return {"p50": timing.p50, "p99": timing.p99, "longest": timing.longest}


def _sayable(make: Any) -> Query:
    """A question whose period is none, a year or a month."""
    while True:
        query: Query = make()
        if query.period.is_open or query.period.start is not None:
            return query


def _ranked(questions: Questions, *, usual: bool, is_open: bool = False) -> Query:
    """A rank at any time or of everyone in a year; or one of the others."""
    while True:
        query = _sayable(questions.rank)
        start = query.period.start
        in_a_year = start is not None and start.month is None and query.who is Who.EVERYONE
        if (query.period.is_open or in_a_year) is usual and (query.period.is_open or not is_open):
            return query


def _sent(person: Person, query: Query) -> Any:
    options: dict[str, Any] = {"measure": query.measure, "who": query.who.value}  # an option may be a number too
    if query.period.start is not None:
        options["period"] = str(query.period.start)
    if query.intent is Intent.RANK:
        return slash(person, "rank", **options | {"top": query.top or 10})
    return slash(person, "figure", place=query.places[0], **options)


def as_table(rows: Sequence[dict[str, Any]]) -> str:
    """A table in Markdown for each engine."""
    engines = dict.fromkeys(row["engine"] for row in rows)
    return "\n".join(
        line for engine in engines for line in _table(engine, [row for row in rows if row["engine"] == engine])
    ).rstrip()


def _table(engine: str, rows: list[dict[str, Any]]) -> Iterator[str]:
    sizes = " | ".join(f"{row['figures']:,}" for row in rows)
    yield f"| {engine}, over the wire: p50 in ms at so many figures | {sizes} | last ÷ first | p99 at the last |"
    yield "| --- |" + " --- |" * (len(rows) + 2)
    for kind, name in NAMES.items():
        cells = " | ".join(f"{row[kind]['p50']:.2f}" for row in rows)
        growth = rows[-1][kind]["p50"] / rows[0][kind]["p50"]
        yield f"| {name} | {cells} | {growth:.2f} | {rows[-1][kind]['p99']:.0f} |"
    yield "| resident MiB after all | " + " | ".join(f"{row['rss']:.0f}" for row in rows) + " | | |"
    yield ""


if __name__ == "__main__":
    main()
