"""What has been read of the dataset at one revision; a later revision gets a snapshot of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from db import reading
from db.bounded import Bounded
from db.recording import batches
from db.records import Figure, Headline, Holdings, Measure, Membership, Place, Population, Source, Status
from db.tables import FIGURE_VERSION, HEADLINE_VERSION, POPULATION, SOURCE_VERSION

SOURCES_KEPT = 20_000
"""Sources kept between questions; the dataset has hundreds, so only a runaway store meets this bound."""

ROWS_AT_ONCE = 1_000
"""Figures that are decoded without a pause; between them others are answered."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The tables without versions."""

    measures: Mapping[str, Measure]
    places: Mapping[str, Place]
    memberships: tuple[Membership, ...]


@dataclass(frozen=True, slots=True)
class PlaceData:
    """What is held of one place."""

    figures: tuple[Figure, ...]
    populations: tuple[Population, ...]

    @property
    def weight(self) -> int:
        """What it counts in a cache: its figures, and one for itself."""
        return len(self.figures) + 1


@dataclass
class Snapshot:
    """One revision of the dataset, read as far as questions needed it; consistent whatever is written meanwhile."""

    revision: int
    recorded_at: datetime
    places: Bounded[str, PlaceData]
    sources: dict[str, Source] = field(default_factory=dict)
    reference: Reference | None = None
    headlines: tuple[Headline, ...] | None = None

    def moved_on(
        self, revision: int, recorded_at: datetime, places: Collection[str], sources: Collection[str], *, renewed: bool
    ) -> Snapshot:
        """The snapshot of a later revision: what did not change in between is taken over.

        ``renewed`` says that a package was loaded in between, which may touch the tables without versions.
        """
        later = Snapshot(revision, recorded_at, Bounded(self.places.limit))
        if renewed:
            return later
        for place, data, weight in self.places.items():
            if place not in places:
                later.places.put(place, data, weight)
        later.sources = {key: source for key, source in self.sources.items() if key not in sources}
        later.reference = self.reference
        return later

    async def holdings(
        self, connection: AsyncConnection, wanted: frozenset[str] | None, known_on: date | None
    ) -> Holdings:
        """The part of the dataset that a question needs; every place when none is named."""
        reference = await self.read_reference(connection)
        if self.headlines is None:
            self.headlines = await self._read_headlines(connection)
        data = await self._read_all(connection) if wanted is None else await self._read_places(connection, wanted)
        figures = {place: data[place].figures for place in sorted(data) if data[place].figures}
        cited = {key for listed in figures.values() for figure in listed for key in figure.documents}
        return Holdings(
            revision=self.revision,
            recorded_at=self.recorded_at,
            known_on=known_on,
            figures=figures,
            sources=await self.read_sources(connection, cited),
            measures=reference.measures,
            places=reference.places,
            memberships=reference.memberships,
            populations={(row.place, row.year): row for place in data.values() for row in place.populations},
            headlines=tuple(row for row in self.headlines if wanted is None or row.place in wanted),
        )

    async def read_reference(self, connection: AsyncConnection) -> Reference:
        """The tables without versions, read once."""
        if self.reference is None:
            measures = [reading.measure_of(row) for row in await connection.execute(reading.select_measures())]
            places = [reading.place_of(row) for row in await connection.execute(reading.select_places())]
            members = [reading.membership_of(row) for row in await connection.execute(reading.select_memberships())]
            self.reference = Reference(
                {measure.id: measure for measure in sorted(measures, key=lambda measure: measure.id)},
                {place.id: place for place in sorted(places, key=lambda place: place.id)},
                tuple(members),
            )
        return self.reference

    async def read_sources(self, connection: AsyncConnection, keys: Iterable[str]) -> dict[str, Source]:
        """Some sources and everything that they relay, directly or not; a key without a row is left out."""
        found: dict[str, Source] = {}
        asked: set[str] = set()
        due = set(keys)
        while due:
            missing = [key for key in due if key not in self.sources]
            for batch in batches(sorted(missing)):
                await self._fetch_sources(connection, batch)
            for key in due & self.sources.keys():
                found[key] = self.sources[key]
            asked |= due
            due = {relay for key in due & found.keys() for relay in found[key].relays} - asked
        if len(self.sources) > SOURCES_KEPT:
            self.sources = {}
        return found

    async def _fetch_sources(self, connection: AsyncConnection, keys: Collection[str]) -> None:
        stood = reading.live_at(SOURCE_VERSION, self.revision)
        chosen = SOURCE_VERSION.c.source_id.in_(keys)
        for row in await connection.execute(reading.select_sources().where(stood, chosen)):
            source = reading.source_of(row)
            self.sources[source.id] = source

    async def _read_headlines(self, connection: AsyncConnection) -> tuple[Headline, ...]:
        stood = reading.live_at(HEADLINE_VERSION, self.revision)
        found = await connection.execute(reading.select_headlines().where(stood))
        return tuple(sorted(map(reading.headline_of, found), key=lambda row: (row.place, row.measure, row.who)))

    async def _read_places(self, connection: AsyncConnection, wanted: frozenset[str]) -> dict[str, PlaceData]:
        data: dict[str, PlaceData] = {}
        for place in wanted:
            held = self.places.get(place)
            if held is not None:
                data[place] = held
        for batch in batches(sorted(wanted - data.keys()), 500):
            data |= await self._fetch_places(connection, batch)
        return data

    async def _read_all(self, connection: AsyncConnection) -> dict[str, PlaceData]:
        return await self._fetch_places(connection, None)

    async def _fetch_places(self, connection: AsyncConnection, wanted: Collection[str] | None) -> dict[str, PlaceData]:
        shown = FIGURE_VERSION.c.status != Status.WITHDRAWN.value
        statement = reading.select_figures().where(reading.live_at(FIGURE_VERSION, self.revision), shown)
        inhabitants = reading.select_populations()
        if wanted is not None:
            statement = statement.where(FIGURE_VERSION.c.place.in_(wanted))
            inhabitants = inhabitants.where(POPULATION.c.place.in_(wanted))
        figures: dict[str, list[Figure]] = {place: [] for place in wanted or ()}
        async for rows in (await connection.stream(statement)).partitions(ROWS_AT_ONCE):
            for row in rows:
                figure = reading.figure_of(row)
                figures.setdefault(figure.place, []).append(figure)
        populations: dict[str, list[Population]] = {}
        for row in await connection.execute(inhabitants):
            population = reading.population_of(row)
            populations.setdefault(population.place, []).append(population)
        data = {
            place: PlaceData(
                reading.sorted_figures(figures.get(place, [])),
                tuple(sorted(populations.get(place, []), key=lambda row: row.year)),
            )
            for place in figures.keys() | populations.keys()
        }
        for place, held in data.items():
            self.places.put(place, held, held.weight)
        return data
