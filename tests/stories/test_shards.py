"""Several processes serve one bot on one database: each its own servers, and all of them what anyone changed."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

from db.edits import editing
from db.edits.requests import AddFigure
from db.store.engine import Database
from tests.patience import PATIENCE
from tests.twin.people import Person
from tests.twin.twin import Twin, running_bot

QUESTION = "How many Belgians travelled?"
CELLS = {"place": "BE", "measure": "travelled", "low": "98765", "as_of": "2019-11", "source": "tsg_2015"}


async def test_a_change_is_seen_by_every_process(filled_database: Database, now: datetime, tmp_path: Path) -> None:
    url = filled_database.engine.url.render_as_string(hide_password=False)
    twin = Twin()
    people = [twin.person("ada"), twin.person("bo", server=twin.add_server(shard=1))]
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    async with (
        twin.serving(),
        running_bot(twin, tmp_path / "first", database_url=url, shards="0/2") as first,
        running_bot(twin, tmp_path / "second", database_url=url, shards="1/2") as second,
    ):
        await twin.gateway.wait_until(lambda: twin.gateway.identified == 2)
        assert {session.shard for session in twin.gateway.sessions.values()} == {(0, 2), (1, 2)}
        for person in people:
            assert "98,765" not in await answer(person)
        await editing.make(filled_database, AddFigure({**CELLS, "locator": "t"}), by="Ada", because="new", at=now)
        for person in people:
            await sees(person, "98,765")
        assert await first.stop() == 0
        assert "Belgium" in await answer(people[1])  # one process gone, the other serves on
        assert await second.stop() == 0


async def sees(person: Person, number: str) -> None:
    """Ask until the number is in the answer: another process looks four times a second, when the machine lets it."""
    async with asyncio.timeout(PATIENCE):
        while number not in await answer(person):  # noqa: ASYNC110 - it is another process
            await asyncio.sleep(0.25)


async def answer(person: Person) -> str:
    return str((await person.asks(QUESTION)).body)
