"""Whether anybody is to be told anything: the announcer looks every few seconds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, insert, or_, select, update

from db.model.desk_tables import OUTBOX, PROGRESS, WATCH
from db.model.tables import REVISION
from db.store.engine import Database

FOLLOWING = "notices"
"""The name of the work that follows the revisions, among the progress that is kept."""


async def is_anything_due(database: Database, *, at: datetime) -> bool:
    """Whether a watch is behind the revisions, or a post waits to be sent.

    Revisions that concern nobody are noted as followed: nothing else is written.
    """
    digests = or_(WATCH.c.digest_at.is_(None), WATCH.c.digest_at <= at)
    waits = OUTBOX.c.state.in_(("pending", "sending")) & (OUTBOX.c.due_at <= at)
    reached = select(PROGRESS.c.revision).where(PROGRESS.c.name == FOLLOWING)
    async with database.reading() as connection:
        latest = await connection.scalar(select(func.max(REVISION.c.id))) or 0
        followed = await connection.scalar(reached)
        behind = await connection.scalar(select(WATCH.c.id).where(WATCH.c.seen < latest, digests).limit(1))
        waiting = await connection.scalar(select(OUTBOX.c.id).where(waits).limit(1))
    due = behind is not None or waiting is not None
    if not due and (followed is None or followed < latest):
        await _note_followed(database, latest)
    return due


async def _note_followed(database: Database, latest: int) -> None:
    mine = PROGRESS.c.name == FOLLOWING
    async with database.writing() as session:
        held = await session.scalar(select(PROGRESS.c.revision).where(mine))
        if held is None:
            await session.execute(insert(PROGRESS).values(name=FOLLOWING, revision=latest))
        elif held < latest:
            await session.execute(update(PROGRESS).where(mine).values(revision=latest))
