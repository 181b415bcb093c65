"""The short way to a prepared file gives what the whole dataset gives, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from db.dataset import Dataset
from db.engine import Database, open_database
from db.quick import OnlyNow, QuickDataset, open_quick
from db.recording import insert_figures, record_revision, supersede_figures
from db.records import Status


@contextmanager
def opened(database: Database) -> Iterator[QuickDataset]:
    """The short way to a database's file; skips where the database is no file."""
    if not database.is_sqlite:
        assert open_quick(database.engine.url.render_as_string(hide_password=False)) is None
        pytest.skip("only a file is read the short way")
    quick = open_quick(database.engine.url.render_as_string(hide_password=False))
    assert quick is not None
    yield quick
    quick.close()


@pytest.mark.parametrize("places", [{"BE", "FR"}, {"R:world"}, set(), None], ids=["two", "world", "none", "all"])
async def test_both_ways_give_the_same(filled_database: Database, places: set[str] | None) -> None:
    with opened(filled_database) as quick:
        assert await quick.holdings(places) == await Dataset(filled_database).holdings(places)


async def test_a_change_is_seen_by_the_next_read_and_a_withdrawn_figure_is_not(
    filled_database: Database, now: datetime
) -> None:
    with opened(filled_database) as quick:
        before = await quick.holdings({"BE"})
        figure = before.figures["BE"][0]
        async with filled_database.writing() as session:
            revision = await record_revision(session, at=now + timedelta(days=1), by="ada", because="x", summary="x")
            await supersede_figures(session, [figure.id], revision.id)
            gone = replace(figure, status=Status.WITHDRAWN, status_reason="retracted", version=figure.version + 1)
            await insert_figures(session, [gone], revision.id)
        after = await quick.holdings({"BE"})
        assert after.revision == before.revision + 1
        assert figure.id not in {row.id for row in after.figures["BE"]}
        assert after == await Dataset(filled_database).holdings({"BE"})


async def test_a_file_is_large_by_its_versions(filled_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(filled_database) as quick:
        assert not quick.is_large
        monkeypatch.setattr("db.quick.LARGE", 100)
        assert quick.is_large


async def test_the_past_is_left_to_the_whole_dataset(filled_database: Database) -> None:
    with opened(filled_database) as quick:
        with pytest.raises(OnlyNow):
            await quick.holdings({"BE"}, known_on=date(2015, 1, 1))
        with pytest.raises(OnlyNow):
            await quick.holdings({"BE"}, revision=1)
        with pytest.raises(OnlyNow):
            await quick.revision_at(date(2015, 1, 1))


async def test_an_empty_database_is_not_prepared(database: Database) -> None:
    assert open_quick(database.engine.url.render_as_string(hide_password=False)) is None


@pytest.mark.parametrize("content", [None, b"", b"no database at all, whatever its name says" * 100])
def test_a_file_that_is_missing_or_not_ours_is_left_to_the_long_way(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "inflow.db"
    if content is not None:
        path.write_bytes(content)
    assert open_quick(f"sqlite+aiosqlite:///{path}") is None


async def test_a_database_of_another_version_is_left_to_the_long_way(filled_database: Database) -> None:
    with opened(filled_database):
        pass
    url = filled_database.engine.url.render_as_string(hide_password=False)
    async with open_database(url) as database, database.writing() as session:
        from sqlalchemy import text

        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert open_quick(url) is None


@pytest.mark.parametrize("url", ["sqlite+aiosqlite://", "sqlite:///:memory:", "postgresql+asyncpg://db/inflow", "x"])
def test_only_a_file_has_a_short_way(url: str) -> None:
    assert open_quick(url) is None
