"""Loading a data package: only what differs becomes a version, and a moderator's later word is never overwritten."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from operator import attrgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, Table, func, select

from db.model.records import Figure, Revision, Source
from db.model.tables import FIGURE_VERSION, POPULATION, REVISION, SOURCE_VERSION
from db.package.datapackage import Package
from db.package.reference import renew_table, renewed_tables
from db.store import reading, recording
from db.store.engine import Database

log = logging.getLogger(__name__)

_STORED = ("version", "revision")
_FIGURE_CONTENT = attrgetter(*(part.name for part in fields(Figure) if part.name not in _STORED))
_SOURCE_CONTENT = attrgetter(*(part.name for part in fields(Source) if part.name not in _STORED))

V = TypeVar("V", Figure, Source)


@dataclass(frozen=True, slots=True)
class Changes(Generic[V]):
    """How the figures or the sources of a package differ from the live versions."""

    added: tuple[V, ...]
    changed: tuple[V, ...]
    """With the version number that each would get."""
    kept: tuple[str, ...]
    """Ids that differ, yet whose live version came from an edit or an import: left as they are."""
    absent: tuple[str, ...]
    """Ids that the package does not hold: left as they are; only a person withdraws."""


@dataclass(frozen=True, slots=True)
class PackageChanges:
    """How a package differs from what a database holds."""

    figures: Changes[Figure]
    sources: Changes[Source]
    reference: tuple[str, ...]
    """The reference tables that differ."""

    @property
    def summary(self) -> str:
        """What loading writes, in one line; empty when it writes nothing."""
        counts = {
            "figures added": len(self.figures.added),
            "figures changed": len(self.figures.changed),
            "sources added": len(self.sources.added),
            "sources changed": len(self.sources.changed),
        }
        parts = [f"{count} {what}" for what, count in counts.items() if count]
        return ", ".join([*parts, *(f"{table} table renewed" for table in self.reference)])


async def compare_package(database: Database, package: Package) -> PackageChanges:
    """What loading a package would do, without doing it."""
    async with database.reading() as connection:
        return await _compare(connection, package)


async def load_package(database: Database, package: Package, *, by: str, because: str, at: datetime) -> Revision | None:
    """Load a package in one transaction as one revision; None when it brings nothing new.

    A figure or source whose live version came from an edit or an import is left as it is and named in the log;
    so is one that the package does not hold. ``compare_package`` lists both beforehand.
    """
    async with database.reading() as connection:  # comparing takes long: other writers need not wait for it
        before, changes = await _latest(connection), await _compare(connection, package)
    if not changes.summary:
        _report(changes)
        return None
    async with database.writing() as session:
        if await _latest(session) != before:
            changes = await _compare(session, package)
        _report(changes)
        if not changes.summary:
            return None
        revision = await recording.record_revision(
            session, at=at, by=by, because=because, summary=changes.summary, via="package"
        )
        await _write(session, package, changes, revision.id)
    return revision


async def _write(writer: recording.Writer, package: Package, changes: PackageChanges, revision: int) -> None:
    """Reference tables first, since figures point to them; populations last, since they point to sources."""
    for table in changes.reference:
        if table != POPULATION.name:
            await renew_table(writer, table, package)
    await recording.supersede_sources(writer, (source.id for source in changes.sources.changed), revision)
    await recording.insert_sources(writer, changes.sources.added + changes.sources.changed, revision)
    await recording.supersede_figures(writer, (figure.id for figure in changes.figures.changed), revision)
    await recording.insert_figures(writer, changes.figures.added, revision)
    await recording.insert_figures(writer, changes.figures.changed, revision)
    if POPULATION.name in changes.reference:
        await renew_table(writer, POPULATION.name, package)


async def _latest(reader: recording.Writer) -> int:
    latest: int | None = (await reader.execute(select(func.max(REVISION.c.id)))).scalar()
    return latest or 0


async def _compare(reader: recording.Writer, package: Package) -> PackageChanges:
    by_package = set((await reader.execute(select(REVISION.c.id).where(REVISION.c.via == "package"))).scalars())
    return PackageChanges(
        await _changes(
            reader,
            FIGURE_VERSION,
            "figure_id",
            reading.select_figures(),
            reading.figure_of,
            package.figures,
            by_package,
        ),
        await _changes(
            reader,
            SOURCE_VERSION,
            "source_id",
            reading.select_sources(),
            reading.source_of,
            package.sources,
            by_package,
        ),
        await renewed_tables(reader, package),
    )


async def _changes(
    reader: recording.Writer,
    table: Table,
    key: str,
    statement: Select[*tuple[Any, ...]],
    record: Callable[[reading.AnyRow], V],
    wanted: Sequence[V],
    by_package: set[int],
) -> Changes[V]:
    """Compare in batches: of a large store only the ids are held in memory at once."""
    live = table.c.superseded.is_(None)
    ids = set((await reader.execute(select(table.c[key]).where(live))).scalars())
    added, changed, kept = [], [], []
    for batch in recording.batches(wanted):
        there = [row.id for row in batch if row.id in ids]
        found = await reader.execute(statement.where(live, table.c[key].in_(there))) if there else ()
        known = {row.id: row for row in map(record, found)}
        for row in batch:
            old = known.get(row.id)
            if old is None:
                added.append(replace(row, version=1))
            elif _content(row) != _content(old):
                if old.revision in by_package:
                    changed.append(replace(row, version=old.version + 1))
                else:
                    kept.append(row.id)
        ids.difference_update(there)
    return Changes(tuple(added), tuple(changed), tuple(kept), tuple(sorted(ids)))


def _content(record: Figure | Source) -> object:
    """What a record says, apart from its place among its versions."""
    return _FIGURE_CONTENT(record) if isinstance(record, Figure) else _SOURCE_CONTENT(record)


def _report(changes: PackageChanges) -> None:
    for kind, found in (("figures", changes.figures), ("sources", changes.sources)):
        if found.kept:
            log.warning("package: %d edited %s kept: %s", len(found.kept), kind, ", ".join(found.kept[:20]))
        if found.absent:
            log.info("package: %d %s not in it: %s", len(found.absent), kind, ", ".join(found.absent[:20]))
