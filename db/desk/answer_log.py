"""Answers that were given, kept by their ids: noted in memory, written in batches, so that no answer waits for it."""

from __future__ import annotations

import re
from base64 import b32encode
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.model.desk_tables import ANSWER, ANSWER_PLACE, DEMAND
from db.store.engine import Database
from db.store.reading import batches

MOST_WAITING = 5_000
"""Answers noted and not yet written; when a database is away for longer, the oldest give way."""
_LONG_BYTES = 10
_ID = re.compile(r"[a-z2-7]{8,32}")


@dataclass(frozen=True, slots=True)
class Noted:
    """One answer, without who asked."""

    id: str
    canonical: str
    """The question in its canonical form."""
    revision: int
    at: datetime
    places: tuple[str, ...] = ()
    measure: str = ""
    """Empty: the question named none."""
    known_on: str = ""

    @property
    def long_id(self) -> str:
        """The id and sixteen letters more, which tell two answers with one short id apart."""
        text = f"{self.revision}\n{self.canonical}".encode(errors="surrogatepass")
        return self.id + b32encode(blake2b(text, digest_size=_LONG_BYTES).digest()).decode().lower()


class AnswerLog:
    """What was answered since the last write."""

    def __init__(self, most: int = MOST_WAITING) -> None:
        self._waiting: deque[Noted] = deque(maxlen=most)

    def note(self, answer: Noted) -> None:
        """Note an answer; neither waits nor fails."""
        self._waiting.append(answer)

    async def given(self, database: Database, id: str) -> Given | None:
        """The answer of an id, among those that are noted and among those that are written."""
        noted = next((one for one in reversed(self._waiting) if id.strip().lower() in (one.id, one.long_id)), None)
        return Given(noted.canonical, noted.revision) if noted else await given_before(database, id)

    async def write(self, database: Database) -> int:
        """Write what is noted; return how many that were. On an error it stays noted. Raises DatabaseRefused."""
        taken = [self._waiting.popleft() for _ in range(len(self._waiting))]
        if not taken:
            return 0
        written = False
        try:
            await keep_answers(database, taken)
            written = True
        finally:
            if not written:  # cancelled or refused: back to the front, as far as there is room
                room = (self._waiting.maxlen or 0) - len(self._waiting)
                self._waiting.extendleft(reversed(taken[max(len(taken) - room, 0) :]))
        return len(taken)


async def keep_answers(database: Database, given: Sequence[Noted]) -> None:
    """Keep answers by their ids, each once however often it was given, and count what was asked for."""
    fresh = {answer.long_id: answer for answer in given}
    asked = Counter((place, answer.measure) for answer in given for place in set(answer.places))
    async with database.writing() as session:
        for batch in batches(sorted(fresh)):
            held = await session.execute(select(ANSWER.c.long_id).where(ANSWER.c.long_id.in_(batch)))
            for long_id in held.scalars():
                del fresh[long_id]
        for answer in fresh.values():
            await _insert(session, answer)
        for (place, measure), times in sorted(asked.items()):
            topic = (DEMAND.c.place == place) & (DEMAND.c.measure == measure)
            if await session.scalar(select(DEMAND.c.asked).where(topic)) is None:
                await session.execute(insert(DEMAND).values(place=place, measure=measure, asked=times))
            else:
                await session.execute(update(DEMAND).where(topic).values(asked=DEMAND.c.asked + times))


async def _insert(session: AsyncSession, answer: Noted) -> None:
    values = {name: getattr(answer, name) for name in ("id", "long_id", "canonical", "at", "revision", "known_on")}
    row = await session.scalar(insert(ANSWER).values(values).returning(ANSWER.c.row))
    named = [{"answer": row, "place": place, "measure": answer.measure} for place in sorted(set(answer.places))]
    if named:
        await session.execute(insert(ANSWER_PLACE), named)


@dataclass(frozen=True, slots=True)
class Given:
    """Enough to give an answer again."""

    canonical: str
    """The question in its canonical form."""
    revision: int


async def given_before(database: Database, id: str) -> Given | None:
    """The answer that was kept under an id, capitals and spaces around it ignored; None when there is none.

    Two answers in millions share a short id: the newer one is given, and the longer form of the id tells them apart.
    """
    wanted = id.strip().lower()
    if _ID.fullmatch(wanted) is None:
        return None
    named = or_(ANSWER.c.id == wanted, ANSWER.c.long_id == wanted)
    statement = select(ANSWER.c.canonical, ANSWER.c.revision).where(named).order_by(ANSWER.c.row.desc()).limit(1)
    async with database.reading() as connection:
        row = (await connection.execute(statement)).first()
    return None if row is None else Given(row.canonical, row.revision)
