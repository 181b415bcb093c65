"""A bot that announces is killed at any moment: the next one goes on, and everything is posted exactly once."""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select, update

from db.desk import announcements as outbox
from db.desk.watches import add_watch
from db.edits.editing import make
from db.edits.requests import DisputeFigure, RestoreFigure
from db.model.desk_tables import OUTBOX
from db.store.engine import Database, find_damage, open_database
from tests.often import often
from tests.patience import PATIENCE
from tests.twin.snapshot import put_snapshot
from tests.twin.twin import Twin, running_bot

KILLS = often(2)
SEED = int(os.environ.get("INFLOW_KILLS_SEED", "6"))
EACH = 4
"""Updates that are added before each life."""
LONGEST = 0.12
"""Seconds from the first post of a life to its end; a post takes about twenty milliseconds."""
FIGURE = "be-travelled-hln_belga_2019_11_30"


async def test_updates_and_notices_are_posted_once_however_often_the_bot_is_killed(tmp_path: Path) -> None:
    twin = Twin()
    chance = random.Random(SEED)
    url = f"sqlite+aiosqlite:///{tmp_path / 'inflow.db'}"
    channel = str(twin.home.channel_id)
    async with twin.serving():
        await put_snapshot(tmp_path / "inflow.db")
        async with open_database(url) as database:
            await outbox.follow_revisions(database, at=now())
            await add_watch(
                database, place="BE", by="1", recipient=channel, at=now(), recipient_kind="channel", digest="off"
            )
        for life in range(KILLS):
            async with open_database(url) as database:
                assert await find_damage(database) == ()
                await a_minute_later(database)
                await news(database, life)
            twin.rest.knows_nonces = bool(life % 2)  # at first it was killed minutes ago, then just now
            before = len(twin.world.posts)
            async with running_bot(twin, tmp_path, announcement_channel=channel, wait_ready=False) as bot:
                await twin.rest.wait_until(lambda: len(twin.world.posts) > before)  # noqa: B023
                await asyncio.sleep(chance.random() * LONGEST)
                await bot.kill()
        async with open_database(url) as database:
            await a_minute_later(database)
        async with running_bot(twin, tmp_path, announcement_channel=channel) as bot:
            await all_sent(url)
            assert await bot.stop() == 0
            assert "Traceback" not in bot.log
        await verify(twin, url)


def now() -> datetime:
    return datetime.now(UTC)


async def news(database: Database, life: int) -> None:
    """Some updates to post, and a change that somebody watches."""
    for number in range(EACH):
        text = f"News {life}-{number}."
        await outbox.post_update(database, text, by="mod", first=1, last=1, at=now() - timedelta(seconds=1))
    request = RestoreFigure(FIGURE) if life % 2 else DisputeFigure(FIGURE)
    await make(database, request, by="mod", because=f"change {life}", at=now())


async def a_minute_later(database: Database) -> None:
    """The leases of attempts that were cut off run out, as they do after a minute."""
    async with database.writing() as session:
        waiting = OUTBOX.c.state.in_(("pending", "sending"))
        await session.execute(update(OUTBOX).where(waiting).values(due_at=now() - timedelta(seconds=1)))


async def all_sent(url: str) -> None:
    async with open_database(url) as database:
        async with asyncio.timeout(PATIENCE):
            while set(await states(database)) != {"sent"}:  # noqa: ASYNC110 - it is another process
                await asyncio.sleep(0.5)


async def states(database: Database) -> Counter[str]:
    async with database.reading() as connection:
        return Counter((await connection.execute(select(OUTBOX.c.state))).scalars())


async def verify(twin: Twin, url: str) -> None:
    """Everything in the outbox is one message, and every message is in the outbox."""
    async with open_database(url) as database, database.reading() as connection:
        rows = (await connection.execute(select(OUTBOX.c.kind, OUTBOX.c.nonce, OUTBOX.c.message))).all()
    assert Counter(row.kind for row in rows)["update"] == EACH * KILLS
    assert any(row.kind == "notice" for row in rows)
    posted = Counter(post.nonce for post in twin.world.posts)
    assert set(posted.values()) == {1}
    assert {row.nonce for row in rows} == set(posted)
    assert {row.message for row in rows} == {str(post.id) for post in twin.world.posts}
    texts = Counter(str(post.body) for post in twin.world.posts)
    for life in range(KILLS):
        for number in range(EACH):
            assert sum(count for text, count in texts.items() if f"News {life}-{number}." in text) == 1
