"""The changes that a revision made, read back from its versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Table, func, or_, select

from db import reading
from db.edits.change import Change, FigureChange, HeadlineChange, SourceChange
from db.recording import Writer, batches
from db.records import Figure, Headline, Source
from db.tables import FIGURE_VERSION, HEADLINE_VERSION, SOURCE_VERSION


@dataclass(frozen=True, slots=True)
class Made:
    """What a revision changed; a bulk import is told in part."""

    changes: tuple[Change, ...]
    total: int
    """How many changes there are in all."""


async def changes_of(reader: Writer, revision: int, limit: int = 100) -> Made:
    """The changes of a revision, sources first, then figures and picks, each by id; at most ``limit`` of them."""
    picks = await _picks(reader, revision)
    sources = await _sources(reader, revision, limit)
    figures = await _figures(reader, revision, limit)
    total = await _count(reader, SOURCE_VERSION, revision) + await _count(reader, FIGURE_VERSION, revision) + len(picks)
    made: list[Change] = [*sources, *figures, *picks]
    return Made(tuple(made[:limit]), total)


async def _figures(reader: Writer, revision: int, limit: int) -> list[FigureChange]:
    columns = FIGURE_VERSION.c
    recorded = reading.select_figures().where(columns.recorded == revision).order_by(columns.figure_id).limit(limit)
    after = [reading.figure_of(row) for row in await reader.execute(recorded)]
    before: dict[str, Figure] = {}
    for batch in batches(after):
        ended = (columns.superseded == revision) & columns.figure_id.in_([row.id for row in batch])
        found = map(reading.figure_of, await reader.execute(reading.select_figures().where(ended)))
        before |= {row.id: row for row in found}
    return [FigureChange(before.get(row.id), row) for row in after]


async def _sources(reader: Writer, revision: int, limit: int) -> list[SourceChange]:
    columns = SOURCE_VERSION.c
    recorded = reading.select_sources().where(columns.recorded == revision).order_by(columns.source_id).limit(limit)
    after = [reading.source_of(row) for row in await reader.execute(recorded)]
    before: dict[str, Source] = {}
    for batch in batches(after):
        ended = (columns.superseded == revision) & columns.source_id.in_([row.id for row in batch])
        found = map(reading.source_of, await reader.execute(reading.select_sources().where(ended)))
        before |= {row.id: row for row in found}
    return [SourceChange(before.get(row.id), row) for row in after]


async def _picks(reader: Writer, revision: int) -> list[HeadlineChange]:
    columns = HEADLINE_VERSION.c
    touched = or_(columns.recorded == revision, columns.superseded == revision)
    sides: dict[tuple[str, str, str], list[Headline | None]] = {}
    for row in await reader.execute(reading.select_headlines().where(touched)):
        pick = reading.headline_of(row)
        pair = sides.setdefault((pick.place, pick.measure, pick.who), [None, None])
        pair[1 if pick.revision == revision else 0] = pick
    return [HeadlineChange(before, after) for _, (before, after) in sorted(sides.items())]


async def _count(reader: Writer, table: Table, revision: int) -> int:
    counted = select(func.count()).select_from(table).where(table.c.recorded == revision)
    return (await reader.execute(counted)).scalar_one()


async def later_touches(reader: Writer, revision: int, limit: int = 20) -> tuple[Sequence[int], Sequence[str]]:
    """The later revisions that ended what a revision wrote, newest first, and some of the rows they touched."""
    ended_by: set[int] = set()
    ids: list[str] = []
    for table, key in ((SOURCE_VERSION, "source_id"), (FIGURE_VERSION, "figure_id"), (HEADLINE_VERSION, "figure_id")):
        columns = table.c
        over = (columns.recorded == revision) & columns.superseded.is_not(None)
        found = await reader.execute(select(columns.superseded).where(over).distinct().limit(limit))
        ended_by |= set(found.scalars())
        ids += (await reader.execute(select(columns[key]).where(over).order_by(columns[key]).limit(limit))).scalars()
    later_picks = await _picked_again(reader, revision)
    ended_by |= {pick.revision for pick in later_picks}
    ids += [pick.figure for pick in later_picks]
    return sorted(ended_by, reverse=True)[:limit], ids[:limit]


async def _picked_again(reader: Writer, revision: int) -> list[Headline]:
    """Live picks made after a revision that only ended one: restoring the ended one would overwrite them."""
    columns = HEADLINE_VERSION.c
    ended = reading.select_headlines().where(columns.superseded == revision)
    found = []
    for row in (await reader.execute(ended)).all():
        pick = reading.headline_of(row)
        same = (columns.place == pick.place) & (columns.measure == pick.measure) & (columns.who == pick.who.value)
        later = reading.select_headlines().where(same, columns.superseded.is_(None), columns.recorded > revision)
        found += [reading.headline_of(row) for row in await reader.execute(later)]
    return found
