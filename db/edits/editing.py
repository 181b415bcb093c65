"""The one door for changes of the dataset: seen beforehand, made in one transaction as one revision, never deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from db.edits.entry.names import PlaceNames
from db.edits.making import Preview, Recorded, make_request, plan_request, rehearse
from db.edits.requests import Request, Undo
from db.model.cells import CellFault
from db.store.engine import Database

REHEARSED = 2_000
"""Changes up to which an undo is tried out for its preview; others would wait for a larger one twice."""
UNTRIED = CellFault("undo", "is large and not tried out beforehand", "if it does not fit, nothing is written")

__all__ = ["Preview", "Recorded", "make", "preview"]


async def preview(
    database: Database, request: Request, *, by: str, because: str, at: datetime, names: PlaceNames | None = None
) -> Preview:
    """What a request would do now, old → new; nothing is written. ``names`` reads the places that it writes by name.

    Raises FaultsFound with every fault, NotHeld, Stale, NothingChanges, StillCited or UndoBlocked.
    """
    async with database.reading() as connection:
        found = await plan_request(connection, request, by=by, because=because, at=at, names=names)
    if not isinstance(request, Undo):
        return found
    if found.total > REHEARSED:
        return replace(found, cautions=(*found.cautions, UNTRIED))
    async with database.writing() as writer:
        return await rehearse(writer, request, by=by, because=because, at=at)


async def make(
    database: Database, request: Request, *, by: str, because: str, at: datetime, shown: Preview | None = None
) -> Recorded:
    """Make a change in one transaction, as one revision; all of it is there afterwards, or nothing.

    Raises as ``preview``. With ``shown``, what was seen there is what is written, or DatasetMoved is raised.
    """
    async with database.writing() as writer:
        return await make_request(writer, request, by=by, because=because, at=at, shown=shown)
