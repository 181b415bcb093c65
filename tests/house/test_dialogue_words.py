"""The words that move a dialogue on: every act has some in every language that is read."""

from __future__ import annotations

from datetime import date

import pytest

from bot.places.resolve import Resolver
from bot.questions.dialogue.said import act_table
from bot.questions.dialogue.talking import Dialogue
from bot.questions.lexicon import LANGUAGES
from bot.questions.reader import Reader


def test_every_act_has_words_in_every_language() -> None:
    table = act_table()
    acts = {act for act, _ in table}

    empty = [(act, language) for act in sorted(acts) for language in LANGUAGES if not table.get((act, language))]

    assert not empty


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_says_so_begins_anew_in_every_language(language: str) -> None:
    dialogue, day = Dialogue(Reader(Resolver.load())), date(2020, 1, 1)
    asked = dialogue.turn("women from Belgium in 2015", today=day).state
    phrases = [" ".join(phrase) for phrase in act_table()["reset", language]]
    assert phrases
    kept = [phrase for phrase in phrases if dialogue.turn(phrase, today=day, state=asked).state.moments]
    assert kept == []


def test_the_cities_that_tell_countries_apart_are_those_of_the_library() -> None:
    """`python -m tools.cities` writes them anew."""
    cities = pytest.importorskip("tools.cities", reason="needs the extra build-index")

    assert cities.TARGET.read_text(encoding="utf-8") == cities.text_of()
