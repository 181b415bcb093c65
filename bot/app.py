"""The composition root: settings in, opened parts out; whatever is opened here is closed here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.answers.ask import Asker
from bot.questions.parse import Reader
from config.settings import Settings, shard_range
from db.dataset import Dataset
from db.engine import Database, open_database, prepare

if TYPE_CHECKING:
    from bot.chat.options import ChatOptions, Parts


def utc_now() -> datetime:
    """The present moment, aware, in UTC: the only clock, handed to whoever needs one."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_dataset(settings: Settings) -> AsyncIterator[tuple[Database, Dataset]]:
    """The database, made and filled from the built-in package when it is new, and the dataset read from it.

    Raises DatabaseRefused when the database cannot be used.
    """
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
    from bot.charts.errors import ChartsNotInstalled
    from bot.charts.worker import ChartWorker
    from bot.chat.options import Parts
    from bot.places.resolve import Resolver

    async with AsyncExitStack() as stack:
        database, dataset = await stack.enter_async_context(open_dataset(settings))
        resolver = Resolver.load()
        charts: ChartWorker | None
        try:
            charts = await stack.enter_async_context(ChartWorker())
        except ChartsNotInstalled:
            charts = None
        yield Parts(
            asker=Asker(dataset, Reader(resolver), clock=utc_now),
            dataset=dataset,
            database=database,
            resolver=resolver,
            charts=charts,
            clock=utc_now,
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
