"""A text is answered in its own language where there are answers in it, and never in one that it is not in."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from discord import Locale

from bot.places.catalogue import places
from bot.render.spoken import spoken_in
from bot.words.catalogue import languages
from bot.words.in_english import in_english, language_to_tell

EXAMPLES = Path(__file__).parents[3] / "bot" / "questions" / "examples" / "languages.csv"
IN_LANGUAGES = [
    (found[1], row["question"])
    for row in csv.DictReader(EXAMPLES.read_text(encoding="utf-8").splitlines())
    if (found := re.search(r"lang=(\w\w)", row["note"]))
]


def test_no_question_is_answered_in_a_language_of_others() -> None:
    heard = [(language, spoken_in(text)) for language, text in IN_LANGUAGES]
    wrong = [pair for pair in heard if pair[1] not in (pair[0], "en")]
    assert len(heard) > 300
    assert len(wrong) <= len(heard) // 100


@pytest.mark.parametrize("locale", [language for language in languages() if language != "en"])
def test_most_questions_of_a_language_with_answers_are_heard(locale: str) -> None:
    heard = [spoken_in(text) == locale for language, text in IN_LANGUAGES if language == locale]
    assert len(heard) > 30
    assert sum(heard) >= len(heard) * 0.7


@pytest.mark.parametrize("otherwise", ["en", "fr", "pl"])
def test_english_is_answered_in_english_whatever_is_around_it(otherwise: str) -> None:
    for text in ("How many Belgians left for Syria in 2016?", "women from Belgium", "and France?", "who says so?"):
        assert spoken_in(text, otherwise) == "en"


@pytest.mark.parametrize(
    ("text", "otherwise", "language"),
    [
        ("сколько россиян уехало", "en", "ru"),
        ("сколько россиян уехало", "uk", "uk"),
        ("сколько россиян уехало", "fr", "fr"),
        ("Suriye'ye kaç Türk gitti", "en", "tr"),
        ("日本人は何人", "en", "ja"),
        ("多少比利时人", "en", "zh"),
        ("多少比利时人", "de", "de"),
        ("Πόσοι Βέλγοι έφυγαν;", "en", "el"),
    ],
)
def test_who_asks_in_a_language_without_answers_is_told_so_in_it(text: str, otherwise: str, language: str) -> None:
    assert spoken_in(text, otherwise) == language
    assert bool(in_english(language)) is (language not in languages())


def test_every_language_of_discord_has_answers_or_a_line_that_says_that_they_are_in_english() -> None:
    for locale in Locale:
        told = language_to_tell(locale.value)
        assert told == locale.value.split("-")[0] or told == locale.value
        assert bool(in_english(locale.value)) is (told not in languages())


@pytest.mark.parametrize(
    ("word", "language"),
    [("bonjour", "fr"), ("merci", "fr"), ("aide", "fr"), ("Hilfe", "de"), ("danke", "de"), ("hola", "es")],
)
def test_one_word_alone_is_answered_in_its_language(word: str, language: str) -> None:
    assert spoken_in(word) == spoken_in(f"{word}!", "it") == language


def test_a_text_that_tells_no_language_is_answered_in_the_one_around_it() -> None:
    for text in ("Belgien 2016", "eu total in 2016", "BE?", "сколько россиян уехало", ""):
        assert spoken_in(text, "fr") == "fr"


@pytest.mark.parametrize(
    "text", ["Fighters per million people: {} versus {}", "{} and {} by 2015", "figures for {}, {}"]
)
def test_names_of_places_tell_no_language(text: str) -> None:
    names = [row.name for row in places().values()]
    heard = {pair: spoken_in(text.format(*pair)) for pair in zip(names, [*names[1:], names[0]], strict=True)}

    assert {pair: told for pair, told in heard.items() if told != "en"} == {}
