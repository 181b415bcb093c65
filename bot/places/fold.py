"""Folding: the many ways to type a name become one key, in any script.

Case, width, marks, punctuation and spaces go; what tells two words apart stays (vowel signs of Indic scripts,
dakuten in Japanese). `fold` keeps the marks of no European letter; `mark_key` keeps all of them, for the few names
that differ by a mark alone.
"""

from __future__ import annotations

import unicodedata

_LETTERS = {
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŋ": "n", "ə": "e",
    "ɔ": "o", "ɛ": "e", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ɩ": "i", "ʋ": "v", "ɣ": "g", "ƴ": "y", "ŧ": "t", "ǝ": "e",
    "ɨ": "i", "ʉ": "u", "ɖ": "d", "ƒ": "f", "ɲ": "n",
    # Arabic script: one form for letters that keyboards and spellings mix.
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ـ": "",
    "ء": "",
    # Ethiopic, Georgian and Cyrillic need nothing; Cyrillic palochka and the ligature do.
    "ґ": "г", "ӏ": "і",
}  # fmt: skip

_FULL_STOPS = "·・｡。、，．"


def _table(*, marks: bool) -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for point in range(0x3100):
        category = unicodedata.category(chr(point))
        if category[0] in "PSZC":
            table[point] = None
    for point in (*range(0x2000, 0x2070), *range(0xFE00, 0xFE10), *range(0x1F000, 0x1FB00), 0xFEFF):
        table[point] = None
    for sign in _FULL_STOPS + "༌།་":
        table[ord(sign)] = None
    table.update(dict.fromkeys(range(917504, 917632)))
    table[ord("&")] = "and"
    if not marks:
        spans = ((0x300, 0x370), (0x591, 0x5C8), (0x64B, 0x660), (0x670, 0x671), (0x6D6, 0x6EE), (0x135D, 0x1360))
        for start, end in spans:
            table.update(dict.fromkeys(range(start, end)))
        table.update({ord(letter): other for letter, other in _LETTERS.items()})
    return table


class _Tables:
    """The translation tables, made at first use: a module does nothing when it is imported."""

    loose: dict[int, str | None] | None = None
    strict: dict[int, str | None] | None = None


def fold(text: str) -> str:
    """The key of a name: no case, marks, spaces or punctuation.

    >>> fold("  Côte d’Ivoire! ")
    'cotedivoire'
    """
    if _Tables.loose is None:
        _Tables.loose = _table(marks=False)
    if text.isascii():
        return text.lower().translate(_Tables.loose)
    wide = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", wide).translate(_Tables.loose))


def mark_key(text: str) -> str:
    """The key of a name with its marks kept, for the few names that differ by a mark alone."""
    if _Tables.strict is None:
        _Tables.strict = _table(marks=True)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold()).translate(_Tables.strict)
