"""What was asked last, so that "and Germany?" can be understood; short-lived and bounded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.questions.query import Query


class Memory:
    """The last query of each asker in each channel, kept for ten minutes; the oldest is forgotten first."""

    def __init__(self, clock: Callable[[], datetime], *, keep_seconds: float = 600, limit: int = 5000) -> None:
        self._clock = clock
        self._keep = timedelta(seconds=keep_seconds)
        self._limit = limit
        self._last: OrderedDict[tuple[str, str], tuple[datetime, Query]] = OrderedDict()

    def recall(self, channel: str, asker: str) -> Query | None:
        """The last query, when it is fresh."""
        entry = self._last.get((channel, asker))
        if entry is None:
            return None
        at, query = entry
        if self._clock() - at > self._keep:
            del self._last[(channel, asker)]
            return None
        return query

    def remember(self, channel: str, asker: str, query: Query) -> None:
        """Keep a query as the last one."""
        key = (channel, asker)
        self._last.pop(key, None)
        self._last[key] = (self._clock(), query)
        while len(self._last) > self._limit:
            self._last.popitem(last=False)

    def forget(self, asker: str) -> None:
        """Forget everything that one person asked."""
        for key in [key for key in self._last if key[1] == asker]:
            del self._last[key]

    def __len__(self) -> int:
        return len(self._last)
