"""Requests about sources, checked and turned into changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from db.edits import current as standing
from db.edits.cautions import cautions_of
from db.edits.change import FigureChange, Planned, SourceChange
from db.edits.checks import check_source
from db.edits.drafts import FreeIds, completed_source, completed_source_edit, source_stem
from db.edits.entry.cells import enter
from db.edits.errors import FaultsFound, NothingChanges, StillCited
from db.edits.plan_figures import with_dropped_picks
from db.edits.references import read_known
from db.edits.requests import AddSource, EditSource, RetractSource
from db.model import rows
from db.model.cells import CellFault
from db.model.records import Source, Status
from db.store.recording import Writer


async def plan_addition(reader: Writer, request: AddSource, at: datetime) -> Planned:
    """A new source; raises FaultsFound with every fault."""
    known = await read_known(reader)
    entered = enter(request.cells, known.places)
    cells = completed_source(entered.cells)
    taken = await standing.taken_source_keys(reader)
    made = "id" not in cells
    if made:
        cells["id"] = FreeIds(set(taken), "_").take(source_stem(cells))
    outcome = check_source(cells, known, at.date())
    if not isinstance(outcome, Source) or entered.faults:
        told = entered.with_faults(outcome if isinstance(outcome, tuple) else ())
        raise FaultsFound([fault for fault in told if not (made and fault.column == "id")])
    if not made and outcome.id in taken:
        raise FaultsFound([CellFault("id", f"{outcome.id!r} was used already", "leave it empty, and one is made")])
    change = SourceChange(None, outcome)
    return Planned((change,), await cautions_of(reader, [change], known), entered.cells)


async def plan_edit(reader: Writer, request: EditSource, at: datetime) -> Planned:
    """A source with some cells changed; raises FaultsFound, NotHeld, Stale, StillCited or NothingChanges."""
    before = await standing.live_source(reader, request.key, request.expected)
    known = await read_known(reader)
    old = rows.source_cells(before)
    entered = enter(request.cells, known.places)
    cells = completed_source_edit(entered.cells, old)
    faults = []
    if cells["id"] != request.key:
        faults.append(CellFault("id", "cannot change: figures and citations name it", f"leave it {request.key!r}"))
        cells["id"] = request.key
    outcome = check_source(cells, known, at.date())
    if faults or entered.faults or not isinstance(outcome, Source):
        raise FaultsFound([*faults, *entered.with_faults(outcome if isinstance(outcome, tuple) else ())])
    if rows.source_cells(outcome) == old:
        raise NothingChanges(request.key)
    if outcome.status is Status.WITHDRAWN and before.status is not Status.WITHDRAWN:
        await _refuse_if_cited(reader, request.key)
    after = replace(outcome, version=before.version + 1)
    change = SourceChange(before, after)
    return Planned((change,), await cautions_of(reader, [change], known), entered.cells)


async def plan_retraction(reader: Writer, request: RetractSource, because: str) -> Planned:
    """A source, withdrawn, with its figures when asked; raises NotHeld, Stale, NothingChanges or StillCited."""
    before = await standing.live_source(reader, request.key, request.expected)
    if before.status is Status.WITHDRAWN:
        raise NothingChanges(request.key)
    if not request.with_figures:
        await _refuse_if_cited(reader, request.key)
    cited = await standing.citing_figures(reader, request.key)
    after = replace(before, status=Status.WITHDRAWN, status_reason=because, version=before.version + 1)
    withdrawn = [
        FigureChange(
            figure,
            replace(figure, status=Status.WITHDRAWN, status_reason=because, version=figure.version + 1),
        )
        for figure in cited
    ]
    changes = await with_dropped_picks(reader, withdrawn)
    return Planned((SourceChange(before, after), *changes), await _relayed(reader, request.key))


async def _refuse_if_cited(reader: Writer, key: str) -> None:
    cited = await standing.citing_figures(reader, key)
    if cited:
        raise StillCited(key, tuple(figure.id for figure in cited))


async def _relayed(reader: Writer, key: str) -> tuple[CellFault, ...]:
    relayed = await standing.citing_figures(reader, key, relayed=True)
    if not relayed:
        return ()
    named = ", ".join(figure.id for figure in relayed[:5])
    wrong = f"{len(relayed)} figures of other sources rely on it ({named})"
    return (CellFault("relays", wrong, "they stay, with a withdrawn origin; look at each"),)
