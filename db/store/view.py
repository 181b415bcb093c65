"""One revision of the dataset, read by topic as an answer is composed; what was read is shared between revisions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Integer, Select, Text, bindparam, func, literal, or_, select, true, union_all
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.util import await_only

from db.model.records import Figure, Holdings, Status, Who
from db.model.tables import FIGURE_VERSION, MEASURE, PLACE
from db.store import reading
from db.store.engine import Database
from db.store.lru import WeightedLRU
from db.store.topics import Topic, Years, by_topic

T = TypeVar("T")
Cache = WeightedLRU[tuple[Any, ...], Any]
PLACES_AT_ONCE = 25
"""Places whose figures are read and decoded without a pause."""
_C = FIGURE_VERSION.c


def shown() -> tuple[ColumnElement[bool], ...]:
    """The versions that stood at the parameter ``revision`` and were not withdrawn."""
    at = bindparam("revision", type_=Integer)
    stood = _C.recorded <= at, or_(_C.superseded.is_(None), _C.superseded > at)
    return *stood, _C.status != Status.WITHDRAWN.value


def _any_of(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    return column.in_(bindparam(name, expanding=True))


SHOWN_FIGURES = reading.FIGURE.select().where(*shown())
_OF_TOPICS = SHOWN_FIGURES.where(
    _any_of(_C.place, "places"), _any_of(_C.measure, "measures"), _C.who == bindparam("who", type_=Text)
)
_IN_YEARS = _OF_TOPICS.where(_C.year_last >= bindparam("first"), _C.year_first <= bindparam("last"))
# In two steps, or SQLite would go through all of the place in the index that holds whole figures.
_OF_SOURCES, _RELAYING = (
    SHOWN_FIGURES.where(
        _C.row.in_(select(_C.row).where(_C.place == bindparam("place"), _any_of(by, "keys"), by.is_not(None)))
    )
    for by in (_C.source, _C.relays)
)
_WHOM = union_all(*(select(literal(who.value).label("who")) for who in Who)).subquery()
# One look into the index for each topic there can be: a place may have thousands of figures.
_TOPICS = (
    select(MEASURE.c.id, _WHOM.c.who)
    .join_from(MEASURE, _WHOM, true())
    .where(
        select(1)
        .where(_C.place == bindparam("place"), _C.measure == MEASURE.c.id, _C.who == _WHOM.c.who, *shown())
        .exists()
    )
)
# By index, a place at a time.
_NEWEST = select(func.max(_C.year_last)).where(
    _C.place == PLACE.c.id, _C.measure == bindparam("measure"), _C.who == bindparam("who")
)
_NEWEST_YEARS = select(PLACE.c.id, _NEWEST.scalar_subquery()).where(_any_of(PLACE.c.id, "places"))


class View:
    """What is known at one revision; its reads are asked for inside of ``run``."""

    def __init__(
        self, database: Database, common: Holdings, cache: Cache, stamps: Mapping[str, int], otherwise: int
    ) -> None:
        """``common`` is what every answer needs, without a figure; ``stamps`` are the revisions of some places."""
        self.common = common
        self.revision = common.revision
        self._database = database
        self._cache = cache
        self._stamps = stamps
        self._otherwise = otherwise

    @property
    def recorded_at(self) -> datetime:
        """When the revision was recorded."""
        return self.common.recorded_at

    def stamp(self, place: str) -> int:
        """A revision at which a place was just as it is in this view."""
        return self._stamps.get(place, self._otherwise)

    def moved_on(self, common: Holdings, places: Collection[str]) -> View:
        """The view of a later revision, at which only some places are others."""
        stamps = {**self._stamps, **dict.fromkeys(places, common.revision)}
        return View(self._database, common, self._cache, stamps, self._otherwise)

    def as_of(self, common: Holdings) -> View:
        """The view of an earlier revision: a place that has not changed since then is the same in both."""
        stamps = {place: min(stamp, common.revision) for place, stamp in self._stamps.items()}
        return View(self._database, common, self._cache, stamps, min(self._otherwise, common.revision))

    async def run(self, work: Callable[[], T]) -> T:
        """Do some plain work that asks this view; while it waits for the database others are answered."""
        return await self._database.run(work)

    def topics(self, place: str) -> tuple[Topic, ...]:
        """The topics of which any figure of a place is held, sorted."""
        key = (self.stamp(place), place)
        found: tuple[Topic, ...] | None = self._cache.get(key)
        if found is None:
            rows = self._database.fetch(_TOPICS, place=place, revision=self.revision)
            found = tuple(sorted((measure, Who(who)) for measure, who in rows))
            self._cache.put(key, found)
        return found

    def figures(self, place: str, topic: Topic, years: Years | None = None) -> tuple[Figure, ...]:
        """The figures of a place and a topic, in the order of their ids; those of other years too where at hand."""
        found = self._held(place, topic, years)
        if found is None:
            found = self._read((place,), (topic[0],), topic[1], years)[place, topic[0]]
        return found

    def read_ahead(
        self, places: Collection[str], measures: Collection[str], who: Who, years: Years | None = None
    ) -> None:
        """Read at once what is about to be asked of many places, or in many measures."""
        for batch in reading.batches(places, PLACES_AT_ONCE):
            missing = {
                (place, measure)
                for place in batch
                for measure in measures
                if self._held(place, (measure, who), years) is None
            }
            if missing:
                self._read({place for place, _ in missing}, {measure for _, measure in missing}, who, years)

    def newest_years(self, places: Sequence[str], topic: Topic) -> dict[str, int]:
        """The last year that any figure of a topic speaks of, of the places that are not at hand and state a time."""
        missing = [place for place in places if self._held(place, topic, None) is None]
        if not missing:
            return {}
        rows = self._database.fetch(_NEWEST_YEARS, places=missing, measure=topic[0], who=topic[1].value)
        return {place: year for place, year in rows if year}

    def of_sources(self, place: str, keys: Collection[str]) -> tuple[Figure, ...]:
        """The figures of a place that some sources state."""
        held = self._whole(place)
        if held is not None:
            return tuple(figure for figure in held if figure.source in keys)
        return self._some(_OF_SOURCES, place, keys)

    def relaying(self, place: str, keys: Collection[str]) -> tuple[Figure, ...]:
        """The figures of a place that name one of some sources as the one that they relay."""
        held = self._whole(place)
        if held is not None:
            return tuple(figure for figure in held if figure.relays in keys)
        return self._some(_RELAYING, place, keys)

    def pause(self) -> None:
        """Let others be answered before going on."""
        await_only(asyncio.sleep(0))

    def hold(self, place: str, figures: Iterable[Figure]) -> None:
        """Keep all figures of a place."""
        found = by_topic(reading.sorted_figures(figures))
        for topic, listed in found.items():
            self._keep(place, topic, None, listed)
        self._cache.put((self.stamp(place), place), tuple(sorted(found)))

    def _held(self, place: str, topic: Topic, years: Years | None) -> tuple[Figure, ...] | None:
        stamp = self.stamp(place)
        topics: tuple[Topic, ...] | None = self._cache.get((stamp, place))
        if topics is not None and topic not in topics:
            return ()
        found: tuple[Figure, ...] | None = self._cache.get((stamp, place, topic))
        if found is None and years is not None:
            found = self._cache.get((stamp, place, topic, years))
        return found

    def _whole(self, place: str) -> list[Figure] | None:
        """All figures of a place, in the order of their ids, where all are at hand."""
        topics: tuple[Topic, ...] | None = self._cache.get((self.stamp(place), place))
        if topics is None:
            return None
        found: list[Figure] = []
        for topic in topics:
            listed = self._held(place, topic, None)
            if listed is None:
                return None
            found += listed
        return sorted(found, key=lambda figure: figure.id)

    def _keep(self, place: str, topic: Topic, years: Years | None, figures: tuple[Figure, ...]) -> None:
        key: tuple[Any, ...] = (self.stamp(place), place, topic)
        self._cache.put(key if years is None else (*key, years), figures, 1 + len(figures))

    def _read(
        self, places: Collection[str], measures: Collection[str], who: Who, years: Years | None
    ) -> dict[tuple[str, str], tuple[Figure, ...]]:
        """The figures of each place and measure, which are kept, too."""
        values = {"places": sorted(places), "measures": sorted(measures), "who": who.value, "revision": self.revision}
        if years is None:
            rows = self._database.fetch(_OF_TOPICS, **values)
        else:
            rows = self._database.fetch(_IN_YEARS, first=years[0], last=years[1], **values)
        gathered: dict[tuple[str, str], list[Figure]] = {(place, key): [] for place in places for key in measures}
        for row in rows:
            figure = reading.FIGURE.record(row)
            gathered[figure.place, figure.measure].append(figure)
        found = {key: reading.sorted_figures(figures) for key, figures in gathered.items()}
        for (place, measure), figures in found.items():
            self._keep(place, (measure, who), years, figures)
        return found

    def _some(self, statement: Select[Any], place: str, keys: Collection[str]) -> tuple[Figure, ...]:
        found: list[Figure] = []
        for batch in reading.batches(sorted(keys)):
            rows = self._database.fetch(statement, place=place, keys=batch, revision=self.revision)
            found += map(reading.FIGURE.record, rows)
        return reading.sorted_figures(found)


async def read_places(
    connection: AsyncConnection, revision: int, places: Collection[str] | None
) -> dict[str, list[Figure]]:
    """The figures that stood at a revision of some places, or of all, in no order; others are answered in between."""
    found: dict[str, list[Figure]] = {}
    for batch in [None] if places is None else list(reading.batches(sorted(places))):
        statement = SHOWN_FIGURES if batch is None else SHOWN_FIGURES.where(_C.place.in_(batch))
        async for rows in (await connection.stream(statement, {"revision": revision})).partitions(reading.AT_ONCE):
            for row in rows:
                figure = reading.FIGURE.record(row)
                found.setdefault(figure.place, []).append(figure)
    return found
