"""The announcer's look: it sees all that there is to tell, and writes nothing but how far it looked."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from db.desk.announcements import claim, follow_revisions, post_update
from db.desk.due import is_anything_due
from db.desk.watches import add_watch
from db.edits import editing
from db.edits.requests import DisputeFigure
from db.model.desk_tables import PROGRESS
from db.store.engine import Database
from db.store.figures import FigureStore


async def test_revisions_that_concern_nobody_are_noted_as_followed(filled_database: Database, now: datetime) -> None:
    assert not await is_anything_due(filled_database, at=now)
    assert await reached(filled_database) == 1

    await dispute_one(filled_database, now)

    assert not await is_anything_due(filled_database, at=now)
    assert await reached(filled_database) == 2


async def test_a_change_is_due_while_a_watch_is_behind(filled_database: Database, now: datetime) -> None:
    await add_watch(filled_database, place="BE", by="1", recipient="1", at=now)
    assert not await is_anything_due(filled_database, at=now)

    await dispute_one(filled_database, now)
    assert await is_anything_due(filled_database, at=now)
    assert await reached(filled_database) == 1  # who tells it notes it, with the notice


async def test_a_digest_is_due_on_its_day(filled_database: Database, now: datetime) -> None:
    await add_watch(filled_database, place="BE", by="1", recipient="1", digest="daily", at=now)
    await dispute_one(filled_database, now)
    await follow_revisions(filled_database, at=now + timedelta(days=1))
    await claim(filled_database, at=now + timedelta(days=1))
    await dispute_one(filled_database, now + timedelta(days=1), number=1)

    assert not await is_anything_due(filled_database, at=now + timedelta(days=1))
    assert await is_anything_due(filled_database, at=now + timedelta(days=2))


async def test_a_post_is_due_until_somebody_has_it(filled_database: Database, now: datetime) -> None:
    await post_update(filled_database, "New figures.", by="1", first=1, last=1, at=now)

    assert await is_anything_due(filled_database, at=now)
    assert await claim(filled_database, at=now)
    assert not await is_anything_due(filled_database, at=now)


async def reached(database: Database) -> int | None:
    """How far the revisions are noted as followed."""
    async with database.reading() as connection:
        return (await connection.execute(select(PROGRESS.c.revision))).scalar()


async def dispute_one(database: Database, at: datetime, *, number: int = 0) -> None:
    """Change one figure of Belgium."""
    figure = (await FigureStore(database).holdings({"BE"})).figures["BE"][number]
    await editing.make(database, DisputeFigure(figure.id), by="1", because="It is doubted by its author.", at=at)
