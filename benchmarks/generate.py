"""A valid database of any size: ``python -m benchmarks.generate URL FIGURES``; the same seed makes the same rows.

The countries, regions, measures and sources are those of the built-in package, with more sources as it grows; the
figures are made up. A large dataset is a broad one: first every country gets its count of those who travelled, then
figures are spread over places, measures, whom they count, destinations and the months of nine years. A million of them
make some four thousand a country, and a hundred for each measure and who of it.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from random import Random
from typing import Any

from sqlalchemy import Table, text

from db.model.records import LOADER, Source
from db.model.tables import FIGURE_VERSION, HEADLINE_VERSION, REVISION
from db.model.values import PartialDate
from db.package.datapackage import Package, read_package
from db.package.loading import load_package
from db.store.engine import Database, open_database
from db.store.upgrading import upgrade
from db.store.versions import package_reason

BEGINNING = datetime(2022, 1, 1, tzinfo=UTC)
"""When the package was loaded; each later revision is a day younger."""
ROWS_AT_ONCE = 20_000
IMPORTED_AT_ONCE = 20_000
"""Figures that one revision of an import records."""
FIGURES_A_SOURCE = 400
EDITED = 500
"""One figure in so many was edited again and again."""
OFTEN = 20
"""The versions of a figure that was edited again and again."""
PICKED = 300
"""One topic in so many has a figure picked by a moderator."""

MEASURES = {
    "travelled": 16,
    "travelled_in_period": 14,
    "monthly_rate": 12,
    "present": 12,
    "returned": 12,
    "killed": 12,
    "prevented": 12,
    "sample_records": 10,
}
WHO = {"everyone": 28, "men": 18, "women": 18, "minors": 18, "women_and_minors": 18}
DESTINATIONS = {"SY+IQ": 55, "SY": 30, "WIDER": 9, "IQ": 6}
REGIONS_SHARE = 8
"""Of a hundred figures, so many speak of a region or the world."""

Row = tuple[Any, ...]
_COLUMNS = (
    *("figure_id", "version", "recorded", "superseded", "place", "measure", "who", "destination", "low", "high"),
    *("bound", "as_of", "period_start", "period_end", "as_of_last", "year_first", "year_last", "source", "relays"),
    *("basis", "locator", "seen", "evidence", "credibility", "status", "status_reason", "note"),
)
"""What is made up of a figure; the other columns are left as they are in most figures."""
_LOW, _HIGH = _COLUMNS.index("low"), _COLUMNS.index("high")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a database is to hold."""

    figures: int
    seed: int = 1
    versions: int = 1
    """Versions that each figure has; with one, one figure in ``EDITED`` has ``OFTEN``."""
    crowd: int = 0
    """Further counts of Belgians who travelled: one place and measure that holds very many."""

    def versions_of(self, number: int) -> int:
        """How many versions a figure has."""
        if self.versions > 1:
            return self.versions
        return OFTEN if number % EDITED == 0 else 1


class Making:
    """Draws figures one after another from a seed."""

    def __init__(self, plan: Plan, package: Package) -> None:
        self._draw = Random(plan.seed)
        self._plan = plan
        self._sources = sorted(source.id for source in package.sources)
        countries = sorted(place.id for place in package.places if place.kind == "country")
        regions = sorted(place.id for place in package.places if place.kind != "country")
        self._draw.shuffle(countries)
        sizes = [0.4 + 2.2 / (1 + rank / 40) for rank in range(len(countries))]
        share = sum(sizes) * REGIONS_SHARE / (100 - REGIONS_SHARE) / len(regions)
        self._countries = countries
        self._places = countries + regions
        self._weights = list(accumulate([*sizes, *([share] * len(regions))]))

    def figures(self) -> Iterator[Row]:
        """Every live version, in order of its number; recorded by the revision of its import."""
        for number in range(self._plan.figures):
            yield self._figure(number, *self._topic(number))
        for number in range(self._plan.crowd):
            yield self._figure(self._plan.figures + number, "BE", "travelled", "everyone")

    def _topic(self, number: int) -> tuple[str, str, str]:
        if number < len(self._countries):
            return self._countries[number], "travelled", "everyone"
        place = self._draw.choices(self._places, cum_weights=self._weights)[0]
        return place, self._one_of(MEASURES), self._one_of(WHO)

    def _figure(self, number: int, place: str, measure: str, who: str) -> Row:
        draw = self._draw
        month = draw.randrange(108)
        as_of = f"{2011 + month // 12}-{1 + month % 12:02}"
        start = end = ""
        if measure in ("travelled_in_period", "monthly_rate"):
            start, end = (as_of[:4], as_of[:4]) if draw.random() < 0.5 else (as_of, as_of)
        low, high, bound = self._value()
        source = draw.choice(self._sources)
        relays = draw.choice(self._sources) if draw.random() < 0.05 else None
        version = self._plan.versions_of(number)
        recorded = revision_of(number, version)
        return (
            *(f"{place.lower().replace(':', '-')}-{measure}-{number}", version, recorded, None, place, measure, who),
            *(self._one_of(DESTINATIONS).replace("WIDER", "wider"), low, high, bound, as_of, start, end),
            *(PartialDate.parse(as_of).last.isoformat(), int(as_of[:4]), int(as_of[:4])),
            *(source, relays if relays != source else None, "", f"table {number % 40}", "primary", ""),
            *(draw.randint(1, 6), "current", "", ""),
        )

    def _value(self) -> tuple[int, int, str]:
        low = int(10 ** self._draw.uniform(0, 3.7))
        kind = self._draw.random()
        if kind < 0.6:
            return low, low, "exact"
        if kind < 0.8:
            return low, low, "about"
        return low, low + low // 5 + 1, "range"

    def _one_of(self, weighted: dict[str, int]) -> str:
        return self._draw.choices(list(weighted), list(weighted.values()))[0]


