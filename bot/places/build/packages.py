"""Names taken from packages: CLDR through Babel, and countrynames."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

COUNTRYNAMES_FOLDED = {"XK": "XK"}


class Name(NamedTuple):
    """One spelling of one place, with where it is from."""

    place: str
    text: str
    origin: str
    """`cldr:fr`, `countrynames`, or the name of a list."""


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


def display_names(countries: frozenset[str], language: str) -> dict[str, str]:
    """One CLDR language's names of the countries."""
    from babel import Locale

    territories = Locale.parse(language).territories
    return {place: territories[place] for place in sorted(countries & set(territories))}
