"""The board of what the dataset does not answer, or answers badly: noted without who asked, taken, settled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from db import plain
from db.editing_errors import NotHeld
from db.engine import Database

PROBLEM = "problem"
UNANSWERED = "unanswered"
STALE = "stale"
SINGLE_ORIGIN = "single_origin"
LONGEST = 500
_STANDS = "state IN ('open', 'taken')"
_NEW = (
    "INSERT INTO gap (kind, topic, text, place, measure, answer, asked, first_at, last_at, state, taken_by, "
    "settled_because) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', '', '') RETURNING id"
)
_AGAIN = "UPDATE gap SET asked = asked + 1, last_at = ? WHERE id = ?"
_ANEW = "UPDATE gap SET state = 'open', taken_by = '', settled_at = NULL, settled_because = '' WHERE id = ?"
_MENDED = "UPDATE gap SET state = 'done', settled_at = ?, settled_because = 'The data no longer shows it.' WHERE id = ?"
_ASKED_MOST = "SELECT place, measure, asked FROM demand ORDER BY asked DESC, place, measure LIMIT ?"
_SETTLED = f"UPDATE gap SET state = ?, settled_at = ?, settled_because = ? WHERE id = ? AND {_STANDS}"


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


_FIRST_AT = list(Gap.__dataclass_fields__).index("first_at")
_READ = f"SELECT {', '.join(Gap.__dataclass_fields__)} FROM gap"


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
    cells = (kind, topic[:LONGEST], text[:LONGEST], place, measure, answer)
    return await plain.write(database, partial(_noted, cells, at))


async def most_asked(database: Database, *, limit: int = 60) -> tuple[Demand, ...]:
    """The places and measures that were asked for most often, by all members together."""
    return await plain.read(database, partial(_most_asked, limit))


async def notice(database: Database, found: Iterable[Noticed], *, at: datetime) -> None:
    """Bring the worked-out gaps up to date: new ones open, known ones are counted, what is mended goes.

    One that a moderator settled stays settled: its topic names the figures that it was about.
    """
    wanted = {(one.kind, one.topic): one for one in found}
    await plain.write(database, partial(_brought_up_to_date, wanted, at))


async def gap_board(database: Database, *, limit: int = 25, offset: int = 0) -> tuple[Gap, ...]:
    """What is open or taken: the most asked first, then the newest."""
    return await plain.read(database, partial(_board, limit, offset))


async def take_gap(database: Database, id: int, *, by: str) -> Gap:
    """Take an open gap and return it as it stands: somebody else may have been first. Raises NotHeld."""
    taken = "UPDATE gap SET state = 'taken', taken_by = ? WHERE id = ? AND state = 'open'"
    return await plain.write(database, partial(_changed, taken, (by, id), id))


async def release_gap(database: Database, id: int, *, by: str) -> Gap:
    """Let others take what one had taken; another's stays theirs. Raises NotHeld."""
    freed = "UPDATE gap SET state = 'open', taken_by = '' WHERE id = ? AND state = 'taken' AND taken_by = ?"
    return await plain.write(database, partial(_changed, freed, (id, by), id))


async def settle_gap(database: Database, id: int, *, because: str, at: datetime, done: bool = True) -> Gap:
    """Take a gap off the board, with what became of it; raises NotHeld."""
    values = ("done" if done else "dropped", at, because.strip()[:LONGEST], id)
    return await plain.write(database, partial(_changed, _SETTLED, values, id))


def _noted(cells: tuple[str, ...], at: datetime) -> plain.Steps[Gap]:
    held = yield "SELECT id, state FROM gap WHERE kind = ? AND topic = ?", cells[:2]
    if not held:
        ((made,),) = yield _NEW, (*cells, 1, at, at)
        return (yield from _gap(made))
    ((id_, state),) = held
    yield _AGAIN, (at, id_)
    if state in ("done", "dropped"):
        yield _ANEW, (id_,)
    return (yield from _gap(id_))


def _most_asked(limit: int) -> plain.Steps[tuple[Demand, ...]]:
    rows = yield _ASKED_MOST, (limit,)
    return tuple(Demand(*row) for row in rows)


def _brought_up_to_date(wanted: dict[tuple[str, str], Noticed], at: datetime) -> plain.Steps[None]:
    due = dict(wanted)
    held = yield "SELECT id, kind, topic, state FROM gap WHERE kind IN (?, ?)", (STALE, SINGLE_ORIGIN)
    for id_, kind, topic, state in held:
        one = due.pop((kind, topic), None)
        if one is not None:
            yield "UPDATE gap SET asked = ?, text = ? WHERE id = ?", (one.asked, one.text[:LONGEST], id_)
        elif state in ("open", "taken"):
            yield _MENDED, (at, id_)
    for one in due.values():
        yield _NEW, (one.kind, one.topic, one.text[:LONGEST], one.place, one.measure, "", one.asked, at, at)


def _board(limit: int, offset: int) -> plain.Steps[tuple[Gap, ...]]:
    ordered = f"{_READ} WHERE {_STANDS} ORDER BY asked DESC, last_at DESC, id LIMIT ? OFFSET ?"
    rows = yield ordered, (limit, offset)
    return tuple(map(_read, rows))


def _changed(statement: str, values: tuple[object, ...], id: int) -> plain.Steps[Gap]:
    yield statement, values
    return (yield from _gap(id))


def _gap(id: int) -> plain.Steps[Gap]:
    rows = yield f"{_READ} WHERE id = ?", (id,)
    if not rows:
        raise NotHeld("gap", str(id))
    return _read(rows[0])


def _read(row: Sequence[Any]) -> Gap:
    cells = list(row)
    cells[_FIRST_AT : _FIRST_AT + 2] = map(plain.moment_of, cells[_FIRST_AT : _FIRST_AT + 2])
    return Gap(*cells)
