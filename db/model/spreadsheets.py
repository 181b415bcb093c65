"""Text cells that a spreadsheet would run as a formula: disarmed when written, restored when read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

_GUARD = "'"
_RISKY = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guarded(text: str) -> str:
    """The text with an apostrophe before it when a spreadsheet could take it for a formula.

    Text that already opens with apostrophes and a formula sign gets one more, so that nothing is lost.

    >>> guarded("=1+1"), guarded("4"), guarded("'=x")
    ("'=1+1", '4', "''=x")
    """
    return _GUARD + text if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """The text as it was before ``guarded``."""
    return text[1:] if _GUARDED.match(text) else text


def table_text(columns: Sequence[str], rows: Iterable[Mapping[str, str]], *, line_end: str = "\n") -> str:
    """Rows as CSV below their header, every cell guarded; cells that a row lacks are empty, others are left out."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", lineterminator=line_end)
    writer.writeheader()
    writer.writerows({column: guarded(cell) for column, cell in row.items()} for row in rows)
    return text.getvalue()
