"""A file as rows of cells with their lines, whatever kind it is: CSV with any separator, or a sheet of a workbook."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING

from db.edits.entry.dates import is_time
from db.model.cells import CellFault

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

MOST_COLUMNS = 300
LONGEST_LINE = 1_000_000
"""Characters; what is longer is no line of a table, and would become millions of cells."""
MOST_UNPACKED = 150_000_000
"""What the files of a zip may become together: a short zip can unpack to any size."""
_SEPARATORS = (",", ";", "\t", "|")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n')
_RULE = re.compile(r"[\s:|+]*-{3}[\s:|+-]*")
"""The line below the header of a table in Markdown."""
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_MOST_MERGED = 10_000
_CHUNK = 1 << 20
_SAMPLED = 30
"""Lines by which the separator is told."""

_BROKEN = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OSError,
    SyntaxError,
    EOFError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What the library for workbooks raises where a file breaks its form; bad XML is a SyntaxError."""

Cells = Sequence[str]
_Merged = dict[int, dict[int, tuple[int, int]]]
"""By line and column, the line and column of the corner of its merged cells."""


class BrokenGrid(Exception):
    """A file whose rows end in the middle: what is wrong, and the line."""

    def __init__(self, line: int, wrong: str, advice: str) -> None:
        super().__init__(wrong)
        self.line, self.wrong, self.advice = line, wrong, advice


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one table; reading them again begins at the first one."""

    file: str
    rows: Callable[[], Iterator[tuple[int, Cells]]]
    """Each row that is not empty, with its line; raises BrokenGrid."""
    separator: str = ""
    """Empty for a workbook."""
    text: str = ""
    """What a CSV file says; empty for a workbook."""
    remarks: tuple[str, ...] = ()
    """What was taken to be so."""


def csv_grid(file: str, text: str, remarks: tuple[str, ...] = ()) -> Grid:
    """The grid of a text file; the separator is the sign that parts its lines most evenly."""
    named = _SEPARATOR_LINE.match(text)
    start, before = (named.end(), 1) if named else (0, 0)
    separator = named[1] if named else _separator(text)

    def rows() -> Iterator[tuple[int, Cells]]:
        reader = csv.reader(_lines(text, start), delimiter=separator, strict=True)
        line = before
        try:
            for cells in reader:
                begins, line = line + 1, before + reader.line_num
                if any(cell and not cell.isspace() for cell in cells) and not _RULE.fullmatch("".join(cells)):
                    yield begins, cells
        except csv.Error as problem:
            wrong = f"is not CSV: {problem}; nothing was read from here on"
            raise BrokenGrid(before + reader.line_num, wrong, "correct the quotes") from problem

    return Grid(file, rows, separator, text, remarks)


def workbook_grid(file: str, data: bytes, sheet: str = "") -> Grid | CellFault:
    """The grid of a sheet of a workbook: values only, the first sheet unless one is named."""
    from openpyxl import load_workbook  # most files are CSV

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        names = book.sheetnames
        wanted = [name for name in names if name.casefold() == sheet.casefold()] if sheet else names
        if not wanted:
            return CellFault("", f"has no sheet {sheet[:40]!r}", "name one of " + ", ".join(names[:20]))
        chosen = next((name for name in wanted if _is_table(islice(_rows(book, name, {}), _SAMPLED))), wanted[0])
        merged = _merged(data, book[chosen]._worksheet_path)
    except (*_BROKEN, BrokenGrid) as problem:
        return CellFault("", f"is a damaged workbook: {str(problem)[:100]}", "save it again, or save it as CSV")
    told = []
    if others := [name for name in names if name != chosen]:
        told.append(f"sheet {chosen!r} is read; there are also {', '.join(map(repr, others[:10]))}")
    if merged:
        told.append("merged cells: each label holds for all rows and columns that it stretches over")
    return Grid(file, lambda: _rows(book, chosen, merged), remarks=tuple(told))


def _rows(book: Workbook, sheet: str, merged: _Merged) -> Iterator[tuple[int, Cells]]:
    """The rows of one sheet."""
    page = book[sheet]
    page.reset_dimensions()  # what a file says of its own size need not be true
    labels: dict[tuple[int, int], str] = {}
    line = 0
    try:
        for line, cells in enumerate(page.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
            shown = [_shown(cell) for cell in cells]
            for at, corner in merged.get(line, {}).items():
                if at < len(shown) and corner == (line, at):
                    labels[corner] = shown[at] if _is_label(shown[at]) else ""
                elif at < len(shown):
                    shown[at] = shown[at] or labels.get(corner, "")
            width = max((at for at, cell in enumerate(shown, 1) if cell), default=0)
            if width:
                yield line, shown[:width]
    except _BROKEN as problem:
        wrong = f"is a damaged workbook: {str(problem)[:100]}"
        raise BrokenGrid(line + 1, wrong, "save it again, or save it as CSV") from problem


def _is_table(rows: Iterator[tuple[int, Cells]]) -> bool:
    """Whether some rows have several cells: a sheet of notes has not."""
    return sum(sum(map(bool, cells)) > 1 for _, cells in rows) > 1


def _merged(data: bytes, path: str) -> _Merged:
    """By line and column, the corner of the merged cells that each belongs to; the library does not tell it."""
    from openpyxl.utils import range_boundaries

    found: dict[bytes, None] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(path) as source:
        tail = b""
        while (chunk := source.read(_CHUNK)) and len(found) < _MOST_MERGED:
            found |= dict.fromkeys(_MERGED.findall(tail + chunk))
            tail = chunk[-100:]
    corners: _Merged = {}
    for each in found:
        left, top, right, bottom = range_boundaries(each.decode())
        if right <= MOST_COLUMNS and (right - left + 1) * (bottom - top + 1) <= _MOST_MERGED:
            for line in range(top, bottom + 1):
                corners.setdefault(line, {}).update(dict.fromkeys(range(left - 1, right), (top, left - 1)))
    return corners


def _is_label(text: str) -> bool:
    """Whether a merged cell names its rows or columns; a number in it is one number, not one of each."""
    return bool(text) and (not any(sign.isdigit() for sign in text) or is_time(text))


def unpacked_size(data: bytes) -> int:
    """What the files of a zip say that they unpack to, by its directory alone; 0 for what is no zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return 0


def _shown(cell: object) -> str:
    """A cell as it would be typed."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if (cell.hour, cell.minute, cell.second) == (0, 0, 0) else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _separator(text: str) -> str:
    """The sign that stands in most of the first lines, and the same number of times in most of them."""
    lines = [line for line in _lines(text[:LONGEST_LINE], 0, _SAMPLED) if line.strip()]
    best, score = ",", (0, 0)
    for sign in _SEPARATORS:
        counts = sorted(line.count(sign) for line in lines)
        usual = max(set(counts), key=lambda count: (counts.count(count), count)) if counts else 0
        found = (counts.count(usual) if usual else 0, usual)
        if found > score:
            best, score = sign, found
    return best


def _lines(text: str, start: int, most: int | None = None) -> Iterator[str]:
    """The lines of a text; ``str.splitlines`` would also split at signs that belong into cells."""
    newline = "\n" if "\n" in text else "\r"
    count = 0
    while start < len(text) and (most is None or count < most):
        end = text.find(newline, start) + 1 or len(text)
        if end - start > LONGEST_LINE:
            raise csv.Error(f"a line has more than {LONGEST_LINE:,} characters")
        yield text[start:end]
        start = end
        count += 1
