"""The composition root: settings in, opened parts out; whatever is opened here is closed here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from bot.answers.ask import Asker, utc_now
from bot.questions.reader import Reader

if TYPE_CHECKING:
    from bot.chat.options import ChatOptions, Parts
    from bot.ops.counts import Counts
    from config.settings import Settings
    from db.store.engine import Database
    from db.store.figures import FigureStore
    from db.store.opening import Found

_log = logging.getLogger(__name__)


@asynccontextmanager
async def open_dataset(settings: Settings, *, once: bool = False) -> AsyncIterator[tuple[Database, FigureStore]]:
    """The database, made and filled from the built-in package when it is new, and the dataset read from it.

    Who asks ``once`` reads what that one question needs, not all that stands. Raises DatabaseRefused when the database
    cannot be used.
    """
    from db.package.preparing import prepare
    from db.store.engine import open_database
    from db.store.figures import FigureStore

    async with open_database(settings.database_url) as database:
        await prepare(database, at=utc_now())
        yield database, FigureStore(database, large_from=0) if once else FigureStore(database)


@asynccontextmanager
async def open_asker(settings: Settings) -> AsyncIterator[Asker]:
    """Everything that one question needs, and nothing of Discord."""
    async with open_dataset(settings, once=True) as (_, dataset):
        yield Asker(dataset, Reader.load(), clock=utc_now)


@asynccontextmanager
async def open_parts(settings: Settings, counts: Counts | None = None) -> AsyncIterator[Parts]:
    """Everything that the Discord side needs; charts are left out when their extra is not installed.

    ``counts`` is where answers are counted; without it they are not.
    """
    from bot.charts.errors import ChartsNotInstalled
    from bot.charts.worker import ChartWorker
    from bot.chat.options import Parts
    from bot.ops.counts import Counts
    from bot.places.resolve import Resolver

    async with AsyncExitStack() as stack:
        found = await _looked_at(settings.database_url)
        database, dataset = await stack.enter_async_context(open_dataset(settings))
        _tell_of(database, found, await dataset.revision())
        if not database.is_sqlite:  # whose readers look by themselves
            from db.store.changes_feed import listening

            await stack.enter_async_context(listening(database))
        resolver = Resolver.load()
        reader, second = Reader(resolver), None
        if settings.reader_url and settings.reader_model:
            from bot.ops.second_reader import SecondReader

            server, most = (settings.reader_url, settings.reader_model), settings.reader_per_minute
            opened = SecondReader(*server, reader.judge, key=settings.read_reader_key(), per_minute=most, counts=counts)
            second = (await stack.enter_async_context(opened)).read
        charts: ChartWorker | None
        try:
            charts = await stack.enter_async_context(ChartWorker(wait=False))
        except ChartsNotInstalled:
            charts = None
        yield Parts(
            asker=Asker(dataset, reader, clock=utc_now, second=second),
            dataset=dataset,
            database=database,
            resolver=resolver,
            charts=charts,
            clock=utc_now,
            metrics=counts or Counts(),
        )


async def _looked_at(url: str) -> Found | None:
    """What stands in the file of a database, every page of it checked; raises DatabaseRefused with nothing touched."""
    from db.store.addresses import file_of
    from db.store.opening import look

    path = file_of(url)
    return await asyncio.to_thread(look, path) if path else None


def _tell_of(database: Database, found: Found | None, revision: int) -> None:
    """Log which database answers come from: a mistyped or lost one would show in nothing else."""
    if database.is_new:
        _log.warning("made a new database: %s, revision %s; nothing was there", database.place, revision)
    else:
        _log.info("opened the database %s at revision %s", database.place, revision)
    if found is not None and found.recorded_at is not None and found.recorded_at > utc_now():
        _log.warning("the clock is behind the last revision (%s): later ones bear its time", found.recorded_at)


def chat_options(settings: Settings) -> ChatOptions:
    """The operator's choices that the Discord side needs."""
    from bot.chat.options import ChatOptions
    from config.settings import shard_range

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
        plain_text=settings.plain_text,
        reader_direct_messages=settings.reader_direct_messages,
    )
