"""The composition root: settings in, opened parts out; whatever is opened here is closed here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from bot.answers.ask import Asker, Reference, Slices
from bot.questions.parse import Reader
from db.quick import OnlyNow, QuickDataset, open_quick
from db.records import Holdings

if TYPE_CHECKING:
    from bot.chat.options import ChatOptions, Parts
    from config.settings import Settings
    from db.dataset import Dataset
    from db.engine import Database


def utc_now() -> datetime:
    """The present moment, aware, in UTC: the only clock, handed to whoever needs one."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_dataset(settings: Settings) -> AsyncIterator[tuple[Database, Dataset]]:
    """The database, made and filled from the built-in package when it is new, and the dataset read from it.

    Raises DatabaseRefused when the database cannot be used.
    """
    from db.dataset import Dataset
    from db.engine import open_database, prepare

    async with open_database(settings.database_url) as database:
        await prepare(database, at=utc_now())
        yield database, Dataset(database)


@asynccontextmanager
async def open_asker(settings: Settings) -> AsyncIterator[Asker]:
    """Everything that one question needs, and nothing of Discord."""
    async with AsyncExitStack() as stack:
        quick = open_quick(settings.database_url)
        if quick is not None:
            stack.callback(quick.close)
            yield Asker(_QuickFirst(quick, settings, stack), Reader.load(), clock=utc_now)
            return
        _, dataset = await stack.enter_async_context(open_dataset(settings))
        yield Asker(dataset, Reader.load(), clock=utc_now)


class _QuickFirst:
    """What stands now without an ORM; the whole dataset is opened when the past is asked for."""

    def __init__(self, quick: QuickDataset, settings: Settings, stack: AsyncExitStack) -> None:
        self._quick = quick
        self._settings = settings
        self._stack = stack
        self._dataset: Dataset | None = None

    async def holdings(
        self, places: Collection[str] | None = None, *, revision: int | None = None, known_on: date | None = None
    ) -> Holdings:
        """What is held of some places, or of all, now or as it stood."""
        try:
            return await self._quick.holdings(places, revision=revision, known_on=known_on)
        except OnlyNow:
            return await (await self._whole()).holdings(places, revision=revision, known_on=known_on)

    async def slices(self, *, revision: int | None = None, known_on: date | None = None) -> Slices | None:
        """None for the present of a small dataset, of which one question reads whole places."""
        if revision is None and known_on is None and not self._quick.is_large:
            return None
        return await (await self._whole()).slices(revision=revision, known_on=known_on)

    async def revision_at(self, day: date) -> int:
        """The last revision recorded by the end of a day; 0 when there was none yet."""
        return await (await self._whole()).revision_at(day)

    async def reference(self) -> Reference:
        """The measures, places and memberships."""
        return await self._quick.reference()

    async def _whole(self) -> Dataset:
        if self._dataset is not None:
            return self._dataset
        _, dataset = await self._stack.enter_async_context(open_dataset(self._settings))
        self._dataset = dataset
        return dataset


@asynccontextmanager
async def open_parts(settings: Settings) -> AsyncIterator[Parts]:
    """Everything that the Discord side needs; charts are left out when their extra is not installed."""
    from bot.charts.errors import ChartsNotInstalled
    from bot.charts.worker import ChartWorker
    from bot.chat.options import Parts
    from bot.places.resolve import Resolver
    from db.changes_feed import listening

    async with AsyncExitStack() as stack:
        database, dataset = await stack.enter_async_context(open_dataset(settings))
        await stack.enter_async_context(listening(database))
        resolver = Resolver.load()
        charts: ChartWorker | None
        try:
            charts = await stack.enter_async_context(ChartWorker(wait=False))
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
    )
