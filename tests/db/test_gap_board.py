"""The board ranks by how often asked, and what is worked out comes and goes with the data."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from db.desk.answer_log import Noted, keep_answers
from db.desk.gap_board import (
    SINGLE_ORIGIN,
    STALE,
    Demand,
    Noticed,
    gap_board,
    most_asked,
    note_gap,
    notice,
    settle_gap,
    take_gap,
)
from db.store.engine import Database

STALE_FI = Noticed(STALE, "FI|present|2015-08-31", "Old.", "FI", "present", 3)
ONE_SE = Noticed(SINGLE_ORIGIN, "SE|killed|sapo", "One report.", "SE", "killed", 7)


async def test_the_most_asked_topics_come_first(filled_database: Database, now: datetime) -> None:
    given = [Noted(f"a{at}", f"q{at}", 1, now, ("BE",) if at else ("BE", "FR"), "travelled") for at in range(3)]

    await keep_answers(filled_database, given)

    assert await most_asked(filled_database) == (Demand("BE", "travelled", 3), Demand("FR", "travelled", 1))


async def test_worked_out_gaps_stand_by_how_often_they_are_asked(filled_database: Database, now: datetime) -> None:
    await note_gap(filled_database, "unanswered", "banana", "banana", at=now)
    await notice(filled_database, [STALE_FI, ONE_SE], at=now)
    await notice(filled_database, [replace(STALE_FI, asked=9), ONE_SE], at=now)

    board = await gap_board(filled_database)

    assert [(gap.kind, gap.asked) for gap in board] == [(STALE, 9), (SINGLE_ORIGIN, 7), ("unanswered", 1)]


async def test_what_the_data_mends_leaves_the_board_and_what_was_settled_stays_so(
    filled_database: Database, now: datetime
) -> None:
    await notice(filled_database, [STALE_FI, ONE_SE], at=now)
    first, second = await gap_board(filled_database)
    await take_gap(filled_database, second.id, by="1")
    await settle_gap(filled_database, first.id, because="There is no other source.", at=now)

    await notice(filled_database, [ONE_SE], at=now)
    assert await gap_board(filled_database) == ()

    await notice(filled_database, [ONE_SE, replace(STALE_FI, topic="FI|present|2016-01-31")], at=now)
    assert [gap.kind for gap in await gap_board(filled_database)] == [STALE]
