"""What stands beside a name, and small words that are codes as well."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from bot.places.resolve import Resolver
from bot.questions.roles import Surroundings, slots_of
from bot.questions.spans import Spans, spans_of

TODAY = date(2017, 5, 5)


def spans(text: str) -> Spans:
    return spans_of(text, Resolver.load(), TODAY)


def ids(text: str) -> list[str]:
    return [one for place in spans(text).places for one in place.ids]


def features(text: str) -> list[set[str]]:
    found = spans(text)
    slots: Sequence = slots_of(found)["place"]  # type: ignore[type-arg]
    return [Surroundings(found).features("place", slots, at, "none") for at in range(len(slots))]


def test_a_text_of_many_names_is_looked_at_in_proportion_to_its_length() -> None:
    few, many = (max(len(one) for one in features("Mali, Peru, " * count)) for count in (4, 60))
    assert many <= few * 1.2


def test_a_name_that_comes_again_is_told_from_one_that_is_said_once() -> None:
    first, _, last = features("Malta is where I live. Libya? Malta, please")
    assert "again:True" in first
    assert "again:False" in last
    assert "named_before:True" in last


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("us vs canada", ["US", "CA"]), ("canada versus us", ["CA", "US"]), ("UK and BE, per head", ["GB", "BE"]),
        ("FR, DE per head", ["FR", "DE"]), ("al xk mk", ["AL", "XK", "MK"]), ("be/nl/lu", ["BE", "NL", "LU"]),
        ("at and fr", ["FR"]), ("tell us about canada", ["CA"]), ("is france in it", ["FR"]),
    ],
)  # fmt: skip
def test_a_little_word_is_a_code_only_in_a_list_or_set_against_a_name(text: str, places: list[str]) -> None:
    assert ids(text) == places


@pytest.mark.parametrize(
    "text",
    ["adults", "Erwachsene", "adultes", "adultos", "adulti", "volwassenen", "yetişkinler", "взрослые", "البالغين"],
)
def test_adults_are_a_group_in_every_language(text: str) -> None:
    assert len(slots_of(spans(f"2015 {text}"))["group"]) == 1
