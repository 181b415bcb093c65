"""One revision of a large dataset, read piece by piece while an answer is composed.

Composing is plain code that asks for the figures of a place, a measure and a time as it meets them. It runs as a
greenlet of its own (as SQLAlchemy runs its ORM), so that a read waits for the database while others are answered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.util import await_only, greenlet_spawn

from db import reading
from db.bounded import Bounded
from db.engine import Database
from db.pieces import Piece, Topic, Years
from db.recording import batches
from db.records import Figure, Headline, Holdings, Population, Source, Status, Who
from db.snapshot import Reference
from db.tables import FIGURE_VERSION, HEADLINE_VERSION, PLACE, SOURCE_VERSION

T = TypeVar("T")

PLACES_AT_ONCE = 40
"""Places whose figures are read and decoded without a pause."""
_COLUMNS = FIGURE_VERSION.c
_SHOWN = _COLUMNS.status != Status.WITHDRAWN.value


class Slices:
    """What was read of one revision; ``db.pieces.Pieces`` says what may be asked inside of ``run``."""

    def __init__(self, database: Database, revision: int, recorded_at: datetime, limit: int) -> None:
        """``limit`` bounds the figures that are held, and again what callers keep of them."""
        self.revision = revision
        self.recorded_at = recorded_at
        self.sources: dict[str, Source] = {}
        self.populations: dict[tuple[str, int], Population] = {}
        self.headlines: tuple[Headline, ...] = ()
        self.worked_out: Bounded[tuple[Any, ...], Any] = Bounded(limit)
        self._database = database
        self._limit = limit
        self._pieces: Bounded[Piece, tuple[Figure, ...]] = Bounded(limit)
        self._topics: Bounded[str, frozenset[Topic]] = Bounded(limit)

    async def run(self, work: Callable[[], T]) -> T:
        """Do some work that reads from here; what is asked of the other methods is asked inside of it."""
        result: T = await greenlet_spawn(work)
        return result

    def holdings(self, reference: Reference) -> Holdings:
        """What composing needs besides figures, with no figure in it."""
        return Holdings(
            revision=self.revision,
            recorded_at=self.recorded_at,
            known_on=None,
            figures={},
            sources=self.sources,
            measures=reference.measures,
            places=reference.places,
            memberships=reference.memberships,
            populations=self.populations,
            headlines=self.headlines,
        )

    def figures(self, piece: Piece) -> tuple[Figure, ...]:
        """The figures of a piece, in the order of their ids; those of other years too where they were read before."""
        found = self._pieces.get(piece)
        if found is None and piece.years is not None:
            found = self._pieces.get(replace(piece, years=None))
        return self._read_pieces(piece, [piece.place])[piece.place] if found is None else found

    def prepare(self, topic: Topic, years: Years | None, places: Sequence[str]) -> None:
        """Read the same piece of many places together."""
        wanted = {place: Piece(place, *topic, years) for place in places}
        missing = [place for place, piece in wanted.items() if self._pieces.get(piece) is None]
        for batch in batches(missing, PLACES_AT_ONCE):
            self._read_pieces(wanted[batch[0]], batch)
            self.pause()

    def newest_years(self, topic: Topic, places: Sequence[str]) -> dict[str, int]:
        """The last year that any figure of a topic speaks of, for each place; 0 where none says."""
        measure, who = topic
        same = (_COLUMNS.place == PLACE.c.id) & (_COLUMNS.measure == measure) & (_COLUMNS.who == who.value)
        newest = select(func.max(_COLUMNS.year_last)).where(same).scalar_subquery()
        found = self._fetch(select(PLACE.c.id, newest).where(PLACE.c.id.in_(places)))
        return {place: year or 0 for place, year in found}

    def topics(self, place: str) -> frozenset[Topic]:
        """The topics of which any figure of a place is held."""
        found = self._topics.get(place)
        if found is None:
            statement = select(_COLUMNS.measure, _COLUMNS.who).where(_COLUMNS.place == place, _SHOWN, self._stood)
            found = frozenset((row[0], Who(row[1])) for row in self._fetch(statement.distinct()))
            self._topics.put(place, found)
        return found

    def of_sources(self, place: str, keys: Collection[str]) -> tuple[Figure, ...]:
        """The figures of a place from some sources."""
        return self._some(place, _COLUMNS.source.in_(sorted(keys))) if keys else ()

    def relaying(self, place: str, keys: Collection[str]) -> tuple[Figure, ...]:
        """The figures of a place that name one of some sources as the one that they relay."""
        return self._some(place, _COLUMNS.relays.in_(sorted(keys))) if keys else ()

    def pause(self) -> None:
        """Let others be answered before going on."""
        await_only(asyncio.sleep(0))

    def take_over(self, before: Slices, places: Collection[str], *, same_sources: bool) -> None:
        """Keep what was read at an earlier revision of all places but some that changed since."""
        for piece, figures, weight in before._pieces.items():
            if piece.place not in places:
                self._pieces.put(piece, figures, weight)
        for place, topics, weight in before._topics.items():
            if place not in places:
                self._topics.put(place, topics, weight)
        for key, made, weight in before.worked_out.items() if same_sources else ():
            if key[0] not in places:
                self.worked_out.put(key, made, weight)

    async def read_common(self, connection: AsyncConnection, later: Slices | None = None) -> None:
        """Read what every answer needs: sources, populations and picks; ``later`` is a later revision's, if any."""
        stood = reading.live_at(SOURCE_VERSION, self.revision)
        statement = reading.select_sources().where(stood)
        if later is not None:
            columns = SOURCE_VERSION.c
            newer = select(columns.source_id).where(columns.recorded > self.revision)
            gone = set((await connection.execute(newer)).scalars())
            self.sources = {key: source for key, source in later.sources.items() if key not in gone}
            statement = statement.where(columns.superseded.is_not(None))
        for row in await connection.execute(statement):
            source = reading.source_of(row)
            self.sources[source.id] = source
        if later is None:
            inhabitants = map(reading.population_of, await connection.execute(reading.select_populations()))
            self.populations = {(row.place, row.year): row for row in inhabitants}
        else:
            self.populations = later.populations
        picked = reading.select_headlines().where(reading.live_at(HEADLINE_VERSION, self.revision))
        self.headlines = _sorted(map(reading.headline_of, await connection.execute(picked)))

    @property
    def _stood(self) -> Any:
        return reading.live_at(FIGURE_VERSION, self.revision)

    def _some(self, place: str, chosen: Any) -> tuple[Figure, ...]:
        statement = reading.select_figures().where(_COLUMNS.place == place, chosen, _SHOWN, self._stood)
        return reading.sorted_figures([reading.figure_of(row) for row in self._fetch(statement)])

    def _read_pieces(self, piece: Piece, places: Sequence[str]) -> dict[str, tuple[Figure, ...]]:
        topic = (_COLUMNS.measure == piece.measure) & (_COLUMNS.who == piece.who.value)
        statement = reading.select_figures().where(_COLUMNS.place.in_(places), topic, _SHOWN, self._stood)
        if piece.years is not None:
            first, last = piece.years
            statement = statement.where(_COLUMNS.year_last >= first, _COLUMNS.year_first <= last)
        found: dict[str, list[Figure]] = {place: [] for place in places}
        for row in self._fetch(statement):
            figure = reading.figure_of(row)
            found[figure.place].append(figure)
        result = {place: reading.sorted_figures(figures) for place, figures in found.items()}
        for place, figures in result.items():
            self._pieces.put(replace(piece, place=place), figures, 1 + len(figures))
        return result

    def _fetch(self, statement: Select[*tuple[Any, ...]]) -> Sequence[Any]:
        rows: Sequence[Any] = await_only(self._read(statement))
        return rows

    async def _read(self, statement: Select[*tuple[Any, ...]]) -> Sequence[Any]:
        # Each read is a transaction of its own: what stood at a revision never changes afterwards.
        async with self._database.reading() as connection:
            return (await connection.execute(statement)).all()


def _sorted(picks: Iterable[Headline]) -> tuple[Headline, ...]:
    return tuple(sorted(picks, key=lambda row: (row.place, row.measure, row.who)))
