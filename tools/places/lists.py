"""Reading the hand-kept lists in `bot/places/sources/`."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


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


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a list with a heading line."""
    path = files("bot.places") / "sources" / name
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    heading = lines[0].split("\t")
    for line in lines[1:]:
        yield dict(zip(heading, line.split("\t"), strict=True))
