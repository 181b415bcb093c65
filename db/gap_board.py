"""The board of what the dataset does not answer, or answers badly: noted without who asked, taken, settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update

from db.desk_tables import DEMAND, GAP
from db.editing_errors import NotHeld
from db.edits.making import write_transaction
from db.engine import Database
from db.reading import AnyRow
from db.recording import Writer

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


_COLUMNS = [GAP.c[name] for name in Gap.__dataclass_fields__]


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
) -> Gap:
    """Note a gap, or that it came up again; one that was settled opens anew. ``topic`` makes two notes the same."""
    async with write_transaction(database) as writer:
        same = (GAP.c.kind == kind) & (GAP.c.topic == topic[:LONGEST])
        held = (await writer.execute(select(GAP.c.id, GAP.c.asked, GAP.c.state).where(same))).first()
        if held is None:
            values = {"kind": kind, "topic": topic[:LONGEST], "text": text[:LONGEST], "place": place}
            values |= {"measure": measure, "answer": answer, "state": "open", "taken_by": "", "settled_because": ""}
            made = insert(GAP).values(**values, asked=1, first_at=at, last_at=at).returning(GAP.c.id)
            return await _gap(writer, (await writer.execute(made)).scalar_one())
        again: dict[str, object] = {"asked": held.asked + 1, "last_at": at}
        if held.state in ("done", "dropped"):
            again |= {"state": "open", "taken_by": "", "settled_at": None, "settled_because": ""}
        await writer.execute(update(GAP).where(same).values(again))
        return await _gap(writer, held.id)


async def most_asked(database: Database, *, limit: int = 60) -> tuple[Demand, ...]:
    """The places and measures that were asked for most often, by all members together."""
    columns = (DEMAND.c.place, DEMAND.c.measure, DEMAND.c.asked)
    ranked = select(*columns).order_by(DEMAND.c.asked.desc(), DEMAND.c.place, DEMAND.c.measure).limit(limit)
    async with database.reading() as connection:
        return tuple(Demand(*row) for row in await connection.execute(ranked))


async def notice(database: Database, found: Iterable[Noticed], *, at: datetime) -> None:
    """Bring the worked-out gaps up to date: new ones open, known ones are counted, what is mended goes.

    One that a moderator settled stays settled: its topic names the figures that it was about.
    """
    wanted = {(one.kind, one.topic): one for one in found}
    async with write_transaction(database) as writer:
        worked_out = GAP.c.kind.in_((STALE, SINGLE_ORIGIN))
        held = (await writer.execute(select(GAP.c.id, GAP.c.kind, GAP.c.topic, GAP.c.state).where(worked_out))).all()
        for row in held:
            one = wanted.pop((row.kind, row.topic), None)
            this = update(GAP).where(GAP.c.id == row.id)
            if one is not None:
                await writer.execute(this.values(asked=one.asked, text=one.text[:LONGEST]))
            elif row.state in ("open", "taken"):
                mended = {"state": "done", "settled_at": at, "settled_because": "The data no longer shows it."}
                await writer.execute(this.values(mended))
        for one in wanted.values():
            values = {"kind": one.kind, "topic": one.topic, "text": one.text[:LONGEST], "place": one.place}
            values |= {"measure": one.measure, "answer": "", "state": "open", "taken_by": "", "settled_because": ""}
            await writer.execute(insert(GAP).values(**values, asked=one.asked, first_at=at, last_at=at))


async def gap_board(database: Database, *, limit: int = 25) -> tuple[Gap, ...]:
    """What is open or taken: the most asked first, then the newest."""
    ranked = select(*_COLUMNS).where(_STANDS).order_by(GAP.c.asked.desc(), GAP.c.last_at.desc(), GAP.c.id).limit(limit)
    async with database.reading() as connection:
        return tuple(map(_read, await connection.execute(ranked)))


async def take_gap(database: Database, id: int, *, by: str) -> Gap:
    """Take an open gap and return it as it stands: somebody else may have been first. Raises NotHeld."""
    async with write_transaction(database) as writer:
        this: ColumnElement[bool] = (GAP.c.id == id) & (GAP.c.state == "open")
        await writer.execute(update(GAP).where(this).values(state="taken", taken_by=by))
        return await _gap(writer, id)


async def settle_gap(database: Database, id: int, *, because: str, at: datetime, done: bool = True) -> Gap:
    """Take a gap off the board, with what became of it; raises NotHeld."""
    async with write_transaction(database) as writer:
        state = "done" if done else "dropped"
        settled = {"state": state, "settled_at": at, "settled_because": because.strip()[:LONGEST]}
        await writer.execute(update(GAP).where((GAP.c.id == id) & _STANDS).values(settled))
        return await _gap(writer, id)


async def _gap(reader: Writer, id: int) -> Gap:
    this: ColumnElement[bool] = GAP.c.id == id
    row = (await reader.execute(select(*_COLUMNS).where(this))).first()
    if row is None:
        raise NotHeld("gap", str(id))
    return _read(row)


def _read(row: AnyRow) -> Gap:
    return Gap(*row)
