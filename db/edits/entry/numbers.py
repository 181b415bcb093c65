"""One whole number as people and spreadsheets write it; a mark that may group or divide is not guessed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from db.edits.entry.unread import Unread

_SPACED = re.compile(r"\d{1,3}([ \u00a0\u2009\u202f'’])\d{3}(?:\1\d{3})*")
_MARKED = re.compile(r"(?<![\d.,])\d++(?:[.,]\d++)++")
MOST_SIGNS = 20
_GROUP = 3
_TOLD_BY = 3
"""So many numbers with three digits each behind the same mark are no decimals."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Which sign groups thousands and which divides decimals; empty where nothing says so."""

    thousands: str = ""
    decimal: str = ""


PROSE = Marks(thousands=",")
"""A number that stands alone: the comma groups, as in English; a single point may do either."""
UNSURE = Marks()
"""A file that shows neither."""


def plain_digits(text: str) -> str:
    """A text with the digits of other scripts as 0 to 9; a footnote's raised ones stay what they are.

    >>> plain_digits("٣٠٠٠"), plain_digits("470²")
    ('3000', '470²')
    """
    return text if text.isascii() else "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


def read_count(text: str, marks: Marks = PROSE) -> int | Unread:
    """A whole number, or why it is none.

    >>> read_count("30,000"), read_count("30 000"), read_count("450.0")
    (30000, 30000, 450)
    >>> read_count("1.500").wrong
    "'1.500' may be 1500 or 1.5"
    """
    text = plain_digits(text.strip())
    if len(text) > MOST_SIGNS:
        return _no_number(text)
    if text.isascii() and text.isdigit():
        return int(text)
    if _SPACED.fullmatch(text):
        return int(re.sub(r"\D", "", text))
    if not _MARKED.fullmatch(text):
        return _no_number(text)
    meaning = _decimal_of(text) or _known(text, marks)
    match meaning:
        case "none":
            return int(re.sub(r"\D", "", text))
        case "." | ",":
            whole, _, part = text.rpartition(meaning)
            if part.strip("0"):
                return Unread(f"{text!r} is not a whole number", "write whole numbers: nothing is rounded")
            return read_count(whole, Marks("," if meaning == "." else ".", meaning))
        case "bad":
            return _no_number(text)
        case _:
            whole, part = re.split("[.,]", text)
            less = f"{whole}.{part.rstrip('0')}".rstrip(".")
            return Unread(
                f"{text!r} may be {whole}{part} or {less}", f"write {whole}{part} if that is meant", several=True
            )


def marks_of(texts: Iterable[str], otherwise: Marks) -> Marks:
    """The marks of a column, told by its other cells: ``1.500.000`` and ``12,5`` both say that points group.

    So do some cells that all have three digits behind a point. Cells that contradict each other tell nothing.

    >>> marks_of(["1.500", "12,5"], UNSURE), marks_of(["1.500", "2.000", "1.750"], UNSURE)
    (Marks(thousands='.', decimal=','), Marks(thousands='.', decimal=','))
    """
    decimals: set[str] = set()
    unsure = Counter[str]()
    for text in texts:
        for number in _MARKED.findall(text[:60]):
            meaning = _decimal_of(number)
            if meaning in (".", ","):
                decimals.add(meaning)
            elif meaning == "none":
                decimals.add("." if "," in number else ",")
            elif not meaning:
                unsure["." if "." in number else ","] += 1
    if len(decimals) > 1:
        return UNSURE
    if not decimals and len(unsure) == 1 and unsure.total() >= _TOLD_BY:
        decimals.add("," if "." in unsure else ".")
    if not decimals:
        return otherwise
    (decimal,) = decimals
    return Marks("," if decimal == "." else ".", decimal)


def _decimal_of(number: str) -> str:
    """The decimal mark that the form of a number alone shows: ``none`` when every mark groups; empty when unsure."""
    signs = re.findall("[.,]", number)
    parts = re.split("[.,]", number)
    grouped = len(parts[0]) <= _GROUP and not parts[0].startswith("0")
    if len(set(signs)) > 1:
        inner = signs[:-1]
        fits = len(set(inner)) == 1 and grouped and all(len(part) == _GROUP for part in parts[1:-1])
        return signs[-1] if fits else "bad"
    if len(signs) > 1:
        return "none" if grouped and all(len(part) == _GROUP for part in parts[1:]) else "bad"
    return "" if grouped and len(parts[1]) == _GROUP else signs[0]


def _known(number: str, marks: Marks) -> str:
    """The same for a number with one mark and three digits behind it, by what is known of its marks."""
    sign = "." if "." in number else ","
    if sign == marks.thousands:
        return "none"
    return sign if sign == marks.decimal else ""


def _no_number(text: str) -> Unread:
    if text[:1] in "-−" and text[1:].strip().isdigit():
        return Unread(f"{text[:40]!r} is below zero", "leave the cell empty where that is a code for 'no data'")
    return Unread(f"{text[:40]!r} is not a whole number", "write it as in 470, 420-516, about 2,000, >500 or none")
