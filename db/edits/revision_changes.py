"""The changes that a revision made, read back from its versions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Subquery, Table, func, or_, select

from db.edits.change import Change, FigureChange, SourceChange, headline_cells
from db.edits.diff import picks_between
from db.model.records import Figure, Source
from db.model.tables import FIGURE_VERSION, HEADLINE_VERSION, REVISION, SOURCE_VERSION
from db.store.reading import FIGURE, PICK, SOURCE, Versions, batches
from db.store.recording import Writer

R = TypeVar("R", Figure, Source)


@dataclass(frozen=True, slots=True)
class Made:
    """What a revision changed; a bulk import is told in part."""

    changes: tuple[Change, ...]
    total: int
    """How many changes there are in all."""


async def changes_of(reader: Writer, revision: int, limit: int = 100) -> Made:
    """The changes of a revision, sources first, then figures and picks, each by id; at most ``limit`` of them."""
    picks = await picks_between(reader, revision - 1, revision)
    sources = [SourceChange(*sides) for sides in await _sides(reader, SOURCE, revision, limit)]
    figures = [FigureChange(*sides) for sides in await _sides(reader, FIGURE, revision, limit)]
    total = await _count(reader, SOURCE_VERSION, revision) + await _count(reader, FIGURE_VERSION, revision) + len(picks)
    made: list[Change] = [*sources, *figures, *picks]
    return Made(tuple(made[:limit]), total)


async def _sides(reader: Writer, kind: Versions[R], revision: int, limit: int) -> list[tuple[R | None, R]]:
    """Each record as it stood before a revision that wrote it, and after."""
    columns = kind.table.c
    recorded = kind.select().where(columns.recorded == revision).order_by(kind.key).limit(limit)
    after = await kind.read(reader, recorded)
    before: dict[str, R] = {}
    for batch in batches(after):
        ended = (columns.superseded == revision) & kind.key.in_([row.id for row in batch])
        before |= {row.id: row for row in await kind.where(reader, ended)}
    return [(before.get(row.id), row) for row in after]


async def _count(reader: Writer, table: Table, revision: int) -> int:
    counted = select(func.count()).select_from(table).where(table.c.recorded == revision)
    return (await reader.execute(counted)).scalar_one()


async def later_touches(reader: Writer, revision: int, limit: int = 20) -> tuple[Sequence[int], Sequence[str]]:
    """The later revisions that keep a revision from being undone, newest first, and some of the rows they changed.

    A row that stands as the revision left it is free, even when it was changed and changed back meanwhile: so
    revisions are undone one after the other, newest first.
    """
    later: set[int] = set()
    ids: list[str] = []
    for table, key in ((SOURCE_VERSION, "source_id"), (FIGURE_VERSION, "figure_id")):
        moved = _moved_on(table, key, revision)
        ids += (await reader.execute(select(moved.c.id).order_by(moved.c.id).limit(limit))).scalars()
        changed = table.c.recorded > revision, table.c[key].in_(select(moved.c.id))
        later |= set((await reader.execute(select(table.c.recorded).where(*changed).distinct())).scalars())
    picks, ended = await _picks_moved_on(reader, revision)
    ids += picks
    later |= ended
    return tuple(await _in_force(reader, later))[:limit], tuple(ids[:limit])


def content_columns(table: Table) -> list[str]:
    """The columns of a version that say something, apart from its place among the versions."""
    return [column.name for column in table.c if column.name not in ("row", "version", "recorded", "superseded")]


def _moved_on(table: Table, key: str, revision: int) -> Subquery:
    """The keys of rows that a revision wrote and that stand differently now."""
    made, live = table.alias("made"), table.alias("live")
    differs = or_(*(made.c[name].is_distinct_from(live.c[name]) for name in content_columns(table)))
    joined = made.join(live, (live.c[key] == made.c[key]) & live.c.superseded.is_(None))
    over = made.c.superseded.is_not(None)
    return (
        select(made.c[key].label("id")).select_from(joined).where(made.c.recorded == revision, over, differs).subquery()
    )


async def _picks_moved_on(reader: Writer, revision: int) -> tuple[list[str], set[int]]:
    """The figures of picks that a revision made or ended and that stand differently now, and who changed them."""
    columns = HEADLINE_VERSION.c
    figures: list[str] = []
    later: set[int] = set()
    for change in await picks_between(reader, revision - 1, revision):
        named = change.pick
        same = (columns.place == named.place) & (columns.measure == named.measure) & (columns.who == named.who.value)
        picks = await PICK.where(reader, same)
        live = next(iter(await PICK.where(reader, same, PICK.live)), None)
        if headline_cells(change.after) == headline_cells(live):
            continue
        ended = select(columns.superseded).where(same, columns.superseded > revision)
        figures += [pick.figure for pick in picks if pick.revision > revision] or [named.figure]
        later |= {pick.revision for pick in picks if pick.revision > revision}
        later |= set((await reader.execute(ended)).scalars())
    return figures, later


async def _in_force(reader: Writer, revisions: Collection[int]) -> list[int]:
    """The revisions that were not undone, newest first; an undo goes with what it undid."""
    undoes: dict[int, int | None] = {}
    for batch in batches(sorted(revisions)):
        found = await reader.execute(select(REVISION.c.id, REVISION.c.undoes).where(REVISION.c.id.in_(batch)))
        undoes |= {row.id: row.undoes for row in found}
    cancelled: set[int] = set()
    for id in sorted(undoes, reverse=True):
        undone = undoes[id]
        if id not in cancelled and undone in undoes:
            cancelled |= {id, undone}
    return sorted(undoes.keys() - cancelled, reverse=True)
