"""Reading the hand-kept lists in `bot/places/sources/`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files

from bot.places.display import LANGUAGES


def rows(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The rows of a list: a first column, then names separated by semicolons. `#` starts a comment line."""
    path = files("bot.places") / "sources" / name
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        head, tab, names = line.partition("\t")
        if not tab:
            raise ValueError(f"{name}, line {number}: no tab")
        yield head.strip(), tuple(part for part in (piece.strip() for piece in names.split(";")) if part)


def words(name: str) -> Iterator[str]:
    """The words of a list without columns, separated by white space; `_` stands for a space inside a name."""
    path = files("bot.places") / "sources" / name
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from (word.replace("_", " ") for word in line.split())


def region_names() -> Iterator[tuple[str, str, str]]:
    """The language, the region and its name, from each language's folder."""
    for path in sorted(LANGUAGES.glob("*/regions.json")):
        named: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        yield from ((path.parent.name, region, name) for region, name in named.items())
