"""One revision of a large dataset, read piece by piece while an answer is composed.

Composing is plain code that asks for the figures of a place, a measure and a time as it meets them. It runs as a
greenlet of its own (as SQLAlchemy runs its ORM), so that a read waits for the database while others are answered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.util import await_only

from db import reading
from db.bounded import Bounded, Key, Stamped
from db.decoding import FIGURE_COLUMNS
from db.in_place import Reader, Rows
from db.pieces import Newest, Piece, Topic, Years
from db.quick import QuickReference
from db.recording import batches, years_of
from db.records import Figure, Headline, Holdings, Population, Source, Status, Who
from db.snapshot import Reference
from db.tables import FIGURE_VERSION, HEADLINE_VERSION, SOURCE_VERSION

T = TypeVar("T")

PLACES_AT_ONCE = 10
"""Places whose figures are read and decoded without a pause."""
SAMPLED = 3
"""Figures in which who looks for a single one looks first."""
_TABLE = FIGURE_VERSION.name
_FIGURE = ", ".join(FIGURE_COLUMNS)
_WHOM = " UNION ALL ".join(f"SELECT '{who}' AS who" for who in Who)
_SHOWN = f"status <> '{Status.WITHDRAWN}' AND recorded <= ? AND (superseded IS NULL OR superseded > ?)"


class Slices:
    """What was read of one revision; ``db.pieces.Pieces`` says what may be asked inside of ``run``."""

    def __init__(self, reader: Reader, revision: int, recorded_at: datetime, limit: int) -> None:
        """``limit`` bounds the figures that are held, and again what callers keep of them."""
        self.revision = revision
        self.recorded_at = recorded_at
        self.sources: dict[str, Source] = {}
        self.populations: dict[tuple[str, int], Population] = {}
        self.headlines: tuple[Headline, ...] = ()
        self.relayed: dict[str, Figure] = {}
        self._reader = reader
        self._share(Bounded(limit), Bounded(limit), Bounded(limit))
        self._places: dict[str, int] = {}
        self._else = self._sources = revision

    def _share(self, read: Bounded[Key, Any], worked_out: Bounded[Key, Any], leads: Bounded[Key, Any]) -> None:
        self._caches = (read, worked_out, leads)
        self._pieces: Stamped[tuple[Figure, ...]] = Stamped(read, self._stamp)
        self._topics: Stamped[frozenset[Topic]] = Stamped(read, self._stamp)
        self.worked_out: Stamped[Any] = Stamped(worked_out, self._stamp_with_sources)
        self.leads: Stamped[Any] = Stamped(leads, self._stamp_with_sources)

    def _stamp(self, place: str) -> int:
        """The last revision that is known to have changed a place; what was read since then is as it was."""
        return self._places.get(place, self._else)

    def _stamp_with_sources(self, place: str) -> tuple[int, int]:
        return self._stamp(place), self._sources

    async def run(self, work: Callable[[], T]) -> T:
        """Do some work that reads from here; what is asked of the other methods is asked inside of it."""
        return await self._reader.run(work)

    def holdings(self, reference: Reference | QuickReference) -> Holdings:
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
            relayed=self.relayed,
        )

    def figures(self, piece: Piece) -> tuple[Figure, ...]:
        """The figures of a piece, in the order of their ids; those of other years too where they were read before."""
        found = self._held(piece)
        if found is None:
            found = reading.sorted_figures([reading.figure_of(row) for row in self._rows_of(piece, [piece.place])])
            self._pieces.put((piece.place, piece), found, 1 + len(found))
        return found

    def newest(self, wanted: Newest) -> tuple[tuple[Figure, ...], int]:
        """Those figures in the order of their ids, and the first year of which none is missing; 0 where none is."""
        condition, values = _within(wanted.piece, [wanted.piece.place])
        alike = f"destination IN ({_marks(wanted.destinations)})"
        if wanted.is_whole:
            alike += " AND (period_start = '' OR period_end = '')"
        values += tuple(word.value for word in wanted.destinations)
        order = f" ORDER BY year_last DESC LIMIT {int(wanted.most)}"
        rows = self._rows(f"{condition} AND {alike}", values, order)
        others = self._rows(f"{condition} AND NOT ({alike})", values)
        figures = [reading.figure_of(row) for row in (*rows, *others)]
        since = 1 + years_of(figures[len(rows) - 1])[1] if len(rows) == wanted.most else 0
        return reading.sorted_figures(figures), since

    def sample(self, piece: Piece) -> tuple[Figure, ...]:
        """A few figures of a piece, any; not kept."""
        held = self._held(piece)
        if held is not None:
            return held[:SAMPLED]
        rows = self._rows(*_within(piece, [piece.place]), f" LIMIT {SAMPLED}")
        return tuple(map(reading.figure_of, rows))

    def each(self, piece: Piece) -> Iterator[Figure]:
        """The figures of a piece, in no order, made ready one by one and not kept."""
        held = self._held(piece)
        return iter(held) if held is not None else map(reading.figure_of, self._rows_of(piece, [piece.place]))

    def of_many(
        self, topic: Topic, years: Years | None, places: Sequence[str]
    ) -> Iterator[tuple[str, tuple[Figure, ...]]]:
        """The same piece of many places, place by place, not kept; others are answered in between."""
        for batch in batches(places, PLACES_AT_ONCE):
            found: dict[str, list[Figure]] = {place: [] for place in batch}
            for row in self._rows_of(Piece(batch[0], *topic, years), batch):
                figure = reading.figure_of(row)
                found[figure.place].append(figure)
            for place, figures in found.items():
                yield place, reading.sorted_figures(figures)
            self.pause()

    def newest_years(self, topic: Topic, places: Sequence[str]) -> dict[str, int]:
        """The last year that any figure of a topic speaks of, for each place; 0 where none says."""
        newest = f"SELECT max(year_last) FROM {_TABLE} WHERE {_TABLE}.place = place.id AND measure = ? AND who = ?"
        values = (topic[0], topic[1].value, *places)
        found = self._reader.read(f"SELECT id, ({newest}) FROM place WHERE id IN ({_marks(places)})", values)
        return {place: year or 0 for place, year in found}

    def topics(self, place: str) -> frozenset[Topic]:
        """The topics of which any figure of a place is held."""
        found = self._topics.get((place,))
        if found is None:
            # One look into the index for each topic there can be: a place may have thousands of figures.
            topic = f"{_TABLE}.measure = measure.id AND {_TABLE}.who = whom.who"
            held = f"SELECT 1 FROM {_TABLE} WHERE place = ? AND {topic} AND {_SHOWN} LIMIT 1"
            statement = f"SELECT measure.id, whom.who, ({held}) FROM measure CROSS JOIN ({_WHOM}) AS whom"
            rows = self._reader.read(statement, (place, self.revision, self.revision))
            found = frozenset((row[0], Who(row[1])) for row in rows if row[2])
            self._topics.put((place,), found)
        return found

    def of_sources(self, place: str, keys: Collection[str], who: Collection[Who]) -> tuple[Figure, ...]:
        """The figures of a place from some sources that count some people."""
        counted = ", ".join(f"'{word.value}'" for word in sorted(who))
        return self._some(place, f"source IN ({{}}) AND who IN ({counted})", sorted(keys)) if keys else ()

    def relaying(self, place: str, keys: Collection[str], who: Collection[Who]) -> tuple[Figure, ...]:
        """The figures of a place that name one of some sources as the one that they relay, and count some people."""
        relaying = self._some(place, "relays IN ({}) AND relays IS NOT NULL", sorted(keys)) if keys else ()
        return tuple(figure for figure in relaying if figure.who in who)

    def pause(self) -> None:
        """Let others be answered before going on."""
        await_only(asyncio.sleep(0))

    def take_over(self, before: Slices, places: Collection[str], *, same_sources: bool) -> None:
        """Share what was read at an earlier revision of all places but some that changed since."""
        self._share(*before._caches)
        self._else = before._else
        self._places = before._places | dict.fromkeys(places, self.revision)
        self._sources = before._sources if same_sources else self.revision

    async def read_common(
        self, connection: AsyncConnection, *, later: Slices | None = None, same: Slices | None = None
    ) -> None:
        """Read what every answer needs: sources, populations and picks.

        ``later`` is of a later revision, which spares the sources that are as they were; ``same`` has the very same.
        """
        picked = reading.select_headlines().where(reading.live_at(HEADLINE_VERSION, self.revision))
        self.headlines = _sorted(map(reading.headline_of, await connection.execute(picked)))
        columns = FIGURE_VERSION.c
        named = select(columns.relays_figure).where(columns.relays_figure.is_not(None))
        shown = reading.live_at(FIGURE_VERSION, self.revision) & (columns.status != Status.WITHDRAWN.value)
        upstream = await connection.execute(reading.select_figures().where(columns.figure_id.in_(named), shown))
        self.relayed = {figure.id: figure for figure in map(reading.figure_of, upstream)}
        if same is not None:
            self.sources, self.populations = same.sources, same.populations
            return
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

    def _some(self, place: str, among: str, keys: Sequence[str]) -> tuple[Figure, ...]:
        found: list[Figure] = []
        for batch in batches(keys):
            batch = _padded(batch)
            # In two steps, or SQLite would go through all of the place in the index that holds whole figures.
            rows = f"SELECT row FROM {_TABLE} WHERE place = ? AND {among.format(_marks(batch))}"
            found += map(reading.figure_of, self._rows(f"row IN ({rows})", (place, *batch)))
        return reading.sorted_figures(found)

    def _held(self, piece: Piece) -> tuple[Figure, ...] | None:
        """A piece that was read before, or one that holds it."""
        found = self._pieces.get((piece.place, piece))
        return (
            found
            if found is not None or piece.years is None
            else self._pieces.get((piece.place, replace(piece, years=None)))
        )

    def _rows_of(self, piece: Piece, places: Sequence[str]) -> Rows:
        return self._rows(*_within(piece, places))

    def _rows(self, condition: str, values: tuple[object, ...], rest: str = "") -> Rows:
        # Only names of this module's own columns are put together here; what people type is a parameter. Each read is
        # a transaction of its own: what stood at a revision never changes afterwards.
        statement = f"SELECT {_FIGURE} FROM {_TABLE} WHERE {condition} AND {_SHOWN}{rest}"
        return self._reader.read(statement, (*values, self.revision, self.revision))


def _within(piece: Piece, places: Sequence[str]) -> tuple[str, tuple[object, ...]]:
    """The condition of a piece, and the values for it."""
    condition = f"place IN ({_marks(places)}) AND measure = ? AND who = ?"
    values: tuple[object, ...] = (*places, piece.measure, piece.who.value)
    if piece.years is not None:
        condition += " AND year_last >= ? AND year_first <= ?"
        values += piece.years
    return condition, values


def _padded(values: Sequence[str]) -> Sequence[str]:
    """The values, the last one again and again up to a power of two: few statements are prepared more than once."""
    wanted = 1 << (len(values) - 1).bit_length()
    return [*values, *([values[-1]] * (wanted - len(values)))]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _sorted(picks: Iterable[Headline]) -> tuple[Headline, ...]:
    return tuple(sorted(picks, key=lambda row: (row.place, row.measure, row.who)))
