"""A commit whose answer is lost is told as what it is: neither kept nor lost, as far as anybody here knows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import URL, make_url

from db.edits.editing import make
from db.edits.requests import AddFigure
from db.model.errors import WriteUncertain
from db.model.tables import REVISION
from db.store.engine import Database, open_database

CELLS = {"place": "BE", "measure": "travelled", "low": "5", "as_of": "2015-11", "source": "tsg_2015", "locator": "t"}


@asynccontextmanager
async def losing(server: URL, word: bytes, *, heard: bool) -> AsyncIterator[URL]:
    """A way to a server that breaks at a word: after the server carried it out, or before it hears of it."""

    meeting: list[asyncio.Task[None] | None] = []

    async def carry(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await source.read(65536):
                target.write(data)
                await target.drain()

    async def meet(ours: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        meeting.append(asyncio.current_task())
        theirs, there = await asyncio.open_connection(server.host, server.port)
        answers = asyncio.create_task(carry(theirs, back))
        while (data := await ours.read(65536)) and word not in data:
            there.write(data)
            await there.drain()
        answers.cancel()
        await asyncio.wait({answers})
        if data and heard:
            there.write(data)
            await there.drain()
            await theirs.read(1)
        for writer in (there, back):
            writer.transport.abort()
            with suppress(ConnectionError):
                await writer.wait_closed()

    listener = await asyncio.start_server(meet, "127.0.0.1", 0)
    try:
        yield server.set(port=listener.sockets[0].getsockname()[1])
    finally:
        listener.close()
        await asyncio.gather(*(task for task in meeting if task))


@pytest.mark.parametrize("heard", [True, False])
async def test_a_commit_without_an_answer_is_uncertain(filled_database: Database, now: datetime, heard: bool) -> None:
    if filled_database.is_sqlite:
        pytest.skip("a file says whether it was written")
    async with (
        losing(make_url(filled_database.url), b"COMMIT", heard=heard) as way,
        open_database(way.render_as_string(hide_password=False)) as database,
    ):
        with pytest.raises(WriteUncertain, match="look whether it stands"):
            await make(database, AddFigure(CELLS), by="Ada", because="new", at=now)
    async with filled_database.reading() as connection:
        assert await connection.scalar(select(func.max(REVISION.c.id))) == (2 if heard else 1)
