"""A cache with a bound on the weight of what it holds; the least recently used goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class WeightedLRU(Generic[K, V]):
    """A mapping that forgets its least recently used entries once their weights exceed the limit."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.weight = 0
        self._entries: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def get(self, key: K) -> V | None:
        """The value of a key, which counts as used now; None when it is not held."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        self._entries.move_to_end(key)
        return entry[0]

    def put(self, key: K, value: V, weight: int = 1) -> None:
        """Hold a value; one heavier than the whole limit is not held at all."""
        if key in self._entries:
            self.pop(key)
        if weight > self.limit:
            return
        self._entries[key] = (value, weight)
        self.weight += weight
        while self.weight > self.limit:
            _, (_, freed) = self._entries.popitem(last=False)
            self.weight -= freed

    def pop(self, key: K) -> V | None:
        """Forget a key; its value, None when it is not held."""
        value, weight = self._entries.pop(key, (None, 0))
        self.weight -= weight
        return value

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()
        self.weight = 0

    def __len__(self) -> int:
        return len(self._entries)
