"""Opening a database: what is set up, and what is refused before anything is written."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from db.desk.gap_board import note_gap
from db.model.desk_tables import GAP
from db.model.errors import (
    DatabaseCorrupted,
    DatabaseForeign,
    DatabaseNewer,
    DatabaseRefused,
    DatabaseTooOld,
    DatabaseUnreachable,
)
from db.model.tables import FIGURE_VERSION, REVISION
from db.package.preparing import prepare
from db.store.engine import Database, find_damage, open_database
from db.store.opening import Found, look, make_file
from db.store.recording import figure_values, record_revision
from db.store.upgrading import current_version, upgrade
from db.store.versions import known_versions
from tests.db.making import a_figure

AT = datetime(2026, 1, 20, 9, 30, 0, 5, tzinfo=timezone(timedelta(hours=2)))


async def test_the_folder_of_a_new_file_is_made(tmp_path: Path) -> None:
    path = tmp_path / "some" / "where" / "inflow.db"
    async with open_database(f"sqlite:///{path}") as database:
        await upgrade(database)
    assert path.is_file()


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "inflow.db"
    path.write_text("This is a shopping list. " * 100)
    before = path.read_bytes()
    with pytest.raises(DatabaseCorrupted, match="restore a backup"):
        async with open_database(f"sqlite:///{path}"):
            pass
    assert path.read_bytes() == before


async def test_damage_inside_a_file_is_found(filled_database: Database, tmp_path: Path) -> None:
    if not filled_database.is_sqlite:
        pytest.skip("PostgreSQL guards its own pages")
    assert await find_damage(filled_database) == ()
    await filled_database.look_for_damage()
    assert filled_database.damage == ""
    await filled_database.engine.dispose()
    broken = tmp_path / "broken.db"
    await asyncio.to_thread(spoil, Path(filled_database.engine.url.database or ""), broken)
    before = broken.read_bytes()
    with pytest.raises(DatabaseCorrupted, match="restore a backup"):
        async with open_database(f"sqlite:///{broken}"):
            pass
    damaged = Database(create_async_engine(f"sqlite+aiosqlite:///{broken}"))
    await damaged.look_for_damage()
    assert damaged.damage
    assert await find_damage(damaged)
    await damaged.engine.dispose()
    assert broken.read_bytes() == before


def spoil(sound: Path, broken: Path) -> None:
    """Copy a file with some pages in its middle overwritten."""
    content = bytearray(sound.read_bytes())
    content[500_000:520_480] = b"\xff" * 20_480
    broken.write_bytes(content)


@pytest.mark.parametrize(("version", "refusal"), [("9999", DatabaseNewer), ("0001", DatabaseTooOld)])
async def test_a_database_of_another_version_is_refused(
    database: Database, version: str, refusal: type[Exception]
) -> None:
    async with database.writing() as session:
        await session.execute(text(f"UPDATE alembic_version SET version_num = '{version}'"))
    with pytest.raises(refusal) as caught:
        await upgrade(database)
    assert version in str(caught.value)


@pytest.mark.parametrize("mode", ["delete", "wal"])
async def test_another_programs_database_is_refused_and_not_touched(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "photos.db"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA journal_mode = {mode}")
    connection.execute("CREATE TABLE photo (id INTEGER)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseForeign) as caught:
        async with open_database(f"sqlite:///{path}") as database:
            await upgrade(database)
    assert caught.value.tables == ("photo",)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["photos.db"]


async def test_an_empty_file_is_no_new_database(tmp_path: Path) -> None:
    path = tmp_path / "inflow.db"
    path.touch()
    with pytest.raises(DatabaseCorrupted, match="the file is empty"):
        async with open_database(f"sqlite:///{path}"):
            pass
    assert path.read_bytes() == b""


async def test_of_many_that_start_at_once_one_makes_the_database(tmp_path: Path) -> None:
    path = tmp_path / "inflow.db"
    made = await asyncio.gather(*(asyncio.to_thread(make_file, path) for _ in range(8)))
    assert made.count(True) == 1
    assert look(path) == Found(None, 0, None)
    assert os.listdir(tmp_path) == ["inflow.db"]


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////proc/nowhere/inflow.db",
        "postgresql://inflow:secret@127.0.0.1:1/inflow",
        "not a url",
        "nosuch://host/db",
    ],
)
async def test_what_cannot_be_opened_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(DatabaseRefused) as caught:
        async with open_database(url):
            pass
    assert "secret" not in str(caught.value)


async def test_a_database_url_that_is_none_is_unreachable() -> None:
    with pytest.raises(DatabaseUnreachable):
        async with open_database("::"):
            pass


async def test_a_database_without_tables_is_not_migrated(tmp_path: Path) -> None:
    async with open_database(f"sqlite:///{tmp_path / 'new.db'}") as database:
        assert await current_version(database) is None
        await upgrade(database)
        assert await current_version(database) == known_versions()[-1]


async def test_preparing_twice_writes_once(tmp_path: Path, now: datetime) -> None:
    async with open_database(f"sqlite:///{tmp_path / 'inflow.db'}") as database:
        await prepare(database, at=now)
        await prepare(database, at=now)
        async with database.reading() as connection:
            assert list((await connection.execute(select(REVISION.c.id))).scalars()) == [1]


async def test_the_loop_goes_on_during_an_upgrade(tmp_path: Path) -> None:
    """A coroutine that only sleeps is still served while tables are made."""
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    counting = asyncio.create_task(count())
    async with open_database(f"sqlite:///{tmp_path / 'inflow.db'}") as database:
        await upgrade(database)
    counting.cancel()
    assert turns > 50


async def write_row(database: Database, at: datetime, values: Mapping[str, object]) -> None:
    """Write one row of a figure past all checks but the database's own."""
    async with database.writing() as session:
        await record_revision(session, at=at, by="ada", because="a test", summary="one figure")
        await session.execute(insert(FIGURE_VERSION).values(values))


