"""The rows of a table of figures or of sources: each cell under its column, each row with its line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from db.edits.entry.cells import Entered
from db.edits.entry.numbers import PROSE, UNSURE, Marks, marks_of
from db.edits.entry.values import is_missing
from db.imports.faults import Faults
from db.imports.grid import BrokenGrid, Cells, Grid
from db.imports.headers import labels_of
from db.imports.layout import ENDS, FIGURES, Layout, Wishes
from db.model.cells import CellFault
from db.model.records import Figure
from db.model.spreadsheets import unguarded

MOST_ROWS = 250_000
_MARKED = re.compile(r"\d[.,]\d")
_FORMULA = re.compile(r"[=@]|[+\-](?=\S)(?!\d+$)")
_ERROR = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")


@dataclass(slots=True)
class Row:
    """The cells of one row that its columns name."""

    line: int
    cells: dict[str, str]
    where: str = ""
    """What the column of its value is called, where a line of the file holds several rows."""
    entered: Entered | None = None
    """What could not be read of it; None when all could."""
    draft: Figure | None = None
    """The figure that it states, where that was read already."""


@dataclass(slots=True)
class Sheet:
    """A table whose columns are known."""

    grid: Grid
    layout: Layout
    wishes: Wishes = field(default_factory=Wishes)
    passed: Counter[str] = field(default_factory=Counter)
    """Rows that were passed over while reading, by what they lack."""

    @property
    def file(self) -> str:
        """The file."""
        return self.grid.file

    @property
    def kind(self) -> str:
        """``figures`` or ``sources``."""
        return self.layout.kind

    @property
    def remarks(self) -> tuple[str, ...]:
        """How the file was read, as far as that is not plain from the file."""
        passed = (f"passed over: {count} {'row' if count == 1 else 'rows'} {why}" for why, count in self.passed.items())
        return (*self.grid.remarks, *self.layout.remarks, *passed)

    def told(self, row: Row, fault: CellFault) -> CellFault:
        """A fault in the file's own words: the column as it is called there."""
        if fault.column in ENDS and row.where:
            return CellFault(row.where, fault.wrong, fault.advice)
        return CellFault(self.layout.label(fault.column), fault.wrong, fault.advice)


def read_rows(sheet: Sheet, faults: Faults) -> Iterator[Row]:
    """Each row without a fault of form, with the line it begins in; empty ones are passed over."""
    sheet.passed.clear()
    count = 0
    try:
        for line, cells in sheet.grid.rows():
            if line <= sheet.layout.header:
                continue
            if sheet.layout.header and labels_of(cells) == sheet.layout.labels:
                advice = "import each table by itself, or remove this line where the same table goes on"
                faults.add(sheet.file, line, "", "is the header again: another table may begin here", advice)
                return
            for row in _rows(sheet, line, cells, faults):
                count += 1
                if count > MOST_ROWS:
                    wrong = f"is one row more than {MOST_ROWS:,}"
                    faults.add(sheet.file, line, "", wrong, "split it into several files")
                    return
                yield row
    except BrokenGrid as problem:
        faults.add(sheet.file, problem.line, "", problem.wrong, problem.advice)


def about_rows(sheet: Sheet) -> int:
    """How many rows a text file holds, by its lines; 0 for a workbook, which does not tell."""
    lines = sheet.grid.text.count("\n") or sheet.grid.text.count("\r")
    return max(lines - sheet.layout.header, 0) * max(len(sheet.layout.across), 1)


def marks_in(sheet: Sheet) -> Marks:
    """What the numbers of a file show of its marks; without a showing, a comma groups where commas part the cells."""
    otherwise = PROSE if sheet.grid.separator == "," else UNSURE
    if sheet.grid.text and not _MARKED.search(sheet.grid.text):
        return otherwise
    layout = sheet.layout
    at = [number for number, column in enumerate(layout.columns) if column in ENDS] + list(layout.across)
    try:
        rows = (cells for line, cells in sheet.grid.rows() if line > layout.header)
        return marks_of((cells[number] for cells in rows for number in at if number < len(cells)), otherwise)
    except BrokenGrid:  # told when the rows are read
        return otherwise


def _rows(sheet: Sheet, line: int, cells: Cells, faults: Faults) -> Iterator[Row]:
    """The rows that one line of the file means: one, or one for each column across."""
    layout = sheet.layout
    row = _row(sheet, line, cells, faults)
    if row is None:
        return
    if not layout.across:
        if layout.native or not _is_passed(sheet, row):
            yield row
        return
    for at, header in layout.across.items():
        cell = cells[at].strip() if at < len(cells) else ""
        each = Row(line, {**row.cells, layout.across_as: header, "value": cell}, layout.labels[at])
        if not _is_passed(sheet, each):
            yield each


def _is_passed(sheet: Sheet, row: Row) -> bool:
    """Whether a row of a file that is not the dataset's own is none of its rows: it says no value, or is left out."""
    if sheet.kind == FIGURES and not row.cells.get("id"):
        if all(is_missing(row.cells.get(end, "")) for end in ENDS):
            sheet.passed["without a value"] += 1
            return True
        place = row.cells.get("place", "")
        if place in sheet.wishes.names:
            row.cells["place"] = sheet.wishes.names[place]
            if not row.cells["place"]:
                sheet.passed[f"of {place[:60]}"] += 1
                return True
    return False


def _row(sheet: Sheet, line: int, cells: Cells, faults: Faults) -> Row | None:
    layout = sheet.layout
    width = len(layout.columns)
    if len(cells) != width and ((layout.native and len(cells) < width) or any(map(str.strip, cells[width:]))):
        wrong = f"has {len(cells)} cells, the header has {width}"
        advice = f"quote cells that hold {sheet.grid.separator!r}" if sheet.grid.separator else "name every column"
        faults.add(sheet.file, line, "", wrong, advice)
        return None
    before = len(faults.found)
    row: dict[str, str] = {}
    for column, label, cell in zip_longest(layout.columns, layout.labels, cells[:width], fillvalue=""):
        if not column:
            continue
        if cell[:1] in "=+-@#" and cell and not is_missing(cell):
            _check_plain(sheet.file, line, label, cell, faults)
        elif cell[:1] == "'":
            cell = unguarded(cell)
        row[column] = cell.strip()
    for column, text in sheet.wishes.fixed.items():
        row[column] = row.get(column) or text
    return Row(line, row) if len(faults.found) == before else None


def _check_plain(file: str, line: int, column: str, cell: str, faults: Faults) -> None:
    if _FORMULA.match(cell):
        advice = "write its result; put an apostrophe before it when it is meant as text"
        faults.add(file, line, column, f"{cell[:40]!r} is a formula", advice)
    elif _ERROR.match(cell):
        faults.add(file, line, column, f"{cell[:40]!r} is an error of the spreadsheet", "write the value")
