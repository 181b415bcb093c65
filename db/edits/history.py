"""Who changed what, when and why: revisions with their changes, and the difference between two of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as day_time
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, or_, select, union

from db.edits.change import Change
from db.edits.current import MOST_NUMBER
from db.edits.diff import changes_between
from db.edits.references import is_storable
from db.edits.revision_changes import changes_of
from db.model.desk_tables import PROPOSAL
from db.model.records import Revision
from db.model.tables import FIGURE_VERSION, HEADLINE_VERSION, REVISION, SOURCE_VERSION
from db.store import reading
from db.store.engine import Database
from db.store.reading import latest_revision
from db.store.recording import Writer


@dataclass(frozen=True, slots=True)
class Entry:
    """One revision with what it changed."""

    revision: Revision
    via: str
    """``edit``, ``import`` or ``package``."""
    changes: tuple[Change, ...]
    """Some of the changes: a bulk import is told in part."""
    total: int
    """How many changes there are in all."""
    undone_by: int | None
    """The revision that took it back."""
    approved_by: str
    """The second person; empty when none was asked."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The difference between two revisions; each figure, source and pick stands once."""

    since: int
    until: int
    changes: tuple[Change, ...]
    total: int


async def history(
    database: Database,
    *,
    place: str | None = None,
    figure: str | None = None,
    source: str | None = None,
    by: str | None = None,
    since: date | int | None = None,
    before: int | None = None,
    limit: int = 20,
    changes_each: int = 5,
) -> tuple[Entry, ...]:
    """Revisions, newest first, that touched a place, figure or source, were made by somebody, or came later.

    ``since`` is a day (UTC, included) or a revision (excluded); ``before`` is the oldest revision of the page before.
    A source is touched by changes of itself and of the figures that cite it.
    """
    columns = REVISION.c
    if not all(is_storable(text) for text in (place, figure, source, by) if text is not None):
        return ()
    chosen: list[ColumnElement[bool]] = [columns.id.in_(touching) for touching in _touching(place, figure, source)]
    if by is not None:
        # SQLite lowers A to Z only: the exact text has to match whatever its script.
        chosen.append(or_(columns.by == by.strip(), func.lower(columns.by) == by.strip().lower()))
    if isinstance(since, date):
        chosen.append(columns.at >= datetime.combine(since, day_time.min, UTC))
    elif since is not None:
        chosen.append(columns.id > _within(since))
    if before is not None:
        chosen.append(columns.id < _within(before))
    async with database.reading() as connection:
        return await _entries(connection, chosen, limit, changes_each)


async def changes_since(
    database: Database,
    since: date | int,
    *,
    until: int | None = None,
    place: str | None = None,
    places: Collection[str] | None = None,
    limit: int | None = 500,
) -> Changed:
    """The difference between a revision (or the end of the day before a day, UTC) and a later one, now by default.

    What was changed and changed back is left out. At most ``limit`` changes are told, sources first, each by id.
    Of ``places``, or of one ``place``, only figures and picks.
    """
    async with database.reading() as connection:
        last = await latest_revision(connection)
        until = last if until is None else min(until, last)
        if isinstance(since, date):
            earlier = REVISION.c.at < datetime.combine(since, day_time.min, UTC)
            start = (await connection.execute(select(func.max(REVISION.c.id)).where(earlier))).scalar() or 0
        else:
            start = since
        start, until = _within(min(start, until)), _within(until)
        if place is not None and not is_storable(place):
            return Changed(start, until, (), 0)
        found = await changes_between(connection, start, until, places if place is None else (place,))
    return Changed(start, until, tuple(found[:limit]), len(found))


def _touching(place: str | None, figure: str | None, source: str | None) -> list[Select[tuple[int]]]:
    """For each filter the revisions that wrote or ended a version that it names."""
    named: list[list[tuple[Table, ColumnElement[bool]]]] = []
    if place is not None:
        named.append([(table, table.c.place == place) for table in (FIGURE_VERSION, HEADLINE_VERSION)])
    if figure is not None:
        named.append([(table, table.c.figure_id == figure) for table in (FIGURE_VERSION, HEADLINE_VERSION)])
    if source is not None:
        cites = or_(FIGURE_VERSION.c.source == source, FIGURE_VERSION.c.relays == source)
        named.append([(SOURCE_VERSION, SOURCE_VERSION.c.source_id == source), (FIGURE_VERSION, cites)])
    found = []
    for parts in named:
        touched = union(
            *(select(end.label("id")).where(which, end.is_not(None)) for table, which in parts for end in _ends(table))
        ).subquery()
        found.append(select(touched.c.id))
    return found


def _ends(table: Table) -> tuple[Any, Any]:
    return table.c.recorded, table.c.superseded


async def _entries(
    reader: Writer, chosen: Sequence[ColumnElement[bool]], limit: int, changes_each: int
) -> tuple[Entry, ...]:
    later, decided = REVISION.alias("later"), PROPOSAL.c
    undone = select(func.max(later.c.id)).where(later.c.undoes == REVISION.c.id).scalar_subquery()
    approved = select(func.max(decided.decided_by)).where(decided.revision == REVISION.c.id).scalar_subquery()
    statement = reading.REVISIONS.select().add_columns(REVISION.c.via, undone, approved)
    rows = await reader.execute(statement.where(*chosen).order_by(REVISION.c.id.desc()).limit(limit))
    entries = []
    for *columns, via, undone_by, approved_by in rows.all():
        revision = Revision(*columns)
        made = await changes_of(reader, revision.id, changes_each)
        entries.append(Entry(revision, via, made.changes, made.total, undone_by, approved_by or ""))
    return tuple(entries)


def _within(number: int) -> int:
    """A number that every database can compare with."""
    return min(max(number, 0), MOST_NUMBER)
