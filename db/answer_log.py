"""Answers that were given, kept by their ids: noted in memory, written in batches, so that no answer waits for it."""

from __future__ import annotations

from base64 import b32encode
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import blake2b

from db import plain
from db.engine import Database

MOST_WAITING = 5_000
"""Answers noted and not yet written; when a database is away for longer, the oldest give way."""
_LONG_BYTES = 10
_AT_ONCE = 500
_ANSWER = (
    "INSERT INTO answer (id, long_id, canonical, at, revision, known_on) VALUES (?, ?, ?, ?, ?, ?) "
    'RETURNING answer."row"'
)
_COUNT = (
    "INSERT INTO demand (place, measure, asked) VALUES (?, ?, ?) "
    "ON CONFLICT (place, measure) DO UPDATE SET asked = demand.asked + excluded.asked"
)


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
    await plain.write(database, partial(_kept, given))


def _kept(given: Sequence[Noted]) -> plain.Steps[None]:
    fresh = {answer.long_id: answer for answer in given}
    ids = sorted(fresh)
    for start in range(0, len(ids), _AT_ONCE):
        batch = ids[start : start + _AT_ONCE]
        held = yield f"SELECT long_id FROM answer WHERE long_id IN ({plain.marks(batch)})", batch
        for (long_id,) in held:
            del fresh[long_id]
    for answer in fresh.values():
        yield from _insert(answer)
    asked = Counter((place, answer.measure) for answer in given for place in set(answer.places))
    for topic, times in sorted(asked.items()):
        yield _COUNT, (*topic, times)


def _insert(answer: Noted) -> plain.Steps[None]:
    values = (answer.id, answer.long_id, answer.canonical, answer.at, answer.revision, answer.known_on)
    ((row,),) = yield _ANSWER, values
    for place in sorted(set(answer.places)):
        yield "INSERT INTO answer_place (answer, place, measure) VALUES (?, ?, ?)", (row, place, answer.measure)
