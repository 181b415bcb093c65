"""One name in, one outcome out: the table of cases, and what holds for every text."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.places.catalogue import places
from bot.places.display import display_name
from bot.places.outcomes import Ambiguous, Found, Outcome, Unknown
from bot.places.resolve import Resolver

CASES = Path(__file__).parents[2] / "cases" / "places"


def read(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def facts(outcome: Outcome) -> tuple[set[str], str]:
    match outcome:
        case Found(place=place, how=how):
            return {place}, how
        case Ambiguous(candidates=candidates, how=how):
            return set(candidates), how
        case Unknown():
            return {"NONE"}, ""


@pytest.mark.parametrize("case", read("names.csv"), ids=lambda case: case["text"] or "nothing")
def test_a_name_is_read_as_the_table_says(case: dict[str, str]) -> None:
    assert facts(Resolver.load().resolve(case["text"])) == (set(case["expected"].split(";")), case["how"])


@pytest.mark.parametrize("place", [row.id for row in places().values() if row.kind == "country"])
def test_every_country_is_found_by_its_codes_and_asked_or_found_by_its_name(place: str) -> None:
    resolver = Resolver.load()
    assert facts(resolver.resolve(place))[0] == {place}
    assert facts(resolver.resolve(places()[place].iso3))[0] == {place}
    assert place in facts(resolver.resolve(places()[place].name))[0]


@pytest.mark.parametrize("locale", ["fr", "de", "es", "ar", "nl", "tr", "ru"])
def test_every_shown_name_of_a_country_leads_back_to_it(locale: str) -> None:
    resolver = Resolver.load()
    lost = [
        (row.id, shown)
        for row in places().values()
        if row.kind == "country" and row.id not in facts(resolver.resolve(shown := display_name(row.id, locale)))[0]
    ]
    assert lost == []


def test_a_misspelling_says_what_it_was_read_as() -> None:
    assert Resolver.load().resolve("belgum") == Found("BE", "typo", "belgum", "Belgium")


@pytest.mark.parametrize(("text", "place"), [("Mỹ", "US"), ("my", "MY"), ("Bỉ", "BE"), ("bi", "BI")])
def test_a_small_language_is_read_by_its_own_marks_and_letters(text: str, place: str) -> None:
    assert facts(Resolver.load().resolve(text))[0] == set(place.split(";"))


def test_a_short_spelling_of_a_small_language_does_not_hide_a_doubt() -> None:
    assert facts(Resolver.load().resolve("guini"))[0] == {"GN", "GQ", "GW", "PG"}
    assert Resolver.load().resolve("marta") == Unknown(("MT",), "marta")


def test_a_part_of_a_country_is_refused_with_the_country_as_the_nearest() -> None:
    assert Resolver.load().resolve("Dagestan") == Unknown(("RU",), "Dagestan")


@given(st.text(max_size=60))
def test_any_text_has_an_outcome_that_names_places_held(text: str) -> None:
    named, _ = facts(Resolver.load().resolve(text))
    assert named <= set(places()) | {"NONE"}
