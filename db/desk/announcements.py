"""The outbox: what is still to be told, written with the reason for it and crossed off only when it was sent.

A post has its nonce before the first attempt, and Discord refuses to post the same nonce twice; so a crash between
sending and crossing off ends in one post all the same. An attempt holds a lease: nobody else tries until it is over.

Notices are not written with the change itself. Revisions are a log that only grows, and how far each watch was told of
it is stored in one transaction with its notices: a crash in between leaves the revision to be found by the next look.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from db.desk.due import is_behind, is_waiting, note_followed
from db.desk.watches import COLUMNS, DAY, Watch, drop_watches, places_behind
from db.model.desk_tables import OUTBOX, WATCH
from db.model.tables import FIGURE_VERSION
from db.store.engine import Database
from db.store.reading import latest_revision
from db.store.recording import Writer

UPDATE = "update"
NOTICE = "notice"
LEASE = timedelta(seconds=60)
"""How long one attempt may take before another is made."""
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)
MOST_ATTEMPTS = 10
MOST_FOR_AN_UPDATE = 180
"""About a week, by the hour: an update waits for the operator to mend its channel."""
DEAD_AFTER = 3
"""Notices in a row that could not be delivered at all before a watch is ended."""
_MOST_NAMED = 200
"""Places named in a statement; more are sorted out here."""


@dataclass(frozen=True, slots=True)
class Post:
    """One thing to tell."""

    id: int
    kind: str
    """``update`` (for the channel of updates) or ``notice`` (for whoever watches)."""
    first_revision: int
    last_revision: int
    text: str
    watch: int | None
    recipient_kind: str
    recipient: str
    nonce: str
    attempts: int
    state: str
    created_at: datetime


_COLUMNS = [OUTBOX.c[name] for name in Post.__dataclass_fields__]


async def post_update(
    database: Database, text: str, *, by: str, first: int, last: int, at: datetime, nonce: str | None = None
) -> Post:
    """Put an update into the outbox, due at once; the same nonce again gives the post that is there already."""
    nonce = nonce or secrets.token_hex(12)
    async with database.writing() as writer:
        held = (await writer.execute(select(*_COLUMNS).where(OUTBOX.c.nonce == nonce))).first()
        if held is not None:
            return Post(*held)
        values = {"kind": UPDATE, "first_revision": first, "last_revision": last, "text": text, "by": by}
        return await _insert(writer, values, nonce, at)


async def follow_revisions(database: Database, *, at: datetime) -> int:
    """Write a notice for each watch that the revisions since the last look concern; gives how many.

    The notices, what each watch has seen and how far was looked are one transaction: none is lost, none comes twice.
    A digest waits for its day. On the first look nothing is told: what was there before is no news.
    """
    async with database.writing() as writer:
        latest = await latest_revision(writer)
        await note_followed(writer, latest)
        behind = select(*COLUMNS).where(is_behind(latest, at)).order_by(WATCH.c.id)
        watches = [Watch(*row) for row in await writer.execute(behind)]
        if not watches:
            return 0
        behind_each = await places_behind(writer, {watch.place for watch in watches})
        everywhere = frozenset[str]().union(*behind_each.values())
        touched = await _touched(writer, min(watch.seen for watch in watches), everywhere)
        told = 0
        for watch in watches:
            told_of = [one for place in behind_each[watch.place] for one in touched.get(place, ())]
            news = [revision for revision, measure in told_of if _concerns(watch, revision, measure)]
            if news:
                values = {"kind": NOTICE, "first_revision": min(news), "last_revision": max(news), "watch": watch.id}
                values |= {"recipient_kind": watch.recipient_kind, "recipient": watch.recipient}
                await _insert(writer, values, f"w{watch.id}-{max(news)}", at)
                told += 1
            seen = {"seen": latest, "digest_at": at + DAY if watch.digest == "daily" else None}
            await writer.execute(update(WATCH).where(WATCH.c.id == watch.id).values(seen))
        return told


def _concerns(watch: Watch, revision: int, measure: str) -> bool:
    return revision > watch.seen and watch.measure in ("", measure)


async def _touched(writer: Writer, since: int, places: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
    """By place: the revisions after one that recorded a figure of it or took one away, with the figure's measure."""
    columns = FIGURE_VERSION.c
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    wanted = frozenset(places)
    for end in (columns.recorded, columns.superseded):  # a figure that moved away is news where it was
        statement = select(columns.place, end, columns.measure).where(end > since).distinct()
        if len(wanted) <= _MOST_NAMED:
            statement = statement.where(columns.place.in_(sorted(wanted)))
        for place, revision, measure in await writer.execute(statement):
            if place in wanted:
                found[place].append((revision, measure))
    return found


async def claim(database: Database, id: int | None = None, *, at: datetime) -> Post | None:
    """The post that is due longest, or one of them, leased to the caller.

    None when nothing is due: all was sent, or somebody else is sending it.
    """
    chosen = is_waiting(at) if id is None else is_waiting(at) & (OUTBOX.c.id == id)
    oldest = select(OUTBOX.c.id).where(chosen).order_by(OUTBOX.c.due_at, OUTBOX.c.id).limit(1)
    leased = {"state": "sending", "attempts": OUTBOX.c.attempts + 1, "due_at": at + LEASE}
    async with database.writing() as writer:
        found = await writer.scalar(oldest)
        lease = update(OUTBOX).where(OUTBOX.c.id == found).values(leased).returning(*_COLUMNS)
        return None if found is None else Post(*(await writer.execute(lease)).one())


async def settle_sent(database: Database, post: Post, *, message: str, at: datetime) -> None:
    """Cross a post off."""
    async with database.writing() as writer:
        done = {"state": "sent", "message": message, "settled_at": at, "problem": "", "recipient": ""}
        await writer.execute(update(OUTBOX).where(OUTBOX.c.id == post.id).values(done))
        if post.watch is not None:
            await writer.execute(update(WATCH).where(WATCH.c.id == post.watch).values(failures=0))


async def settle_failed(database: Database, post: Post, *, problem: str, at: datetime, final: bool = False) -> None:
    """Note a failed attempt: another follows after a pause that doubles, until there were enough or it is ``final``.

    A watch whose notices cannot be delivered is ended after some of them.
    """
    async with database.writing() as writer:
        dead = final or post.attempts >= (MOST_FOR_AN_UPDATE if post.kind == UPDATE else MOST_ATTEMPTS)
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(post.attempts - 1, 12))
        values: dict[str, object] = {"problem": problem[:300], "state": "dead" if dead else "pending"}
        values |= {"settled_at": at, "recipient": ""} if dead else {"due_at": at + pause}
        await writer.execute(update(OUTBOX).where(OUTBOX.c.id == post.id).values(values))
        if dead and post.watch is not None:
            await _count_failure(writer, post.watch)


async def _count_failure(writer: Writer, watch: int) -> None:
    failures = (await writer.execute(select(WATCH.c.failures).where(WATCH.c.id == watch))).scalar()
    if failures is None:
        return
    if failures + 1 >= DEAD_AFTER:
        await drop_watches(writer, [watch])
    else:
        await writer.execute(update(WATCH).where(WATCH.c.id == watch).values(failures=failures + 1))


async def _insert(writer: Writer, values: dict[str, object], nonce: str, at: datetime) -> Post:
    whole = {"text": "", "by": "", "recipient_kind": "", "recipient": "", "message": "", "problem": "", **values}
    made = insert(OUTBOX).values(**whole, nonce=nonce, state="pending", attempts=0, due_at=at, created_at=at)
    return Post(*(await writer.execute(made.returning(*_COLUMNS))).one())
