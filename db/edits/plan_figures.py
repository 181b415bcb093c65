"""Requests about figures, checked and turned into changes; a pick that no longer fits is dropped with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from db.edits import current as standing
from db.edits.cautions import cautions_of
from db.edits.change import Cause, Change, FigureChange, HeadlineChange, Planned
from db.edits.checks import check_figure, without_echo
from db.edits.drafts import FreeIds, completed_edit, completed_figure, figure_stem
from db.edits.entry.cells import enter
from db.edits.entry.names import PlaceNames
from db.edits.errors import FaultsFound, NothingChanges
from db.edits.grades import graded
from db.edits.references import Known, read_known
from db.edits.requests import AddFigure, EditFigure
from db.model import rows
from db.model.cells import CellFault
from db.model.records import Figure, Status
from db.store.recording import Writer

OF_VALUE = ("low", "high", "bound")


async def plan_addition(reader: Writer, request: AddFigure, at: datetime, names: PlaceNames | None = None) -> Planned:
    """A new figure; raises FaultsFound with every fault."""
    known = await read_known(reader, names)
    entered = enter(request.cells, known.places, names)
    cells = completed_figure(entered.cells, known)
    stem = figure_stem(cells)
    taken = await standing.taken_figure_ids(reader, cells.get("id") or stem)
    made = "id" not in cells
    if made:
        cells["id"] = FreeIds(set(taken), "-").take(stem)
    outcome = check_figure(cells, known, at.date())
    if isinstance(outcome, Figure) and not entered.faults:
        used = CellFault("id", f"{outcome.id!r} was used already", "leave it empty, and one is made")
        faults = [] if made or outcome.id not in taken else [used]
        rivals = await standing.shown_figures(reader, outcome.place, outcome.measure)
        faults += duplicate_faults(outcome, rivals) + await standing.relay_faults(reader, outcome)
        if not faults:
            changes, told = await _judged(reader, FigureChange(None, outcome), rivals, known)
            return Planned(changes, told, entered.cells, tuple(entered.readings))
        raise FaultsFound(faults)
    refused = entered.with_faults(without_echo(_faults(outcome), entered.cells))
    raise FaultsFound([fault for fault in refused if not (made and fault.column == "id")])


async def plan_edit(reader: Writer, request: EditFigure, at: datetime, names: PlaceNames | None = None) -> Planned:
    """A figure with some cells changed; raises FaultsFound, NotHeld, Stale or NothingChanges."""
    before = await standing.live_figure(reader, request.id, request.expected)
    known = await read_known(reader, names)
    old = rows.figure_cells(before)
    entered = enter(request.cells, known.places, names)
    cells = completed_edit(entered.cells, old)
    faults = []
    if cells["id"] != request.id:
        kept = f"leave it {request.id!r}, or retract and add"
        faults.append(CellFault("id", "cannot change: answers and citations name it", kept))
        cells["id"] = request.id
    if before.status is Status.WITHDRAWN and cells["status"] == Status.WITHDRAWN:
        faults.append(CellFault("status", "the figure is withdrawn", "restore it first, or set its status"))
    outcome = check_figure(cells, known, at.date())
    faults += cause_faults(old, cells, request.cause)
    if not isinstance(outcome, Figure) or entered.faults:
        raise FaultsFound([*faults, *entered.with_faults(without_echo(_faults(outcome), entered.cells))])
    if rows.figure_cells(outcome) == old:
        raise NothingChanges(request.id)
    rivals = [
        row for row in await standing.shown_figures(reader, outcome.place, outcome.measure) if row.id != before.id
    ]
    faults += duplicate_faults(outcome, rivals) + await standing.relay_faults(reader, outcome)
    if faults:
        raise FaultsFound(faults)
    change = FigureChange(before, replace(outcome, version=before.version + 1))
    changes, told = await _judged(reader, change, rivals, known)
    if not changes:
        raise NothingChanges(request.id)
    return Planned(changes, told, entered.cells, tuple(entered.readings))


async def _judged(
    reader: Writer, change: FigureChange, rivals: Iterable[Figure], known: Known
) -> tuple[tuple[Change, ...], tuple[CellFault, ...]]:
    """A change with its grade by the rule and the picks that it drops, and what speaks for a second look."""
    beside = {row.id: row for row in rivals}
    figures, told = graded([change], beside, known)
    changes = await with_dropped_picks(reader, figures)
    return changes, await cautions_of(reader, changes, known, beside, graded=told)


async def plan_status(
    reader: Writer, id: str, status: Status, reason: str, at: datetime, expected: int | None
) -> Planned:
    """A figure with another status; raises FaultsFound, NotHeld, Stale or NothingChanges."""
    before = await standing.live_figure(reader, id, expected)
    if before.status is status:
        raise NothingChanges(id)
    after = replace(
        before, status=status, status_reason="" if status is Status.CURRENT else reason, version=before.version + 1
    )
    if before.status is Status.WITHDRAWN:
        outcome = check_figure(rows.figure_cells(after), await read_known(reader), at.date())
        faults = list(outcome) if isinstance(outcome, tuple) else []
        faults += duplicate_faults(after, await standing.shown_figures(reader, after.place, after.measure))
        if faults:
            raise FaultsFound(faults)
    return Planned(await with_dropped_picks(reader, [FigureChange(before, after)]))


async def with_dropped_picks(reader: Writer, changes: list[FigureChange]) -> tuple[Change, ...]:
    """The changes, and the end of every pick whose figure is withdrawn or speaks of something else now."""
    after = {change.id: change.after for change in changes}
    dropped = [
        HeadlineChange(pick, None)
        for pick in await standing.picks_of(reader, [change.id for change in changes if change.before is not None])
        if after[pick.figure].status is Status.WITHDRAWN
        or (after[pick.figure].place, after[pick.figure].measure, after[pick.figure].who)
        != (pick.place, pick.measure, pick.who)
    ]
    return (*changes, *dropped)


def cause_faults(old: Mapping[str, str], new: Mapping[str, str], cause: Cause | None) -> list[CellFault]:
    """A value does not change by itself: either the source is another, or somebody says why."""
    changed = any(old[column] != new.get(column, "") for column in OF_VALUE)
    same_source = old["source"] == new.get("source", "")
    if changed and same_source and cause is None:
        wrong = "the value changes while the source stays the same"
        return [CellFault("cause", wrong, "say why: typo, re_read, or new_source with the new source")]
    told = same_source and old["relays"] == new.get("relays", "") and old["evidence"] == new.get("evidence", "")
    if cause is Cause.NEW_SOURCE and told:
        return [CellFault("source", "is the old one, though the cause is a new source", "name the new source")]
    return []


def duplicate_faults(figure: Figure, others: Iterable[Figure]) -> list[CellFault]:
    """The fault of a claim that stands already under another id."""
    twin = standing.same_claim(figure, others)
    if twin is None or figure.status is Status.WITHDRAWN:
        return []
    return [
        CellFault("id", f"{twin.id} says the same already", "edit that one, or say what is different (basis, locator)")
    ]


def _faults(outcome: Figure | tuple[CellFault, ...]) -> tuple[CellFault, ...]:
    return () if isinstance(outcome, Figure) else outcome
