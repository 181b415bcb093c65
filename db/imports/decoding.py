"""Bytes to text: UTF-8, UTF-16 and Windows-1252 are told apart by what the bytes can be, and the last one is said."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from db.model.cells import CellFault

_SAVE_AS = "save it as 'CSV UTF-8' and import that"
_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_SAMPLE = 2_000
_OTHER = {
    rb"\xd0\xcf\x11\xe0": "is a workbook of before 2007",
    rb"%PDF": "is a PDF",
    rb"\s{0,100}[\[{]\s{0,100}[\[{\"]": "is JSON, and holds no references",
    rb"\s{0,100}<(?:!doctype|html|table|\?xml)": "is a web page or XML, whatever its name says",
}
"""How files begin that are no text of rows."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file."""

    text: str
    remark: str = ""
    """What was taken to be so, where the bytes alone do not prove it."""


def decode(data: bytes) -> Decoded | CellFault:
    """The text of a file, or why it is not read.

    >>> decode("Côte".encode("utf-8-sig")).text, decode("Côte".encode("utf-16")).text
    ('Côte', 'Côte')
    >>> decode("Côte".encode("cp1252")).remark
    "is read as Windows-1252: look whether 'Côte' is right"
    """
    for begins, wrong in _OTHER.items():
        if re.match(begins, data, re.IGNORECASE):
            advice = "open it in a spreadsheet, save it as .xlsx or as 'CSV UTF-8' and import that"
            return CellFault("", wrong, advice)
    encoding = _encoding(data)
    try:
        return Decoded(data.decode(encoding))
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        if encoding == "utf-8-sig":
            try:
                text = data.decode("cp1252")
            except UnicodeDecodeError:
                wrong = f"is not UTF-8: byte 0x{data[problem.start]:02x} in line {line}"
                return CellFault("", wrong, _SAVE_AS)
            return Decoded(text, f"is read as Windows-1252: look whether {_word(text)!r} is right")
        return CellFault("", f"is broken {encoding.upper()} near line {line}", _SAVE_AS)


def _encoding(data: bytes) -> str:
    """UTF-16 shows by its mark, or by a zero beside nearly each letter; everything else is tried as UTF-8."""
    for mark, encoding in _UTF_16.items():
        if data.startswith(mark):
            return encoding
    sample = data[:_SAMPLE]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if len(sample) > 3 and max(odd, even) * 3 > len(sample):
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8-sig"


def _word(text: str) -> str:
    """The first word that is not plain ASCII: it shows whether the guess was right."""
    at = next((number for number, sign in enumerate(text) if not sign.isascii()), 0)
    start = max(text.rfind(sign, 0, at) for sign in ' ,;\t\n"') + 1
    return text[start : at + 20].split("\n")[0].split(",")[0].split(";")[0][:30]
