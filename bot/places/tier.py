"""The names that misspellings may be read as, as text by first letter: as strings they would take six times as much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate


class Tier:
    """Names, found by how they begin and how long they are."""

    def __init__(self, names: Iterable[str]) -> None:
        by_initial: dict[str, list[str]] = {}
        for name in sorted(names, key=len):
            by_initial.setdefault(name[0], []).append(name)
        self._texts = {initial: f" {' '.join(named)} " for initial, named in by_initial.items()}
        """Each name between two spaces, which no name holds; shorter ones first."""
        self._ends = {initial: _ends(named) for initial, named in by_initial.items()}

    def __iter__(self) -> Iterator[str]:
        return (name for text in self._texts.values() for name in text.split())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and f" {name} " in self._text(name)

    def beginning(self, prefix: str) -> Iterator[str]:
        """The names that begin so; nothing for no prefix."""
        text = self._text(prefix)
        at = text.find(f" {prefix}")
        while at >= 0:
            end = text.index(" ", at + 1)
            yield text[at + 1 : end]
            at = text.find(f" {prefix}", end)

    def _text(self, start: str) -> str:
        return "" if " " in start else self._texts.get(start[:1], "")

    def sized(self, initial: str, shortest: int, longest: int) -> list[str]:
        """The names of such lengths with a first letter, or with any when it is empty; shorter ones first."""
        if not initial:
            return sorted((name for one in self._texts for name in self.sized(one, shortest, longest)), key=len)
        ends = self._ends.get(initial, ())
        if not ends or longest < shortest:
            return []
        first, last = ends[min(max(shortest - 1, 0), len(ends) - 1)], ends[min(longest, len(ends) - 1)]
        return self._texts[initial][first:last].split()


def _ends(names: Sequence[str]) -> tuple[int, ...]:
    """By a length: where the names that are no longer end in their text."""
    ends = [0] * (len(names[-1]) + 1)
    for name in names:
        ends[len(name)] += len(name) + 1
    return tuple(accumulate(ends))
