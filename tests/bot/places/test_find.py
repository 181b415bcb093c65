"""The places that a sentence mentions, and where they stand in it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from bot.places.catalogue import places
from bot.places.outcomes import Ambiguous, Found
from bot.places.resolve import Resolver

CASES = Path(__file__).parents[2] / "cases" / "places" / "sentences.csv"


def cases() -> list[tuple[str, set[str]]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(row["text"], {place for place in row["expected"].split(";") if place}) for row in rows]


@pytest.mark.parametrize(("text", "expected"), cases())
def test_a_sentence_mentions_the_places_of_the_table(text: str, expected: set[str]) -> None:
    found = {
        mention.outcome.place if isinstance(mention.outcome, Found) else mention.outcome.candidates[0]
        for mention in Resolver.load().find(text)
    }
    assert found == expected


def test_a_name_of_two_places_is_a_question_inside_a_sentence_too() -> None:
    (mention,) = Resolver.load().find("combien du congo")
    assert isinstance(mention.outcome, Ambiguous)
    assert set(mention.outcome.candidates) == {"CG", "CD"}


def test_a_part_of_a_country_says_that_it_is_one() -> None:
    (mention,) = Resolver.load().find("how many Chechens left")
    assert mention.outcome == Found("RU", "subnational", "Chechens")


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "Ｂelgium’s 🇫🇷 women, and  saudi arbia's"
    for mention in Resolver.load().find(text):
        assert text[mention.start : mention.end] == mention.text
    assert [mention.text for mention in Resolver.load().find(text)] == ["Ｂelgium", "🇫🇷", "saudi arbia"]


@given(st.text(max_size=80))
def test_mentions_never_overlap_and_quote_the_text(text: str) -> None:
    end = 0
    for mention in Resolver.load().find(text):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text
        end = mention.end


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("the european unnion's total", "R:european_union"),
        ("dominican republc", "DO"),
        ("wezterh europe", "R:western_europe"),
        ("middle eest killed", "R:middle_east"),
        ("french toal", "FR"),
        ("uyghurs frmo china", "CN"),
        ("returnees of iraq... i mean jordan", "IQ JO"),
    ],
)
def test_a_slip_in_one_word_of_a_name_neither_cuts_nor_swallows_it(text: str, place: str) -> None:
    found = [mention.outcome.place for mention in Resolver.load().find(text) if isinstance(mention.outcome, Found)]

    assert list(dict.fromkeys(found)) == place.split()


@pytest.mark.parametrize(
    "text", ["how many from eastern europe", "smali, kenyan and ethiopian numbers", "omania killed"]
)
def test_what_may_mean_several_places_is_asked(text: str) -> None:
    assert isinstance(Resolver.load().find(text)[0].outcome, Ambiguous)


SENTENCES = {
    "fr": "combien de combattants pour {} en 2015",
    "de": "Kämpfer aus {} bis 2015",
    "es": "combatientes de {} en 2015",
    "nl": "strijders uit {} in 2015",
    "tr": "savaşçılar: {} 2015",
    "ru": "боевики: {} 2015",
    "ar": "مقاتلين من {} 2015",
    "en": "fighters from {} by 2015",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_names_in_eight_languages_are_found_inside_a_sentence(language: str) -> None:
    named = Locale.parse(language).territories
    held = {place: named[place] for place, row in places().items() if row.kind == "country" and place in named}
    lost = [name for place, name in held.items() if place not in found_in(SENTENCES[language].format(name))]
    assert len(held) > 240
    assert len(lost) <= 6, lost


def found_in(text: str) -> set[str]:
    found: set[str] = set()
    for mention in Resolver.load().find(text):
        read = mention.outcome
        found |= {read.place} if isinstance(read, Found) else set(read.candidates)
    return found
