"""Text cells that a spreadsheet would run as a formula: disarmed when written, restored when read."""

from __future__ import annotations

import re
from collections.abc import Mapping

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


def guarded_row(cells: Mapping[str, str]) -> dict[str, str]:
    """Every cell of a row guarded."""
    return {column: guarded(text) for column, text in cells.items()}