def revision_of(number: int, version: int) -> int:
    """The revision that recorded a version: the imports stand first, then each round of edits is one revision."""
    return 2 + number // IMPORTED_AT_ONCE if version == 1 else EDITS_FROM + version


EDITS_FROM = 1_000
"""Rounds of edits are numbered from here on; imports of up to twenty million figures stand before them."""


async def generate(database: Database, plan: Plan) -> None:
    """Fill an empty database; bulk inserts, one transaction for each table."""
    package = replace(read_package(), figures=())
    package = replace(package, sources=(*package.sources, *_more_sources(package, plan)))
    await upgrade(database)
    await load_package(database, package, by=LOADER, because=package_reason(), at=BEGINNING)
    await _insert(database, REVISION, ("id", "at", "by", "because", "summary", "undoes", "via"), _revisions(plan))
    live = list(Making(plan, package).figures())
    versions = (version for number, row in enumerate(live) for version in _versions(plan, number, row))
    await _insert(database, FIGURE_VERSION, _COLUMNS, versions)
    picks = ("place", "measure", "who", "figure_id", "reason", "recorded", "superseded")
    await _insert(database, HEADLINE_VERSION, picks, _picks(live))
    if not database.is_sqlite:  # what a server does by itself soon after
        async with database.engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text("VACUUM ANALYZE"))


def _more_sources(package: Package, plan: Plan) -> Iterator[Source]:
    draw = Random(plan.seed + 1)
    known = sorted(package.sources, key=lambda source: source.id)
    for number in range(plan.figures // FIGURES_A_SOURCE):
        like = draw.choice(known)
        relays = (draw.choice(known).id,) if draw.random() < 0.1 else ()
        title = f"{like.title}, no. {number}"
        yield replace(like, id=f"made_{number}", title=title, url=f"https://example.org/{number}", relays=relays)


def _revisions(plan: Plan) -> Iterator[Row]:
    imports = -(-(plan.figures + plan.crowd) // IMPORTED_AT_ONCE)
    rounds = max(plan.versions, OFTEN)
    numbers = [*range(2, 2 + imports), *range(EDITS_FROM + 2, EDITS_FROM + rounds + 1)]
    for days, number in enumerate(numbers, start=1):
        via = "import" if number < EDITS_FROM else "edit"
        yield number, BEGINNING + timedelta(days=days), "generator", "made up", f"revision {number}", None, via


def _versions(plan: Plan, number: int, live: Row) -> Iterator[Row]:
    """A figure's versions, oldest first; each counted one fewer."""
    newest = live[1]
    for version in range(1, newest + 1):
        superseded = revision_of(number, version + 1) if version < newest else None
        fewer = newest - version
        values = list(live)
        values[1:4] = [version, revision_of(number, version), superseded]
        values[_LOW], values[_HIGH] = live[_LOW] + fewer, live[_HIGH] + fewer
        yield tuple(values)


def _picks(live: Sequence[Row]) -> Iterator[Row]:
    seen: set[Row] = set()
    for row in islice(live, 0, 100_000, PICKED):
        topic = row[4:7]
        if topic not in seen:
            seen.add(topic)
            yield (*topic, row[0], "The moderators' choice", row[2], None)


async def _insert(database: Database, table: Table, columns: Sequence[str], rows: Iterator[Row]) -> None:
    """Write rows without an ORM: the drivers' own ways are ten times as fast."""
    if database.is_sqlite:
        await asyncio.to_thread(_insert_sqlite, database.engine.url.database or "", table.name, columns, rows)
        return
    async with database.engine.begin() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        while batch := list(islice(rows, ROWS_AT_ONCE)):
            await driver.copy_records_to_table(table.name, records=batch, columns=list(columns))


def _insert_sqlite(path: str, table: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
    moments = (tuple(str(cell)[:19] if isinstance(cell, datetime) else cell for cell in row) for row in rows)
    marks = ", ".join("?" * len(columns))
    connection = sqlite3.connect(path)
    try:
        with connection:
            connection.execute("PRAGMA cache_size = -400000")
            statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
            connection.executemany(statement, moments)
    finally:
        connection.close()


async def _make(url: str, plan: Plan) -> None:
    async with open_database(url) as database:
        await generate(database, plan)


def main() -> None:
    """Fill the database at a URL."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="sqlite:///… or postgresql://…, empty")
    parser.add_argument("figures", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--versions", type=int, default=1, help="versions of each figure")
    parser.add_argument("--crowd", type=int, default=0, help="further figures of one place and measure")
    given = parser.parse_args()
    asyncio.run(_make(given.url, Plan(given.figures, given.seed, given.versions, given.crowd)))


if __name__ == "__main__":
    main()
