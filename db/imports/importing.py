"""From a moderator's file to a plan, and from a plan to one revision; planning writes nothing and is the default."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from db.edits import current as standing
from db.edits.cautions import cautions_of
from db.edits.change import Change, FigureChange, SourceChange
from db.edits.checks import require_reason
from db.edits.entry.names import PlaceNames
from db.edits.errors import DatasetMoved, NothingChanges
from db.edits.grades import graded
from db.edits.making import SHOWN, Recorded
from db.edits.plan_figures import with_dropped_picks
from db.edits.references import Known, is_storable, read_known
from db.edits.writing import write_changes
from db.imports.corrected import MOST_KEPT, corrected_csv
from db.imports.faults import Faults, TooManyFaults
from db.imports.figure_rows import FigurePlan, plan_figures
from db.imports.layout import FIGURES, SOURCES, Wishes
from db.imports.opening import Opened, open_file
from db.imports.plan import MOST_BYTES, ImportFile, Plan
from db.imports.sheets import about_rows, marks_in, read_rows
from db.imports.source_rows import SourcePlan, plan_sources
from db.model.cells import CellFault
from db.model.errors import Fault, PackageFaults
from db.model.records import Kind, Status
from db.store import recording
from db.store.engine import Database
from db.store.reading import latest_revision
from db.store.recording import Writer

MOST_HELD = 10
"""Documents that are told as held already; of more it is said how many there are."""

__all__ = ["MOST_BYTES", "ImportFile", "Plan", "Wishes", "apply_import", "plan_import"]


Progress = Callable[[int, int], None]
"""Is told how many rows were read, and of about how many; of 0 where the file does not tell."""


@dataclass(slots=True)
class _Reading:
    """A file while it is planned."""

    file: ImportFile
    at: datetime
    names: PlaceNames | None
    progress: Progress | None
    faults: Faults = field(default_factory=Faults)
    opened: Opened = field(default_factory=Opened)
    sources: SourcePlan = field(default_factory=SourcePlan)
    figures: FigurePlan | None = None
    rows: int = 0
    cautions: tuple[CellFault, ...] = ()
    kept_grades: int = 0
    """Rows that would change nothing but a grade, without a reason."""

    def lines(self) -> dict[str, int]:
        """Where each figure and each source of the file stands."""
        figures = self.figures.changes if self.figures else []
        return {**self.sources.lines, **{change.id: line for change, line in figures}}

    def corrected(self, refused: tuple[Fault, ...]) -> bytes:
        """The table to mend, where there is one and it is not too long."""
        if not refused or (self.figures and self.sources.kept):  # a package is mended where it was made
            return b""
        kind, kept = (FIGURES, self.figures.kept) if self.figures else (SOURCES, self.sources.kept)
        return corrected_csv(kind, kept, refused) if 0 < len(kept) <= MOST_KEPT else b""

    def remarks(self) -> tuple[str, ...]:
        """How the file was read."""
        sheets = (self.opened.sources, self.opened.figures)
        told = [remark for sheet in sheets if sheet is not None for remark in sheet.remarks]
        if self.figures and self.figures.marks.thousands == ".":
            told.append("points group thousands: 1.500 is 1500")
        if held := self.sources.held:
            more = f" and {len(held) - MOST_HELD} more" if len(held) > MOST_HELD else ""
            told.append(f"held already and passed over: {'; '.join(held[:MOST_HELD])}{more}")
        return tuple(told)


async def plan_import(
    database: Database,
    file: ImportFile,
    *,
    at: datetime,
    names: PlaceNames | None = None,
    progress: Progress | None = None,
) -> Plan:
    """What importing a table or a zipped data package would do; nothing is written.

    A file that does not fit is no exception: its plan is refused, with every fault and its line. ``names`` reads
    places that are written by name; ``progress`` is told how far it is, now and then. It may be cancelled at any time.
    """
    name = "".join(sign if is_storable(sign) else "?" for sign in file.name)[:200] or "file"
    reading = _Reading(replace(file, name=name), at, names, progress)
    async with database.reading() as connection:
        revision = await latest_revision(connection)
        changes: list[Change] = []
        with suppress(TooManyFaults):  # the last fault says so
            changes = await _planned(connection, reading)
    refused = reading.faults.sorted()
    unchanged = reading.sources.unchanged + (reading.figures.unchanged if reading.figures else 0) + reading.kept_grades
    return Plan(
        name=name,
        revision=revision,
        changes=() if refused else tuple(changes),
        unchanged=unchanged,
        refused=refused,
        rows=reading.rows,
        ignored=reading.opened.ignored,
        cautions=() if refused else reading.cautions,
        readings=tuple(reading.figures.readings) if reading.figures else (),
        remarks=reading.remarks(),
        corrected=reading.corrected(refused),
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
    require_reason(by, because)
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


async def _planned(reader: Writer, reading: _Reading) -> list[Change]:
    known = await read_known(reader, reading.names)
    labels = {
        name.casefold(): measure.id
        for measure in known.measures.values()
        for name in (measure.id.replace("_", " "), measure.label)
    }
    reading.opened = await asyncio.to_thread(open_file, reading.file, reading.faults, reading.names, labels)
    sheet = reading.opened.sources
    if sheet is not None:
        table = await asyncio.to_thread(list, read_rows(sheet, reading.faults))
        reading.rows += len(table)
        today, skip = reading.at.date(), reading.file.wishes.skip_held
        reading.sources = await asyncio.to_thread(
            plan_sources, sheet, table, known, today, reading.faults, skip_held=skip
        )
        known = known.with_sources(change.after for change in reading.sources.changes)
    figures = await _plan_figures(reader, reading, known)
    await _refuse_cited(reader, reading, figures)
    if reading.faults.found:
        return [*reading.sources.changes, *figures]
    rivals = await standing.rivals(reader, (change.after for change in figures))
    judged, told = await asyncio.to_thread(graded, figures, rivals, known)
    reading.kept_grades = len(figures) - len(judged)
    changes = [*reading.sources.changes, *await with_dropped_picks(reader, judged)]
    reading.cautions = await cautions_of(reader, changes, known, rivals, reading.lines(), told)
    return changes


async def _plan_figures(reader: Writer, reading: _Reading, known: Known) -> list[FigureChange]:
    sheet = reading.opened.figures
    if sheet is None:
        return []
    plan = reading.figures = FigurePlan(
        sheet,
        known,
        reading.at.date(),
        reading.file.cause,
        reading.faults,
        promised=reading.sources.lines.keys() - known.sources.keys(),
        marks=await asyncio.to_thread(marks_in, sheet),
        flows=frozenset(measure.id for measure in known.measures.values() if measure.kind in (Kind.FLOW, Kind.RATE)),
        progress=_counted(reading.progress, about_rows(sheet)),
    )
    await plan_figures(reader, read_rows(sheet, reading.faults), plan)
    reading.rows += plan.rows
    return [change for change, _ in plan.changes]


def _counted(progress: Progress | None, of: int) -> Callable[[int], None] | None:
    return None if progress is None else lambda rows: progress(rows, max(of, rows) if of else 0)


async def _refuse_cited(reader: Writer, reading: _Reading, figures: list[FigureChange]) -> None:
    """A source that the file withdraws may not be cited by a figure that stands afterwards."""
    changed = {change.id for change in figures}
    for source in reading.sources.changes:
        if not _is_withdrawn(source):
            continue
        citing = [row.id for row in await standing.citing_figures(reader, source.id) if row.id not in changed]
        if citing:
            wrong = f"is withdrawn while {len(citing)} figures cite it ({', '.join(citing[:5])})"
            line = reading.sources.lines[source.id]
            sheet = reading.opened.sources.file if reading.opened.sources else reading.file.name
            reading.faults.add(sheet, line, "status", wrong, "withdraw or move them in the same file")


def _is_withdrawn(change: SourceChange) -> bool:
    before = change.before
    return before is not None and before.status is not Status.WITHDRAWN and change.after.status is Status.WITHDRAWN
