"""Names that are entered: plain ones are taken, slips are offered, and no offer leaves out what was meant."""

from __future__ import annotations

import random
from string import ascii_lowercase

import pytest

from bot.places.catalogue import places
from bot.places.entering import place_names
from bot.places.resolve import Resolver
from db.edits.entry.names import NamedPlace, PlaceNames

TWO_SLIPS = 8
"""Letters from which a name may carry two slips and still be that name."""


@pytest.fixture(scope="module")
def named() -> PlaceNames:
    return place_names(Resolver.load())


def slip(name: str, chance: random.Random) -> str:
    """A name with a letter lost, added, exchanged or swapped with its neighbour."""
    at, letter = chance.randrange(len(name)), chance.choice(ascii_lowercase)
    swapped = name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :]
    return chance.choice(
        [name[:at] + name[at + 1 :], name[:at] + letter + name[at:], name[:at] + letter + name[at + 1 :], swapped]
    )


def test_no_advice_on_a_misspelt_name_leaves_out_the_place_that_was_meant(named: PlaceNames) -> None:
    chance, held, misspelt, advised = random.Random(20151003), list(places().values()), 0, 0
    while misspelt < 2_000:
        place = chance.choice(held)
        written = slip(place.name, chance)
        if len(place.name) >= TWO_SLIPS and chance.random() < 0.5:
            written = slip(written, chance)
        if Resolver.load().exact(written):  # the slip made another name, which is read as that
            continue
        misspelt += 1
        meant = named(written)
        offered = (meant.place,) if meant.place else meant.may_be
        assert place.id in offered or not offered, (place.name, written, offered)
        advised += bool(offered)
    assert advised > 1_800


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("bosnia", "BA"),
        ("BEL", "BE"),
        ("GBR", "GB"),
        ("AFG", "AF"),
        ("MAR", "MA"),
        ("LBN", "LB"),
        ("CHE", "CH"),
        ("Dem. Rep. of the Congo", "CD"),
        ("Republic of Moldova", "MD"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Venezuela (Bolivarian Republic of)", "VE"),
        ("Islamic Republic of Iran", "IR"),
        ("Palestine, State of", "PS"),
        ("Lao People's Dem. Rep.", "LA"),
        ("China, Hong Kong SAR", "HK"),
        ("Allemagne", "DE"),
        ("World", "R:world"),
        ("Western Europe", "R:western_europe"),
    ],
)
def test_names_and_codes_as_tables_write_them_are_taken(named: PlaceNames, written: str, place: str) -> None:
    assert named(written) == NamedPlace(place)


def test_every_name_and_code_of_the_table_is_taken_as_its_place(named: PlaceNames) -> None:
    for place in places().values():
        for written in (place.id, place.name, place.iso3) if place.kind == "country" else (place.name,):
            assert named(written) == NamedPlace(place.id)


@pytest.mark.parametrize(
    ("written", "several"), [("Congo", {"CG", "CD"}), ("Korea", {"KR", "KP"}), ("nigera", {"NG", "NE"})]
)
def test_a_shared_name_gives_its_candidates(named: PlaceNames, written: str, several: set[str]) -> None:
    meant = named(written)
    assert meant.place is None
    assert several <= set(meant.may_be)


@pytest.mark.parametrize(
    "written", ["Total", "Unknown", "Various/Unknown", "Scotland", "Chechnya", "Stateless", "KSV", ""]
)
def test_what_is_no_country_gets_no_advice(named: PlaceNames, written: str) -> None:
    assert named(written) == NamedPlace(None)
