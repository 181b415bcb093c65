"""A statement on SQLite goes to the connection's thread once, and comes back with all that it gave."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from db.store.engine import open_database


async def test_a_statement_and_its_rows_take_one_trip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trips: list[str] = []
    async with open_database(f"sqlite:///{tmp_path / 'inflow.db'}") as database, database.reading() as connection:
        await connection.execute(text("SELECT 1"))  # which begins the transaction
        driver: Any = (await connection.get_raw_connection()).driver_connection
        made = driver._execute

        async def counted(work: Any, *given: Any) -> Any:
            trips.append(work.__name__)
            return await made(work, *given)

        monkeypatch.setattr(driver, "_execute", counted)
        found = await connection.execute(text("SELECT 1 AS one, :two AS two UNION ALL SELECT 3, 4"), {"two": "2"})

        assert tuple(found.keys()) == ("one", "two")
        assert [tuple(row) for row in found] == [(1, "2"), (3, 4)]
        assert len(trips) == 1


async def test_what_was_written_is_counted_and_a_fault_is_one_of_the_driver(tmp_path: Path) -> None:
    async with (
        open_database(f"sqlite:///{tmp_path / 'inflow.db'}") as database,
        database.engine.connect() as connection,
    ):
        await connection.execute(text("CREATE TABLE one (id INTEGER PRIMARY KEY)"))
        made = await connection.execute(text("INSERT INTO one VALUES (:id)"), [{"id": 7}, {"id": 8}])
        assert made.rowcount == 2
        with pytest.raises(IntegrityError):
            await connection.execute(text("INSERT INTO one VALUES (7)"))
        assert (await connection.execute(text("SELECT count(*) FROM one"))).scalar() == 2
