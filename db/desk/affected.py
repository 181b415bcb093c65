"""Whom and what a change concerns besides the figures: watches of a place, and answers given about it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from db.desk.watches import WORLD
from db.model.desk_tables import ANSWER, ANSWER_PLACE, WATCH
from db.model.tables import MEMBERSHIP
from db.store.engine import Database
from db.store.reading import batches

MOST_PLACES = 300


@dataclass(frozen=True, slots=True)
class Touched:
    """What looks at some places and measures."""

    watches: int
    answers: int
    """Answers ever given about them."""
    questions: tuple[str, ...]
    """The canonical questions of the last of them, newest first, each once."""


async def touched(
    database: Database, places: Collection[str], measures: Collection[str], *, limit: int = 40
) -> Touched:
    """The watches of some places, of their regions or of the world, and the answers that spoke of the places."""
    watches: set[int] = set()
    answers = 0
    questions: dict[str, None] = {}
    async with database.reading() as connection:
        for batch in batches(sorted(places)[:MOST_PLACES]):
            around = select(MEMBERSHIP.c.region).where(MEMBERSHIP.c.place.in_(batch))
            there = or_(WATCH.c.place.in_([*batch, WORLD]), WATCH.c.place.in_(around))
            watched = select(WATCH.c.id).where(there, WATCH.c.measure.in_(["", *measures]))
            watches |= set((await connection.execute(watched)).scalars())
            told = ANSWER_PLACE.c.place.in_(batch) & ANSWER_PLACE.c.measure.in_(["", *measures])
            named = select(ANSWER_PLACE.c.answer).where(told)
            chosen = ANSWER.c.row.in_(named)
            answers += await connection.scalar(select(func.count()).select_from(ANSWER).where(chosen)) or 0
            # Old questions are asked again, so one that was asked often need be read once only.
            newest = select(ANSWER.c.canonical).where(chosen).group_by(ANSWER.c.canonical)
            found = await connection.execute(newest.order_by(func.max(ANSWER.c.row).desc()).limit(limit))
            questions |= dict.fromkeys(found.scalars())
    return Touched(len(watches), answers, tuple(questions)[:limit])
