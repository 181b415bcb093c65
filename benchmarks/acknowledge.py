"""How soon members see something: ``python -m benchmarks.acknowledge``, free of other load, takes some minutes.

The bot is a process of its own; 50 interactions a second arrive whether or not earlier ones are answered: questions,
lookups, keystrokes and watches, which write. What is timed is the first response, an answer or "thinking". Each
situation has a bot of its own: nothing else going on, another process holding the database's write lock for five
seconds, charts and maps being drawn all the time, and a moderator importing 200,000 rows.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.rig import Timing, at_rate, keystroke, quiet_twin, slash
from tests.patience import PATIENCE
from tests.twin.people import Person, buttons_of
from tests.twin.twin import Twin, running_bot

PER_SECOND = 50
SECONDS = 10.0
LOCKED = 5.0
ROWS = 20_000
CHARTS_PER_SECOND = 5
ROLE = 4242
MANY = "1000000"
"""Questions a minute, so that the allowance of one member does not end the measuring."""
WORST = 60.0
"""Seconds after which something unanswered ends the measuring."""
PLACES = "BE FR DE GB NL TN JO SA RU TR SE DK AT ES IT NO FI CH AU CA US MA DZ EG LB LY KW QA YE UZ KZ KG TJ TM".split()

Send = Callable[[], Awaitable[float]]


async def quiet(twin: Twin, folder: Path, done: asyncio.Event) -> str:
    """Nothing else for some seconds."""
    await asyncio.sleep(SECONDS)
    done.set()
    return "nothing else"


async def locked(twin: Twin, folder: Path, done: asyncio.Event) -> str:
    """Hold the write lock of the SQLite file from outside of the bot."""
    connection = sqlite3.connect(folder / "inflow.db", isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(LOCKED)
        connection.execute("ROLLBACK")
    finally:
        connection.close()
    await asyncio.sleep(SECONDS - LOCKED)
    done.set()
    return f"database write-locked for {LOCKED:.0f} s"


async def drawing(twin: Twin, folder: Path, done: asyncio.Event) -> str:
    """Ask for pictures that were not drawn yet, more of them than can be drawn."""
    ada = twin.person("eva")
    kinds = itertools.product(range(2012, 2020), PLACES)
    due = time.perf_counter()
    asked = []
    for year, place in itertools.islice(kinds, int(CHARTS_PER_SECOND * SECONDS)):
        due += 1 / CHARTS_PER_SECOND
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        one = slash(ada, "chart", place=place, period=f"2011 to {year}")
        whole = slash(ada, "map", region="world")
        asked += [asyncio.create_task(timed(one)), asyncio.create_task(timed(whole))]
    took = await asyncio.gather(*asked)
    done.set()
    pictures = sum(1 for post in twin.world.posts if "chart.png" in post.files)
    return f"{len(took)} charts and maps asked for in {SECONDS:.0f} s ({pictures} drawn)"


async def importing(twin: Twin, folder: Path, done: asyncio.Event) -> str:
    """Plan and write a large file."""
    noor = twin.person("noor", roles=(ROLE,))
    began = time.perf_counter()
    file = ("rows.csv", rows(ROWS))
    shown = await noor.attaches("import", "file", file, because="A large import", seconds=PATIENCE)
    card = shown.posts[-1]  # tells how far it has read until the plan stands
    await twin.rest.wait_until(lambda: "Import it" in buttons_of(card.body), seconds=PATIENCE)
    planned = time.perf_counter()
    await noor.presses_id(card, buttons_of(card.body)["Import it"], seconds=PATIENCE)
    await twin.rest.wait_until(lambda: "Written as data revision" in str(card.body), seconds=PATIENCE)
    written = time.perf_counter()
    await asyncio.sleep(3)
    done.set()
    return f"{ROWS:,} rows planned ({planned - began:.0f} s) and written ({written - planned:.0f} s)"


def rows(count: int) -> bytes:
    """A file of figures, each another claim."""
    measures = ("travelled", "present", "returned", "killed", "prevented")
    lines = ["place,measure,who,low,as_of,source,locator"]
    for number in range(count):
        place, measure = PLACES[number % len(PLACES)], measures[number % len(measures)]
        who = ("everyone", "men", "women", "minors")[number % 4]
        day = f"{2011 + number % 9}-{1 + number % 12:02}"
        lines.append(f"{place},{measure},{who},{number % 900},{day},tsg_2015,t. {number}")
    return "\n".join(lines).encode()


SITUATIONS = {"quiet": quiet, "locked": locked, "charts": drawing, "import": importing}


async def measure(name: str, folder: Path) -> tuple[str, Timing]:
    """One situation in words, and what the first responses took in it."""
    async with bot_at_work(folder) as (twin, send):
        for _ in range(30):
            await send()
        done = asyncio.Event()
        happening = asyncio.create_task(SITUATIONS[name](twin, folder, done))
        happening.add_done_callback(lambda _: done.set())  # one that fails ends the measuring as well
        timing = await at_rate(send, per_second=PER_SECOND, until=done)
        return await happening, timing


@asynccontextmanager
async def bot_at_work(folder: Path) -> AsyncIterator[tuple[Twin, Send]]:
    """A bot with a mix of members' doings to send it."""
    twin = quiet_twin()
    twin.home.roles[ROLE] = "Moderators"
    ada, noor = twin.person("ada"), twin.person("noor", roles=(ROLE,))
    home, role = str(twin.home.id), str(ROLE)
    async with (
        twin.serving(),
        running_bot(
            twin,
            folder,
            fresh=True,
            home_server=home,
            moderator_roles=role,
            questions_per_minute=MANY,
            server_questions_per_minute=MANY,
        ),
    ):
        yield twin, in_turn(twin, ada, noor)


