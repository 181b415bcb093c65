"""Undoing a revision: what stood before it stands again, by statements over all its rows, so that an import fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Table, func, insert, literal, or_, select, update

from db.edits import current as standing
from db.edits.change import Change, FigureChange, HeadlineChange, SourceChange
from db.edits.errors import NotHeld, UndoBlocked
from db.edits.plan_figures import with_dropped_picks
from db.edits.references import read_known
from db.edits.revision_changes import Made, changes_of, content_columns, later_touches
from db.model.records import Figure, Revision, Status
from db.model.relays import leads_back
from db.model.tables import FIGURE_VERSION, HEADLINE_VERSION, REVISION, SOURCE_VERSION
from db.store.recording import Writer


async def check_undo(reader: Writer, revision: int) -> Revision:
    """The revision to undo.

    Raises NotHeld, or UndoBlocked with the later revisions that touched the same rows. A data package brings tables
    without versions too: it is not undone but replaced by loading another.
    """
    found = await standing.revision_of(reader, revision)
    if found is None:
        raise NotHeld("revision", str(revision))
    via = (await reader.execute(select(REVISION.c.via).where(REVISION.c.id == revision))).scalar_one()
    if via == "package":
        raise UndoBlocked(revision, (), (), "it loaded a data package")
    later, ids = await later_touches(reader, revision)
    if later or ids:
        raise UndoBlocked(revision, later, ids)
    return found


async def planned_undo(reader: Writer, undone: int, because: str, limit: int) -> Made:
    """What an undo would change, told in part when it is much; ``check_undo`` comes first."""
    made = await changes_of(reader, undone, limit)
    figures_now = await standing.live_figures(reader, [row.id for row in made.changes if isinstance(row, FigureChange)])
    back = [await _taken_back(reader, change, figures_now, _reason(because)) for change in made.changes]
    figures = [change for change in back if isinstance(change, FigureChange)]
    restored = {change.id for change in back if isinstance(change, HeadlineChange)}
    dropped = [
        change
        for change in await with_dropped_picks(reader, figures)
        if isinstance(change, HeadlineChange) and change.id not in restored
    ]
    return Made((*back, *dropped), made.total + len(dropped))


async def write_undo(writer: Writer, undone: int, revision: int, because: str) -> None:
    """Restore what stood before a revision; raises UndoBlocked when what it restores does not fit what stands."""
    for table, key in ((SOURCE_VERSION, "source_id"), (FIGURE_VERSION, "figure_id")):
        await _restore(writer, table, key, undone, revision, _reason(because))
    await _restore_picks(writer, undone, revision)
    await _drop_unfit_picks(writer, undone, revision)
    await _refuse_figures_without_source(writer, undone, revision)
    await _refuse_twins(writer, undone, revision)
    known = await read_known(writer)
    restored = [source for source in known.sources.values() if source.revision == revision]
    circles = sorted(source.id for source in restored if leads_back(source.id, source.relays, known.sources))
    if circles:
        raise UndoBlocked(undone, (), circles, "the relays of these sources would lead back to them")


def _reason(because: str) -> str:
    return f"undone: {because}"


async def _taken_back(reader: Writer, change: Change, figures: Mapping[str, Figure], reason: str) -> Change:
    """What stands now → what stood before a change; what it added is withdrawn, since nothing is deleted."""
    withdrawn = Status.WITHDRAWN
    match change:
        case HeadlineChange():
            after = change.after
            now = await standing.live_pick(reader, after.place, after.measure, after.who) if after else None
            return HeadlineChange(now, change.before)
        case SourceChange():
            source = await standing.live_source(reader, change.id)
            then = change.before or replace(source, status=withdrawn, status_reason=reason)
            return SourceChange(source, replace(then, version=source.version + 1))
        case FigureChange():
            figure = figures[change.id]
            was = change.before or replace(figure, status=withdrawn, status_reason=reason)
            return FigureChange(figure, replace(was, version=figure.version + 1))


async def _restore(writer: Writer, table: Table, key: str, undone: int, revision: int, reason: str) -> None:
    """New versions with the content of before; what the revision added is withdrawn, since nothing is deleted."""
    touched = select(table.c[key]).where(table.c.recorded == undone)
    live = table.c.superseded.is_(None) & table.c[key].in_(touched)
    await writer.execute(update(table).where(live).values(superseded=revision))
    content = content_columns(table)
    names = [*content, "version", "recorded"]
    last, old = table.alias("last"), table.alias("old")  # the last one says what the undone revision wrote
    same = last.join(old, (old.c[key] == last.c[key]) & (old.c.superseded == undone))
    before = select(*(old.c[name] for name in content), last.c.version + 1, literal(revision))
    before = before.select_from(same).where(last.c.superseded == revision)
    await writer.execute(insert(table).from_select(names, before))
    withdrawn: dict[str, Any] = {"status": literal(Status.WITHDRAWN.value), "status_reason": literal(reason)}
    existed = select(old.c.row).where(old.c[key] == last.c[key], old.c.superseded == undone).exists()
    added = select(*(withdrawn.get(name, last.c[name]) for name in content), last.c.version + 1, literal(revision))
    added = added.where(last.c.superseded == revision, ~existed)
    await writer.execute(insert(table).from_select(names, added))


async def _restore_picks(writer: Writer, undone: int, revision: int) -> None:
    """End the picks that stand where the revision changed one, and bring back those that it ended."""
    picks, touched = HEADLINE_VERSION.c, HEADLINE_VERSION.alias("touched")
    same = (touched.c.place == picks.place) & (touched.c.measure == picks.measure) & (touched.c.who == picks.who)
    by_it = or_(touched.c.recorded == undone, touched.c.superseded == undone)
    there = select(touched.c.row).where(same, by_it).exists()
    await writer.execute(update(HEADLINE_VERSION).where(picks.superseded.is_(None), there).values(superseded=revision))
    names = ["place", "measure", "who", "figure_id", "reason"]
    before = select(*(picks[name] for name in names), literal(revision)).where(picks.superseded == undone)
    await writer.execute(insert(HEADLINE_VERSION).from_select([*names, "recorded"], before))


async def _drop_unfit_picks(writer: Writer, undone: int, revision: int) -> None:
    """End the picks whose figure this undo withdrew or moved elsewhere."""
    picks, figures = HEADLINE_VERSION.c, FIGURE_VERSION.c
    fits = (
        select(figures.row)
        .where(figures.figure_id == picks.figure_id, figures.superseded.is_(None))
        .where(figures.status != Status.WITHDRAWN.value, figures.place == picks.place)
        .where(figures.measure == picks.measure, figures.who == picks.who)
        .exists()
    )
    unfit = picks.superseded.is_(None) & ~fits
    await writer.execute(update(HEADLINE_VERSION).where(unfit, picks.recorded < revision).values(superseded=revision))
    restored = select(func.count()).select_from(HEADLINE_VERSION).where(unfit, picks.recorded == revision)
    if (await writer.execute(restored)).scalar_one():
        raise UndoBlocked(undone, (), (), "the figure of the pick to restore is withdrawn or changed")


async def _refuse_figures_without_source(writer: Writer, undone: int, revision: int) -> None:
    figures, sources = FIGURE_VERSION.c, SOURCE_VERSION.c
    orphaned = (
        select(figures.figure_id)
        .select_from(FIGURE_VERSION.join(SOURCE_VERSION, sources.source_id == figures.source))
        .where(figures.superseded.is_(None), figures.status != Status.WITHDRAWN.value)
        .where(sources.superseded.is_(None), sources.status == Status.WITHDRAWN.value)
        .where(or_(figures.recorded == revision, sources.recorded == revision))
        .order_by(figures.figure_id)
        .limit(20)
    )
    ids = tuple((await writer.execute(orphaned)).scalars())
    if ids:
        raise UndoBlocked(undone, (), ids, "these figures would cite a withdrawn source")


async def _refuse_twins(writer: Writer, undone: int, revision: int) -> None:
    """A figure that was added again meanwhile would stand twice once the first one is restored."""
    columns = FIGURE_VERSION.c
    shown = columns.superseded.is_(None) & (columns.status != Status.WITHDRAWN.value)
    restored = select(columns.place).where(shown, columns.recorded == revision)
    # The older members of such a group stood beside each other before: only what this undo brings is refused.
    twins = (
        select(func.min(columns.figure_id), func.max(columns.figure_id))
        .where(shown, columns.place.in_(restored))
        .group_by(*(columns[name] for name in standing.CLAIM_COLUMNS))
        .having(func.count() > 1, func.max(columns.recorded) == revision)
        .order_by(func.min(columns.figure_id))
        .limit(10)
    )
    ids = tuple(id for pair in await writer.execute(twins) for id in pair)
    if ids:
        raise UndoBlocked(undone, (), ids, "these figures would say the same twice")
