"""How a place is shown: its name in the reader's language, its flag, its three-letter code."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from bot.places.catalogue import places

_FOLDER = Path(__file__).parent / "data" / "display"
_REGIONAL_INDICATOR_A = 0x1F1E6


@cache
def languages() -> tuple[str, ...]:
    """The languages in which places are named: English, and those that have a file."""
    return ("en", *sorted(path.stem for path in _FOLDER.glob("*.json")))


def display_name(place: str, locale: str = "en") -> str:
    """The place's name in a language (`de-AT` reads as `de`); English, then the id itself, where none is held."""
    language = locale.replace("_", "-").split("-")[0].lower()
    if language in languages() and language != "en":
        name = _names(language).get(place)
        if name:
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
    names: dict[str, str] = json.loads((_FOLDER / f"{language}.json").read_bytes())
    return names
