"""Who wants to hear of changes of a place, or of one measure of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, select, update

from db.model.desk_tables import OUTBOX, WATCH
from db.model.errors import DatasetError
from db.model.tables import MEMBERSHIP, PLACE
from db.store.engine import Database
from db.store.reading import latest_revision
from db.store.recording import Writer

WORLD = "R:world"
MOST_EACH = 25
"""Watches that one person may hold."""
DAY = timedelta(days=1)


@dataclass(eq=False)
class TooManyWatches(DatasetError):
    """You watch as much as one person may: end a watch first."""

    limit: int


@dataclass(frozen=True, slots=True)
class Watch:
    """One watch; an empty measure means every measure."""

    id: int
    recipient_kind: str
    """``user`` (direct message) or ``channel``."""
    recipient: str
    by: str
    place: str
    measure: str
    locale: str
    digest: str
    """``off`` (at once) or ``daily``."""
    seen: int
    """The last revision that it was told of, or that did not concern it."""
    digest_at: datetime | None
    failures: int
    created_at: datetime


COLUMNS = [WATCH.c[name] for name in Watch.__dataclass_fields__]


async def add_watch(
    database: Database,
    *,
    place: str,
    by: str,
    recipient: str,
    at: datetime,
    measure: str = "",
    recipient_kind: str = "user",
    digest: str = "off",
    locale: str = "",
) -> Watch:
    """Begin to watch from now on; asking for the same again changes when and in which language it is told.

    Raises TooManyWatches.
    """
    async with database.writing() as writer:
        same = (
            (WATCH.c.recipient_kind == recipient_kind)
            & (WATCH.c.recipient == recipient)
            & (WATCH.c.place == place)
            & (WATCH.c.measure == measure)
        )
        due = at + DAY if digest == "daily" else None
        held = (await writer.execute(select(WATCH.c.id).where(same))).scalar()
        if held is None:
            mine = (await writer.execute(select(WATCH.c.id).where(WATCH.c.by == by))).scalars().all()
            if len(mine) >= MOST_EACH:
                raise TooManyWatches(MOST_EACH)
            values = {"recipient_kind": recipient_kind, "recipient": recipient, "by": by, "place": place}
            values |= {"measure": measure, "locale": locale, "digest": digest}
            seen = await latest_revision(writer)
            made = insert(WATCH).values(**values, digest_at=due, seen=seen, failures=0, created_at=at)
            held = (await writer.execute(made.returning(WATCH.c.id))).scalar_one()
        else:
            renewed = {"digest": digest, "digest_at": due, "locale": locale, "failures": 0}
            await writer.execute(update(WATCH).where(WATCH.c.id == held).values(renewed))
        return Watch(*(await writer.execute(select(*COLUMNS).where(WATCH.c.id == held))).one())


async def watches_of(database: Database, by: str, *, channel: str | None = None) -> tuple[Watch, ...]:
    """What one person watches, and what a channel is told of, oldest first."""
    chosen = WATCH.c.by == by
    if channel is not None:
        chosen |= _told_in(channel)
    async with database.reading() as connection:
        found = await connection.execute(select(*COLUMNS).where(chosen).order_by(WATCH.c.id))
        return tuple(Watch(*row) for row in found)


async def watch_by_id(database: Database, id: int) -> Watch | None:
    """A watch by its number; None when it has ended."""
    async with database.reading() as connection:
        row = (await connection.execute(select(*COLUMNS).where(WATCH.c.id == id))).first()
    return None if row is None else Watch(*row)


async def watched_places(database: Database, watch: Watch) -> frozenset[str]:
    """The places whose changes a watch is told of."""
    async with database.reading() as connection:
        return (await places_behind(connection, [watch.place]))[watch.place]


async def places_behind(reader: Writer, places: Iterable[str]) -> dict[str, frozenset[str]]:
    """By watched place: the places whose figures concern it, its own among them.

    A region's are those of all that were ever its members; the world's are of every place.
    """
    wanted = set(places)
    found = {place: {place} for place in wanted}
    stated = select(MEMBERSHIP.c.region, MEMBERSHIP.c.place).where(MEMBERSHIP.c.region.in_(sorted(wanted)))
    for region, member in await reader.execute(stated):
        found[region].add(member)
    if WORLD in wanted:
        found[WORLD] |= set((await reader.execute(select(PLACE.c.id))).scalars())
    return {place: frozenset(behind) for place, behind in found.items()}


async def end_watches(
    database: Database, by: str = "", *, place: str | None = None, channel: str | None = None, alone: bool = False
) -> int:
    """End the watches of a place, or all; notices that were not sent yet go with them.

    One person's (``alone``: only those that tell nobody else), or with ``channel`` those of a channel, whoever began
    them.
    """
    chosen = WATCH.c.by == by if channel is None else _told_in(channel)
    if alone:
        chosen &= WATCH.c.recipient_kind == "user"
    async with database.writing() as writer:
        if place is not None:
            chosen &= WATCH.c.place == place
        ended = (await writer.execute(select(WATCH.c.id).where(chosen))).scalars().all()
        await drop_watches(writer, ended)
        return len(ended)


def _told_in(channel: str) -> ColumnElement[bool]:
    return (WATCH.c.recipient_kind == "channel") & (WATCH.c.recipient == channel)


async def drop_watches(writer: Writer, ids: Sequence[int]) -> None:
    """Delete watches and their unsent notices inside a write transaction."""
    unsent = OUTBOX.c.watch.in_(ids) & OUTBOX.c.state.in_(("pending", "sending"))
    await writer.execute(delete(OUTBOX).where(unsent))
    await writer.execute(delete(WATCH).where(WATCH.c.id.in_(ids)))
