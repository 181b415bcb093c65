"""The dataset as readers ask for it: one view of each revision, for what stands and for what stood alike."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as day_time
from typing import TypeVar

from sqlalchemy import func, or_, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from db.model.errors import DatabaseUnreachable, RevisionUnknown
from db.model.records import Figure, Headline, Holdings, Revision, Source
from db.model.relays import sources_behind
from db.model.tables import FIGURE_VERSION, HEADLINE_VERSION, REVISION, SOURCE_VERSION
from db.store import reading
from db.store.engine import Database
from db.store.lru import WeightedLRU
from db.store.view import SHOWN_FIGURES, Cache, View, read_places

log = logging.getLogger(__name__)
R = TypeVar("R")

LARGE = 20_000
"""Versions up to which all that stands is read at once and held; of more, topics are read as they are asked for."""
VIEWS_KEPT = 6
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a dataset without any revision was recorded."""


class FigureStore:
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
        self._database = database
        self._recheck = recheck_seconds
        self._clock = clock
        self._large_from = large_from
        self._checked = -recheck_seconds
        self._refreshing = asyncio.Lock()
        self._cache: Cache = WeightedLRU(cache_limit_figures)
        self._newest: View | None = None
        self._past: WeightedLRU[int, View] = WeightedLRU(VIEWS_KEPT)
        self._days: WeightedLRU[date, int] = WeightedLRU(1_000)

    @property
    def held_figures(self) -> int:
        """How much is held in memory: one for each figure, and one for each topic and place."""
        return self._cache.weight

    async def revision(self) -> int:
        """The latest revision, 0 when nothing was recorded yet; asks the database at most every ``recheck_seconds``."""
        return (await self._latest()).revision

    async def view(self, *, revision: int | None = None, known_on: date | None = None) -> View:
        """The dataset as it stands, or as it stood at a revision or at the end of a day.

        Raises RevisionUnknown for a revision that was never recorded.
        """
        newest = await self._latest()
        if revision is None:
            revision = newest.revision if known_on is None else await self.revision_at(known_on)
        elif not 0 <= revision <= newest.revision:
            raise RevisionUnknown(revision)
        if revision == newest.revision:
            return newest
        past = self._past.get(revision)
        if past is None:
            async with self._database.reading() as connection:
                past = await self._past_view(connection, newest, revision)
            self._past.put(revision, past)
        return past

    async def holdings(
        self, places: Collection[str] | None = None, *, revision: int | None = None, known_on: date | None = None
    ) -> Holdings:
        """All figures of some places, or of all, with the sources behind them; nothing of it is kept here.

        Regions and the world are places of their own. Raises RevisionUnknown.
        """
        view = await self.view(revision=revision, known_on=known_on)
        async with self._database.reading() as connection:
            found = await read_places(connection, view.revision, places)
        figures = {place: reading.sorted_figures(found[place]) for place in sorted(found)}
        wanted = None if places is None else frozenset(places)
        common = view.common
        cited = (key for listed in figures.values() for figure in listed for key in figure.documents)
        return replace(
            common,
            known_on=known_on,
            figures=figures,
            sources=sources_behind(cited, common.sources),
            populations={key: row for key, row in common.populations.items() if wanted is None or key[0] in wanted},
            headlines=tuple(pick for pick in common.headlines if wanted is None or pick.place in wanted),
        )

    async def revision_at(self, day: date) -> int:
        """The last revision recorded by the end of a day in UTC; 0 when there was none yet."""
        known = self._days.get(day)
        if known is not None:
            return known
        over = day < (await self._latest()).recorded_at.date()  # later revisions cannot change what this day saw
        morrow = datetime.combine(day, day_time.min, UTC) + timedelta(days=1) if day < date.max else None
        statement = select(func.max(REVISION.c.id))
        async with self._database.reading() as connection:
            if morrow is not None:
                statement = statement.where(REVISION.c.at < morrow)
            found: int = await connection.scalar(statement) or 0
        if over:
            self._days.put(day, found)
        return found

    async def revisions_by_id(self, ids: Collection[int]) -> tuple[Revision, ...]:
        """The named changes, in their order; a number that was never recorded is left out."""
        statement = reading.REVISIONS.select().where(REVISION.c.id.in_(sorted(ids))).order_by(REVISION.c.id)
        async with self._database.reading() as connection:
            return tuple(await reading.REVISIONS.read(connection, statement))

    async def figure(self, id: str, *, revision: int | None = None) -> Figure | None:
        """A figure, withdrawn or not, as it stands or stood at a revision; None when there is none."""
        return await self._stood(reading.FIGURE, id, revision)

    async def figures_of_source(self, key: str) -> tuple[Figure, ...]:
        """The figures that a source states or that others relay from it, as they stand, withdrawn ones included."""
        at = await self.revision()
        named = or_(FIGURE_VERSION.c.source == key, FIGURE_VERSION.c.relays == key)
        async with self._database.reading() as connection:
            found = await reading.FIGURE.where(connection, reading.live_at(FIGURE_VERSION, at), named)
            return reading.sorted_figures(found)

    async def source(self, key: str, *, revision: int | None = None) -> Source | None:
        """A source as it stands or stood at a revision; None when there is none."""
        return await self._stood(reading.SOURCE, key, revision)

    async def _stood(self, kind: reading.Versions[R], id: str, revision: int | None) -> R | None:
        at = await self.revision() if revision is None else revision
        async with self._database.reading() as connection:
            found = await kind.where(connection, reading.live_at(kind.table, at), kind.key == id)
        return found[0] if found else None

    async def _latest(self) -> View:
        """The newest view; while the server is away the one that is held goes on being answered from."""
        if self._is_fresh():
            assert self._newest is not None
            return self._newest
        async with self._refreshing:
            if not self._is_fresh():
                began = self._clock()
                try:
                    self._newest = await self._look()
                except DatabaseUnreachable:
                    if self._newest is None:
                        raise
                    log.warning("the database is away: answers come from revision %s", self._newest.revision)
                self._checked = began
        assert self._newest is not None
        return self._newest

    def _is_fresh(self) -> bool:
        newest = self._newest
        recently = self._clock() - self._checked < self._recheck
        return newest is not None and recently and self._database.written <= newest.revision

    async def _look(self) -> View:
        """The view of the newest revision: what did not change since the one before is taken over."""
        before = self._newest
        async with self._database.reading() as connection:
            newest = select(REVISION.c.id, REVISION.c.at).order_by(REVISION.c.id.desc()).limit(1)
            row = (await connection.execute(newest)).first()
            state = (0, NEVER) if row is None else (row.id, row.at)
            if before is not None and state == (before.revision, before.recorded_at):
                return before
            if before is None or state[0] <= before.revision:  # the first look, or a backup was restored
                self._cache.clear()
                self._past = WeightedLRU(VIEWS_KEPT)
                self._days = WeightedLRU(1_000)
                self._database.written = min(self._database.written, state[0])
                return await self._first_view(connection, *state)
            moved = await _moved(connection, before.revision)
            if moved.renewed:
                return await self._first_view(connection, *state)
            return await self._next_view(connection, before, moved, *state)

    async def _first_view(self, connection: AsyncConnection, revision: int, recorded_at: datetime) -> View:
        common = await _read_common(connection, revision, recorded_at)
        view = View(self._database, common, self._cache, {}, revision)
        await self._read_whole(connection, view, None)
        return view

    async def _next_view(
        self, connection: AsyncConnection, before: View, moved: _Moved, revision: int, recorded_at: datetime
    ) -> View:
        common = replace(
            before.common,
            revision=revision,
            recorded_at=recorded_at,
            headlines=await _headlines(connection, revision),
            relayed=await _relayed(connection, revision),
        )
        if moved.sources:
            common = replace(common, sources=await _sources(connection, revision))
        view = before.moved_on(common, moved.places)
        await self._read_whole(connection, view, moved.places)
        return view

    async def _past_view(self, connection: AsyncConnection, newest: View, revision: int) -> View:
        at = await connection.scalar(select(REVISION.c.at).where(REVISION.c.id == revision))
        common = replace(
            newest.common,
            revision=revision,
            recorded_at=at or NEVER,
            headlines=await _headlines(connection, revision),
            relayed=await _relayed(connection, revision),
            sources=await _past_sources(connection, revision, newest.common.sources),
        )
        return newest.as_of(common)

    async def _read_whole(self, connection: AsyncConnection, view: View, places: Collection[str] | None) -> None:
        """Hold all figures of some places, or of all, unless there are very many."""
        versions = await connection.scalar(select(func.max(FIGURE_VERSION.c.row))) or 0
        if versions <= self._large_from:
            found = await read_places(connection, view.revision, places)
            for place in view.common.places if places is None else places:
                view.hold(place, found.get(place, ()))


