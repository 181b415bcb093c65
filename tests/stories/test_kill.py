"""A process that writes is killed at any moment: what it was told is done is there, and nothing is there by half."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter, defaultdict

from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.model.desk_tables import PROPOSAL
from db.model.tables import FIGURE_VERSION, HEADLINE_VERSION, REVISION
from db.store.engine import Database, find_damage, open_database
from tests.often import often

KILLS = often(6)
SEED = int(os.environ.get("INFLOW_KILLS_SEED", "6"))
LONGEST_LIFE = 0.3
"""Seconds from its start or its first change on; an edit takes some milliseconds, an import some dozens."""


async def test_a_killed_writer_leaves_all_of_a_change_or_nothing(filled_database: Database) -> None:
    url = filled_database.engine.url.render_as_string(hide_password=False)
    await filled_database.engine.dispose()  # nobody else holds the file, so that each opening has to recover it
    chance = random.Random(SEED)
    nursery = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.stories.killed", url, stdin=PIPE, stdout=PIPE
    )
    known = 0
    told = 0
    try:
        for number in range(KILLS):
            life = chance.random() * LONGEST_LIFE
            made = await killed(nursery, chance.randrange(10**9), life, has_written=number % 2 == 1)
            told += len(made)
            async with open_database(url) as database:
                known = await verify(database, made, known)
    finally:
        assert nursery.stdin is not None
        nursery.stdin.close()
        await nursery.wait()
    assert told >= KILLS // 2


async def killed(nursery: Process, seed: int, life: float, *, has_written: bool) -> list[int]:
    """Let a writer live for some time, counted from its first change on or before; what was acknowledged to it.

    On a busy machine a writer does nothing in most lives: every second one begins when something was written.
    """
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.write(f"{seed}\n".encode())
    await nursery.stdin.drain()
    word, number = (await nursery.stdout.readline()).split()
    assert word == b"pid"
    assert await nursery.stdout.readline() == b"ready\n"
    lines = [await nursery.stdout.readline()] if has_written else []
    await asyncio.sleep(life)
    os.kill(int(number), signal.SIGKILL)
    while (line := await nursery.stdout.readline()) != b"ended\n":
        lines.append(line)
    assert all(line.startswith(b"made ") for line in lines), lines
    return [int(line.split()[1]) for line in lines]


async def verify(database: Database, made: list[int], known: int) -> int:
    """Check everything that has to hold after a kill about what is newer than known; give the newest revision."""
    assert await find_damage(database) == ()
    async with database.reading() as connection:
        recorded = select(REVISION).where(REVISION.c.id > known).order_by(REVISION.c.id)
        revisions = {row.id: row for row in await connection.execute(recorded)}
        newest = max(revisions, default=known)
        assert list(revisions) == list(range(known + 1, newest + 1))
        assert set(made) <= revisions.keys()
        assert newest - max(made, default=known) <= 1  # a commit whose word did not get out any more
        figures = await counted(connection, FIGURE_VERSION)
        picks = await counted(connection, HEADLINE_VERSION)
        for id, row in revisions.items():
            if row.undoes is not None:
                assert figures[id] == figures[row.undoes]
            elif id > 1:
                assert row.because.startswith(f"writes {figures[id] + picks[id]}")
        await chained(connection, known)
        proposed = REVISION.c.because == "writes 1 as proposed"
        agreed = await connection.execute(select(REVISION.c.id).where(proposed).order_by(REVISION.c.id))
        approved = select(PROPOSAL.c.revision).where(PROPOSAL.c.state == "approved").order_by(PROPOSAL.c.revision)
        assert agreed.scalars().all() == (await connection.execute(approved)).scalars().all()
    return int(newest)


async def counted(connection: AsyncConnection, table: Table) -> Counter[int]:
    """The versions that each revision wrote."""
    grouped = select(table.c.recorded, func.count()).group_by(table.c.recorded)
    return Counter({row[0]: row[1] for row in await connection.execute(grouped)})


async def chained(connection: AsyncConnection, known: int) -> None:
    """Each version ends where the next begins, and only the last one stands."""
    columns = FIGURE_VERSION.c
    touched = select(columns.figure_id).where(columns.recorded > known)
    statement = select(columns.figure_id, columns.recorded, columns.superseded).where(columns.figure_id.in_(touched))
    chains: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
    for id, recorded, superseded in await connection.execute(statement.order_by(columns.figure_id, columns.version)):
        chains[id].append((recorded, superseded))
    for chain in chains.values():
        begins = [recorded for recorded, _ in chain]
        assert [superseded for _, superseded in chain] == [*begins[1:], None]
