"""The fixtures that every room shares: a fresh database, and the dataset of the built-in package."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio

from db.dataset import Dataset
from db.engine import Database, open_database
from tests.postgres import POSTGRES_URL, copy_of, drop_database, new_database

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
BACKENDS = ["sqlite", "postgresql"] if POSTGRES_URL else ["sqlite"]


@pytest.fixture
def now() -> datetime:
    """The fixed moment at which the fixtures load the package; nothing reads the real clock."""
    return NOW


@pytest.fixture(scope="session", params=BACKENDS)
def templates(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The URLs of a migrated and of a filled database, made once a run and then copied."""
    urls = {}
    for name in ("empty", "filled"):
        if request.param == "postgresql":
            urls[name] = asyncio.run(new_database(f"inflow_{name}_{uuid4().hex[:8]}"))
        else:
            urls[name] = f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('templates') / name}.db"
        asyncio.run(_make(urls[name], filled=name == "filled"))
    yield urls
    if request.param == "postgresql":
        for url in urls.values():
            asyncio.run(drop_database(url))


@pytest_asyncio.fixture
async def database(templates: dict[str, str], tmp_path: Path) -> AsyncIterator[Database]:
    """An empty, migrated database of this test alone."""
    async for opened in _copied(templates["empty"], tmp_path / "empty.db"):
        yield opened


@pytest_asyncio.fixture
async def filled_database(templates: dict[str, str], tmp_path: Path) -> AsyncIterator[Database]:
    """A database of this test alone that holds the built-in package, loaded at ``now`` as revision 1."""
    async for opened in _copied(templates["filled"], tmp_path / "filled.db"):
        yield opened


@pytest.fixture
def dataset(filled_database: Database) -> Dataset:
    """The reads of ``filled_database``."""
    return Dataset(filled_database)


async def _make(url: str, *, filled: bool) -> None:
    from db.loading import load_built_in
    from db.upgrading import upgrade

    async with open_database(url) as database:
        await upgrade(database)
        if filled:
            await load_built_in(database, at=NOW)


async def _copied(template: str, path: Path) -> AsyncIterator[Database]:
    if template.startswith("sqlite"):
        await asyncio.to_thread(shutil.copyfile, template.removeprefix("sqlite+aiosqlite:///"), path)
        async with open_database(f"sqlite+aiosqlite:///{path}") as database:
            yield database
        return
    url = await copy_of(template)
    async with open_database(url) as database:
        yield database
    await drop_database(url)
