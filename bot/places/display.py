"""How a place is shown: its name in the reader's language, its flag, its three-letter code."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from bot.places.catalogue import places

LANGUAGES = Path(__file__).parents[1] / "words" / "languages"
"""The folder of the languages; each holds what it calls the places."""
_REGIONAL_INDICATOR_A = 0x1F1E6


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
    return "".join(chr(_REGIONAL_INDICATOR_A + ord(letter) - ord("A")) for letter in place)


def iso3(place: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of a country (Kosovo: XKX); nothing for a region."""
    row = places().get(place)
    return row.iso3 or None if row else None


@cache
def _names(language: str) -> dict[str, str]:
    path = LANGUAGES / language / "names.json"
    names: dict[str, str] = json.loads(path.read_bytes()) if language.isalpha() and path.is_file() else {}
    return names
