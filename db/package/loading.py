"""Loading a data package: only what differs becomes a version, and a moderator's later word is never overwritten."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import select

from db.model.records import Figure, Revision, Source
from db.model.rows import FIGURES, SOURCES
from db.model.tables import POPULATION, REVISION
from db.package.datapackage import Package
from db.package.reference import renew_table, renewed_tables
from db.store import reading, recording
from db.store.engine import Database

log = logging.getLogger(__name__)

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
        before, changes = await reading.latest_revision(connection), await _compare(connection, package)
    if not changes.summary:
        _report(changes)
        return None
    async with database.writing() as session:
        if await reading.latest_revision(session) != before:
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


async def _compare(reader: recording.Writer, package: Package) -> PackageChanges:
    by_package = set((await reader.execute(select(REVISION.c.id).where(REVISION.c.via == "package"))).scalars())
    return PackageChanges(
        await _changes(reader, reading.FIGURE, FIGURES.content, package.figures, by_package),
        await _changes(reader, reading.SOURCE, SOURCES.content, package.sources, by_package),
        await renewed_tables(reader, package),
    )


async def _changes(
    reader: recording.Writer,
    kind: reading.Versions[V],
    content: Callable[[V], object],
    wanted: Sequence[V],
    by_package: set[int],
) -> Changes[V]:
    """Compare in batches: of a large store only the ids are held in memory at once."""
    ids = set((await reader.execute(select(kind.key).where(kind.live))).scalars())
    added, changed, kept = [], [], []
    for batch in reading.batches(wanted):
        there = [row.id for row in batch if row.id in ids]
        found = await kind.where(reader, kind.live, kind.key.in_(there)) if there else ()
        known = {row.id: row for row in found}
        for row in batch:
            old = known.get(row.id)
            if old is None:
                added.append(replace(row, version=1))
            elif content(row) != content(old):
                if old.revision in by_package:
                    changed.append(replace(row, version=old.version + 1))
                else:
                    kept.append(row.id)
        ids.difference_update(there)
    return Changes(tuple(added), tuple(changed), tuple(kept), tuple(sorted(ids)))


def _report(changes: PackageChanges) -> None:
    for kind, found in (("figures", changes.figures), ("sources", changes.sources)):
        if found.kept:
            log.warning("package: %d edited %s kept: %s", len(found.kept), kind, ", ".join(found.kept[:20]))
        if found.absent:
            log.info("package: %d %s not in it: %s", len(found.absent), kind, ", ".join(found.absent[:20]))
