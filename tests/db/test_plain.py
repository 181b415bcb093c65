"""Plain statements: one text for both databases, one transaction, nothing half-written."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from db import plain
from db.desk_tables import GAP
from db.engine import Database, known_database
from db.errors import DatabaseCorrupted
from db.gap_board import note_gap

AT = datetime(2026, 1, 20, 9, 30, 0, 5, tzinfo=timezone(timedelta(hours=2)))
COUNT = "SELECT asked FROM demand WHERE place = ? AND measure = ?"
ADD = "INSERT INTO demand (place, measure, asked) VALUES (?, ?, ?)"


def counted() -> plain.Steps[list[int]]:
    rows = yield COUNT, ("BE", "travelled")
    return [asked for (asked,) in rows]


def added() -> plain.Steps[list[int]]:
    yield ADD, ("BE", "travelled", 3)
    return (yield from counted())


def half_added() -> plain.Steps[None]:
    yield from added()
    raise LookupError


async def test_what_is_written_is_read(filled_database: Database) -> None:
    assert await plain.read(filled_database, counted) == []
    assert await plain.write(filled_database, added) == [3]
    assert await plain.read(filled_database, counted) == [3]


async def test_steps_that_fail_write_nothing(filled_database: Database) -> None:
    with pytest.raises(LookupError):
        await plain.write(filled_database, half_added)

    assert await plain.read(filled_database, counted) == []


async def test_a_moment_is_stored_as_the_tables_store_it(filled_database: Database) -> None:
    gap = await note_gap(filled_database, "problem", "topic", "text", at=AT)

    async with filled_database.reading() as connection:
        stored = (await connection.execute(select(GAP.c.first_at))).scalar_one()
        found = (await connection.execute(select(GAP.c.id).where(GAP.c.first_at == AT))).scalars().all()
    assert stored == gap.first_at == AT.astimezone(UTC)
    assert found == [gap.id]


async def test_who_gives_up_waiting_writes_nothing(filled_database: Database) -> None:
    if filled_database.file is None:
        pytest.skip("PostgreSQL's driver ends the statement itself")
    other = sqlite3.connect(filled_database.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(plain.write(filled_database, added))
    await asyncio.sleep(0.2)  # it is in SQLite's own wait

    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    other.execute("ROLLBACK")
    await asyncio.sleep(0.3)

    assert other.execute(COUNT, ("BE", "travelled")).fetchall() == []
    other.close()


async def test_a_file_that_is_no_database_is_refused(filled_database: Database) -> None:
    if filled_database.file is None:
        pytest.skip("only SQLite has a file")
    path = f"{filled_database.file}.txt"
    with open(path, "w", encoding="utf-8") as file:  # noqa: ASYNC230 - a few bytes
        file.write("no database " * 100)

    async with known_database(f"sqlite:///{path}") as database:
        with pytest.raises(DatabaseCorrupted):
            await plain.read(database, counted)
        assert not database.is_open
