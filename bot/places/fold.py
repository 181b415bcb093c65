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


_SCRIPTS = 0x3100
"""Below lie the letters of all alphabets, with the signs between them; above, signs of whole words, which all stay."""
_SIGNS = (
    range(0x2000, 0x2070),
    range(0xFE00, 0xFE10),
    range(0x1F000, 0x1FB00),
    range(0xFEFF, 0xFF00),
    range(0xE0000, 0xE0080),
    range(0xD800, 0xE000),  # halves of a character, which no text holds
)
_MARKS = (
    range(0x300, 0x370),
    range(0x591, 0x5C8),
    range(0x64B, 0x660),
    range(0x670, 0x671),
    range(0x6D6, 0x6EE),
    range(0x135D, 0x1360),
)


class _Table(dict[int, int | str | None]):
    """What becomes of each character: worked out when it is first seen, as most of Unicode never is."""

    def __init__(self, *, marks: bool) -> None:
        super().__init__({ord(sign): None for sign in _FULL_STOPS + "༌།་"})
        self[ord("&")] = "and"
        self._dropped = _SIGNS if marks else _SIGNS + _MARKS
        if not marks:
            self.update({ord(letter): other for letter, other in _LETTERS.items()})

    def __missing__(self, point: int) -> int | None:
        dropped = point < _SCRIPTS and unicodedata.category(chr(point))[0] in "PSZC"
        becomes = None if dropped or any(point in span for span in self._dropped) else point
        if point < _SCRIPTS:  # no more than all alphabets
            self[point] = becomes
        return becomes


class _Tables:
    """The translation tables, made at first use: a module does nothing when it is imported."""

    loose: _Table | None = None
    strict: _Table | None = None


def fold(text: str) -> str:
    """The key of a name: no case, marks, spaces or punctuation.

    >>> fold("  Côte d’Ivoire! ")
    'cotedivoire'
    """
    if _Tables.loose is None:
        _Tables.loose = _Table(marks=False)
    if text.isascii():
        return text.lower().translate(_Tables.loose)
    wide = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", wide).translate(_Tables.loose))


def mark_key(text: str) -> str:
    """The key of a name with its marks kept, for the few names that differ by a mark alone."""
    if _Tables.strict is None:
        _Tables.strict = _Table(marks=True)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold()).translate(_Tables.strict)
