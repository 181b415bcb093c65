"""From a moderator's file to a plan, and from a plan to one revision; planning writes nothing and is the default."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from db import recording
from db.editing_errors import DatasetMoved, FaultsFound, NothingChanges
from db.edits import standing
from db.edits.change import Cause, Change, FigureChange, SourceChange
from db.edits.checks import check_reason
from db.edits.known import Known, is_storable, read_known
from db.edits.making import SHOWN, Recorded, latest_revision
from db.edits.plan_figures import with_dropped_picks
from db.edits.writing import write_changes
from db.engine import Database
from db.entry.names import PlaceNames
from db.errors import PackageFaults
from db.imports.faults import Faults, TooManyFaults
from db.imports.figure_rows import FigurePlan, plan_figures
from db.imports.opening import Opened, open_file
from db.imports.plan import MOST_BYTES, Plan
from db.imports.sheets import MOST_ROWS, marks_in, read_rows
from db.imports.source_rows import SourcePlan, plan_sources
from db.recording import Writer
from db.records import Status

__all__ = ["MOST_BYTES", "MOST_ROWS", "Plan", "apply_import", "plan_import"]


@dataclass(slots=True)
class _Reading:
    """A file while it is planned."""

    name: str
    faults: Faults = field(default_factory=Faults)
    opened: Opened = field(default_factory=Opened)
    sources: SourcePlan = field(default_factory=SourcePlan)
    figures: FigurePlan | None = None
    rows: int = 0


async def plan_import(
    database: Database,
    data: bytes,
    name: str,
    *,
    at: datetime,
    cause: Cause | None = None,
    names: PlaceNames | None = None,
) -> Plan:
    """What importing a CSV file or a zipped data package would do; nothing is written.

    A file that does not fit is no exception: its plan is refused, with every fault and its line. ``cause`` says why
    values change where rows do not say it themselves; ``names`` reads places that are written by name.
    """
    name = "".join(sign if is_storable(sign) else "?" for sign in name)[:200] or "file"
    file = _Reading(name)
    async with database.reading() as connection:
        revision = await latest_revision(connection)
        changes: list[Change] = []
        with suppress(TooManyFaults):  # the last fault says so
            changes = await _planned(connection, file, data, at, cause, names)
    refused = file.faults.sorted()
    unchanged = file.sources.unchanged + (file.figures.unchanged if file.figures else 0)
    return Plan(
        name=name,
        revision=revision,
        changes=() if refused else tuple(changes),
        unchanged=unchanged,
        refused=refused,
        rows=file.rows,
        ignored=file.opened.ignored,
        cautions=tuple(file.figures.cautions) if file.figures else (),
        readings=tuple(file.figures.readings) if file.figures else (),
    )


async def apply_import(database: Database, plan: Plan, *, by: str, because: str, at: datetime) -> Recorded:
    """Write a plan in one transaction, as one revision; all of it is there afterwards, or nothing.

    Raises PackageFaults when the plan is refused, FaultsFound without who and why, NothingChanges, and DatasetMoved
    when anybody wrote since the plan was made.
    """
    async with database.writing() as writer:
        return await write_plan(writer, plan, by=by, because=because, at=at)


async def write_plan(writer: Writer, plan: Plan, *, by: str, because: str, at: datetime) -> Recorded:
    """Write a plan inside a transaction that somebody else holds; raises as ``apply_import``."""
    if plan.refused:
        raise PackageFaults(plan.refused)
    faults = check_reason(by, because)
    if faults:
        raise FaultsFound(faults)
    if not plan.changes:
        raise NothingChanges(plan.name)
    current = await latest_revision(writer)
    if current != plan.revision:
        raise DatasetMoved(plan.revision, current)
    revision = await recording.record_revision(
        writer, at=at, by=by.strip(), because=because.strip(), summary=plan.summary, via="import"
    )
    changes = await write_changes(writer, plan.changes, revision.id, SHOWN)
    return Recorded(revision, changes, len(plan.changes), plan.cautions)


async def _planned(
    reader: Writer, file: _Reading, data: bytes, at: datetime, cause: Cause | None, names: PlaceNames | None
) -> list[Change]:
    file.opened = await asyncio.to_thread(open_file, file.name, data, file.faults)
    known = await read_known(reader, names)
    sheet = file.opened.sources
    if sheet is not None:
        table = await asyncio.to_thread(list, read_rows(sheet, file.faults))
        file.rows += len(table)
        file.sources = await asyncio.to_thread(plan_sources, sheet.file, table, known, at.date(), file.faults)
        known = known.with_sources(change.after for change in file.sources.changes)
    figures = await _plan_figures(reader, file, known, at, cause)
    await _refuse_cited(reader, file, figures)
    return [*file.sources.changes, *await with_dropped_picks(reader, figures)]


async def _plan_figures(
    reader: Writer, file: _Reading, known: Known, at: datetime, cause: Cause | None
) -> list[FigureChange]:
    sheet = file.opened.figures
    if sheet is None:
        return []
    promised = file.sources.lines.keys() - known.sources.keys()
    marks = await asyncio.to_thread(marks_in, sheet)
    plan = file.figures = FigurePlan(sheet.file, known, at.date(), cause, file.faults, promised, marks=marks)
    await plan_figures(reader, read_rows(sheet, file.faults), plan)
    file.rows += plan.rows
    return [change for change, _ in plan.changes]


async def _refuse_cited(reader: Writer, file: _Reading, figures: list[FigureChange]) -> None:
    """A source that the file withdraws may not be cited by a figure that stands afterwards."""
    changed = {change.id for change in figures}
    for source in file.sources.changes:
        if not _is_withdrawn(source):
            continue
        citing = [row.id for row in await standing.citing_figures(reader, source.id) if row.id not in changed]
        if citing:
            wrong = f"is withdrawn while {len(citing)} figures cite it ({', '.join(citing[:5])})"
            line = file.sources.lines[source.id]
            sheet = file.opened.sources.file if file.opened.sources else file.name
            file.faults.add(sheet, line, "status", wrong, "withdraw or move them in the same file")


def _is_withdrawn(change: SourceChange) -> bool:
    before = change.before
    return before is not None and before.status is not Status.WITHDRAWN and change.after.status is Status.WITHDRAWN