async def test_a_figure_that_points_nowhere_is_refused_by_the_database(
    filled_database: Database, now: datetime
) -> None:
    with pytest.raises(IntegrityError):
        await write_row(filled_database, now, figure_values(a_figure(source="nobody"), 2))
    async with filled_database.reading() as connection:
        assert list((await connection.execute(select(REVISION.c.id))).scalars()) == [1]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("low", -1),
        ("low", 999),
        ("high", None),
        ("who", "elves"),
        ("bound", "roughly"),
        ("bound", "more_than"),
        ("destination", "MARS"),
        ("credibility", 0),
        ("credibility", 7),
        ("seen", "maybe"),
        ("status", "gone"),
        ("status", "withdrawn"),
        ("version", 0),
        ("superseded", 1),
        ("relays", "tsg_2015"),
        ("place", "ZZ"),
        ("measure", "wishes"),
    ],
)
async def test_the_constraints_refuse_a_faulty_version(
    filled_database: Database, now: datetime, column: str, value: object
) -> None:
    await write_row(filled_database, now, figure_values(a_figure("be-sound"), 2))
    with pytest.raises(IntegrityError):
        await write_row(filled_database, now, figure_values(a_figure("be-new"), 2) | {column: value})


async def test_a_figure_has_one_live_version(filled_database: Database, now: datetime) -> None:
    await write_row(filled_database, now, figure_values(a_figure("be-new"), 2))
    with pytest.raises(IntegrityError):
        await write_row(filled_database, now, figure_values(a_figure("be-new"), 3) | {"version": 2})


async def test_writers_stand_in_a_row(database: Database, now: datetime) -> None:
    async def write(name: str) -> int:
        async with database.writing() as session:
            revision = await record_revision(session, at=now, by=name, because="a test", summary="nothing")
            await asyncio.sleep(0.001)
        return revision.id

    ids = await asyncio.gather(*(write(f"writer {number}") for number in range(8)))
    assert sorted(ids) == list(range(1, 9))
    assert database.written == 8


async def test_a_failed_write_leaves_nothing(database: Database, now: datetime) -> None:
    async def fail() -> None:
        async with database.writing() as session:
            await record_revision(session, at=now, by="ada", because="a test", summary="nothing")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert database.written == 0
    async with database.reading() as connection:
        assert (await connection.execute(select(REVISION.c.id))).first() is None


async def test_readers_read_while_a_writer_writes(filled_database: Database, now: datetime) -> None:
    async with filled_database.writing() as session:
        await record_revision(session, at=now, by="ada", because="a test", summary="nothing")
        async with filled_database.reading() as connection:
            assert list((await connection.execute(select(REVISION.c.id))).scalars()) == [1]


async def test_a_server_that_is_away_is_a_refusal() -> None:
    pytest.importorskip("asyncpg")
    database = Database(create_async_engine("postgresql+asyncpg://someone@127.0.0.1:9/inflow"))
    with pytest.raises(DatabaseUnreachable):
        async with database.reading():
            pass
    with pytest.raises(DatabaseUnreachable):
        async with database.writing():
            pass


async def test_who_gives_up_waiting_writes_nothing(filled_database: Database) -> None:
    if not filled_database.is_sqlite:
        pytest.skip("PostgreSQL's driver ends the statement itself")
    other = sqlite3.connect(filled_database.engine.url.database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(note_gap(filled_database, "problem", "topic", "text", at=AT))
    await asyncio.sleep(0.2)  # it is in SQLite's own wait

    waiting.cancel()
    other.execute("ROLLBACK")
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert other.execute("SELECT count(*) FROM gap").fetchone() == (0,)
    other.close()


async def test_a_moment_is_stored_in_utc(filled_database: Database) -> None:
    gap = await note_gap(filled_database, "problem", "topic", "text", at=AT)

    async with filled_database.reading() as connection:
        stored = (await connection.execute(select(GAP.c.first_at))).scalar_one()
        found = (await connection.execute(select(GAP.c.id).where(GAP.c.first_at == AT))).scalars().all()
    assert stored == gap.first_at == AT.astimezone(UTC)
    assert found == [gap.id]


async def test_a_wrong_statement_is_a_fault_and_no_refusal(filled_database: Database) -> None:
    with pytest.raises(DBAPIError):
        async with filled_database.reading() as connection:
            await connection.execute(text("SELECT nothing FROM nowhere"))


async def test_a_file_locked_as_a_whole_is_a_refusal(filled_database: Database) -> None:
    if not filled_database.is_sqlite:
        pytest.skip("only a file is locked as a whole")
    path = filled_database.engine.url.database
    await filled_database.engine.dispose()
    other = sqlite3.connect(path or "", isolation_level=None)
    other.execute("PRAGMA journal_mode = DELETE")  # with which a writer locks readers out for a moment
    other.execute("BEGIN EXCLUSIVE")
    impatient = Database(create_async_engine(f"sqlite+aiosqlite:///{path}", connect_args={"timeout": 0}))
    with pytest.raises(DatabaseUnreachable):
        async with impatient.reading() as connection:
            await connection.execute(select(REVISION.c.id))
    await impatient.engine.dispose()
    other.close()
