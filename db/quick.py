"""A prepared SQLite file read without an ORM: the start of one question costs more than its reads.

The same records as ``db.dataset`` gives, by the same readers of rows; only what stands now, and only from a file that
this program has prepared. Everything else is left to ``db.dataset``.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from db import decoding
from db.pieces import LARGE
from db.records import Figure, Headline, Holdings, Measure, Membership, Place, Population, Source
from db.versions import known_versions, package_reason

ROWS_AT_ONCE = 1_000
"""Figures that are decoded without a pause; between them others are answered."""
_SHOWN = "superseded IS NULL AND status <> 'withdrawn'"
_PREFIXES = ("sqlite+aiosqlite:///", "sqlite:///")


class OnlyNow(Exception):
    """The past was asked for: only the whole dataset knows it."""


@dataclass(frozen=True, slots=True)
class QuickReference:
    """The tables without versions."""

    measures: dict[str, Measure]
    places: dict[str, Place]
    memberships: tuple[Membership, ...]


class QuickDataset:
    """What stands now in a prepared SQLite file, read as one question needs it; nothing is kept between questions."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file
        self._reference: QuickReference | None = None

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    @property
    def is_large(self) -> bool:
        """Whether it holds so much that whole places are more than an answer should read."""
        (last,) = self._file.execute("SELECT max(row) FROM figure_version").fetchone()
        return (last or 0) > LARGE

    def never_wait(self) -> None:
        """Raise sqlite3.OperationalError at once where others hold the whole file."""
        self._file.execute("PRAGMA busy_timeout = 0")

    def newest(self) -> tuple[int, str]:
        """The newest revision, and when it was recorded, as it is stored."""
        id_, at = self._file.execute("SELECT id, at FROM revision ORDER BY id DESC LIMIT 1").fetchone()
        return id_, at

    def forget(self) -> None:
        """Read the tables without versions anew when they are next asked for."""
        self._reference = None

    async def revision_at(self, day: date) -> int:
        """Raises OnlyNow: a day in the past is not read here."""
        raise OnlyNow(day)

    async def reference(self) -> QuickReference:
        """The measures, places and memberships."""
        if self._reference is None:
            measures = map(decoding.measure_of, self._rows("measure", decoding.MEASURE_COLUMNS, "ORDER BY id"))
            places = map(decoding.place_of, self._rows("place", decoding.PLACE_COLUMNS, "ORDER BY id"))
            members = self._rows("membership", decoding.MEMBERSHIP_COLUMNS, "ORDER BY row")
            self._reference = QuickReference(
                {measure.id: measure for measure in measures},
                {place.id: place for place in places},
                tuple(map(decoding.membership_of, members)),
            )
        return self._reference

    async def holdings(
        self, places: Collection[str] | None = None, *, revision: int | None = None, known_on: date | None = None
    ) -> Holdings:
        """What answers need about some places, or about all, as it stands; raises OnlyNow for the past."""
        if revision is not None or known_on is not None:
            raise OnlyNow(revision, known_on)
        reference = await self.reference()
        self._file.execute("BEGIN")  # one moment for all that follows, whoever writes meanwhile
        try:
            newest, recorded_at = self.newest()
            figures = await self._figures(places)
            listed = [figure for row in figures.values() for figure in row]
            cited = {key for figure in listed for key in figure.documents}
            return Holdings(
                revision=newest,
                recorded_at=_moment(recorded_at),
                known_on=None,
                figures=figures,
                sources=self._sources(cited),
                measures=reference.measures,
                places=reference.places,
                memberships=reference.memberships,
                populations={(row.place, row.year): row for row in self._populations(places)},
                headlines=self._headlines(places),
            )
        finally:
            self._file.execute("ROLLBACK")

    async def _figures(self, places: Collection[str] | None) -> dict[str, tuple[Figure, ...]]:
        found: dict[str, list[Figure]] = {}
        rows = self._of_places("figure_version", decoding.FIGURE_COLUMNS, places, _SHOWN)
        for number, row in enumerate(rows, start=1):
            figure = decoding.figure_of(row)
            found.setdefault(figure.place, []).append(figure)
            if number % ROWS_AT_ONCE == 0:
                await asyncio.sleep(0)
        return {place: decoding.sorted_figures(found[place]) for place in sorted(found)}

    def _sources(self, keys: Iterable[str]) -> dict[str, Source]:
        """Some sources and everything that they relay, directly or not."""
        found: dict[str, Source] = {}
        due = set(keys)
        while due:
            for batch in _batches(sorted(due)):
                condition = f"WHERE superseded IS NULL AND source_id IN ({_marks(batch)})"
                for row in self._rows("source_version", decoding.SOURCE_COLUMNS, condition, batch):
                    source = decoding.source_of(row)
                    found[source.id] = source
            due = {relay for key in due & found.keys() for relay in found[key].relays} - found.keys()
        return found

    def _populations(self, places: Collection[str] | None) -> list[Population]:
        rows = self._of_places("population", decoding.POPULATION_COLUMNS, places, "1")
        return sorted(map(decoding.population_of, rows), key=lambda row: (row.place, row.year))

    def _headlines(self, places: Collection[str] | None) -> tuple[Headline, ...]:
        rows = self._rows("headline_version", decoding.HEADLINE_COLUMNS, "WHERE superseded IS NULL")
        picks = sorted(map(decoding.headline_of, rows), key=lambda row: (row.place, row.measure, row.who))
        return tuple(pick for pick in picks if places is None or pick.place in places)

    def _of_places(
        self, table: str, columns: Sequence[str], places: Collection[str] | None, condition: str
    ) -> Iterable[tuple[Any, ...]]:
        if places is None:
            yield from self._rows(table, columns, f"WHERE {condition}")
            return
        for batch in _batches(sorted(places)):
            yield from self._rows(table, columns, f"WHERE {condition} AND place IN ({_marks(batch)})", batch)

    def _rows(
        self, table: str, columns: Sequence[str], rest: str, values: Sequence[str] = ()
    ) -> Iterable[tuple[Any, ...]]:
        # Only names of this module's own tables and columns are put together here; what people type is a parameter.
        return self._file.execute(f"SELECT {', '.join(columns)} FROM {table} {rest}", values)


def open_quick(url: str) -> QuickDataset | None:
    """The dataset of a prepared SQLite file; None where anything else has to be done first, or cannot be done here.

    Prepared means: at this program's newest migration, with this program's built-in package loaded.
    """
    place = next((url.removeprefix(prefix) for prefix in _PREFIXES if url.startswith(prefix)), "")
    if not place or place.startswith(("file:", ":")) or "?" in place or not Path(place).is_file():
        return None
    try:
        file = sqlite3.connect(f"{Path(place).absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=5)
    except sqlite3.Error:
        return None
    try:
        if _is_prepared(file):
            return QuickDataset(file)
    except sqlite3.Error:
        pass  # not ours, broken or busy: the long way says what is wrong
    file.close()
    return None


def _is_prepared(file: sqlite3.Connection) -> bool:
    with closing(file.execute("SELECT version_num FROM alembic_version")) as found:
        if [version for (version,) in found] != [known_versions()[-1]]:
            return False
    reason = "SELECT 1 FROM revision WHERE via = 'package' AND because = ? LIMIT 1"
    with closing(file.execute(reason, (package_reason(),))) as found:
        return found.fetchone() is not None


def _moment(stored: str) -> datetime:
    moment = datetime.fromisoformat(stored)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _batches(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[at : at + 500] for at in range(0, len(values), 500))
