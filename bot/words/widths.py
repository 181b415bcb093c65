"""How wide a text is drawn, where no browser says so."""

from __future__ import annotations

import unicodedata

_WIDTHS = (("il|Ij.,:;'’!·()[] \u00a0\u202f", 0.28), ("ftrJ-", 0.38), ("cszvxykL", 0.52), ("mwMW%—…@", 0.93))
"""Of letters that are narrower or wider than most, in font sizes, as the pictures' font has them."""


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is drawn; a little too wide rather than too narrow."""
    units = 0.0
    for letter in text:
        if unicodedata.category(letter) in ("Mn", "Cf"):
            continue
        own = next((width for letters, width in _WIDTHS if letter in letters), 0.0)
        wide = letter.isupper() or unicodedata.east_asian_width(letter) in "WF"
        units += own or (0.5 if "\u0600" <= letter <= "\u06ff" else 0.69 if wide else 0.6)
    return units * size * (1.08 if bold else 1.02)
