"""The rows of a table of figures as changes: read in batches, so that the event loop and the memory stay free."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from db.edits import current as standing
from db.edits.change import Cause, FigureChange
from db.edits.checks import check_figure, without_echo
from db.edits.drafts import FreeIds, completed_edit, completed_figure, figure_stem
from db.edits.entry.cells import Reading, enter
from db.edits.entry.numbers import PROSE, Marks
from db.edits.plan_figures import OF_VALUE, cause_faults
from db.edits.references import Known
from db.imports.corrected import MOST_KEPT, Kept
from db.imports.faults import Faults
from db.imports.layout import CAUSE
from db.imports.sheets import Row, Sheet
from db.model import rows
from db.model.cells import CellFault
from db.model.records import Figure, Status
from db.store.reading import batches
from db.store.recording import Writer

_PENDING = "new"
"""The id of a figure until one is made for it."""


@dataclass(slots=True)
class FigurePlan:
    """What a table of figures means, as far as it was read."""

    sheet: Sheet
    known: Known
    today: date
    cause: Cause | None
    """Why values change in rows that do not say."""
    faults: Faults
    promised: Collection[str] = ()
    """Keys of sources that the same file brings, sound or not."""
    changes: list[tuple[FigureChange, int]] = field(default_factory=list)
    """With the line of each."""
    lines: dict[str, int] = field(default_factory=dict)
    """The line of each id."""
    rows: int = 0
    unchanged: int = 0
    claims: dict[int, str] = field(default_factory=dict)
    """The shown figures of the places met so far, by what they claim."""
    marks: Marks = PROSE
    """Which signs group and divide the file's numbers."""
    flows: frozenset[str] = frozenset()
    """The measures that count a period."""
    progress: Callable[[int], None] | None = None
    """Is told how many rows were read."""
    readings: dict[Reading, None] = field(default_factory=dict)
    """Names that were taken for something, each once."""
    kept: list[Kept] = field(default_factory=list)
    """The rows as they were read, while they are few enough for a corrected file."""
    taken: set[str] = field(default_factory=set)
    loaded: set[str] = field(default_factory=set)


async def plan_figures(reader: Writer, table: Iterator[Row], plan: FigurePlan) -> None:
    """Plan every row; faults are noted with their lines."""
    batched = batches(table)
    while batch := await asyncio.to_thread(next, batched, None):
        plan.rows += len(batch)
        if plan.progress:
            plan.progress(plan.rows)
        await asyncio.to_thread(_enter, batch, plan)
        await _load(reader, {row.cells.get("place", "") for row in batch}, plan)
        await asyncio.to_thread(_recognise, batch, plan)
        before = await standing.live_figures(reader, {row.cells["id"] for row in batch if row.cells.get("id")})
        await asyncio.to_thread(_plan_batch, batch, before, plan)
    await _load(reader, {change.after.place for change, _ in plan.changes}, plan)
    await _name(reader, plan)
    await _check_relays(reader, plan)
    await asyncio.to_thread(_refuse_twins, plan)


async def _check_relays(reader: Writer, plan: FigurePlan) -> None:
    """Looked at once all rows are read: a row may relay one that stands further down."""
    written = {change.id: change.after for change, _ in plan.changes}
    for change, line in plan.changes:
        if change.after.status is not Status.WITHDRAWN:
            plan.faults.add_cells(plan.sheet.file, line, await standing.relay_faults(reader, change.after, written))


def _enter(batch: Sequence[Row], plan: FigurePlan) -> None:
    """Read what is written; what could not be read is told with the other faults of its row."""
    for row in batch:
        entered = enter(row.cells, plan.known.places, plan.known.names, plan.marks, plan.flows)
        if len(plan.kept) <= MOST_KEPT:
            unread = {fault.column: row.cells.get(fault.column, "") for fault in entered.faults}
            plan.kept.append(Kept(row.line, {**entered.cells, **unread}, row.where))
        plan.readings.update(dict.fromkeys(entered.readings))
        row.cells = entered.cells
        row.entered = entered if entered.faults else None


async def _load(reader: Writer, places: Collection[str], plan: FigurePlan) -> None:
    """Read what is claimed about places that were not met before."""
    fresh = {place for place in places if place in plan.known.places} - plan.loaded
    plan.loaded |= fresh
    for id, shown, claim in await standing.live_claims(reader, fresh):
        plan.taken.add(id)
        if shown:
            plan.claims.setdefault(claim, id)


def _recognise(batch: Sequence[Row], plan: FigurePlan) -> None:
    """A row without id that claims what a figure claims already is that figure: importing twice changes nothing."""
    for row in batch:
        if row.cells.get("id") or row.entered:
            continue
        draft = rows.read_figure(_completed(row, plan.known))
        if not isinstance(draft, Figure):
            continue
        twin = plan.claims.get(standing.claim_key(draft))
        if twin is None:
            row.draft = draft
        else:  # what such a row leaves empty it leaves to what stands
            row.cells = {column: text for column, text in row.cells.items() if text} | {"id": twin}


