"""Names taken from packages: CLDR through Babel, countrynames, and the iso-codes catalogues inside pycountry."""

from __future__ import annotations

import gettext
import json
from collections.abc import Iterator
from importlib.resources import files
from typing import NamedTuple

ISO_CODES = "iso-codes"


class Name(NamedTuple):
    """One spelling of one place, with where it is from."""

    place: str
    text: str
    origin: str
    """`cldr:fr`, `countrynames`, `iso-codes:vi`, or the name of a list."""


def cldr_names(countries: frozenset[str]) -> Iterator[Name]:
    """Every CLDR locale's names of the countries."""
    from babel import Locale
    from babel.localedata import locale_identifiers

    for identifier in sorted(locale_identifiers()):
        if identifier == "root":
            continue
        territories = Locale.parse(identifier).territories
        for place in sorted(countries & set(territories)):
            yield Name(place, territories[place], f"cldr:{identifier}")


def countrynames_names(countries: frozenset[str]) -> Iterator[Name]:
    """The aliases that countrynames lists for countries; its sub-national entries are left to our own table."""
    from countrynames.data import DATA

    for place, names in sorted(DATA.items()):
        if place in countries:
            for name in names:
                yield Name(place, str(name), "countrynames")


def iso_codes_names(countries: frozenset[str]) -> Iterator[Name]:
    """The translations that the iso-codes project holds of ISO 3166-1 names, short, common and official."""
    base = files("pycountry")
    listed = json.loads((base / "databases" / "iso3166-1.json").read_text("utf-8"))["3166-1"]
    entries = {entry["alpha_2"]: entry for entry in listed}
    for locale in sorted((base / "locales").iterdir(), key=lambda folder: folder.name):
        catalogue = locale / "LC_MESSAGES" / "iso3166-1.mo"
        if not catalogue.is_file():
            continue
        with catalogue.open("rb") as file:
            translate = gettext.GNUTranslations(file).gettext
        for place in sorted(countries & set(entries)):
            for kind in ("name", "common_name", "official_name"):
                english = entries[place].get(kind, "")
                if english and (text := translate(english)) != english:
                    yield Name(place, text, f"{ISO_CODES}:{locale.name}")


def display_names(countries: frozenset[str], language: str) -> dict[str, str]:
    """One CLDR language's names of the countries."""
    from babel import Locale

    territories = Locale.parse(language).territories
    return {place: territories[place] for place in sorted(countries & set(territories))}
