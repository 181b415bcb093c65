"""The name index: made by `bot.places.build`, read once."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Entry:
    """What a key stands for."""

    how: str
    places: tuple[str, ...]


def load_names() -> dict[str, Entry]:
    """Every key with its entry."""
    data = (files("bot.places") / "data" / "names.bin").read_bytes()
    names: dict[str, Entry] = {}
    for line in zlib.decompress(data).decode().split("\n"):
        how, ids, keys = line.split("\t")
        names.update(dict.fromkeys(keys.split(" "), Entry(how, tuple(ids.split(" ")))))
    return names
