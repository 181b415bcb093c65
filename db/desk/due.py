"""Whether anybody is to be told anything: the announcer looks every few seconds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, insert, or_, select, update

from db.model.desk_tables import OUTBOX, PROGRESS, WATCH
from db.store.engine import Database
from db.store.reading import latest_revision
from db.store.recording import Writer

_NOTICES = "notices"
"""The name of the work that follows the revisions, among the progress that is kept."""
_FOLLOWED = select(PROGRESS.c.revision).where(PROGRESS.c.name == _NOTICES)


async def is_anything_due(database: Database, *, at: datetime) -> bool:
    """Whether a watch is behind the revisions, or a post waits to be sent.

    Revisions that concern nobody are noted as followed: nothing else is written.
    """
    async with database.reading() as connection:
        latest = await latest_revision(connection)
        followed = await connection.scalar(_FOLLOWED)
        watch = await connection.scalar(select(WATCH.c.id).where(is_behind(latest, at)).limit(1))
        post = await connection.scalar(select(OUTBOX.c.id).where(is_waiting(at)).limit(1))
    due = watch is not None or post is not None
    if not due and (followed is None or followed < latest):
        async with database.writing() as writer:
            await note_followed(writer, latest)
    return due


def is_behind(latest: int, at: datetime) -> ColumnElement[bool]:
    """The watches that were not told of the latest revision; a digest waits for its day."""
    return (WATCH.c.seen < latest) & or_(WATCH.c.digest_at.is_(None), WATCH.c.digest_at <= at)


def is_waiting(at: datetime) -> ColumnElement[bool]:
    """The posts that may be tried now: not sent, and in nobody's hands."""
    return OUTBOX.c.state.in_(("pending", "sending")) & (OUTBOX.c.due_at <= at)


async def note_followed(writer: Writer, latest: int) -> None:
    """Note that the revisions were looked at up to the latest."""
    followed = await writer.scalar(_FOLLOWED)
    if followed is None:
        await writer.execute(insert(PROGRESS).values(name=_NOTICES, revision=latest))
    elif followed < latest:
        await writer.execute(update(PROGRESS).where(PROGRESS.c.name == _NOTICES).values(revision=latest))
