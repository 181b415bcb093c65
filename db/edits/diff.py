"""The difference between two revisions, read from the versions that stood at one of them only."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeVar

from sqlalchemy import ColumnElement, Table, and_, or_, select

from db.edits.change import Change, FigureChange, HeadlineChange, SourceChange
from db.model.records import Figure, Headline, Source, Status
from db.model.tables import FIGURE_VERSION, HEADLINE_VERSION, SOURCE_VERSION
from db.store import reading
from db.store.recording import Writer

V = TypeVar("V", Figure, Source)


async def changes_between(
    reader: Writer, since: int, until: int, places: Collection[str] | None = None
) -> list[Change]:
    """What differs at ``until`` from what stood at ``since``: sources, then figures and picks, each by id.

    With places only their figures and picks. What was changed and changed back, or added and withdrawn, is left out.
    """
    changes: list[Change] = []
    if places is None:
        pairs = _pairs(await reading.SOURCE.where(reader, _moved(SOURCE_VERSION, since, until)), since)
        changes += _real([SourceChange(old, new) for old, new in pairs])
    changes += _real(await _figures(reader, since, until, places))
    return [*changes, *(pick for pick in await picks_between(reader, since, until, places) if pick.fields)]


async def _figures(reader: Writer, since: int, until: int, places: Collection[str] | None) -> list[FigureChange]:
    statement = reading.FIGURE.select().where(_moved(FIGURE_VERSION, since, until))
    if places is not None:  # a figure that moved from one place to another has a side elsewhere
        there = select(FIGURE_VERSION.c.figure_id).where(FIGURE_VERSION.c.place.in_(sorted(places)))
        statement = statement.where(FIGURE_VERSION.c.figure_id.in_(there))
    pairs = _pairs(await reading.FIGURE.read(reader, statement), since)
    return [
        FigureChange(old, new)
        for old, new in pairs
        if places is None or new.place in places or (old is not None and old.place in places)
    ]


async def picks_between(
    reader: Writer, since: int, until: int, places: Collection[str] | None = None
) -> list[HeadlineChange]:
    """The picks that differ between two revisions, in the order of their places, measures and groups."""
    statement = reading.PICK.select().where(_moved(HEADLINE_VERSION, since, until))
    if places is not None:
        statement = statement.where(HEADLINE_VERSION.c.place.in_(sorted(places)))
    sides: dict[tuple[str, str, str], tuple[Headline | None, Headline | None]] = {}
    for pick in await reading.PICK.read(reader, statement):
        key = (pick.place, pick.measure, pick.who)
        old, new = sides.get(key, (None, None))
        sides[key] = (pick, new) if pick.revision <= since else (old, pick)
    return [HeadlineChange(old, new) for _, (old, new) in sorted(sides.items())]


def _moved(table: Table, since: int, until: int) -> ColumnElement[bool]:
    """The versions that stood at one of two revisions and not at the other."""
    columns = table.c
    ended = and_(columns.recorded <= since, columns.superseded > since, columns.superseded <= until)
    lasting = or_(columns.superseded.is_(None), columns.superseded > until)
    return or_(ended, and_(columns.recorded > since, columns.recorded <= until, lasting))


def _pairs(versions: Iterable[V], since: int) -> list[tuple[V | None, V]]:
    """Each record before and after, by id; nothing is ever deleted, so all have an after."""
    before: dict[str, V] = {}
    after: dict[str, V] = {}
    for version in versions:
        (before if version.revision <= since else after)[version.id] = version
    return [(before.get(id), after[id]) for id in sorted(after)]


C = TypeVar("C", FigureChange, SourceChange)


def _real(changes: list[C]) -> list[C]:
    return [
        change
        for change in changes
        if (change.fields if change.before is not None else change.after.status is not Status.WITHDRAWN)
    ]
