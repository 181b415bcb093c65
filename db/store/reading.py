"""Where the database keeps each kind of record, and how a row of it is read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, ColumnElement, Row, Select, Table, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from db.model import rows
from db.model.layout import Layout
from db.model.records import Figure, Headline, Revision, Who
from db.model.tables import (
    FIGURE_VERSION,
    HEADLINE_VERSION,
    MEASURE,
    MEMBERSHIP,
    PLACE,
    POPULATION,
    REVISION,
    SOURCE_VERSION,
)

AnyRow = Row[*tuple[Any, ...]]
R = TypeVar("R")
T = TypeVar("T")
BATCH = 500
"""Rows a statement: large enough for speed, small enough for each driver and for the event loop to go on between."""
AT_ONCE = 250
"""Records that are read without a pause."""
_WHO = {word.value: word for word in Who}


@dataclass(frozen=True, slots=True)
class Kept(Generic[R]):
    """Where a kind of record is kept, for what is read alike of each kind."""

    table: Table
    columns: Sequence[str]
    record: Callable[[Sequence[Any]], R]
    """A record from a row of these columns."""
    order: str = ""

    def select(self) -> Select[*tuple[Any, ...]]:
        """The columns that ``record`` reads."""
        chosen = select(*(self.table.c[name] for name in self.columns))
        return chosen.order_by(self.table.c[self.order]) if self.order else chosen

    async def read(
        self, reader: AsyncSession | AsyncConnection, chosen: Select[*tuple[Any, ...]] | None = None
    ) -> list[R]:
        """The records of a statement that ``select`` began, or all that there are; others are answered in between."""
        found: list[R] = []
        for row in await reader.execute(self.select() if chosen is None else chosen):
            found.append(self.record(row))
            if len(found) % AT_ONCE == 0:
                await asyncio.sleep(0)
        return found

    async def where(self, reader: AsyncSession | AsyncConnection, *clauses: ColumnElement[bool]) -> list[R]:
        """The records that fit, in no order."""
        return await self.read(reader, self.select().where(*clauses))


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions(Kept[R]):
    """Where the versions of a kind of record are kept."""

    kind: str
    key: Column[str]
    """The column that names what a version is of."""

    @property
    def live(self) -> ColumnElement[bool]:
        """The versions that stand."""
        return self.table.c.superseded.is_(None)


def live_at(table: Table, revision: int) -> ColumnElement[bool]:
    """The versions that stood at a revision."""
    return and_(table.c.recorded <= revision, or_(table.c.superseded.is_(None), table.c.superseded > revision))


async def latest_revision(reader: AsyncSession | AsyncConnection) -> int:
    """The number of the last revision, 0 when there is none."""
    return await reader.scalar(select(func.max(REVISION.c.id))) or 0


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """The items in lists of at most ``size``."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def sorted_figures(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Figures in the stable order of their ids: databases sort letters in orders of their own."""
    return tuple(sorted(figures, key=lambda figure: figure.id))


def _of(table: Table, layout: Layout[R], order: str = "") -> Kept[R]:
    return Kept(table, layout.kept, layout.record, order)


def _versions(table: Table, layout: Layout[R], kind: str) -> Versions[R]:
    return Versions(table, layout.kept, layout.record, kind=kind, key=table.c[layout.key])


def _pick(row: Sequence[Any]) -> Headline:
    place, measure, who, *rest = row
    return Headline(place, measure, _WHO[who], *rest)


FIGURE = _versions(FIGURE_VERSION, rows.FIGURES, "figure")
SOURCE = _versions(SOURCE_VERSION, rows.SOURCES, "source")
PICK = Versions(
    HEADLINE_VERSION,
    ("place", "measure", "who", "figure_id", "reason", "recorded"),
    _pick,
    kind="headline",
    key=HEADLINE_VERSION.c.figure_id,
)
REVISIONS = Kept(REVISION, ("id", "at", "by", "because", "summary", "undoes"), lambda row: Revision(*row))
MEASURES, PLACES = _of(MEASURE, rows.MEASURES), _of(PLACE, rows.PLACES)
MEMBERSHIPS = _of(MEMBERSHIP, rows.MEMBERSHIPS, order="row")  # that of the package
POPULATIONS = _of(POPULATION, rows.POPULATIONS)
