"""What is to be told is told once: through crashes, failures and several processes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from db.desk import announcements as outbox
from db.desk.affected import touched
from db.desk.watches import MOST_EACH, TooManyWatches, add_watch, end_watches, watches_of
from db.edits.change import Cause
from db.edits.editing import make
from db.edits.history import changes_since
from db.edits.requests import EditFigure, RestoreFigure, RetractFigure
from db.model.desk_tables import OUTBOX
from db.store.engine import Database
from db.store.figures import FigureStore

ADA = "1001"


async def changes(database: Database, figure: str, at: datetime) -> int:
    """Retract a figure, or restore it when it is retracted; the revision."""
    held = await FigureStore(database).figure(figure)
    assert held is not None
    request = RetractFigure(figure) if held.status == "current" else RestoreFigure(figure)
    return (await make(database, request, by="mod", because="a test", at=at)).revision.id


async def first_of(database: Database, place: str, measure: str) -> str:
    held = (await FigureStore(database).holdings({place})).figures[place]
    return next(figure.id for figure in held if figure.measure == measure)


async def told(database: Database, at: datetime) -> list[outbox.Post]:
    """Follow the revisions, and send everything that is due."""
    await outbox.follow_revisions(database, at=at)
    sent = []
    while (post := await outbox.claim(database, at=at)) is not None:
        await outbox.settle_sent(database, post, message="1", at=at)
        sent.append(post)
    return sent


async def test_a_watched_place_is_told_once_and_only_of_its_measure(filled_database: Database, now: datetime) -> None:
    await outbox.follow_revisions(filled_database, at=now)
    await add_watch(filled_database, place="BE", measure="travelled", by=ADA, recipient=ADA, at=now)
    assert await told(filled_database, now) == []

    revision = await changes(filled_database, await first_of(filled_database, "BE", "travelled"), now)
    await changes(filled_database, await first_of(filled_database, "BE", "returned"), now)
    await changes(filled_database, await first_of(filled_database, "FR", "travelled"), now)

    (notice,) = await told(filled_database, now)
    assert (notice.first_revision, notice.last_revision) == (revision, revision)
    assert (notice.recipient_kind, notice.recipient) == ("user", ADA)
    assert await told(filled_database, now) == []


async def test_a_watched_region_is_told_of_its_countries_and_the_world_of_all(
    filled_database: Database, now: datetime
) -> None:
    await outbox.follow_revisions(filled_database, at=now)
    for place in ("R:western_europe", "R:gulf", "R:world"):
        await add_watch(filled_database, place=place, measure="travelled", by=ADA, recipient=ADA, at=now)

    revision = await changes(filled_database, await first_of(filled_database, "BE", "travelled"), now)

    watched = {watch.id: watch.place for watch in await watches_of(filled_database, ADA)}
    notices = await told(filled_database, now)
    assert {watched[notice.watch or 0] for notice in notices} == {"R:western_europe", "R:world"}
    assert {notice.first_revision for notice in notices} == {revision}


async def test_a_digest_tells_all_of_a_day_at_once(filled_database: Database, now: datetime) -> None:
    await add_watch(filled_database, place="BE", by=ADA, recipient=ADA, at=now, digest="daily")
    figure = await first_of(filled_database, "BE", "travelled")
    first = await changes(filled_database, figure, now)
    last = await changes(filled_database, figure, now)

    assert await told(filled_database, now + timedelta(hours=23)) == []
    (notice,) = await told(filled_database, now + timedelta(hours=25))
    assert (notice.first_revision, notice.last_revision) == (first, last)


async def test_an_attempt_that_never_came_back_is_made_again_with_the_same_nonce(
    filled_database: Database, now: datetime
) -> None:
    posted = await outbox.post_update(filled_database, "news", by="mod", first=1, last=1, at=now)
    first = await outbox.claim(filled_database, at=now)
    assert first is not None
    assert await outbox.claim(filled_database, at=now) is None  # the lease keeps others away

    again = await outbox.claim(filled_database, at=now + outbox.LEASE)
    assert again is not None
    assert (again.id, again.nonce, again.attempts) == (posted.id, first.nonce, 2)


async def test_failures_pause_longer_and_longer_and_end(filled_database: Database, now: datetime) -> None:
    await outbox.post_update(filled_database, "news", by="mod", first=1, last=1, at=now)
    at, pauses = now, []
    for _ in range(outbox.MOST_FOR_AN_UPDATE):
        post = await outbox.claim(filled_database, at=at)
        assert post is not None
        await outbox.settle_failed(filled_database, post, problem="503", at=at)
        async with filled_database.reading() as connection:
            row = (await connection.execute(select(OUTBOX.c.due_at, OUTBOX.c.state))).one()
        pauses.append(row.due_at - at)
        at = max(at, row.due_at)
    assert row.state == "dead"
    assert pauses[:-1] == sorted(pauses[:-1])
    assert max(pauses[:-1]) <= outbox.LONGEST_PAUSE
    assert at - now > timedelta(days=6)  # time to mend a channel
    assert await outbox.claim(filled_database, at=at + timedelta(days=9)) is None


async def test_a_watch_that_cannot_be_reached_is_ended(filled_database: Database, now: datetime) -> None:
    await add_watch(filled_database, place="BE", by=ADA, recipient=ADA, at=now)
    figure = await first_of(filled_database, "BE", "travelled")
    for _ in range(outbox.DEAD_AFTER):
        await changes(filled_database, figure, now)
        await outbox.follow_revisions(filled_database, at=now)
        post = await outbox.claim(filled_database, at=now)
        assert post is not None
        await outbox.settle_failed(filled_database, post, problem="closed to me", at=now, final=True)
    assert await watches_of(filled_database, ADA) == ()


async def test_the_same_update_is_kept_once(filled_database: Database, now: datetime) -> None:
    one = await outbox.post_update(filled_database, "news", by="mod", first=1, last=1, at=now, nonce="n")
    two = await outbox.post_update(filled_database, "news", by="mod", first=1, last=1, at=now, nonce="n")
    assert one == two


async def test_watching_the_same_again_changes_when_it_is_told(filled_database: Database, now: datetime) -> None:
    once = await add_watch(filled_database, place="BE", by=ADA, recipient=ADA, at=now)
    again = await add_watch(filled_database, place="BE", by=ADA, recipient=ADA, at=now, digest="daily")
    assert again == replace(once, digest="daily", digest_at=again.digest_at)
    assert await watches_of(filled_database, ADA) == (again,)


async def test_ending_a_watch_takes_its_unsent_notices_along(filled_database: Database, now: datetime) -> None:
    await add_watch(filled_database, place="BE", by=ADA, recipient=ADA, at=now)
    await changes(filled_database, await first_of(filled_database, "BE", "travelled"), now)
    await outbox.follow_revisions(filled_database, at=now)
    assert await end_watches(filled_database, ADA, place="BE") == 1
    assert await outbox.claim(filled_database, at=now) is None


async def test_one_person_may_not_watch_everything(filled_database: Database, now: datetime) -> None:
    places = sorted((await FigureStore(filled_database).view()).common.places)[: MOST_EACH + 1]
    for place in places[:-1]:
        await add_watch(filled_database, place=place, by=ADA, recipient=ADA, at=now)
    with pytest.raises(TooManyWatches):
        await add_watch(filled_database, place=places[-1], by=ADA, recipient=ADA, at=now)


async def test_a_change_concerns_the_watches_of_its_regions_and_of_the_world(
    filled_database: Database, now: datetime
) -> None:
    for place in ("BE", "R:western_europe", "R:world", "R:gulf"):
        await add_watch(filled_database, place=place, by=ADA, recipient=ADA, at=now)

    assert (await touched(filled_database, ["BE", "FR"], ["travelled"])).watches == 3


async def test_a_figure_that_moved_away_is_told_where_it_was(filled_database: Database, now: datetime) -> None:
    await outbox.follow_revisions(filled_database, at=now)
    await add_watch(filled_database, place="BE", measure="travelled", by=ADA, recipient=ADA, at=now)
    figure = await first_of(filled_database, "BE", "travelled")
    moved = await make(
        filled_database, EditFigure(figure, {"place": "NL"}, Cause.TYPO), by="mod", because="a test", at=now
    )
    (notice,) = await told(filled_database, now)
    assert notice.last_revision == moved.revision.id
    changed = await changes_since(filled_database, moved.revision.id - 1, places={"BE"}, limit=None)
    assert [change.id for change in changed.changes] == [figure]


async def test_who_was_told_is_not_kept(filled_database: Database, now: datetime) -> None:
    await outbox.follow_revisions(filled_database, at=now)
    await add_watch(filled_database, place="BE", by=ADA, recipient=ADA, at=now)
    await changes(filled_database, await first_of(filled_database, "BE", "travelled"), now)
    assert len(await told(filled_database, now)) == 1
    async with filled_database.reading() as connection:
        rows = (await connection.execute(select(OUTBOX.c.state, OUTBOX.c.recipient))).all()
    assert [tuple(row) for row in rows] == [("sent", "")]
