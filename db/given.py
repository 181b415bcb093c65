"""Answers given before, by their id: what was asked and on which data; reading only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from db import plain
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
    return await plain.read(database, partial(_given, wanted))


def _given(wanted: str) -> plain.Steps[Given | None]:
    named = "SELECT canonical, revision FROM answer WHERE id = ? OR long_id = ? ORDER BY answer.row DESC LIMIT 1"
    rows = yield named, (wanted, wanted)
    return Given(*rows[0]) if rows else None
