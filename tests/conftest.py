"""The fixtures that every room shares: a fresh database, and the dataset of the built-in package."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import uuid4
from zlib import crc32

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings

from db.store.engine import Database, open_database
from db.store.figures import FigureStore
from tests.often import EXAMPLES, LONG
from tests.postgres import POSTGRES_URL, copy_of, drop_database, new_database
from tests.scratch import lie_in_memory

# What is compiled is kept, also for the processes that tests start: compiling all of it each time is half of a start.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
lie_in_memory()
gc.disable()  # until the tests are collected: what that makes stays
# A process that draws is a quarter of a bot's start, and of the stories over the wire one bot has it.
os.environ.setdefault("TWIN_DRAWS", "no")
# On a busy machine a wall clock says nothing of the code: what is about time is tried on a clock of its own.
settings.register_profile("inflow", deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("inflow")
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
BACKENDS = ["sqlite", "postgresql"] if POSTGRES_URL else ["sqlite"]

SLOW = (
    *("audit", "bot/cli", "fuzz", "stories", "twin"),
    *("bot/answers/test_never_a_number.py", "bot/answers/test_topics.py", "bot/answers/test_impact.py"),
    *("bot/charts/test_golden.py", "bot/charts/test_worker.py", "bot/chat/test_inputs.py"),
    *("bot/citations/test_references.py", "bot/ops/test_second_reader.py", "bot/places/test_goals.py"),
    *("bot/places/test_index_fresh.py", "bot/places/test_words_that_are_no_names.py"),
    *("bot/questions/test_framing.py", "bot/questions/test_slips.py"),
    *("bot/render/test_asking.py", "bot/render/test_glossary.py"),
    *("bot/test_doors.py", "golden/test_evidence.py", "db/store/test_figures.py"),
    *("db/test_announcements.py", "db/test_announcing_crashes.py", "db/test_backup.py"),
    *("db/test_columns.py", "db/test_editing.py", "db/test_exporting.py", "db/test_generated.py"),
    *("db/test_history.py", "db/test_importing.py", "db/test_known_on.py", "db/test_loading.py"),
    *("db/test_package.py", "db/test_round_trip.py", "db/test_undoing.py", "db/test_whole_files.py"),
    *("db/test_years.py", "house/test_anywhere.py", "house/test_recipes.py", "house/test_start.py"),
    "house/test_supply_chain.py",
)
"""Rooms whose tests start processes, kill them, draw, grow or try hundreds of inputs: not in `-m "not slow"`."""


LONGEST = ("stories/test_wire_faults.py",)
"""The room whose tests wait longest for what the wire withholds: it begins, and none ends alone with it."""


POSTGRES = (
    *("db", "bot/answers/test_topics.py", "bot/cli/test_check.py", "house/test_migrations.py"),
    *(f"stories/test_{name}.py" for name in ("ask", "following", "kept_answers", "past")),
    *(f"stories/test_curation_{name}.py" for name in ("figures", "gaps", "imports", "review", "sources")),
)
"""Rooms that also meet PostgreSQL in every run: all statements and each kind of story; a long run takes all rooms."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what stands in slow rooms; a test that is slow among quick ones says so itself."""
    for item in items:
        if _stands_in(item.path, SLOW):
            item.add_marker(pytest.mark.slow)
    spared = [item for item in items if LONG == 1 and _meets_postgres(item) and not _stands_in(item.path, POSTGRES)]
    config.hook.pytest_deselected(items=spared)
    left_out = set(spared)
    items[:] = [item for item in items if item not in left_out]
    if hasattr(config, "workerinput"):
        items.sort(key=_turn)


def pytest_collection_finish() -> None:
    """Let the garbage collector look through what tests make, and not again and again through all that was imported."""
    gc.enable()
    gc.set_threshold(20_000, 20, 20)
    gc.freeze()


def _turn(item: pytest.Item) -> tuple[bool, bool, int]:
    """When a test's file has its turn: the one that waits longest, then slow rooms, spread, and last what is quick."""
    return not _stands_in(item.path, LONGEST), not _stands_in(item.path, SLOW), crc32(item.path.name.encode())


@cache
def _stands_in(path: Path, rooms: tuple[str, ...]) -> bool:
    here = Path(__file__).parent
    place = path.relative_to(here).as_posix() if path.is_relative_to(here) else ""
    return any(place == room or place.startswith(f"{room}/") for room in rooms)


def _meets_postgres(item: pytest.Item) -> bool:
    called = getattr(item, "callspec", None)
    return called is not None and called.params.get("templates") == "postgresql"


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
def dataset(filled_database: Database) -> FigureStore:
    """The reads of ``filled_database``."""
    return FigureStore(filled_database)


async def _make(url: str, *, filled: bool) -> None:
    from db.package.preparing import load_built_in
    from db.store.upgrading import upgrade

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
