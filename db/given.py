"""Answers given before, by their id: what was asked and on which data; reading only."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import or_, select

from db.desk_tables import ANSWER
from db.engine import Database

_ID = re.compile(r"[a-z2-7]{8,32}")


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
