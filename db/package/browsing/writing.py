"""Writing the file: what stands today, labelled and linked, in one consistent read."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from db.model.layout import Layout
from db.model.records import Revision
from db.package.browsing.layout import APART, LAYOUTS, TABLES, views
from db.package.datapackage import Package
from db.package.exporting import stored_package
from db.store import reading
from db.store.engine import Database
from db.store.whole_files import whole_file

Row = tuple[object, ...]


async def write_browsable(database: Database, path: Path) -> int:
    """Write what stands today as an SQLite file, whole or not at all; the data revision that it holds.

    A file of that name is replaced.
    """
    async with database.reading() as connection:
        found = await connection.execute(reading.REVISIONS.select())
        revisions = sorted(map(reading.REVISIONS.record, found), key=lambda revision: revision.id)
    newest = revisions[-1].id if revisions else 0
    package = await stored_package(database, newest)
    await asyncio.to_thread(_write, path, package, revisions)
    return newest


def _write(path: Path, package: Package, revisions: Iterable[Revision]) -> None:
    with whole_file(path) as made, closing(sqlite3.connect(made)) as connection:
        # The file is made anew and renamed when complete: a journal would only slow it down.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.executescript(TABLES)
        with connection:
            for table, rows in _rows(package, revisions).items():
                _insert(connection, table, rows)
        connection.executescript(views())
        connection.execute("ANALYZE")
        connection.commit()


def _insert(connection: sqlite3.Connection, table: str, rows: list[Row]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _rows(package: Package, revisions: Iterable[Revision]) -> dict[str, list[Row]]:
    """The rows of each table, in an order in which every link points backwards."""
    return {
        "revisions": [(row.id, row.at.isoformat(), row.by, row.because, row.summary, row.undoes) for row in revisions],
        **{table: [_of(row, layout, table) for row in getattr(package, table)] for table, layout in LAYOUTS.items()},
        "relays": [(row.id, relayed) for row in package.sources for relayed in dict.fromkeys(row.relays)],
        "evidence": [(row.id, url) for row in package.figures for url in row.evidence],
    }


def _of(record: Any, layout: Layout[Any], table: str) -> Row:
    """What a table holds of a record; NULL where a date, a word or an address is not stated."""
    values = layout.values(record)
    kinds = {name: kept.kind for part in layout.fields for name, kept in zip(part.kept, part.form.kept, strict=True)}
    kinds["url"] = kinds["archive_url"] = "word"
    kept = [
        None if value == "" and kinds[name] == "word" else value
        for name, value in values.items()
        if name not in APART.get(table, ())
    ]
    return (*kept, record.version, record.revision) if table in APART else tuple(kept)