def _plan_batch(batch: Sequence[Row], before: dict[str, Figure], plan: FigurePlan) -> None:
    for row in batch:
        id = row.cells.get("id", "")
        first = plan.lines.setdefault(id, row.line) if id else row.line
        if first != row.line:
            fault = CellFault("id", f"{id!r} stands in line {first} already", "keep one of the two rows")
            _fault(row, [fault], plan)
        elif id in before:
            _plan_edit(row, before[id], plan)
        else:
            cells = _completed(row, plan.known)
            _note(row, check_figure(cells, plan.known, plan.today, row.draft), None, [], plan)


def _fault(row: Row, faults: Iterable[CellFault], plan: FigurePlan) -> None:
    """Note the faults of a row, in the file's own words."""
    told = [plan.sheet.told(row, fault) for fault in faults]
    plan.faults.add_cells(plan.sheet.file, row.line, told)


def _plan_edit(row: Row, before: Figure, plan: FigurePlan) -> None:
    old = rows.figure_cells(before)
    given = {column: text for column, text in row.cells.items() if column != CAUSE}
    cells = completed_edit(given, old)
    if cells == old and not row.entered:
        plan.unchanged += 1
        return
    cause, faults = _cause(row, plan)
    if any(old[column] != cells[column] for column in OF_VALUE):
        faults += cause_faults(old, cells, cause)
    if before.status is Status.WITHDRAWN and cells["status"] == Status.WITHDRAWN:
        faults.append(CellFault("status", "the figure is withdrawn", "restore it in the same row: status current"))
    _note(row, check_figure(cells, plan.known, plan.today), before, faults, plan)


def _note(
    row: Row, outcome: Figure | tuple[CellFault, ...], before: Figure | None, faults: list[CellFault], plan: FigurePlan
) -> None:
    """Keep the change that a row means, or its faults."""
    if not isinstance(outcome, Figure) or row.entered:
        told = () if isinstance(outcome, Figure) else outcome
        faults += [fault for fault in without_echo(told, row.cells) if not _waits(fault, row, plan)]
        _fault(row, row.entered.with_faults(faults) if row.entered else faults, plan)
    elif before is not None and rows.figure_cells(outcome) == rows.figure_cells(before):
        plan.unchanged += 1
    elif faults:
        _fault(row, faults, plan)
    else:
        version = before.version + 1 if before else 1
        plan.changes.append((FigureChange(before, replace(outcome, version=version)), row.line))


def _waits(fault: CellFault, row: Row, plan: FigurePlan) -> bool:
    """Whether a fault only says that a source of the same file is at fault."""
    return fault.column in ("source", "relays") and row.cells.get(fault.column) in plan.promised


def _completed(row: Row, known: Known) -> dict[str, str]:
    cells = completed_figure(row.cells, known)
    cells.pop(CAUSE, None)
    cells.setdefault("id", _PENDING)
    return cells


def _cause(row: Row, plan: FigurePlan) -> tuple[Cause | None, list[CellFault]]:
    word = row.cells.get(CAUSE, "")
    if not word:
        return plan.cause, []
    try:
        return Cause(word.lower()), []
    except ValueError:
        return plan.cause, [CellFault(CAUSE, f"{word[:40]!r} is not one of its words", "use " + ", ".join(Cause))]


async def _name(reader: Writer, plan: FigurePlan) -> None:
    """Make the ids of new figures; one that is used already, for whatever place, is not made."""
    free = FreeIds(plan.taken | plan.lines.keys(), "-")
    nameless = [index for index, (change, _) in enumerate(plan.changes) if change.id == _PENDING]
    while nameless:
        made = await asyncio.to_thread(_named, nameless, free, plan)
        used = await standing.live_figures(reader, made.keys())
        nameless = [made[id] for id in used]


def _named(nameless: Sequence[int], free: FreeIds, plan: FigurePlan) -> dict[str, int]:
    """Give free ids to some of the changes; which has which."""
    made: dict[str, int] = {}
    for index in nameless:
        change, line = plan.changes[index]
        after = change.after
        cells = {"place": after.place, "measure": after.measure, "who": after.who.value, "source": after.source}
        id = free.take(figure_stem(cells))
        made[id] = index
        plan.changes[index] = (FigureChange(None, replace(after, id=id)), line)
    return made


def _refuse_twins(plan: FigurePlan) -> None:
    """No two figures may claim the same once all rows are written, whatever their order was."""
    changed = {change.id for change, _ in plan.changes}
    standing_claims = {claim: (id, 0) for claim, id in plan.claims.items() if id not in changed}
    for change, line in plan.changes:
        if change.after.status is Status.WITHDRAWN:
            continue
        twin, other = standing_claims.setdefault(standing.claim_key(change.after), (change.id, line))
        if twin != change.id:
            where = f"line {other}" if other else twin
            advice = "keep one of them, or say what is different (basis, locator)"
            plan.faults.add(plan.sheet.file, line, "id", f"{where} says the same already", advice)
