"""Which line of a file is its header, and what each column is called there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice

from db.edits.entry.dates import is_time
from db.edits.entry.marks import without_mark
from db.edits.entry.names import PlaceNames
from db.imports.content import is_value
from db.imports.grid import BrokenGrid, Cells, Grid

_SEARCHED = 20
"""Lines in which a header is looked for."""
_SAMPLED = 60
"""Lines by which it is told what a column holds."""
_DIGIT = re.compile(r"\d")
_ASIDE = re.compile(r"\s*\([^()]*\)")
_YEAR = re.compile(r"(?:x|yr?)?((?:19|20)\d{2})(?: ?\[yr\d{4}\])?")


def first_rows(grid: Grid) -> list[tuple[int, Cells]]:
    """The first rows; where the file breaks behind one of them, that is told when all are read."""
    found: list[tuple[int, Cells]] = []
    try:
        found.extend(islice(grid.rows(), _SAMPLED))
    except BrokenGrid:
        if not found:
            raise
    return found


def find_header(
    first: Sequence[tuple[int, Cells]],
    wished: Collection[str],
    line: int | None,
    own: Collection[str],
    names: PlaceNames | None,
) -> tuple[int, Cells]:
    """The line of the header with its cells, 0 when there is none: the row that names the most columns."""
    if line is not None:
        return next((row for row in first if row[0] == line), (0, ()))
    known = {*map(plain, wished), *own}
    scored = [(_score(cells, known, names), -line, cells) for line, cells in first[:_SEARCHED]]
    score, above, cells = max(scored, key=lambda row: row[:2])
    if score > (0 if wished or len(first[0][1]) == 1 else 1):
        return -above, cells
    usual = Counter(_filled(cells) for _, cells in first).most_common(1)[0][0]
    for number, (at, cells) in enumerate(first[:_SEARCHED]):
        below = [each for _, each in first[number + 1 :]]
        if _filled(cells) > 1 and 2 * _filled(cells) >= usual and _heads(cells, below, names):
            return at, cells
    return 0, ()


def _filled(cells: Cells) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _heads(cells: Cells, below: Sequence[Cells], names: PlaceNames | None) -> bool:
    """Whether a row in words that nobody knows looks like a header: no number and no place, numbers below it."""
    told = [cell for cell in cells[:_SEARCHED] if cell.strip()]
    if any(_DIGIT.search(cell) and (is_value(cell) or is_time(cell)) for cell in told) or (
        names is not None and any(names(cell).place for cell in told)
    ):
        return False
    return any(_DIGIT.search(cell) for each in below for cell in each)


def _score(cells: Cells, known: Collection[str], names: PlaceNames | None) -> int:
    told = [plain(cell) for cell in cells if cell.strip()]
    named = sum(cell in known or bool(usual_column(cell)) for cell in told)
    if not named:
        return 0
    places = sum(names(cell).place is not None for cell in told[:_SEARCHED]) if names else 0
    return named + sum(bool(time_of(cell)) for cell in told) + places


def labels_of(cells: Cells) -> tuple[str, ...]:
    """What each column is called: its header, or its letter."""
    return tuple(" ".join(cell.split())[:60] or f"column {letter(at)}" for at, cell in enumerate(cells))


@cache
def usual_names() -> dict[str, str]:
    """The usual names of headers, and the column that each means."""
    found: dict[str, str] = {}
    for row in (files("db.imports") / "headers.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        if not row.startswith("#"):
            column, _, listed = row.partition("\t")
            found |= {plain(name): column for name in listed.split(" | ")}
    return found


def plain(name: str) -> str:
    """A header as it is compared with others."""
    return " ".join(without_mark(name).casefold().replace("_", " ").split()).strip(" .:*")


def usual_column(name: str) -> str:
    """The column that a header usually means, with or without what stands aside in it; empty when none."""
    said = plain(name)
    return usual_names().get(said) or usual_names().get(_ASIDE.sub("", said), "")


def time_of(label: str) -> str:
    """The time that a header is; empty when it is none."""
    if year := _YEAR.fullmatch(plain(label)):
        return year[1]
    return without_mark(label) if is_time(without_mark(label)) else ""


def letter(at: int) -> str:
    """The letter by which spreadsheets call a column.

    >>> letter(0), letter(26)
    ('A', 'AA')
    """
    return (letter(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)
