"""The reads of the dataset: immutable records, cached by revision, as they stand now or stood on a past date."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as day_time

from sqlalchemy import func, or_, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from db import reading
from db.bounded import Bounded
from db.engine import Database
from db.errors import DatabaseUnreachable, RevisionUnknown
from db.in_place import Reader
from db.pieces import LARGE
from db.records import Figure, Holdings, Revision, Source
from db.slices import Slices
from db.snapshot import Reference, Snapshot
from db.tables import FIGURE_VERSION, HEADLINE_VERSION, REVISION, SOURCE_VERSION

log = logging.getLogger(__name__)

PAST_KEPT = 4
"""Past revisions of which pieces are kept at a time."""
_Asked = tuple[int, date | None, frozenset[str] | None]
"""A revision, the day it is seen from, and the places; None for all."""
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a dataset without any revision was recorded."""


class Dataset:
    """What readers ask; every answer belongs to one revision and is never changed afterwards.

    A change committed by this process is seen by the next read; one by another process after at most
    ``recheck_seconds``. ``cache_limit_figures`` bounds the memory: about 1 kB a figure.
    """

    def __init__(
        self,
        database: Database,
        *,
        cache_limit_figures: int = 50_000,
        recheck_seconds: float = 0.25,
        clock: Callable[[], float] = time.monotonic,
        large_from: int = LARGE,
    ) -> None:
        self._large_from = large_from
        self._database = database
        self._limit = cache_limit_figures
        self._recheck = recheck_seconds
        self._clock = clock
        self._checked = -recheck_seconds
        self._refreshing = asyncio.Lock()
        self._latest = Snapshot(-1, NEVER, Bounded(cache_limit_figures))
        self._holdings: Bounded[_Asked, Holdings] = Bounded(cache_limit_figures)
        self._under_way: dict[_Asked, asyncio.Task[Holdings]] = {}
        self._days: Bounded[date, int] = Bounded(1_000)
        self._large: tuple[int, bool] = (-1, False)
        self._in_place: Reader | None = None
        self._slices: Slices | None = None
        self._past: OrderedDict[int, Slices] = OrderedDict()
        self._slicing = asyncio.Lock()

    async def revision(self) -> int:
        """The latest revision, 0 when nothing was recorded yet; asks the database at most every ``recheck_seconds``."""
        if not self._is_fresh():
            async with self._refreshing:
                if not self._is_fresh():
                    await self._look_again()
        return self._latest.revision

    async def holdings(
        self, places: Collection[str] | None = None, *, revision: int | None = None, known_on: date | None = None
    ) -> Holdings:
        """What answers need about some places, or about all: as it stands, or stood at a revision or on a date.

        Regions and the world are places of their own: name their members where those are needed too. Raises
        RevisionUnknown for a revision that was never recorded.
        """
        latest = await self.revision()
        if revision is None:
            revision = latest if known_on is None else await self.revision_at(known_on)
        elif not 0 <= revision <= latest:
            raise RevisionUnknown(revision)
        wanted = None if places is None else frozenset(places)
        key = (revision, known_on, wanted)
        held = self._holdings.get(key)
        if held is not None:
            return held
        reading_now = self._under_way.get(key)
        if reading_now is None:  # many ask at once after a change: they share one reading
            reading_now = self._under_way[key] = asyncio.create_task(self._read(revision, wanted, known_on))
            reading_now.add_done_callback(lambda task: self._under_way.pop(key))
        return await asyncio.shield(reading_now)

    async def slices(self, *, revision: int | None = None, known_on: date | None = None) -> Slices | None:
        """The dataset as it stands, or stood, to be read piece by piece; None while it is small.

        Raises RevisionUnknown for a revision that was never recorded.
        """
        latest = await self.revision()
        if revision is None:
            revision = latest if known_on is None else await self.revision_at(known_on)
        elif not 0 <= revision <= latest:
            raise RevisionUnknown(revision)
        if not await self._is_large(latest):
            return None
        if self._slices is not None and self._slices.revision == revision:
            return self._slices
        async with self._slicing:  # many ask at once after a change: they share one reading
            return await self._sliced(revision)

    async def reference(self) -> Reference:
        """The measures, places and memberships."""
        await self.revision()
        snapshot = self._latest
        if snapshot.reference is not None:
            return snapshot.reference
        async with self._database.reading() as connection:
            return await snapshot.read_reference(connection)

    async def revision_at(self, day: date) -> int:
        """The last revision recorded by the end of a day in UTC; 0 when there was none yet."""
        known = self._days.get(day)
        if known is not None:
            return known
        await self.revision()
        over = day < self._latest.recorded_at.date()  # later revisions cannot change what this day saw
        morrow = datetime.combine(day, day_time.min, UTC) + timedelta(days=1) if day < date.max else None
        statement = select(func.max(REVISION.c.id))
        async with self._database.reading() as connection:
            if morrow is not None:
                statement = statement.where(REVISION.c.at < morrow)
            found: int = await connection.scalar(statement) or 0
        if over:
            self._days.put(day, found)
        return found

    async def revisions(
        self, *, since: date | int | None = None, place: str | None = None, limit: int = 100
    ) -> tuple[Revision, ...]:
        """Changes, newest first: after a revision or from a day on, and only those that touched a place."""
        statement = reading.select_revisions().order_by(REVISION.c.id.desc()).limit(limit)
        if isinstance(since, date):
            statement = statement.where(REVISION.c.at >= datetime.combine(since, day_time.min, UTC))
        elif since is not None:
            statement = statement.where(REVISION.c.id > since)
        if place is not None:
            touched = union(
                *(
                    select(column).where(table.c.place == place)
                    for table in (FIGURE_VERSION, HEADLINE_VERSION)
                    for column in (table.c.recorded, table.c.superseded)
                )
            )
            statement = statement.where(REVISION.c.id.in_(touched))
        async with self._database.reading() as connection:
            return tuple(map(reading.revision_of, await connection.execute(statement)))

    async def revisions_by_id(self, ids: Collection[int]) -> tuple[Revision, ...]:
        """The named changes, in their order; a number that was never recorded is left out."""
        statement = reading.select_revisions().where(REVISION.c.id.in_(sorted(ids))).order_by(REVISION.c.id)
        async with self._database.reading() as connection:
            return tuple(map(reading.revision_of, await connection.execute(statement)))

    async def figure(self, id: str, *, revision: int | None = None) -> Figure | None:
        """A figure, withdrawn or not, as it stands or stood at a revision; None when there is none."""
        at = await self.revision() if revision is None else revision
        stood = reading.live_at(FIGURE_VERSION, at)
        statement = reading.select_figures().where(stood, FIGURE_VERSION.c.figure_id == id)
        async with self._database.reading() as connection:
            row = (await connection.execute(statement)).first()
        return None if row is None else reading.figure_of(row)

    async def figure_versions(self, id: str) -> tuple[Figure, ...]:
        """Every version of a figure, oldest first; each names the revision that recorded it."""
        chosen = FIGURE_VERSION.c.figure_id == id
        statement = reading.select_figures().where(chosen).order_by(FIGURE_VERSION.c.version)
        async with self._database.reading() as connection:
            return tuple(map(reading.figure_of, await connection.execute(statement)))

    async def figures_of_source(self, key: str) -> tuple[Figure, ...]:
        """The figures that a source states or that others relay from it, as they stand, withdrawn ones included."""
        at = await self.revision()
        named = or_(FIGURE_VERSION.c.source == key, FIGURE_VERSION.c.relays == key)
        statement = reading.select_figures().where(reading.live_at(FIGURE_VERSION, at), named)
        async with self._database.reading() as connection:
            found = await connection.execute(statement)
            return reading.sorted_figures([reading.figure_of(row) for row in found])

    async def source(self, key: str, *, revision: int | None = None) -> Source | None:
        """A source as it stands or stood at a revision; None when there is none."""
        at = await self.revision() if revision is None else revision
        stood = reading.live_at(SOURCE_VERSION, at)
        statement = reading.select_sources().where(stood, SOURCE_VERSION.c.source_id == key)
        async with self._database.reading() as connection:
            row = (await connection.execute(statement)).first()
        return None if row is None else reading.source_of(row)

    async def source_versions(self, key: str) -> tuple[Source, ...]:
        """Every version of a source, oldest first."""
        chosen = SOURCE_VERSION.c.source_id == key
        statement = reading.select_sources().where(chosen).order_by(SOURCE_VERSION.c.version)
        async with self._database.reading() as connection:
            return tuple(map(reading.source_of, await connection.execute(statement)))

    async def _is_large(self, latest: int) -> bool:
        if self._large[0] != latest:
            async with self._database.reading() as connection:
                last = await connection.scalar(select(func.max(FIGURE_VERSION.c.row))) or 0
            self._large = (latest, last > self._large_from)
        return self._large[1]

    async def _sliced(self, revision: int) -> Slices:
        snapshot, newest = self._latest, self._slices
        if newest is None or newest.revision != snapshot.revision:
            newest = await self._newest_slices(snapshot)
        if revision == newest.revision:
            return newest
        past = self._past.get(revision)
        if past is None:
            async with self._database.reading() as connection:
                at = await connection.scalar(select(REVISION.c.at).where(REVISION.c.id == revision))
                past = Slices(self._reader(), revision, at or NEVER, self._limit // PAST_KEPT)
                await past.read_common(connection, later=newest)
            self._past[revision] = past
            while len(self._past) > PAST_KEPT:
                self._past.popitem(last=False)
        self._past.move_to_end(revision)
        return past

    def _reader(self) -> Reader:
        if self._in_place is None:
            self._in_place = Reader(self._database)
            self._database.closing.append(self._in_place.close)
        return self._in_place

    async def _newest_slices(self, snapshot: Snapshot) -> Slices:
        made = Slices(self._reader(), snapshot.revision, snapshot.recorded_at, self._limit)
        before = self._slices
        async with self._database.reading() as connection:
            if before is None or before.revision >= made.revision:
                self._past.clear()  # a backup was restored: its revisions are others
                await made.read_common(connection)
            else:
                moved = await _moved(connection, before.revision)
                same_sources = not moved.renewed and not moved.sources
                await made.read_common(connection, same=before if same_sources else None)
                if not moved.renewed:
                    made.take_over(before, moved.places | moved.picked, same_sources=same_sources)
        self._slices = made
        return made

    def _is_fresh(self) -> bool:
        latest = self._latest.revision
        return latest >= 0 and self._database.written <= latest and self._clock() - self._checked < self._recheck

    async def _look_again(self) -> None:
        """Look for a later revision; while the server is away what is held goes on being answered from."""
        try:
            await self._refresh()
        except DatabaseUnreachable:
            if self._latest.revision < 0:
                raise
            log.warning("the database is away: answers come from revision %s as it is held", self._latest.revision)
            self._checked = self._clock()

    async def _refresh(self) -> None:
        """Look for a later revision; what changed since the one before is forgotten, the rest is kept."""
        began = self._clock()
        before = self._latest
        async with self._database.reading() as connection:
            newest = select(REVISION.c.id, REVISION.c.at).order_by(REVISION.c.id.desc()).limit(1)
            row = (await connection.execute(newest)).first()
            revision, recorded_at = (0, NEVER) if row is None else (row.id, row.at)
            if revision < before.revision or before.revision < 0:  # a backup was restored, or this is the first look
                self._latest = Snapshot(revision, recorded_at, Bounded(self._limit))
                self._holdings, self._days = Bounded(self._limit), Bounded(1_000)
                self._database.written = min(self._database.written, revision)
            elif revision > before.revision:
                self._latest = await _move_on(connection, before, revision, recorded_at)
        self._checked = began

    async def _read(self, revision: int, wanted: frozenset[str] | None, known_on: date | None) -> Holdings:
        snapshot = self._latest
        async with self._database.reading() as connection:
            if revision != snapshot.revision:
                recorded_at = await connection.scalar(select(REVISION.c.at).where(REVISION.c.id == revision))
                past = Snapshot(revision, recorded_at or NEVER, Bounded(self._limit))
                past.reference = await snapshot.read_reference(connection)
                snapshot = past
            held = await snapshot.holdings(connection, wanted, known_on)
        self._holdings.put((revision, known_on, wanted), held, 1 + sum(map(len, held.figures.values())))
        return held


@dataclass(frozen=True, slots=True)
class _Moved:
    """What changed after a revision."""

    places: set[str]
    """Places with changed figures."""
    picked: set[str]
    """Places with changed picks."""
    sources: set[str]
    renewed: bool
    """A package was loaded, which may touch the tables without versions."""


async def _moved(connection: AsyncConnection, since: int) -> _Moved:
    package = select(REVISION.c.id).where(REVISION.c.id > since, REVISION.c.via == "package").limit(1)
    renewed = await connection.scalar(package) is not None
    found: list[set[str]] = []
    for table, column in ((FIGURE_VERSION, "place"), (HEADLINE_VERSION, "place"), (SOURCE_VERSION, "source_id")):
        # Two statements: with one condition on both columns, an index on either would not be used.
        moved = (select(table.c[column]).where(table.c[when] > since) for when in ("recorded", "superseded"))
        found.append(set((await connection.execute(union(*moved))).scalars()))
    places, picked, sources = found
    return _Moved(places, picked, sources, renewed)


async def _move_on(connection: AsyncConnection, before: Snapshot, revision: int, recorded_at: datetime) -> Snapshot:
    moved = await _moved(connection, before.revision)
    return before.moved_on(revision, recorded_at, moved.places, moved.sources, renewed=moved.renewed)
