"""The dialogues that may be gone on with: short-lived and bounded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.questions.dialogue.state import State


class Memory:
    """The dialogue of each asker in each channel, kept for ten minutes; the oldest is forgotten first."""

    def __init__(self, clock: Callable[[], datetime], *, keep_seconds: float = 600, limit: int = 5000) -> None:
        self._clock = clock
        self._keep = timedelta(seconds=keep_seconds)
        self._limit = limit
        self._last: OrderedDict[tuple[str, str], tuple[datetime, State]] = OrderedDict()

    def recall(self, channel: str, asker: str) -> State:
        """The dialogue so far; an empty one where there is none, or it is over."""
        entry = self._last.get((channel, asker))
        if entry is None:
            return State()
        at, state = entry
        if self._clock() - at > self._keep:
            del self._last[(channel, asker)]
            return State()
        return state

    def remember(self, channel: str, asker: str, state: State) -> None:
        """Keep how far a dialogue has come."""
        key = (channel, asker)
        self._last.pop(key, None)
        if state.moments:
            self._last[key] = (self._clock(), state)
        while len(self._last) > self._limit:
            self._last.popitem(last=False)

    def forget(self, asker: str) -> None:
        """Forget everything that one person asked."""
        for key in [key for key in self._last if key[1] == asker]:
            del self._last[key]

    def __len__(self) -> int:
        return len(self._last)
