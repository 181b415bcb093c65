"""What was lately the case: kept for ten minutes while the bot runs, bounded, never stored."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

import discord

from bot.questions.dialogue.state import State

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Lately(Generic[K, V]):
    """Values by key, each forgotten after a while; the oldest goes first where they are many."""

    def __init__(self, clock: Callable[[], datetime], *, keep_seconds: float = 600, limit: int = 5000) -> None:
        self._clock = clock
        self._keep = timedelta(seconds=keep_seconds)
        self._limit = limit
        self._held: OrderedDict[K, tuple[datetime, V]] = OrderedDict()

    def put(self, key: K, value: V) -> None:
        """Keep a value from now on."""
        self._held.pop(key, None)
        self._held[key] = (self._clock(), value)
        while len(self._held) > self._limit:
            self._held.popitem(last=False)

    def get(self, key: K) -> V | None:
        """The value of a key; None where none was kept, or not lately."""
        at, value = self._held.get(key, (None, None))
        return None if at is None or self._clock() - at > self._keep else value

    def forget(self, fits: Callable[[K, V], bool]) -> None:
        """Forget what fits."""
        for key in [key for key, (_, value) in self._held.items() if fits(key, value)]:
            del self._held[key]

    def __len__(self) -> int:
        return len(self._held)


@dataclass(slots=True)
class Heard:
    """A message that was heard as a question: the dialogue before it, and the message that answered it."""

    asker: int
    edited_at: datetime | None
    """When the wording that is answered was written."""
    before: State | None = None
    answer: discord.Message | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while it is answered: an edit waits for the answer that it changes."""
