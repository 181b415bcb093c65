"""Completing a name while it is typed."""

from __future__ import annotations

from collections.abc import Iterator

from bot.places.catalogue import places
from bot.places.display import display_name
from bot.places.fold import fold
from bot.places.lookup import Lookup
from bot.places.outcomes import Ambiguous, Found

_FIRST = ("R:world", "TN", "SA", "RU", "TR", "JO", "FR", "GB", "DE", "BE", "MA", "LB", "EG", "ID", "UZ", "TJ", "KZ")
"""Offered before anything is typed."""


class Completer:
    """Ranks places for what has been typed so far; it never raises."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._names: list[tuple[str, str]] | None = None

    def suggest(self, prefix: str, limit: int) -> tuple[str, ...]:
        """Place ids: exact, by the start of a name, of an alias or people, then the closest."""
        key = fold(prefix[:100])
        ranked = dict.fromkeys(_FIRST if not key else self._ranked(key, prefix[:100]))
        return tuple(ranked)[: max(limit, 0)]

    def _ranked(self, key: str, prefix: str) -> Iterator[str]:
        entry = self._lookup.entry(prefix)
        if entry:
            yield from entry.places
        if self._names is None:
            self._names = sorted((fold(display_name(place)), place) for place in places())
        yield from (place for name, place in self._names if name.startswith(key))
        for tier in self._lookup.names.tiers[:2]:
            for name in sorted(tier.beginning(key)):
                yield from self._lookup.names.entries[name].places
        yield from (place for name, place in self._names if len(key) > 2 and key in name)
        if len(key) > 2:
            read = self._lookup.misspelt(key, prefix)
            if isinstance(read, Found):
                yield read.place
            elif isinstance(read, Ambiguous):
                yield from read.candidates
            else:
                yield from read.nearest
