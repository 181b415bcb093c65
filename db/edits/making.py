"""A request, planned and written inside a transaction that somebody else holds: edits and approvals share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from db.edits import requests as asked
from db.edits.change import Cause, Change, HeadlineChange, Planned
from db.edits.checks import check_reason
from db.edits.entry.cells import Reading
from db.edits.entry.names import PlaceNames
from db.edits.errors import DatasetMoved, FaultsFound
from db.edits.planning import plan_change
from db.edits.revision_changes import changes_of
from db.edits.summary import shortened, summarise
from db.edits.undoing import check_undo, planned_undo, write_undo
from db.edits.writing import write_changes
from db.model.cells import CellFault
from db.model.records import Revision
from db.store import recording
from db.store.reading import latest_revision
from db.store.recording import Writer

SHOWN = 100
"""Changes that are told one by one; a bulk import has many more."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a request would do now; nothing is written yet."""

    request: asked.Request
    """The request, pinned to the versions that were looked at: what is confirmed is what was shown."""
    changes: tuple[Change, ...]
    """Old → new; the undo of a bulk import is told in part."""
    cautions: tuple[CellFault, ...]
    """Nothing wrong, yet worth reading before confirming."""
    total: int
    """How many changes there are in all."""
    revision: int
    """The revision of the dataset that this was planned on."""
    summary: str
    """The change in one line, as its revision will keep it."""
    undoes: Revision | None = None
    """The revision that an undo takes back."""
    readings: tuple[Reading, ...] = ()
    """Names that were taken for something."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was written, as one revision."""

    revision: Revision
    changes: tuple[Change, ...]
    """At most ``SHOWN`` of them."""
    total: int
    cautions: tuple[CellFault, ...] = ()


async def plan_request(
    reader: Writer, request: asked.Request, *, by: str, because: str, at: datetime, names: PlaceNames | None = None
) -> Preview:
    """What a request would do now; every fault of it and of who and why is found at once."""
    faults = check_reason(by, because)
    try:
        found = await _planned(reader, request, because=because.strip(), at=at, names=names)
    except FaultsFound as problem:
        raise FaultsFound([*faults, *problem.faults]) from problem
    if faults:
        raise FaultsFound(faults)
    return found


async def make_request(
    writer: Writer,
    request: asked.Request,
    *,
    by: str,
    because: str,
    at: datetime,
    shown: Preview | None = None,
) -> Recorded:
    """Write a request as one revision; raises as ``plan_request``, and DatasetMoved when it is not what was shown."""
    found = await plan_request(writer, request, by=by, because=because, at=at)
    if shown is not None and (found.changes, found.total) != (shown.changes, shown.total):
        raise DatasetMoved(shown.revision, found.revision)
    revision = await recording.record_revision(
        writer,
        at=at,
        by=by.strip(),
        because=because.strip(),
        summary=found.summary,
        undoes=found.undoes.id if found.undoes else None,
    )
    if isinstance(request, asked.Undo):
        await write_undo(writer, request.revision, revision.id, because.strip())
        made = await changes_of(writer, revision.id, SHOWN)
        return Recorded(revision, made.changes, made.total, found.cautions)
    changes = await write_changes(writer, found.changes, revision.id, SHOWN)
    return Recorded(revision, changes, len(found.changes), found.cautions)


async def rehearse(writer: Writer, request: asked.Request, *, by: str, because: str, at: datetime) -> Preview:
    """What a request would do now, tried out where only trying tells: an undo is written and taken back at once."""
    found = await plan_request(writer, request, by=by, because=because, at=at)
    if found.undoes is not None:
        trial = await writer.begin_nested()
        await make_request(writer, request, by=by, because=because, at=at)
        await trial.rollback()
    return found


async def _planned(
    reader: Writer, request: asked.Request, *, because: str, at: datetime, names: PlaceNames | None
) -> Preview:
    latest = await latest_revision(reader)
    if isinstance(request, asked.Undo):
        undone = await check_undo(reader, request.revision)
        back = await planned_undo(reader, undone.id, because, SHOWN)
        summary = shortened(f"undo of revision {undone.id} ({undone.summary})")
        return Preview(request, back.changes, (), back.total, latest, summary, undone)
    planned = await plan_change(reader, request, because=because, at=at, names=names)
    cause: Cause | None = request.cause if isinstance(request, asked.EditFigure) else None
    return Preview(
        _pinned(_as_read(request, planned), planned.changes),
        planned.changes,
        planned.cautions,
        len(planned.changes),
        latest,
        summarise(planned.changes, cause),
        readings=planned.readings,
    )


def _as_read(request: asked.Edit, planned: Planned) -> asked.Edit:
    """The request with its cells as they were read."""
    if planned.cells is None:
        return request
    if isinstance(request, asked.AddFigure | asked.EditFigure | asked.AddSource | asked.EditSource):
        return replace(request, cells=planned.cells)
    return request


def _pinned(request: asked.Edit, changes: Sequence[Change]) -> asked.Edit:
    """The request with the version that it was planned on."""
    if isinstance(request, asked.AddFigure | asked.AddSource):
        return request
    first = changes[0]
    if isinstance(first, HeadlineChange):
        return replace(request, expected=first.before.revision if first.before else 0)
    if first.before is None:
        raise AssertionError("a change of what is held has something before it")
    return replace(request, expected=first.before.version)
