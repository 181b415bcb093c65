"""The board of what the dataset does not answer, or answers badly: noted without who asked, taken, settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Insert, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.edits.errors import NotHeld
from db.model.desk_tables import DEMAND, GAP
from db.store.engine import Database

PROBLEM = "problem"
UNANSWERED = "unanswered"
STALE = "stale"
SINGLE_ORIGIN = "single_origin"
LONGEST = 500
_STANDS = GAP.c.state.in_(("open", "taken"))


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing to look into."""

    id: int
    kind: str
    text: str
    place: str
    measure: str
    answer: str
    """The id of the answer that a problem was reported with."""
    asked: int
    """How often it came up."""
    first_at: datetime
    last_at: datetime
    state: str
    """``open``, ``taken``, ``done`` or ``dropped``."""
    taken_by: str
    settled_because: str


@dataclass(frozen=True, slots=True)
class Demand:
    """How often a place and measure was asked for; an empty measure was not named."""

    place: str
    measure: str
    asked: int


@dataclass(frozen=True, slots=True)
class Noticed:
    """A weakness of the data that was worked out, not reported."""

    kind: str
    """``stale`` or ``single_origin``."""
    topic: str
    text: str
    place: str
    measure: str
    asked: int
    """How often the topic was asked for."""


_READ = select(*(GAP.c[name] for name in Gap.__dataclass_fields__))


async def note_gap(
    database: Database,
    kind: str,
    topic: str,
    text: str,
    *,
    at: datetime,
    place: str = "",
    measure: str = "",
    answer: str = "",
    times: int = 1,
    reopen: bool = True,
) -> Gap:
    """Note a gap, or that it came up again; ``topic`` makes two notes the same.

    One that was settled opens anew, unless it only counts (``reopen``) and nothing was to be done about it.
    """
    topic = topic[:LONGEST]
    async with database.writing() as session:
        same = (GAP.c.kind == kind) & (GAP.c.topic == topic)
        held = (await session.execute(select(GAP.c.id, GAP.c.state).where(same))).first()
        if held is None:
            new = {"kind": kind, "topic": topic, "text": text[:LONGEST], "place": place, "measure": measure}
            made = await session.scalar(_inserted(new | {"answer": answer, "asked": times}, at).returning(GAP.c.id))
            return await _gap(session, made)
        again: dict[str, object] = {"asked": GAP.c.asked + times, "last_at": at}
        if held.state in (("done", "dropped") if reopen else ("done",)):
            again |= {"state": "open", "taken_by": "", "settled_at": None, "settled_because": ""}
        await session.execute(update(GAP).where(GAP.c.id == held.id).values(again))
        return await _gap(session, held.id)


async def most_asked(database: Database) -> tuple[Demand, ...]:
    """The sixty places and measures that were asked for most often, by all members together."""
    columns = DEMAND.c
    ordered = select(columns.place, columns.measure, columns.asked).order_by(
        columns.asked.desc(), columns.place, columns.measure
    )
    async with database.reading() as connection:
        return tuple(Demand(*row) for row in await connection.execute(ordered.limit(60)))


async def notice(database: Database, found: Iterable[Noticed], *, at: datetime) -> None:
    """Bring the worked-out gaps up to date: new ones open, known ones are counted, what is mended goes.

    One that a moderator settled stays settled: its topic names the figures that it was about.
    """
    due = {(one.kind, one.topic): one for one in found}
    mended = {"state": "done", "settled_at": at, "settled_because": "The data no longer shows it."}
    async with database.writing() as session:
        noticed = select(GAP.c.id, GAP.c.kind, GAP.c.topic, GAP.c.state).where(GAP.c.kind.in_((STALE, SINGLE_ORIGIN)))
        for row in (await session.execute(noticed)).all():
            one = due.pop((row.kind, row.topic), None)
            this = update(GAP).where(GAP.c.id == row.id)
            if one is not None:
                await session.execute(this.values(asked=one.asked, text=one.text[:LONGEST]))
            elif row.state in ("open", "taken"):
                await session.execute(this.values(mended))
        for one in due.values():
            await session.execute(_inserted({**asdict(one), "text": one.text[:LONGEST], "answer": ""}, at))


async def gap_board(database: Database, *, limit: int = 25, offset: int = 0) -> tuple[Gap, ...]:
    """What is open or taken: the most asked first, then the newest."""
    ordered = _READ.where(_STANDS).order_by(GAP.c.asked.desc(), GAP.c.last_at.desc(), GAP.c.id)
    async with database.reading() as connection:
        return tuple(Gap(*row) for row in await connection.execute(ordered.limit(limit).offset(offset)))


async def take_gap(database: Database, id: int, *, by: str) -> Gap:
    """Take an open gap and return it as it stands: somebody else may have been first. Raises NotHeld."""
    return await _changed(database, id, GAP.c.state == "open", state="taken", taken_by=by)


async def release_gap(database: Database, id: int, *, by: str) -> Gap:
    """Let others take what one had taken; another's stays theirs. Raises NotHeld."""
    return await _changed(database, id, (GAP.c.state == "taken") & (GAP.c.taken_by == by), state="open", taken_by="")


async def settle_gap(database: Database, id: int, *, because: str, at: datetime, done: bool = True) -> Gap:
    """Take a gap off the board, with what became of it; raises NotHeld."""
    state = "done" if done else "dropped"
    return await _changed(database, id, _STANDS, state=state, settled_at=at, settled_because=because.strip()[:LONGEST])


def _inserted(values: Mapping[str, object], at: datetime) -> Insert:
    return insert(GAP).values(
        {**values, "first_at": at, "last_at": at, "state": "open", "taken_by": "", "settled_because": ""}
    )


async def _changed(database: Database, id: int, where: ColumnElement[bool], **values: object) -> Gap:
    async with database.writing() as session:
        await session.execute(update(GAP).where(GAP.c.id == id, where).values(values))
        return await _gap(session, id)


async def _gap(session: AsyncSession, id: int | None) -> Gap:
    row = (await session.execute(_READ.where(GAP.c.id == id))).first()
    if row is None:
        raise NotHeld("gap", str(id))
    return Gap(*row)
