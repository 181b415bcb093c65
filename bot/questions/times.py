"""Every time that a text names, each with its place in the text and what binds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.questions.periods import LAST_DAY, PeriodReader
from bot.questions.tokens import Token
from db.model.values import Period


@dataclass(frozen=True, slots=True)
class Time:
    """One expression of time: what it limits, and the indices of the tokens that say it."""

    start: date | None
    stop: date | None
    first: int
    last: int
    """Index after its last token."""
    to_date: bool = False
    """Whether it says "so far", which is no limit."""

    @property
    def is_closed(self) -> bool:
        """Whether it has a beginning and an end."""
        return self.start is not None and self.stop is not None


def times_of(tokens: Sequence[Token], today: date, hidden: frozenset[int] = frozenset()) -> list[Time]:
    """The times among the tokens, from left to right; the hidden tokens are names of places."""
    seen = [index for index in range(len(tokens)) if index not in hidden]
    reader = PeriodReader([tokens[index] for index in seen], today)
    found = []
    at = 0
    while at < len(seen):
        bound = reader.bound_at(at)
        if bound is None:
            at += 1
            continue
        start, stop, end, to_date = bound
        if start is not None and stop is not None and start > stop:
            start, stop = stop, start
        late = to_date and today > LAST_DAY
        found.append(Time(start, None if late else stop, seen[at], seen[end - 1] + 1, to_date))
        at = max(end, at + 1)
    return found


def spanned(times: Sequence[Time]) -> Period:
    """The period that several times make together: from the first beginning to the last end.

    A beginning and an end that stand apart ("since 2014 … until 2016") limit each other.
    """
    limits = [time for time in times if time.start or time.stop]
    if not limits:
        return Period()
    if len(limits) == 1:
        return Period.between(limits[0].start, limits[0].stop)
    starts = [time.start for time in limits if time.start]
    stops = [time.stop for time in limits if time.stop]
    first, last = (min(starts) if starts else None), (max(stops) if stops else None)
    if first is not None and last is not None and first > last:
        return Period()  # "before 2013 and after 2016" leaves a gap: no one stretch
    return Period.between(first, last)
