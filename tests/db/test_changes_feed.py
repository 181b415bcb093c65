"""What another process committed is known without asking."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from db.edits import editing
from db.edits.requests import AddFigure
from db.store.changes_feed import listening
from db.store.engine import Database, open_database
from db.store.figures import FigureStore
from tests.patience import PATIENCE

CELLS = {"place": "BE", "measure": "travelled", "low": "5", "as_of": "2015-11", "source": "tsg_2015", "locator": "t"}


async def test_a_change_elsewhere_makes_the_next_read_look(filled_database: Database, now: datetime) -> None:
    url = filled_database.engine.url.render_as_string(hide_password=False)
    async with open_database(url) as other, listening(other):
        # A reader that would by itself look once an hour hears of the change on PostgreSQL; on SQLite it has to look.
        reader = FigureStore(other, recheck_seconds=0.0 if other.is_sqlite else 3600.0)
        before = await reader.revision()
        made = await editing.make(filled_database, AddFigure(CELLS), by="Ada", because="new", at=now)
        async with asyncio.timeout(PATIENCE):
            while await reader.revision() == before:  # noqa: ASYNC110 - what is waited for is what reads show
                await asyncio.sleep(0.01)
        assert await reader.revision() == made.revision.id


async def test_a_change_that_was_rolled_back_is_told_to_nobody(filled_database: Database) -> None:
    url = filled_database.engine.url.render_as_string(hide_password=False)
    async with open_database(url) as other, listening(other):
        try:
            async with filled_database.writing():
                raise LookupError("the change fails")
        except LookupError:
            pass
        await asyncio.sleep(0.05)
        assert other.written == 0


async def test_a_server_without_advisory_locks_and_notify_is_written_and_read_all_the_same(
    filled_database: Database, now: datetime
) -> None:
    if filled_database.is_sqlite:
        pytest.skip("a file has a lock of its own, and nobody to tell")
    async with open_database(filled_database.url) as one, open_database(filled_database.url) as other:
        assert not one.is_plain  # PostgreSQL itself has both
        one.is_plain = other.is_plain = True
        async with listening(other):
            reader = FigureStore(other, recheck_seconds=0.0)
            before = await reader.revision()
            requests = [AddFigure({**CELLS, "as_of": f"2015-{month:02}"}) for month in range(1, 9)]
            made = await asyncio.gather(
                *(
                    editing.make(database, request, by="Ada", because="new", at=now)
                    for request, database in zip(requests, [one, other] * 4, strict=True)
                )
            )
            assert sorted(each.revision.id for each in made) == list(range(before + 1, before + 9))
            assert await reader.revision() == before + 8
