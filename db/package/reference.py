"""The tables without versions (measures, places, memberships, populations): how a package renews them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, update

from db.model import rows
from db.model.layout import Layout
from db.package.datapackage import Package
from db.store import reading
from db.store.reading import batches
from db.store.recording import Writer


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a package and the table that holds it."""

    kept: reading.Kept[Any]
    layout: Layout[Any]
    of: Callable[[Package], Sequence[Any]]
    merged: bool = False
    """Whether rows are added and corrected, never removed, since figures hold on to them; else all are replaced."""


_PARTS = {
    part.kept.table.name: part
    for part in (
        _Part(reading.MEASURES, rows.MEASURES, lambda package: package.measures, merged=True),
        _Part(reading.PLACES, rows.PLACES, lambda package: package.places, merged=True),
        _Part(reading.MEMBERSHIPS, rows.MEMBERSHIPS, lambda package: package.memberships),
        _Part(reading.POPULATIONS, rows.POPULATIONS, lambda package: package.populations),
    )
}


async def renewed_tables(reader: Writer, package: Package) -> tuple[str, ...]:
    """The reference tables in which a package brings something new or different."""
    found = []
    for name, part in _PARTS.items():
        held, wanted = await part.kept.read(reader), part.of(package)
        if part.kept.order:
            same = held == list(wanted)
        else:
            same = set(held) >= set(wanted) if part.merged else set(held) == set(wanted)
        found += [] if same else [name]
    return tuple(found)


async def renew_table(writer: Writer, table: str, package: Package) -> None:
    """Bring one reference table to the package's rows; populations need the keys of their sources first."""
    part = _PARTS[table]
    into, values, wanted = part.kept.table, part.layout.values, part.of(package)
    if not part.merged:
        await writer.execute(delete(into))
        for batch in batches(wanted):
            await writer.execute(insert(into), [values(row) for row in batch])
        return
    known = {row.id: row for row in await part.kept.read(writer)}
    if new := [values(row) for row in wanted if row.id not in known]:
        await writer.execute(insert(into), new)
    for row in wanted:
        if row.id in known and known[row.id] != row:
            await writer.execute(update(into).where(into.c.id == row.id).values(values(row)))
