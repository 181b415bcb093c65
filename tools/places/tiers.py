"""Which keys a misspelling may be read as, and which are names only when nothing else was typed."""

from __future__ import annotations

from collections.abc import Iterator

from bot.places.catalogue import places
from bot.places.fold import fold
from tools.places import lists, packages, peoples
from tools.places.gather import Settled, countries

LANGUAGES = ("fr", "de", "es", "it", "nl", "pt", "tr", "da", "sv", "ru", "ar")
"""The languages whose own names of countries may be misspelt inside a question."""
SHORTEST = (4, 5, 6)


def tiers(settled: Settled, without: frozenset[str] = frozenset()) -> list[list[str]]:
    """English names; English demonyms, aliases, regions; names in other languages."""
    taken: set[str] = set()
    kept: list[list[str]] = []
    for names, shortest in zip((_english(without), _wider(), _foreign(without)), SHORTEST, strict=True):
        keys = {key for key in map(fold, names) if len(key) >= shortest and key in settled and key not in taken}
        keys = {key for key in keys if settled[key][0] != "code"}
        taken |= keys
        kept.append(sorted(keys))
    return kept


def _english(without: frozenset[str]) -> Iterator[str]:
    yield from (row.name for row in places().values() if row.kind == "country")
    yield from _listed("names_en.tsv")
    if "cldr" not in without:
        yield from packages.display_names(countries(), "en").values()


def _wider() -> Iterator[str]:
    yield from (row.name for row in places().values() if row.kind != "country")
    yield from (name.text for name in peoples.english())
    for file in ("aliases_en.tsv", "regions.tsv", "areas.tsv", "subnational.tsv", "shared.tsv", "usual.tsv"):
        yield from _listed(file)


def _foreign(without: frozenset[str]) -> Iterator[str]:
    yield from (name.text for name in peoples.others())
    if "cldr" not in without:
        for language in LANGUAGES:
            yield from packages.display_names(countries(), language).values()


def _listed(file: str) -> Iterator[str]:
    for _, texts in lists.rows(file):
        yield from texts
