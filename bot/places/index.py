"""The name index: made by `tools.places`, read once."""

from __future__ import annotations

import zlib
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from sys import intern

from marisa_trie import RecordTrie, Trie

from bot.places.tier import Tier

TINY = 4
"""Keys up to this length are never read for a variant spelling."""
NUMBER = "<H"
"""How the trie of keys writes the number of an entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a key stands for."""

    how: str
    places: tuple[str, ...]
    misspelt: bool
    """Whether a misspelling may be read as the key, beside those of the tiers."""


class Entries(Mapping[str, Entry]):
    """Every key with its entry: a trie of keys, each with the number of its entry."""

    def __init__(self, keys: RecordTrie, entries: Sequence[Entry]) -> None:
        self._keys = keys
        self._entries = entries

    def __getitem__(self, key: str) -> Entry:
        """The entry of a key; raise KeyError when there is none."""
        number: int = self._keys[key][0][0]
        return self._entries[number]

    # Narrower than a mapping's, without a default: a sentence is looked up in dozens of parts, and most are no names.
    def get(self, key: str) -> Entry | None:  # type: ignore[override]
        """The entry of a key, None when there is none."""
        found = self._keys.get(key)
        return self._entries[found[0][0]] if found else None

    def __contains__(self, key: object) -> bool:
        """Whether a key is held."""
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        """Every key, in no order."""
        return iter(self._keys)

    def __len__(self) -> int:
        """How many keys there are."""
        return len(self._keys)

    def beginning(self, letter: str, shortest: int, longest: int) -> list[str]:
        """The keys with this first letter and such lengths that a misspelling may be read as; shorter ones first."""
        found = (key for key, (at,) in self._keys.items(letter) if self._entries[at].misspelt)
        return sorted((key for key in found if shortest <= len(key) <= longest), key=len)


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
    rows = (row.split("\t") for row in _read(folder / "entries.bin").decode().split("\n"))
    entries = [Entry(intern(how), tuple(map(intern, ids.split(" "))), bool(misspelt)) for how, ids, misspelt in rows]
    keys = RecordTrie(NUMBER).frombytes((folder / "names.trie").read_bytes())
    ordinary = Trie().frombytes((folder / "ordinary.trie").read_bytes())
    return Names(Entries(keys, entries), tiers, frozenset(core[-1].split(" ")), ordinary)


@cache
def load_names() -> Names:
    """The index that is shipped."""
    return read_names(files("bot.places") / "data")


def _read(path: Traversable) -> bytes:
    return zlib.decompress(path.read_bytes())