@dataclass(frozen=True, slots=True)
class _Moved:
    """What changed after a revision."""

    places: frozenset[str]
    """Places with changed figures."""
    sources: bool
    renewed: bool
    """A package was loaded, which may touch the tables without versions."""


async def _moved(connection: AsyncConnection, since: int) -> _Moved:
    package = select(REVISION.c.id).where(REVISION.c.id > since, REVISION.c.via == "package").limit(1)
    renewed = await connection.scalar(package) is not None
    found: list[frozenset[str]] = []
    for table, column in ((FIGURE_VERSION, "place"), (SOURCE_VERSION, "source_id")):
        # Two statements: with one condition on both columns, an index on either would not be used.
        moved = (select(table.c[column]).where(table.c[when] > since) for when in ("recorded", "superseded"))
        found.append(frozenset((await connection.execute(union(*moved))).scalars()))
    return _Moved(found[0], bool(found[1]), renewed)


async def _read_common(connection: AsyncConnection, revision: int, recorded_at: datetime) -> Holdings:
    """What every answer needs besides figures."""
    measures, places = await reading.MEASURES.read(connection), await reading.PLACES.read(connection)
    inhabitants = await reading.POPULATIONS.read(connection)
    return Holdings(
        revision=revision,
        recorded_at=recorded_at,
        known_on=None,
        figures={},
        sources=await _sources(connection, revision),
        measures={measure.id: measure for measure in sorted(measures, key=lambda measure: measure.id)},
        places={place.id: place for place in sorted(places, key=lambda place: place.id)},
        memberships=tuple(await reading.MEMBERSHIPS.read(connection)),
        populations={(row.place, row.year): row for row in sorted(inhabitants, key=lambda row: (row.place, row.year))},
        headlines=await _headlines(connection, revision),
        relayed=await _relayed(connection, revision),
    )


