"""Names of several countries at once."""

from __future__ import annotations

from datetime import date

import pytest

from bot.places.resolve import Resolver
from bot.questions.query import Intent, Read
from bot.questions.reader import Reader
from bot.questions.spans import Spans, spans_of


@pytest.mark.parametrize(
    ("text", "intent", "places"),
    [
        ("sum of the Benelux", Intent.TOTAL, ("BE", "NL", "LU")),
        ("compare the baltic states and poland", Intent.COMPARE, ("EE", "LV", "LT", "PL")),
    ],
)
def test_a_group_that_is_no_region_stands_for_its_countries(text: str, intent: Intent, places: tuple[str, ...]) -> None:
    reading = Reader.load().read(text, today=date(2026, 11, 23))

    assert isinstance(reading, Read)
    assert (reading.query.intent, reading.query.places, reading.flagged) == (intent, places, False)


@pytest.mark.parametrize(
    ("place", "read", "elsewhere"),
    [
        ("DK", "hoeveel denen zijn er naar syrië vertrokken", "die leute, von denen ihr sprecht, wie viele sind das"),
        ("R:european_union", "ab toplamı kaç kişi oldu", "wie viele sind ab märz ausgereist"),
        ("DE", "wie viele sind aus D ausgereist", "plan D, how many went"),
        ("US", "hoeveel uit de VS zijn er vertrokken", "VS Code, how many went"),
    ],
)
def test_a_name_of_one_language_is_none_in_another(place: str, read: str, elsewhere: str) -> None:
    named = {one for text in (read,) for span in spans(text).places for one in span.ids}

    assert place in named
    assert place not in {one for span in spans(elsewhere).places for one in span.ids}


@pytest.mark.parametrize("text", ["y a-t-il eu des départs", "il y en a eu combien", "on a eu des retours en 2016 ?"])
def test_a_word_of_the_language_is_no_place(text: str) -> None:
    assert spans(text).places == []


@pytest.mark.parametrize(
    ("text", "places", "without"),
    [
        ("Scandinavia minus Sweden, the sum", ("DK", "NO"), ()),
        ("the Benelux without Luxembourg, total", ("BE", "NL"), ()),
        ("Middle East minus Syria and Iraq, total", ("R:middle_east",), ("SY", "IQ")),
        ("the world without Syrians and Iraqis, total", ("R:world",), ("SY", "IQ")),
    ],
)
def test_countries_are_left_out_of_groups_and_of_regions(
    text: str, places: tuple[str, ...], without: tuple[str, ...]
) -> None:
    reading = Reader.load().read(text, today=date(2026, 11, 23))

    assert isinstance(reading, Read)
    assert (reading.query.places, reading.query.without, reading.query.destination) == (places, without, None)


def spans(text: str) -> Spans:
    return spans_of(text, Resolver.load(), date(2026, 11, 23))
