"""A refused table as it was read, with a column that says what is wrong: mended there, it can be imported as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from db.imports.layout import COLUMNS, PROBLEM
from db.model.errors import Fault
from db.model.spreadsheets import table_text

MOST_KEPT = 20_000
"""Rows that are kept for it; who has more mends the file itself."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One row as it was read; what could not be read stands as it was written."""

    line: int
    cells: Mapping[str, str]
    where: str = ""
    """What the column of its value is called, where a line of the file holds several rows."""


def corrected_csv(kind: str, rows: Sequence[Kept], faults: Iterable[Fault]) -> bytes:
    """The rows with their places as ids and their dates as the dataset writes them, and each fault beside its row.

    What is to be mended stands first, the rows of one problem together.
    """
    wrong: dict[int, list[Fault]] = {}
    for fault in faults:
        wrong.setdefault(fault.line, []).append(fault)
    wheres: dict[int, set[str]] = {}
    for row in rows:
        wheres.setdefault(row.line, set()).add(row.where)
    told = [(_problem(row, wrong.get(row.line, ()), wheres[row.line]), row) for row in rows]
    first = {problem: number for number, (problem, _) in reversed(list(enumerate(told)))}
    told.sort(key=lambda pair: (not pair[0], first[pair[0]]))
    held = {column for row in rows for column, text in row.cells.items() if text}
    columns = [PROBLEM, *(column for column in COLUMNS[kind] if column in held)]
    return table_text(columns, ({**row.cells, PROBLEM: problem} for problem, row in told)).encode("utf-8-sig")


def _problem(row: Kept, faults: Iterable[Fault], wheres: Collection[str]) -> str:
    """What is wrong with a row, in the file's own words; of a line of several rows, what is wrong with this one."""
    mine = (fault for fault in faults if fault.column == row.where or fault.column not in wheres)
    return " · ".join(f"{fault.column}: {fault.wrong}; {fault.advice}" for fault in mine)
