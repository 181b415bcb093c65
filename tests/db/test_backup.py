"""A backup is consistent while others write, is proved before it counts, and comes back without loss."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from db.model.errors import DatabaseCorrupted, DatabaseForeign, DatabaseNewer, DatabaseTooOld
from db.store.backup import InTheWay, InUse, NotAFile, back_up, file_of, restore, verify
from db.store.engine import Database, open_database
from db.store.figures import FigureStore
from db.store.recording import record_revision

AT = datetime(2026, 1, 16, 8, tzinfo=UTC)


@pytest_asyncio.fixture
async def url(filled_database: Database) -> AsyncIterator[str]:
    """A filled file; skips on a server."""
    if not filled_database.is_sqlite:
        with pytest.raises(NotAFile):
            file_of(filled_database.engine.url.render_as_string())
        pytest.skip("a server has tools of its own")
    yield filled_database.engine.url.render_as_string()


async def test_a_backup_taken_during_a_write_holds_what_was_committed(
    filled_database: Database, url: str, tmp_path: Path
) -> None:
    async with filled_database.writing() as session:
        await record_revision(session, at=AT, by="ada", because="half done", summary="x")
        taken = back_up(url, tmp_path / "backup.db")

    assert taken.revision == 1
    assert taken.rows["figure_version"] > 1000
    assert back_up(url, tmp_path / "later.db").revision == 2


async def test_a_backup_comes_back_as_the_same_dataset(filled_database: Database, url: str, tmp_path: Path) -> None:
    before = await FigureStore(filled_database).holdings()
    back_up(url, tmp_path / "backup.db")
    elsewhere = f"sqlite+aiosqlite:///{tmp_path / 'new' / 'inflow.db'}"

    restored, kept = restore(tmp_path / "backup.db", elsewhere, at=AT)

    assert (restored.revision, kept) == (1, None)
    async with open_database(elsewhere) as database:
        assert await FigureStore(database).holdings() == before


async def test_the_old_file_is_kept_beside_the_restored_one(
    filled_database: Database, url: str, tmp_path: Path
) -> None:
    back_up(url, tmp_path / "backup.db")
    async with filled_database.writing() as session:
        await record_revision(session, at=AT, by="ada", because="later", summary="x")
    await filled_database.engine.dispose()
    with pytest.raises(InTheWay):
        restore(tmp_path / "backup.db", url, at=AT)

    restored, kept = restore(tmp_path / "backup.db", url, at=AT, replace=True)

    assert restored.revision == 1
    assert kept is not None
    assert verify(kept).revision == 2
    assert kept.name.endswith("before-restore-20260116T080000Z")


async def test_a_database_in_use_is_not_replaced(filled_database: Database, url: str, tmp_path: Path) -> None:
    back_up(url, tmp_path / "backup.db")
    async with filled_database.writing() as session:
        await record_revision(session, at=AT, by="ada", because="at work", summary="x")
        with pytest.raises(InUse):
            restore(tmp_path / "backup.db", url, at=AT, replace=True)
    assert verify(file_of(url)).revision == 2


async def test_a_backup_is_not_written_over_unasked(url: str, tmp_path: Path) -> None:
    back_up(url, tmp_path / "backup.db")
    with pytest.raises(InTheWay):
        back_up(url, tmp_path / "backup.db")
    assert back_up(url, tmp_path / "backup.db", replace=True).revision == 1


async def test_a_broken_backup_is_refused_and_changes_nothing(url: str, tmp_path: Path) -> None:
    back_up(url, tmp_path / "backup.db")
    content = bytearray((tmp_path / "backup.db").read_bytes())
    content[40_000:60_000] = bytes(20_000)
    (tmp_path / "broken.db").write_bytes(content)

    with pytest.raises(DatabaseCorrupted):
        restore(tmp_path / "broken.db", url, at=AT, replace=True)

    assert verify(file_of(url)).revision == 1
    assert not any("before-restore" in name for name in os.listdir(tmp_path))


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", DatabaseNewer),
        ("UPDATE alembic_version SET version_num = '0001'", DatabaseTooOld),
        ("DROP TABLE alembic_version", DatabaseForeign),
    ],
)
async def test_a_backup_of_another_program_is_refused(
    url: str, tmp_path: Path, statement: str, refusal: type[Exception]
) -> None:
    back_up(url, tmp_path / "backup.db")
    with closing(sqlite3.connect(tmp_path / "backup.db")) as file:
        file.execute(statement)
        file.commit()

    with pytest.raises(refusal):
        restore(tmp_path / "backup.db", url, at=AT, replace=True)


def test_nothing_is_left_of_a_backup_that_could_not_be_made(tmp_path: Path) -> None:
    (tmp_path / "inflow.db").write_bytes(b"no database")
    with pytest.raises(DatabaseCorrupted):
        back_up(f"sqlite+aiosqlite:///{tmp_path / 'inflow.db'}", tmp_path / "backup.db")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["inflow.db"]
