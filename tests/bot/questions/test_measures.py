"""Several things counted at once: each is read, in the order named, in every language, whatever the country."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from bot.places.display import display_name
from bot.questions.lexicon import LANGUAGES
from bot.questions.query import Intent, Read
from bot.questions.reader import Reader
from bot.questions.tokens import tokens_of, words_of

TODAY = date(2026, 11, 30)
PLACES = ("FR", "TN", "KZ", "AT", "JO", "ID", "US")
FRAMES = {
    "en": "{place}: {one} versus {other}",
    "fr": "{place} : {one} contre {other}",
    "de": "{place}: {one} gegen {other}",
    "es": "{place}: {one} frente a {other}",
    "it": "{place}: {one} contro {other}",
    "nl": "{place}: {one} tegenover {other}",
    "ru": "{place}: {one} против {other}",
    "tr": "{place}: {one} ve {other} yan yana",
    "ar": "{place}: {one} مقابل {other}",
}
WORDS = {
    "returned": "returned revenus Rückkehrer retornados tornati teruggekeerd вернувшиеся dönenler العائدون".split(),
    "killed": "killed tués Tote muertos morti gedood погибшие ölenler القتلى".split(),
}
"""The words of each measure, in the languages of the frames."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("one", "other"), list(permutations(WORDS)))
def test_both_of_two_measures_are_read_in_their_order(one: str, other: str, language: str) -> None:
    reader = Reader.load()
    frame, at = FRAMES[language], list(FRAMES).index(language)
    wrong = []
    for place in PLACES:
        text = frame.format(place=display_name(place, language), one=WORDS[one][at], other=WORDS[other][at])
        reading = reader.read(text, today=TODAY)
        query = reading.query if isinstance(reading, Read) else None
        if query is None or (query.places, query.measure, query.measures) != ((place,), one, (other,)):
            wrong.append((text, query))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Of the Danes who went, how many came back?", "returned"),
        ("how many Belgians left for Syria and were killed there", "killed"),
        ("Belgians who returned, not those who died", "returned"),
    ],
)
def test_a_measure_that_is_only_named_is_not_asked(text: str, measure: str) -> None:
    reading = Reader.load().read(text, today=TODAY)

    assert isinstance(reading, Read)
    assert (reading.query.measure, reading.query.measures) == (measure, ())


def test_days_up_to_which_is_compared_are_two_times() -> None:
    reading = Reader.load().read("compare Belgium by 2014 with Belgium by 2016", today=TODAY)

    assert isinstance(reading, Read)
    assert [str(time) for time in reading.query.times] == ["../2014-12-31", "../2016-12-31"]


@pytest.mark.parametrize("phrase", ["come home", "à l'étranger", "Rückkehrer", "çıkış yolu", "2015 in", "r&d"])
def test_a_phrase_of_letters_alone_is_folded_as_any_other(phrase: str) -> None:
    assert words_of(phrase) == tuple(token.word for token in tokens_of(phrase))


@pytest.mark.parametrize("text", ["top 10 countries of origin as of December 2015", "rank the countries of origin"])
def test_countries_of_origin_are_ranked_by_people(text: str) -> None:
    reading = Reader.load().read(text, today=TODAY)

    assert isinstance(reading, Read)
    assert (reading.query.intent, reading.query.measure) == (Intent.RANK, None)
