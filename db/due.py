"""Whether anybody is to be told anything: a look that writes nothing, so that most looks of the announcer are cheap."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from db import plain
from db.engine import Database

FOLLOWING = "notices"
"""The name of the work that follows the revisions, among the progress that is kept."""
_BEHIND = "SELECT 1 FROM watch WHERE seen < ? AND (digest_at IS NULL OR digest_at <= ?) LIMIT 1"
_WAITING = "SELECT 1 FROM outbox WHERE state IN ('pending', 'sending') AND due_at <= ? LIMIT 1"


async def is_anything_due(database: Database, *, at: datetime) -> bool:
    """Whether a revision was not looked at, a watch is behind, or a post waits to be sent."""
    return await plain.read(database, partial(_look, at))


def _look(at: datetime) -> plain.Steps[bool]:
    reached = yield "SELECT revision FROM progress WHERE name = ?", (FOLLOWING,)
    ((latest,),) = yield "SELECT max(id) FROM revision", ()
    if not reached or reached[0][0] < (latest or 0):
        return True
    if (yield _BEHIND, (latest or 0, at)):
        return True
    return bool((yield _WAITING, (at,)))
