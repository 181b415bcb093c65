"""A refused table as it was read, with a column that says what is wrong: mended there, it can be imported as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from db.imports.layout import COLUMNS, FIGURES, PROBLEM
from db.model.errors import Fault
from db.model.spreadsheets import guarded_row

MOST_KEPT = 20_000
"""Rows that are kept for it; who has more mends the file itself."""


def corrected_csv(rows: Sequence[tuple[int, Mapping[str, str]]], faults: Iterable[Fault]) -> bytes:
    """The rows with their places as ids and their dates as the dataset writes them, and each fault beside its row."""
    wrong: dict[int, list[str]] = {}
    for fault in faults:
        wrong.setdefault(fault.line, []).append(f"{fault.column}: {fault.wrong}; {fault.advice}")
    held = {column for _, cells in rows for column, text in cells.items() if text}
    columns = [PROBLEM, *(column for column in COLUMNS[FIGURES] if column in held)]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for line, cells in rows:
        writer.writerow(guarded_row({**cells, PROBLEM: " · ".join(wrong.get(line, ()))}))
    return out.getvalue().encode("utf-8-sig")
