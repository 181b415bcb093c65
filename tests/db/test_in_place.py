"""Short reads by work that does not await, on both engines."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import cast

from sqlalchemy.pool import QueuePool

from db.engine import Database
from db.in_place import Reader, Rows


async def test_work_reads_without_awaiting_and_gives_its_connection_back(filled_database: Database) -> None:
    reader = Reader(filled_database)

    def count(place: str) -> tuple[str, int]:
        statement = "SELECT place, count(*) FROM figure_version WHERE place = ? AND recorded <= ? GROUP BY place"
        rows: Rows = reader.read(statement, (place, 1))
        return rows[0][0], rows[0][1]

    try:
        both = await asyncio.gather(*(reader.run(partial(count, place)) for place in ("BE", "FR")))
    finally:
        reader.close()
    assert [place for place, _ in both] == ["BE", "FR"]
    assert all(number > 10 for _, number in both)
    assert cast(QueuePool, filled_database.engine.pool).checkedout() == 0


async def test_a_read_does_not_wait_for_a_writer(filled_database: Database) -> None:
    reader = Reader(filled_database)
    try:
        async with filled_database.writing() as session:
            await session.connection()
            rows = await reader.run(lambda: reader.read("SELECT id FROM revision WHERE id = ?", (1,)))
    finally:
        reader.close()
    assert [tuple(row) for row in rows] == [(1,)]
