"""The name index: made by `tools.places`, read once."""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from sys import intern

from bot.places.packed import Packed, packed_lines
from bot.places.tier import Tier

TINY = 4
"""Keys up to this length are never read for a variant spelling."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a key stands for."""

    how: str
    places: tuple[str, ...]


class Entries(Mapping[str, Entry]):
    """Every key with its entry, held packed: keys are found by hashing, and made as strings when they are asked for."""

    def __init__(self, raw: bytes, named: Callable[[], Iterable[str]] = tuple, stored: bytes | None = None) -> None:
        """Read `how<TAB>places<TAB>keys` lines.

        ``named`` gives the keys that `beginning` leaves out, ``stored`` the tables that `store` gave for these lines.
        """
        text = b"\n" + raw + b"\n"
        self._starts = array("I")
        self._entries: list[Entry] = []
        self._size = 0
        self._named = named
        lines = self._lines(text)
        if stored is None:
            held = list(lines)
            self._packed = Packed.of(text, held, self._size)
        else:
            for _ in lines:  # one at a time, as all at once are twice the text
                pass
            self._packed = Packed.stored(text, stored)

    def _lines(self, text: bytes) -> Iterator[tuple[int, bytes]]:
        """The keys of each line with their offset."""
        at = 1
        while at < len(text):
            end = text.index(b"\n", at)
            how, ids, keys = text[at:end].split(b"\t")
            places = tuple(map(intern, ids.decode().split(" ")))
            self._starts.append(end - len(keys))
            self._entries.append(Entry(intern(how.decode()), places))
            self._size += keys.count(b" ") + 1
            yield end - len(keys), keys
            at = end + 1

    def store(self) -> bytes:
        """The tables by which keys are found."""
        return self._packed.store()

    def __getitem__(self, key: str) -> Entry:
        """The entry of a key; raise KeyError when there is none."""
        entry = self.get(key)
        if entry is None:
            raise KeyError(key)
        return entry

    # Narrower than a mapping's, without a default: a sentence is looked up in dozens of parts, and most are no names.
    def get(self, key: str) -> Entry | None:  # type: ignore[override]
        """The entry of a key, None when there is none."""
        at = self._packed.find(key)
        return self._entries[bisect_right(self._starts, at) - 1] if at else None

    def __contains__(self, key: object) -> bool:
        """Whether a key is held."""
        return key in self._packed

    def __iter__(self) -> Iterator[str]:
        """Every key, in no order."""
        return map(self._packed.word_at, self._packed.offsets())

    def __len__(self) -> int:
        """How many keys there are."""
        return self._size

    def beginning(self, letter: str, length: int) -> list[str]:
        """The longer keys with this first letter and length, other than codes and those that were left out."""
        return [self._packed.word_at(at) for at in self._by_start.get(_start(letter, length), ())]

    @cached_property
    def _by_start(self) -> dict[int, array[int]]:
        """Where keys begin, by first letter and length; made when it is first needed, as starting is to be quick."""
        text, named = self._packed.text, frozenset(self._named())
        found: dict[int, array[int]] = {}
        for start, entry in zip(self._starts, self._entries, strict=True):
            if entry.how != "code":
                _sort_in(found, start, text[start : text.index(b"\n", start)].decode(), named)
        return found


def _sort_in(found: dict[int, array[int]], start: int, keys: str, named: Container[str]) -> None:
    at = start
    for key in keys.split(" "):
        if len(key) > TINY and key not in named:
            of_start = found.get(_start(key[0], len(key)))
            if of_start is None:
                of_start = found[_start(key[0], len(key))] = array("I")
            of_start.append(at)
        at += len(key) + 1 if key.isascii() else len(key.encode()) + 1


def _start(letter: str, length: int) -> int:
    return ord(letter) << 8 | min(length, 255)


@dataclass(frozen=True, slots=True)
class Names:
    """Everything that matching needs."""

    entries: Entries
    """Every key with its entry."""
    tiers: tuple[Tier, ...]
    """Keys that a misspelling may be read as: English names; English demonyms and aliases; other languages' names."""
    whole_only: frozenset[str]
    """Keys that are ordinary words too: a name when they are all that was typed, never inside a sentence."""
    ordinary: Container[str]
    """Words, people and cities that lie within reach of a name and are not misspellings of it."""


def read_names(folder: Traversable) -> Names:
    """Read the index from a folder."""
    core = _read(folder / "core.bin").decode().split("\n")
    tiers = tuple(Tier(line.split(" ")) for line in core[:-1])
    tables = {name: _read(path) for name in ("names", "ordinary") if (path := folder / f"{name}.slots.bin").is_file()}
    entries = Entries(_read(folder / "names.bin"), lambda: chain.from_iterable(tiers), tables.get("names"))
    ordinary = packed_lines(_read(folder / "ordinary.bin"), tables.get("ordinary"))
    return Names(entries, tiers, frozenset(core[-1].split(" ")), ordinary)


@cache
def load_names() -> Names:
    """The index that is shipped."""
    return read_names(files("bot.places") / "data")


def _read(path: Traversable) -> bytes:
    return zlib.decompress(path.read_bytes())
