"""How a place is shown: its name in the reader's language, its flag, which may be read as well, its short codes."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from bot.places.catalogue import places

LANGUAGES = Path(__file__).parents[1] / "words" / "languages"
"""The folder of the languages; each holds what it calls the places."""
_INDICATOR_A = 0x1F1E6
FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}|\U0001f3f4[\U000e0061-\U000e007a]+\U000e007f")
SHORTCODE = re.compile(r":(?:flag[_-])?([a-z]{2}):", re.IGNORECASE)
_PARTS = {"eng": "GB", "sct": "GB", "wls": "GB", "nir": "GB"}
_SHORTCODE_PARTS = re.compile(r":(england|scotland|wales):", re.IGNORECASE)


def display_name(place: str, locale: str = "en") -> str:
    """The place's name in a language (`de-AT` reads as `de`); English, then the id itself, where none is held."""
    language = locale.replace("_", "-").split("-")[0].lower()
    if name := _names(language).get(place):
        return name
    row = places().get(place)
    return row.name if row else place


def flag(place: str) -> str:
    """The flag emoji of a country, a globe for the world, nothing for a region.

    >>> flag("BE")
    '🇧🇪'
    """
    if place == "R:world":
        return "🌍"
    if place == "R:european_union":
        return "🇪🇺"
    if len(place) != 2:
        return ""
    return "".join(chr(_INDICATOR_A + ord(letter) - ord("A")) for letter in place)


def read_flag(text: str) -> str | None:
    """The two letters that a flag emoji or a short code stands for (`GB` for the flag of Scotland), if it is one."""
    match = SHORTCODE.fullmatch(text)
    if match:
        return match.group(1).upper()
    if _SHORTCODE_PARTS.fullmatch(text):
        return "GB"
    if not FLAG.fullmatch(text):
        return None
    if text[0] == "\U0001f3f4":
        letters = "".join(chr(ord(tag) - 0xE0000) for tag in text[1:-1])
        return "GB" if letters[:2] == "gb" and letters[2:] in _PARTS else None
    return "".join(chr(ord(letter) - _INDICATOR_A + ord("A")) for letter in text)


@cache
def _names(language: str) -> dict[str, str]:
    path = LANGUAGES / language / "names.json"
    names: dict[str, str] = json.loads(path.read_bytes()) if language.isalpha() and path.is_file() else {}
    return names
