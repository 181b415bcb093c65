"""Short words that are codes: in rows, beside names, and never where they are the words that they look like."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import permutations

import pytest

from bot.places.resolve import Resolver
from bot.questions.spans import spans_of

TODAY = date(2022, 6, 1)
WORDS = {"be": "BE", "no": "NO", "it": "IT", "at": "AT", "is": "IS", "me": "ME", "al": "AL", "de": "DE"}
"""Codes that are words of the language as well."""
CODES = {"nl": "NL", "dk": "DK", "uz": "UZ", "kz": "KZ"}


@cache
def resolver() -> Resolver:
    return Resolver.load()


def places(text: str) -> list[str]:
    return [one for place in spans_of(text, resolver(), TODAY).places for one in place.ids]


@pytest.mark.parametrize("sign", ["/", "|", "+", "&", ">", " + ", " & ", " / "])
@pytest.mark.parametrize("word", WORDS)
def test_a_sign_joins_a_word_to_a_code_or_a_name(word: str, sign: str) -> None:
    for other, place in (*CODES.items(), ("canada", "CA")):
        assert places(f"{word}{sign}{other} returned, one sum") == [WORDS[word], place]
        assert places(f"{other}{sign}{word} returned, one sum") == [place, WORDS[word]]


@pytest.mark.parametrize("mark", [", ", "; ", ","])
def test_between_commas_three_codes_are_a_list(mark: str) -> None:
    for row in permutations(["nl", *list(WORDS)[:3]], 3):
        if "nl" in row:
            assert places(f"rank {mark.join(row)} per million") == [(WORDS | CODES)[one] for one in row]


@pytest.mark.parametrize("row", list(permutations(["nl", "dk", "be"])))
def test_a_text_of_codes_is_read_whole(row: tuple[str, ...]) -> None:
    assert places(" ".join(row)) == [(WORDS | CODES)[one] for one in row]


@pytest.mark.parametrize(
    "text",
    [
        "is it in the uk or not",
        "to be in nl is one thing",
        "no, it is not the uk",
        "Deported to the UK, no, prevented from leaving the UK",
        "uk as of 2014, or so they say",
        "top ten in the EU, no, five will do",
        "what is at the top - and who is it",
        "somalis in al-shabaab",
    ],
)
def test_words_of_a_sentence_are_no_codes(text: str) -> None:
    assert set(places(text)) <= {"GB", "NL", "R:european_union", "SO"}


def test_a_row_of_codes_is_read_in_proportion_to_its_length() -> None:
    row = "/".join(["be", "nl", "no", "dk"] * 40)

    assert len(places(row)) == 160
