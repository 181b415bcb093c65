"""Whether anybody is to be told anything: plain statements, as the announcer looks every few seconds."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from db import plain
from db.engine import Database

FOLLOWING = "notices"
"""The name of the work that follows the revisions, among the progress that is kept."""
_BEHIND = "SELECT 1 FROM watch WHERE seen < ? AND (digest_at IS NULL OR digest_at <= ?) LIMIT 1"
_WAITING = "SELECT 1 FROM outbox WHERE state IN ('pending', 'sending') AND due_at <= ? LIMIT 1"
_REACHED = (
    "INSERT INTO progress (name, revision) VALUES (?, ?) "
    "ON CONFLICT (name) DO UPDATE SET revision = excluded.revision WHERE progress.revision < excluded.revision"
)


async def is_anything_due(database: Database, *, at: datetime) -> bool:
    """Whether a watch is behind the revisions, or a post waits to be sent.

    Revisions that concern nobody are noted as followed: nothing else is written.
    """
    due, latest = await plain.read(database, partial(_look, at))
    if latest is not None and not due:
        await plain.write(database, partial(_note_followed, latest))
    return due


def _look(at: datetime) -> plain.Steps[tuple[bool, int | None]]:
    """Whether anything is due, and the newest revision where it is not noted yet."""
    ((newest,),) = yield "SELECT max(id) FROM revision", ()
    latest: int = newest or 0
    reached = yield "SELECT revision FROM progress WHERE name = ?", (FOLLOWING,)
    behind = yield _BEHIND, (latest, at)
    waiting = yield _WAITING, (at,)
    noted = bool(reached) and reached[0][0] >= latest
    return bool(behind or waiting), None if noted else latest


def _note_followed(latest: int) -> plain.Steps[None]:
    yield _REACHED, (FOLLOWING, latest)
