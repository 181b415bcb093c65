"""The last question of each asker in each channel, for follow-ups: bounded, and forgotten after ten minutes."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

from bot.questions.query import Query

KEPT_FOR = timedelta(minutes=10)
MOST_KEPT = 10_000
"""Conversations kept at once; beyond, the one silent for longest is forgotten."""


class Memory:
    """What "and Germany?" refers to; the moment is an argument."""

    def __init__(self, *, kept_for: timedelta = KEPT_FOR, most: int = MOST_KEPT) -> None:
        self._kept_for = kept_for
        self._most = most
        self._last: OrderedDict[tuple[str, str], tuple[datetime, Query]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._last)

    def recall(self, asker: str, channel: str, now: datetime) -> Query | None:
        """The asker's last query in the channel, None when there is none or it is too old."""
        known = self._last.get((asker, channel))
        if known is None:
            return None
        at, query = known
        if now - at > self._kept_for:
            del self._last[asker, channel]
            return None
        return query

    def remember(self, asker: str, channel: str, query: Query, now: datetime) -> None:
        """Keep the query; a question asked by nobody nowhere is not kept."""
        if not asker and not channel:
            return
        self._last[asker, channel] = (now, query)
        self._last.move_to_end((asker, channel))
        while len(self._last) > self._most:
            self._last.popitem(last=False)

    def forget(self, asker: str) -> None:
        """Drop everything of one asker."""
        for key in [key for key in self._last if key[0] == asker]:
            del self._last[key]
