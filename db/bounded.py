"""A cache with a bound on the weight of what it holds; the least recently used goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Key = tuple[Any, ...]


class Bounded(Generic[K, V]):
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
        old = self._entries.pop(key, None)
        if old is not None:
            self.weight -= old[1]
        if weight > self.limit:
            return
        self._entries[key] = (value, weight)
        self.weight += weight
        while self.weight > self.limit:
            _, (_, freed) = self._entries.popitem(last=False)
            self.weight -= freed

    def items(self) -> Iterator[tuple[K, V, int]]:
        """Every key, value and weight, least recently used first."""
        for key, (value, weight) in self._entries.items():
            yield key, value, weight

    def __len__(self) -> int:
        return len(self._entries)


class Stamped(Generic[V]):
    """A view of a cache that several states share: what is kept in one is found in another with the same stamp.

    The first part of each key says what the stamp is of; what no state asks for any more is forgotten in its turn.
    """

    def __init__(self, shared: Bounded[Key, V], stamp_of: Callable[[Any], object]) -> None:
        self._shared = shared
        self._stamp_of = stamp_of

    @property
    def weight(self) -> int:
        """What all states hold together."""
        return self._shared.weight

    def get(self, key: Key) -> V | None:
        """The value of a key, None when it is not held for this state."""
        return self._shared.get((self._stamp_of(key[0]), *key))

    def put(self, key: Key, value: V, weight: int = 1) -> None:
        """Hold a value for this state, and for every other one with its stamp."""
        self._shared.put((self._stamp_of(key[0]), *key), value, weight)
