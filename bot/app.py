"""The composition root: settings in, opened parts out; whatever is opened here is closed here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answers.ask import Asker
from bot.questions.parse import Reader
from config.settings import Settings, shard_range
from db.dataset import Dataset
from db.engine import Database, open_database, prepare

if TYPE_CHECKING:
    from bot.chat.options import ChatOptions, Parts

SQLITE = "sqlite+aiosqlite:///"


def utc_now() -> datetime:
    """The present moment, aware, in UTC: the only clock, handed to whoever needs one."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_dataset(settings: Settings) -> AsyncIterator[tuple[Database, Dataset]]:
    """The database, made and filled from the built-in package when it is new, and the dataset read from it.

    Raises DatabaseRefused when the database cannot be used, OSError when its folder cannot be made.
    """
    make_folder(settings.database_url)
    async with open_database(settings.database_url) as database:
        await prepare(database, at=utc_now())
        yield database, Dataset(database)


@asynccontextmanager
async def open_asker(settings: Settings) -> AsyncIterator[Asker]:
    """Everything that one question needs, and nothing of Discord."""
    async with open_dataset(settings) as (_, dataset):
        yield Asker(dataset, Reader.load(), clock=utc_now)


@asynccontextmanager
async def open_parts(settings: Settings) -> AsyncIterator[Parts]:
    """Everything that the Discord side needs; charts are left out when their extra is not installed."""
    from bot.charts.worker import ChartsNotInstalled, ChartWorker
    from bot.chat.options import Parts
    from bot.places.resolve import Resolver

    async with open_dataset(settings) as (database, dataset):
        resolver = Resolver.load()
        asker = Asker(dataset, Reader(resolver), clock=utc_now)
        parts = Parts(asker=asker, dataset=dataset, database=database, resolver=resolver, clock=utc_now)
        try:
            worker = ChartWorker()
        except ChartsNotInstalled:
            yield parts
            return
        async with worker as charts:
            yield Parts(
                asker=asker, dataset=dataset, database=database, resolver=resolver, charts=charts, clock=utc_now
            )


def chat_options(settings: Settings) -> ChatOptions:
    """The operator's choices that the Discord side needs."""
    from bot.chat.options import ChatOptions

    shards, count = shard_range(settings.shards) if settings.shards else (None, None)
    return ChatOptions(
        home_server=settings.home_server,
        moderator_roles=settings.moderator_roles,
        announcement_channel=settings.announcement_channel,
        second_person=settings.second_person,
        questions_per_minute=settings.questions_per_minute,
        server_questions_per_minute=settings.server_questions_per_minute,
        shard_ids=shards,
        shard_count=count,
    )


def make_folder(database_url: str) -> None:
    """Make the folder of a SQLite file, readable by its owner only; other URLs need none."""
    if not database_url.startswith(SQLITE):
        return
    path = database_url.removeprefix(SQLITE).partition("?")[0]
    if path and path != ":memory:":
        Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
