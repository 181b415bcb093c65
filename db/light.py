"""The dataset of a prepared SQLite file without an ORM: what stands now is answered here, until anything needs more.

Most members ask for what stands. A past revision, a history, an edit or a large dataset opens the database, and from
then on the whole dataset (``db.dataset``) answers everything: two memories of one dataset would only cost.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING

from db.bounded import Bounded
from db.engine import Database
from db.quick import QuickDataset, QuickReference
from db.records import Figure, Holdings, Revision, Source

if TYPE_CHECKING:
    from db.dataset import Dataset
    from db.slices import Slices
    from db.snapshot import Reference

_State = tuple[int, str]
"""The newest revision and when it was recorded; a restored backup changes one of them."""
_Places = frozenset[str] | None


class LightDataset:
    """What readers ask, as of ``Dataset``; answered from the file itself for as long as that is enough."""

    def __init__(
        self,
        database: Database,
        quick: QuickDataset,
        *,
        cache_limit_figures: int = 50_000,
        recheck_seconds: float = 0.25,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Takes ``quick`` over: it is closed with the database."""
        quick.never_wait()  # it reads where others are answered too; a locked file is waited for elsewhere
        self._database = database
        self._quick = quick
        self._limit = cache_limit_figures
        self._recheck = recheck_seconds
        self._clock = clock
        self._checked = -recheck_seconds
        self._state: _State = (-1, "")
        self._large = False
        self._held: Bounded[_Places, Holdings] = Bounded(cache_limit_figures)
        self._turn = asyncio.Lock()
        self._dataset: Dataset | None = None
        database.closing.append(quick.close)

    @property
    def is_light(self) -> bool:
        """Whether nothing has needed the database itself so far."""
        return self._dataset is None and not self._database.is_open

    async def revision(self) -> int:
        """The latest revision; looks into the file at most every ``recheck_seconds``."""
        if self.is_light:
            try:
                return self._look()
            except sqlite3.Error:
                pass  # locked, damaged or gone: the whole dataset waits, or says what is wrong
        return await (await self._whole()).revision()

    async def holdings(
        self, places: Collection[str] | None = None, *, revision: int | None = None, known_on: date | None = None
    ) -> Holdings:
        """What answers need about some places, or about all; raises RevisionUnknown."""
        if self._is_present(revision, known_on):
            try:
                held = await self._present(None if places is None else frozenset(places))
            except sqlite3.Error:
                held = None
            if held is not None and revision in (None, held.revision):  # another process may just have written
                return held
        return await (await self._whole()).holdings(places, revision=revision, known_on=known_on)

    async def slices(self, *, revision: int | None = None, known_on: date | None = None) -> Slices | None:
        """The dataset to be read piece by piece; None while it is small. Raises RevisionUnknown."""
        if self._is_present(revision, known_on) and not self._large:
            return None
        return await (await self._whole()).slices(revision=revision, known_on=known_on)

    async def reference(self) -> Reference | QuickReference:
        """The measures, places and memberships."""
        if self._is_present(None, None):
            try:
                return await self._quick.reference()
            except sqlite3.Error:
                pass
        return await (await self._whole()).reference()

    async def revision_at(self, day: date) -> int:
        """The last revision recorded by the end of a day in UTC; 0 when there was none yet."""
        return await (await self._whole()).revision_at(day)

    async def revisions(
        self, *, since: date | int | None = None, place: str | None = None, limit: int = 100
    ) -> tuple[Revision, ...]:
        """Changes, newest first: after a revision or from a day on, and only those that touched a place."""
        return await (await self._whole()).revisions(since=since, place=place, limit=limit)

    async def revisions_by_id(self, ids: Collection[int]) -> tuple[Revision, ...]:
        """The named changes, in their order; a number that was never recorded is left out."""
        return await (await self._whole()).revisions_by_id(ids)

    async def figure(self, id: str, *, revision: int | None = None) -> Figure | None:
        """A figure, withdrawn or not, as it stands or stood at a revision; None when there is none."""
        return await (await self._whole()).figure(id, revision=revision)

    async def figure_versions(self, id: str) -> tuple[Figure, ...]:
        """Every version of a figure, oldest first."""
        return await (await self._whole()).figure_versions(id)

    async def figures_of_source(self, key: str) -> tuple[Figure, ...]:
        """The figures that a source states or that others relay from it, as they stand, withdrawn ones included."""
        return await (await self._whole()).figures_of_source(key)

    async def source(self, key: str, *, revision: int | None = None) -> Source | None:
        """A source as it stands or stood at a revision; None when there is none."""
        return await (await self._whole()).source(key, revision=revision)

    async def source_versions(self, key: str) -> tuple[Source, ...]:
        """Every version of a source, oldest first."""
        return await (await self._whole()).source_versions(key)

    def _is_present(self, revision: int | None, known_on: date | None) -> bool:
        """Whether what stands now is asked for, and may be answered here."""
        if not self.is_light or known_on is not None:
            return False
        try:
            return revision in (None, self._look())
        except sqlite3.Error:
            return False

    def _look(self) -> int:
        """See which revision is the newest; another one makes everything be read anew."""
        now = self._clock()
        if now - self._checked >= self._recheck:
            state = self._quick.newest()
            if state != self._state:
                self._state = state
                self._held = Bounded(self._limit)
                self._quick.forget()
                self._large = self._quick.is_large
            self._checked = now
        return self._state[0]

    async def _present(self, places: _Places) -> Holdings:
        held = self._held.get(places)
        if held is not None:
            return held
        async with self._turn:  # one transaction at a time on the file; many who ask the same share one reading
            held = self._held.get(places)
            if held is None:
                memory = self._held
                held = await self._quick.holdings(places)
                memory.put(places, held, 1 + sum(map(len, held.figures.values())))
        return held

    async def _whole(self) -> Dataset:
        if self._dataset is None:
            await self._database.open()
            from db.dataset import Dataset

            if self._dataset is None:
                self._dataset = Dataset(self._database, cache_limit_figures=self._limit)
                self._held = Bounded(0)
        return self._dataset
