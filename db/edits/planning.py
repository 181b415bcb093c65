"""From a request to the changes that it means: everything is checked here, nothing is written."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from db.edits import current as standing
from db.edits import plan_figures, plan_sources
from db.edits import requests as asked
from db.edits.change import HeadlineChange, Planned
from db.edits.entry.names import PlaceNames
from db.edits.errors import FaultsFound, NotHeld, NothingChanges
from db.model.cells import CellFault
from db.model.records import Headline, Status
from db.store.recording import Writer


async def plan_change(
    reader: Writer, request: asked.Edit, *, because: str, at: datetime, names: PlaceNames | None = None
) -> Planned:
    """The changes that a request means now; ``names`` reads the names of places that it writes.

    Raises FaultsFound, NotHeld, Stale, NothingChanges or StillCited.
    """
    match request:
        case asked.AddFigure():
            return await plan_figures.plan_addition(reader, request, at, names)
        case asked.EditFigure():
            return await plan_figures.plan_edit(reader, request, at, names)
        case asked.RetractFigure(id, expected):
            return await plan_figures.plan_status(reader, id, Status.WITHDRAWN, because, at, expected)
        case asked.DisputeFigure(id, expected):
            return await plan_figures.plan_status(reader, id, Status.DISPUTED, because, at, expected)
        case asked.RestoreFigure(id, expected):
            return await plan_figures.plan_status(reader, id, Status.CURRENT, because, at, expected)
        case asked.AddSource():
            return await plan_sources.plan_addition(reader, request, at)
        case asked.EditSource():
            return await plan_sources.plan_edit(reader, request, at)
        case asked.RetractSource():
            return await plan_sources.plan_retraction(reader, request, because)
        case asked.RestoreSource(key, expected):
            current = asked.EditSource(key, {"status": Status.CURRENT.value}, expected)
            return await plan_sources.plan_edit(reader, current, at)
        case asked.PickHeadline():
            return await _pick(reader, request, because)
        case asked.DropHeadline():
            return await _drop(reader, request)
        case _:
            assert_never(request)


async def _pick(reader: Writer, request: asked.PickHeadline, because: str) -> Planned:
    figure = await standing.live_figure(reader, request.figure)
    before = await standing.live_pick(reader, figure.place, figure.measure, figure.who, request.expected)
    if figure.status is Status.WITHDRAWN:
        wrong = f"{figure.id} is withdrawn ({figure.status_reason})"
        raise FaultsFound([CellFault("figure", wrong, "pick a figure that stands")])
    if before is not None and before.figure == figure.id:
        raise NothingChanges(figure.id)
    after = Headline(figure.place, figure.measure, figure.who, figure.id, because, 0)
    return Planned((HeadlineChange(before, after),))


async def _drop(reader: Writer, request: asked.DropHeadline) -> Planned:
    before = await standing.live_pick(reader, request.place, request.measure, request.who, request.expected)
    if before is None:
        raise NotHeld("headline", f"{request.place}/{request.measure}/{request.who}")
    return Planned((HeadlineChange(before, None),))
