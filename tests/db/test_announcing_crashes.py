"""Announcing, cut off at random: each change is told, once where the acknowledgement was stored, and never in a loop.

A revision is a row of a log that only grows, and how far it was followed is stored with the notices themselves. So a
notice needs no place in the transaction of the change: whatever is cut off, the next round finds the same revisions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from db.desk import announcements as outbox
from db.desk.watches import add_watch, end_watches
from db.edits.editing import make
from db.edits.requests import EditFigure
from db.model.desk_tables import OUTBOX
from db.store.engine import Database
from tests.often import often

FIGURE = "be-travelled-tsg_2015"


class Crash(BaseException):
    """The end of the process: nothing of ours may catch it."""


class Channel:
    """A channel that counts how often each nonce was sent."""

    def __init__(self) -> None:
        self.sent: Counter[str] = Counter()
        self.acknowledged: set[str] = set()
        self.unsure: set[str] = set()
        """Sent, and cut off before that was stored."""

    def send(self, nonce: str) -> None:
        assert nonce not in self.acknowledged, "sent again although its acknowledgement was stored"
        self.sent[nonce] += 1
        self.unsure.add(nonce)


@contextmanager
def ending_at(database: Database, step: int | None) -> Iterator[None]:
    """End the process before its so-manieth statement or commit; None never ends it."""
    taken = 0

    def one_step(*_: object) -> None:
        nonlocal taken
        taken += 1
        if taken == step:
            raise Crash

    engine = database.engine.sync_engine
    for name in ("before_cursor_execute", "commit"):
        event.listen(engine, name, one_step)
    try:
        yield
    except Crash:
        assert step is not None
    finally:
        for name in ("before_cursor_execute", "commit"):
            event.remove(engine, name, one_step)


async def one_round(database: Database, channel: Channel, at: datetime, *, refused: bool = False) -> None:
    """Follow the revisions and send all that is due, as the announcer does."""
    await outbox.follow_revisions(database, at=at)
    while (post := await outbox.claim(database, at=at)) is not None:
        if refused:
            await outbox.settle_failed(database, post, problem="503", at=at)
            continue
        channel.send(post.nonce)
        await outbox.settle_sent(database, post, message="1", at=at)
        channel.acknowledged.add(post.nonce)
        channel.unsure.discard(post.nonce)


lives = st.lists(
    st.tuples(st.booleans(), st.booleans(), st.none() | st.integers(1, 24)),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=often(10),
    phases=(Phase.explicit, Phase.generate),  # the database goes on from example to example, so nothing can be shrunk
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(lives=lives)
async def test_every_change_is_told_whatever_is_cut_off(
    filled_database: Database, now: datetime, lives: list[tuple[bool, bool, int | None]]
) -> None:
    database, channel, at = filled_database, Channel(), now
    await end_watches(database, "1")
    watch = await add_watch(database, place="BE", by="1", recipient="1", at=at)
    made: list[int] = []
    sent_twice = set[str]()
    for changes, refused, step in lives:
        if changes:
            request = EditFigure(FIGURE, {"note": f"after {watch.seen}, number {len(made)}"})
            made.append((await make(database, request, by="mod", because="a test", at=at)).revision.id)
        with ending_at(database, step):
            await one_round(database, channel, at, refused=refused)
        sent_twice |= channel.unsure
        at += outbox.LONGEST_PAUSE
    await one_round(database, channel, at)
    news = (OUTBOX.c.watch == watch.id) & (OUTBOX.c.first_revision > watch.seen)
    async with database.reading() as connection:
        rows = (await connection.execute(select(OUTBOX).where(news))).all()

    told = Counter(one for row in rows for one in made if row.first_revision <= one <= row.last_revision)
    assert told == dict.fromkeys(made, 1)
    assert {row.state for row in rows} <= {"sent"}
    assert {row.nonce for row in rows} == set(channel.sent)
    assert {nonce for nonce, times in channel.sent.items() if times > 1} <= sent_twice
    assert max((row.attempts for row in rows), default=0) <= len(lives) + 1
    before = channel.sent.copy()
    await one_round(database, channel, at + timedelta(days=1))
    assert channel.sent == before
