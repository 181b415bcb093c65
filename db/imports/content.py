"""What a column is, by what stands in it: places, times or values, whatever language its header is in.

Only what is plain is taken, and the plan tells it; where two columns could be meant, a moderator says which.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from db.edits.entry.dates import is_month, is_time
from db.edits.entry.marks import without_mark
from db.edits.entry.names import PlaceNames
from db.edits.entry.unread import Unread
from db.edits.entry.values import is_missing, read_value
from db.imports.grid import Cells

_DIGIT = re.compile(r"\d")
_FIRST, _LONGEST = 8, 60
_MOST = 1 / 2
"""Of the cells of a column that say anything, how many have to say the same kind of thing: some are of totals."""


def place_column(body: Sequence[Cells], free: Sequence[int], names: PlaceNames) -> int | None:
    """The one column of places; None where there is none, or where two name different countries."""

    @cache
    def place(text: str) -> str | None:
        return None if _DIGIT.search(text) or len(text) > _LONGEST else names(without_mark(text)).place

    def is_place(text: str) -> bool:
        return place(text) is not None

    # Names that nobody knows are looked for long: a column whose first cells hold none is not read further.
    found = [at for at in free if _share(body[:_FIRST], at, is_place) and _share(body, at, is_place) >= _MOST]
    if not found:
        return None
    read = {at: [place(cells[at]) if at < len(cells) else None for cells in body] for at in found}
    best = max(found, key=lambda at: (len(set(read[at])), -at))
    for at in found:  # a code beside a name says the same, and a region beside a country holds it
        for one, other in zip(read[at], read[best], strict=True):
            if one and other and one != other and not one.startswith("R:"):
                return None
    return best


def time_column(body: Sequence[Cells], free: Sequence[int]) -> int | None:
    """The one column of dates, years or periods."""
    return _only(at for at in free if _share(body, at, is_time) >= _MOST)


def month_column(body: Sequence[Cells], free: Sequence[int]) -> int | None:
    """The one column of names of months, which go with a year that stands elsewhere."""
    return _only(at for at in free if _share(body, at, is_month) >= _MOST)


def value_column(body: Sequence[Cells], free: Sequence[int]) -> int | None:
    """The one column of numbers that are no years and do not just count the rows."""
    return _only(at for at in free if _share(body, at, is_value) >= _MOST and not _counts_rows(body, at))


def _only(found: Iterable[int]) -> int | None:
    one, *more = (*found, None)
    return one if len(more) < 2 else None


def is_value(text: str) -> bool:
    """Whether a text is a number as sources write it, and no time."""
    read = read_value(without_mark(text))
    if is_missing(text):
        return False
    return read.several if isinstance(read, Unread) else not is_time(text)


def _counts_rows(body: Sequence[Cells], at: int) -> bool:
    """Whether a column numbers the rows."""
    told = [cells[at].strip() for cells in body if at < len(cells) and cells[at].strip()]
    if len(told) < 3 or not told[0].isdecimal():
        return False
    return told == [str(int(told[0]) + number) for number in range(len(told))]


def _share(body: Sequence[Cells], at: int, says: Callable[[str], bool]) -> float:
    """Of the cells of a column that say anything, the part that says one kind of thing."""
    told = [cells[at] for cells in body if at < len(cells) and not is_missing(cells[at])]
    return sum(map(says, told)) / len(told) if told else 0.0
