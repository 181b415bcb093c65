"""Bringing all names together: one key, one entry."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from bot.places.catalogue import places
from bot.places.fold import fold, mark_key
from tools.places import lists, packages, peoples
from tools.places.packages import Name

Settled = dict[str, tuple[str, tuple[str, ...]]]

CODE, NAME, ALIAS, DEMONYM, REGION, AREA, PART, PACKAGE, VENDORED, PEOPLE, INFLECTED = range(1, 12)
"""Ranks: a lower one wins a key."""
HOW = {
    CODE: "code", NAME: "exact", ALIAS: "alias", DEMONYM: "demonym", REGION: "region", AREA: "area",
    PART: "subnational", PACKAGE: "exact", VENDORED: "exact", PEOPLE: "demonym", INFLECTED: "exact",
}  # fmt: skip
_NAMED = (("names_en.tsv", NAME), ("aliases_en.tsv", ALIAS), ("aliases_xx.tsv", ALIAS), ("regions.tsv", REGION))
WHOLE_PARTS = "GB"
"""The country whose parts are read as the whole even when they stand alone."""
MAJORITY = 2.0
"""How many times as many sources must say one place, for a key that packages give to several."""
LONG_ENOUGH = 8
"""Letters from which a Latin spelling of the iso-codes catalogues is taken without its marks."""


def countries() -> frozenset[str]:
    """The ids of the countries held."""
    return frozenset(row.id for row in places().values() if row.kind == "country")


def ranked(without: frozenset[str] = frozenset()) -> Iterator[tuple[int, Name]]:
    """Every name with its rank. `without` leaves sources out, to measure what the rest knows."""
    held = countries()
    loose = {place for place, _ in lists.rows("areas.tsv") if place == "R:north_america"}
    for row in places().values():
        if row.kind == "country":
            yield from ((CODE, Name(row.id, text, "iso")) for text in (row.id, row.iso3))
        elif row.id in loose:
            continue
        yield (NAME if row.kind == "country" else REGION), Name(row.id, row.name, "places")
    for file, rank in _NAMED:
        yield from ((rank, name) for name in _listed(file))
    yield from ((AREA, name) for name in _listed("areas.tsv"))
    yield from ((PART, name) for name in _listed("subnational.tsv"))
    yield from ((REGION, Name(region, text, "regions")) for _, region, text in lists.region_names())
    yield from ((INFLECTED, name) for name in peoples.inflected_regions())
    yield from ((DEMONYM, name) for name in peoples.english())
    if "cldr" not in without:
        yield from ((PACKAGE, name) for name in packages.cldr_names(held))
        yield from ((INFLECTED, name) for name in peoples.inflected_countries(held))
    if "countrynames" not in without:
        refused = {fold(word) for word in lists.words("refused.txt")}
        yield from ((PACKAGE, name) for name in packages.countrynames_names(held) if fold(name.text) not in refused)
    if "iso_codes" not in without:
        yield from ((PACKAGE, name) for name in packages.iso_codes_names(held))
    if "iso_countries" not in without:
        yield from ((VENDORED, name) for name in _listed("iso_countries.tsv"))
    for name in peoples.others():
        if "nationalities" not in without or not name.origin.startswith("nationalities"):
            yield PEOPLE, name


def settle(names: Iterable[tuple[int, Name]]) -> Settled:
    """For each key, how it names its place and which place, or several when they tie."""
    votes: dict[str, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for rank, name in names:
        for key in _keys(name.text, marked=name.origin.startswith(packages.ISO_CODES)):
            votes[key][rank][name.place] += 1
    settled: Settled = {}
    for key, by_rank in votes.items():
        rank = min(by_rank)
        order = by_rank[rank].most_common()
        if len(order) > 1 and order[0][1] < MAJORITY * order[1][1]:
            settled[key] = ("shared", tuple(place for place, _ in order))
        else:
            settled[key] = (_how(rank, order[0][0]), (order[0][0],))
    for file, how in (("shared.tsv", "shared"), ("usual.tsv", "usual")):
        for candidates, texts in lists.rows(file):
            settled.update({fold(text): (how, tuple(candidates.split())) for text in texts})
    for word in lists.words("refused.txt"):
        settled.pop(fold(word), None)
    for word in lists.words("also_words.txt"):
        if fold(word) in settled:
            settled[fold(word)] = ("word", settled[fold(word)][1])
    return settled


@cache
def _keys(text: str, *, marked: bool) -> tuple[str, ...]:
    """The keys under which a name is found; a short Latin spelling of a small language only ``marked``.

    Without its marks, "guini" or "marta" would be one language's Guinea or Malta before it is a slip or a first name.
    """
    loose, strict = fold(text), mark_key(text)
    kept = {loose, strict} - {""}
    if marked and loose.isascii() and len(loose) < LONG_ENOUGH:
        kept.discard(loose)
    return tuple(kept)


def _how(rank: int, place: str) -> str:
    return "part" if rank == PART and place != WHOLE_PARTS else HOW[rank]


def _listed(file: str) -> Iterator[Name]:
    for place, texts in lists.rows(file):
        yield from (Name(place, text, file) for text in texts)
