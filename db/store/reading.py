"""The selects that fetch records, with the readers of their rows (``db.model.decoding``)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, ColumnElement, Row, Select, Table, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from db.model import decoding
from db.model.decoding import figure_of as figure_of
from db.model.decoding import headline_of as headline_of
from db.model.decoding import measure_of as measure_of
from db.model.decoding import membership_of as membership_of
from db.model.decoding import place_of as place_of
from db.model.decoding import population_of as population_of
from db.model.decoding import revision_of as revision_of
from db.model.decoding import sorted_figures as sorted_figures
from db.model.decoding import source_of as source_of
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


def live_at(table: Table, revision: int) -> ColumnElement[bool]:
    """The versions that stood at a revision."""
    return and_(table.c.recorded <= revision, or_(table.c.superseded.is_(None), table.c.superseded > revision))


def select_figures() -> Select[*tuple[Any, ...]]:
    """The columns that ``figure_of`` reads."""
    return select(*(FIGURE_VERSION.c[name] for name in decoding.FIGURE_COLUMNS))


def select_sources() -> Select[*tuple[Any, ...]]:
    """The columns that ``source_of`` reads."""
    return select(*(SOURCE_VERSION.c[name] for name in decoding.SOURCE_COLUMNS))


def select_revisions() -> Select[*tuple[Any, ...]]:
    """The columns that ``revision_of`` reads."""
    return select(*(REVISION.c[name] for name in decoding.REVISION_COLUMNS))


def select_headlines() -> Select[*tuple[Any, ...]]:
    """The columns that ``headline_of`` reads."""
    return select(*(HEADLINE_VERSION.c[name] for name in decoding.HEADLINE_COLUMNS))


R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Versions(Generic[R]):
    """Where the versions of a kind of record are kept, for what is read alike of each kind."""

    kind: str
    table: Table
    key: Column[str]
    """The column that names what a version is of."""
    select: Callable[[], Select[*tuple[Any, ...]]]
    record: Callable[[AnyRow], R]

    @property
    def live(self) -> ColumnElement[bool]:
        """The versions that stand."""
        return self.table.c.superseded.is_(None)

    async def read(self, reader: AsyncSession | AsyncConnection, chosen: Select[*tuple[Any, ...]]) -> list[R]:
        """The records of a statement that ``select`` began."""
        return [self.record(row) for row in await reader.execute(chosen)]

    async def where(self, reader: AsyncSession | AsyncConnection, *clauses: ColumnElement[bool]) -> list[R]:
        """The records of the versions that fit, in no order."""
        return await self.read(reader, self.select().where(*clauses))


FIGURE = Versions("figure", FIGURE_VERSION, FIGURE_VERSION.c.figure_id, select_figures, figure_of)
SOURCE = Versions("source", SOURCE_VERSION, SOURCE_VERSION.c.source_id, select_sources, source_of)
PICK = Versions("headline", HEADLINE_VERSION, HEADLINE_VERSION.c.figure_id, select_headlines, headline_of)


def select_populations() -> Select[*tuple[Any, ...]]:
    """The columns that ``population_of`` reads."""
    return select(*(POPULATION.c[name] for name in decoding.POPULATION_COLUMNS))


def select_measures() -> Select[*tuple[Any, ...]]:
    """The columns that ``measure_of`` reads."""
    return select(*(MEASURE.c[name] for name in decoding.MEASURE_COLUMNS))


def select_places() -> Select[*tuple[Any, ...]]:
    """The columns that ``place_of`` reads."""
    return select(*(PLACE.c[name] for name in decoding.PLACE_COLUMNS))


def select_memberships() -> Select[*tuple[Any, ...]]:
    """The columns that ``membership_of`` reads, in the order of the package."""
    return select(*(MEMBERSHIP.c[name] for name in decoding.MEMBERSHIP_COLUMNS)).order_by(MEMBERSHIP.c.row)
