"""The announcer's look: it writes nothing, and sees all that there is to tell."""

from __future__ import annotations

from datetime import datetime, timedelta

from db import editing
from db.announcements import claim, follow_revisions, post_update
from db.dataset import Dataset
from db.due import is_anything_due
from db.edits.requests import DisputeFigure
from db.engine import Database
from db.watches import add_watch


async def test_a_revision_that_was_not_looked_at_is_due(filled_database: Database, now: datetime) -> None:
    assert await is_anything_due(filled_database, at=now)  # nobody has looked yet

    await follow_revisions(filled_database, at=now)
    assert not await is_anything_due(filled_database, at=now)

    await dispute_one(filled_database, now)
    assert await is_anything_due(filled_database, at=now)


async def test_a_digest_is_due_on_its_day(filled_database: Database, now: datetime) -> None:
    await follow_revisions(filled_database, at=now)
    await add_watch(filled_database, place="BE", by="1", recipient="1", digest="daily", at=now)
    await dispute_one(filled_database, now)
    await follow_revisions(filled_database, at=now)

    assert not await is_anything_due(filled_database, at=now)
    assert await is_anything_due(filled_database, at=now + timedelta(days=2))


async def test_a_post_is_due_until_somebody_has_it(filled_database: Database, now: datetime) -> None:
    await follow_revisions(filled_database, at=now)
    await post_update(filled_database, "New figures.", by="1", first=1, last=1, at=now)

    assert await is_anything_due(filled_database, at=now)
    assert await claim(filled_database, at=now)
    assert not await is_anything_due(filled_database, at=now)


async def dispute_one(database: Database, at: datetime) -> None:
    """Change one figure of Belgium."""
    figure = (await Dataset(database).holdings({"BE"})).figures["BE"][0]
    await editing.make(database, DisputeFigure(figure.id), by="1", because="It is doubted by its author.", at=at)
