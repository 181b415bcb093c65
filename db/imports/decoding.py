"""Bytes to text: UTF-8 with or without its mark; everything else is refused with a word on how to save it."""

from __future__ import annotations

import codecs

from db.cells import CellFault

_SAVE_AS = "save it as 'CSV UTF-8' and import that"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How Excel's new and old workbooks begin; a data package is told apart before by what its zip holds."""


def decode(data: bytes) -> str | CellFault:
    """The text of a file, or why it is not read.

    >>> decode("Côte".encode("utf-8-sig"))
    'Côte'
    >>> decode("Côte".encode("latin-1")).wrong
    'is not UTF-8: byte 0xf4 in line 1 (looks like Windows-1252)'
    """
    if data.startswith(_WORKBOOKS):
        return CellFault("", "is a workbook, not a CSV file", _SAVE_AS)
    if data.startswith(_UTF_16) or data[:200].count(0) > 20:
        return CellFault("", "is UTF-16, which spreadsheets call 'Unicode text'", _SAVE_AS)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        wrong = f"is not UTF-8: byte 0x{data[problem.start]:02x} in line {line}"
        guess = " (looks like Windows-1252)" if _is_windows(data) else ""
        return CellFault("", wrong + guess, _SAVE_AS)


def _is_windows(data: bytes) -> bool:
    try:
        data[:1_000_000].decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True