def in_turn(twin: Twin, ada: Person, noor: Person) -> Send:
    """Send the next kind at each call; one in twenty writes, by another member each time."""
    asked = itertools.cycle(
        (
            slash(ada, "ask", question="How many Belgians left for Syria in 2016?"),
            slash(ada, "ask", question="top 5 in western europe per capita"),
            keystroke(ada, "figure", "place", "belg"),
            slash(ada, "ask", question="Tunisia 2015"),
            slash(ada, "figure", place="FR"),
            keystroke(noor, "figure-edit", "figure", "belg"),
            slash(ada, "compare", first="FR", second="DE"),
        )
    )

    def kinds() -> Iterator[Send]:
        for number in itertools.count(1):
            if number % 20:
                yield next(asked)
            else:
                yield slash(twin.person(f"watcher{number}"), "watch", place=PLACES[number % len(PLACES)])

    order = kinds()
    return lambda: timed(next(order))


async def timed(send: Send) -> float:
    """What a first response took; one that does not come at all counts as ``WORST``."""
    try:
        return await asyncio.wait_for(send(), WORST)
    except TimeoutError:
        return WORST


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("situations", nargs="*", help=f"only some of: {', '.join(SITUATIONS)}")
    print("\n".join(lines(parser.parse_args().situations or list(SITUATIONS))))


def lines(situations: Sequence[str] = tuple(SITUATIONS)) -> Iterator[str]:
    """Measure each situation; a table in Markdown."""
    yield "| at 50 interactions a second | interactions | p50 ms | p99 ms | longest ms |"
    yield "| --- | --- | --- | --- | --- |"
    for name in situations:
        with tempfile.TemporaryDirectory() as folder:
            try:
                told, timing = asyncio.run(measure(name, Path(folder)))
            except (TimeoutError, LookupError) as problem:  # too busy a machine: the rest is told all the same
                yield f"| {name}: not done ({type(problem).__name__}) | | | | |"
                continue
        yield f"| {told} | {timing.count} | {timing.p50:.1f} | {timing.p99:.1f} | {timing.longest:.0f} |"


if __name__ == "__main__":
    main()
