"""One CSV text as a table of figures or of sources: the header is checked once, each row comes with its line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from db import rows
from db.edits.known import close_keys
from db.entry.cells import PERIOD, VALUE
from db.entry.numbers import PROSE, UNSURE, Marks, marks_of
from db.imports.faults import Faults
from db.spreadsheets import unguarded

CAUSE = "cause"
"""An extra column of figures: why a value changes though its source stays."""
FIGURES, SOURCES = "figures", "sources"
COLUMNS = {FIGURES: (*rows.FIGURE_COLUMNS, VALUE, PERIOD, CAUSE), SOURCES: rows.SOURCE_COLUMNS}
_NEEDED = {FIGURES: ("place", "measure", "source"), SOURCES: ("title", "kind")}
"""What a row without id cannot do without; rows with an id may say only what changes."""
MOST_ROWS = 250_000
_NUMBERS = ("low", "high", VALUE)
_MARKED = re.compile(r"\d[.,]\d")
_FORMULA = re.compile(r"[=@]|[+\-](?=\S)(?!\d+$)")
_ERROR = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n')


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row that its columns name."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table whose header is sound."""

    file: str
    kind: str
    """``figures`` or ``sources``."""
    header: tuple[str, ...]
    separator: str
    text: str
    first: int
    """Where its rows begin in the text."""
    line: int
    """The lines before that."""


def open_sheet(file: str, text: str, faults: Faults, kind: str | None = None) -> Sheet | None:
    """The table in a text, None when its header is at fault; its kind is told by the header unless it is known."""
    start, lines, separator = 0, 0, ""
    named = _SEPARATOR_LINE.match(text)
    if named:
        start, lines, separator = named.end(), 1, named[1]
    line = next(_lines(text, start), "")
    separator = separator or _separator(line)
    if separator not in (",", ";"):
        faults.add(file, 1, "", "is not separated by commas or semicolons", "save it as CSV")
        return None
    try:
        reader = csv.reader([line], delimiter=separator, strict=True)
        header = [cell.strip().lower() for cell in next(reader, [])]
    except csv.Error as problem:
        faults.add(file, 1, "", f"is not CSV: {problem}", "write the names of the columns into the first line")
        return None
    while header and not header[-1]:
        header.pop()
    kind = kind or _kind(file, header)
    if kind is None:
        advice = f"name the columns in the first line: {', '.join(COLUMNS[FIGURES])}"
        faults.add(file, 1, "", "is no table of figures and none of sources", advice)
        return None
    before = len(faults.found)
    _check_header(file, header, kind, faults)
    if len(faults.found) > before:
        return None
    return Sheet(file, kind, tuple(header), separator, text, start + len(line), lines + 1)


def read_rows(sheet: Sheet, faults: Faults) -> Iterator[Row]:
    """Each row without a fault of form, with the line it begins in; empty ones are passed over."""
    reader = csv.reader(_lines(sheet.text, sheet.first), delimiter=sheet.separator, strict=True)
    line, count = sheet.line, 0
    try:
        while True:
            begins = line + 1
            cells = next(reader, None)
            line = sheet.line + reader.line_num
            if cells is None:
                return
            if any(cell.strip() for cell in cells):
                count += 1
                if count > MOST_ROWS:
                    wrong = f"is one row more than {MOST_ROWS:,}"
                    faults.add(sheet.file, begins, "", wrong, "split it into several files")
                    return
                row = _row(sheet, begins, cells, faults)
                if row is not None:
                    yield row
    except csv.Error as problem:
        wrong = f"is not CSV: {problem}; nothing was read from here on"
        faults.add(sheet.file, sheet.line + reader.line_num, "", wrong, "correct the quotes")


def marks_in(sheet: Sheet) -> Marks:
    """What the numbers of a file show of its marks; without a showing, a comma groups where commas part the cells."""
    otherwise = PROSE if sheet.separator == "," else UNSURE
    at = [number for number, column in enumerate(sheet.header) if column in _NUMBERS]
    if not _MARKED.search(sheet.text, sheet.first):
        return otherwise
    try:
        reader = csv.reader(_lines(sheet.text, sheet.first), delimiter=sheet.separator, strict=True)
        return marks_of((cells[number] for cells in reader for number in at if number < len(cells)), otherwise)
    except csv.Error:  # told when the rows are read
        return otherwise


def _lines(text: str, start: int) -> Iterator[str]:
    """The lines of a text; ``str.splitlines`` would also split at signs that belong into cells."""
    newline = "\n" if "\n" in text else "\r"
    while start < len(text):
        end = text.find(newline, start) + 1 or len(text)
        yield text[start:end]
        start = end


def _row(sheet: Sheet, line: int, cells: Sequence[str], faults: Faults) -> Row | None:
    if len(cells) != len(sheet.header) and (len(cells) < len(sheet.header) or any(cells[len(sheet.header) :])):
        wrong = f"has {len(cells)} cells, the header has {len(sheet.header)}"
        faults.add(sheet.file, line, "", wrong, f"quote cells that hold {sheet.separator!r}")
        return None
    before = len(faults.found)
    row: dict[str, str] = {}
    for column, cell in zip_longest(sheet.header, cells[: len(sheet.header)], fillvalue=""):
        if cell[:1] in "=+-@#" and cell:
            _check_plain(sheet.file, line, column, cell, faults)
        elif cell[:1] == "'":
            cell = unguarded(cell)
        row[column] = cell.strip()
    return Row(line, row) if len(faults.found) == before else None


def _check_plain(file: str, line: int, column: str, cell: str, faults: Faults) -> None:
    if _FORMULA.match(cell):
        advice = "write its result; put an apostrophe before it when it is meant as text"
        faults.add(file, line, column, f"{cell[:40]!r} is a formula", advice)
    elif _ERROR.match(cell):
        faults.add(file, line, column, f"{cell[:40]!r} is an error of the spreadsheet", "write the value")


def _separator(header: str) -> str:
    counts = {sign: header.count(sign) for sign in (",", ";", "\t")}
    return max(counts, key=lambda sign: counts[sign])


def _kind(file: str, header: Sequence[str]) -> str | None:
    """Figures or sources, by the columns that only one of them has; by the file's name when a header shows neither."""
    named = set(header)
    figures = len(named.intersection(COLUMNS[FIGURES]) - set(COLUMNS[SOURCES]))
    sources = len(named.intersection(COLUMNS[SOURCES]) - set(COLUMNS[FIGURES]))
    if figures != sources:
        return FIGURES if figures > sources else SOURCES
    if "id" not in named or named - set(COLUMNS[FIGURES]):
        return None
    return SOURCES if "source" in file.lower() else FIGURES


def _check_header(file: str, header: Sequence[str], kind: str, faults: Faults) -> None:
    for column in sorted({column for column in header if header.count(column) > 1}):
        faults.add(file, 1, column, "stands twice in the header", "keep one of them")
    for column in dict.fromkeys(header):
        if column not in COLUMNS[kind]:
            close = close_keys(column, COLUMNS[kind])
            advice = f"did you mean {', '.join(close)}?" if close else "remove it, or rename it"
            faults.add(file, 1, column[:60], "is no column of this table", advice)
    if "id" in header:
        return
    for column in _NEEDED[kind]:
        if column not in header:
            faults.add(file, 1, column, "is missing", "add the column, or an id for each row that is to change")
    if kind == FIGURES and not {"low", "high", VALUE}.intersection(header):
        faults.add(file, 1, VALUE, "is missing, and so are low and high", "add the column")
