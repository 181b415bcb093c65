"""The log of answers: each id is found again, demand is counted, and a failed write loses nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import create_async_engine

from db.desk.answer_log import AnswerLog, Given, Noted, given_before
from db.model.desk_tables import ANSWER, DEMAND
from db.model.errors import DatabaseRefused
from db.store.engine import Database


@pytest.fixture
def belgium(now: datetime) -> Noted:
    return Noted("abcd2345", "i=lookup&p=BE", 1, now, ("BE",), "travelled")


async def test_an_answer_is_found_by_its_short_and_its_long_id(database: Database, belgium: Noted) -> None:
    log = AnswerLog()
    log.note(belgium)
    assert await given_before(database, belgium.id) is None
    assert await log.write(database) == 1
    for id in (belgium.id, belgium.long_id):
        assert await given_before(database, id) == Given("i=lookup&p=BE", 1)
    assert await log.write(database) == 0


async def test_an_answer_given_often_is_kept_once_and_counted_each_time(database: Database, belgium: Noted) -> None:
    log = AnswerLog()
    for times in (2, 3):
        for _ in range(times):
            log.note(belgium)
        await log.write(database)
    async with database.reading() as connection:
        assert len((await connection.execute(select(ANSWER.c.row))).all()) == 1
        rows = (await connection.execute(select(DEMAND.c.place, DEMAND.c.measure, DEMAND.c.asked))).all()
    assert [tuple(row) for row in rows] == [("BE", "travelled", 5)]


async def test_two_answers_that_share_a_short_id_are_told_apart(database: Database, belgium: Noted) -> None:
    france = replace(belgium, canonical="i=lookup&p=FR", places=("FR",))
    log = AnswerLog()
    log.note(belgium)
    log.note(france)
    await log.write(database)
    assert await given_before(database, belgium.long_id) == Given("i=lookup&p=BE", 1)
    assert await given_before(database, france.long_id) == Given("i=lookup&p=FR", 1)


async def test_what_could_not_be_written_is_written_next_time(database: Database, belgium: Noted) -> None:
    log = AnswerLog()
    log.note(belgium)
    away = Database(create_async_engine("sqlite+aiosqlite:////nowhere/at/all.db"))
    with pytest.raises(DatabaseRefused):
        await log.write(away)
    assert await log.write(database) == 1


async def test_the_oldest_give_way_when_too_many_wait(database: Database, belgium: Noted) -> None:
    log = AnswerLog(most=2)
    for revision in (1, 2, 3):
        log.note(replace(belgium, id=f"abcd234{revision + 3}", revision=revision))
    assert await log.write(database) == 2
    assert await given_before(database, "abcd2344") is None
    assert await given_before(database, "abcd2346") == Given("i=lookup&p=BE", 3)
