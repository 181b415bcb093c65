"""The name index: made by `bot.places.build`, read once."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class Entry:
    """What a key stands for."""

    how: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Everything that matching needs."""

    entries: dict[str, Entry]
    """Every key with its entry."""
    tiers: tuple[tuple[str, ...], ...]
    """Keys that a misspelling may be read as: English names; English demonyms and aliases; other languages' names."""
    whole_only: frozenset[str]
    """Keys that are ordinary words too: a name when they are all that was typed, never inside a sentence."""
    ordinary: frozenset[str]
    """Words, people and cities that lie within reach of a name and are not misspellings of it."""


def read_names(folder: Traversable) -> Names:
    """Read the index from a folder."""
    entries: dict[str, Entry] = {}
    for line in _lines(folder / "names.bin"):
        how, ids, keys = line.split("\t")
        entries.update(dict.fromkeys(keys.split(" "), Entry(how, tuple(ids.split(" ")))))
    tiers = tuple(tuple(line.split(" ")) for line in _lines(folder / "core.bin"))
    ordinary = _lines(folder / "ordinary.bin") if (folder / "ordinary.bin").is_file() else []
    return Names(entries, tiers[:-1], frozenset(tiers[-1]), frozenset(ordinary))


@cache
def load_names() -> Names:
    """The index that is shipped."""
    return read_names(files("bot.places") / "data")


def _lines(path: Traversable) -> list[str]:
    return zlib.decompress(path.read_bytes()).decode().split("\n")