async def _relayed(connection: AsyncConnection, revision: int) -> dict[str, Figure]:
    """The figures that others relay."""
    columns = FIGURE_VERSION.c
    named = select(columns.relays_figure).where(columns.relays_figure.is_not(None))
    statement = SHOWN_FIGURES.where(columns.figure_id.in_(named.distinct()))
    found = map(reading.FIGURE.record, await connection.execute(statement, {"revision": revision}))
    return {figure.id: figure for figure in reading.sorted_figures(found)}


async def _headlines(connection: AsyncConnection, revision: int) -> tuple[Headline, ...]:
    found = await reading.PICK.where(connection, reading.live_at(HEADLINE_VERSION, revision))
    return tuple(sorted(found, key=lambda row: (row.place, row.measure, row.who)))


async def _sources(connection: AsyncConnection, revision: int) -> dict[str, Source]:
    found = await reading.SOURCE.where(connection, reading.live_at(SOURCE_VERSION, revision))
    return {source.id: source for source in sorted(found, key=lambda source: source.id)}


async def _past_sources(connection: AsyncConnection, revision: int, later: Mapping[str, Source]) -> dict[str, Source]:
    """The sources as they stood, of which most are as they are later."""
    stood = reading.live_at(SOURCE_VERSION, revision)
    ended = await reading.SOURCE.where(connection, stood, SOURCE_VERSION.c.superseded.is_not(None))
    found = {key: source for key, source in later.items() if source.revision <= revision}
    return found | {source.id: source for source in ended}
