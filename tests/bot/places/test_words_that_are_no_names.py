"""Words that French, Spanish, Italian and Arabic ask in are no names; names carry what Arabic writes on to them."""

from __future__ import annotations

import pytest

from bot.places.fold import fold
from bot.places.index import load_names
from bot.places.outcomes import Found
from bot.places.resolve import Resolver
from bot.questions.lexicon import read_words

FRAMES = {
    "fr": "combien y en a {} selon vous",
    "es": "cuántos hay {} según ustedes",
    "it": "quanti ce ne sono {} secondo voi",
    "ar": "كم عدد {} حسب المصدر",
}
WARS = {"abyssinie", "abissinia"}
"""Countries of wars of before, as they are spelt there."""
PREFIXED = ["{}", "و{}", "ب{}", "ل{}", "ف{}"]
REGIONS = {
    "غرب أوروبا": "R:western_europe",
    "شمال أفريقيا": "R:north_africa",
    "جنوب شرق آسيا": "R:southeast_asia",
    "دول الشمال": "R:nordic",
    "دول البلقان الغربي": "R:western_balkans",
}


@pytest.mark.parametrize("language", FRAMES)
def test_words_of_questions_are_not_misread_as_names(language: str) -> None:
    resolver, names = Resolver.load(), load_names().entries
    words = {word for phrase in read_words(language) for word in phrase.split(" ") if len(word) > 3} - WARS
    misread = [
        word
        for word in sorted(words)
        if not names.get(fold(word))
        and any(one.outcome.how == "typo" for one in resolver.find(FRAMES[language].format(word)))
    ]

    assert misread == []


@pytest.mark.parametrize("region", REGIONS)
def test_arabic_regions_of_several_words_carry_prepositions(region: str) -> None:
    resolver = Resolver.load()
    for prefix in PREFIXED:
        found = [one.outcome for one in resolver.find(f"كم واحد راح {prefix.format(region)} سنة 2015")]
        assert [read.place for read in found if isinstance(read, Found)] == [REGIONS[region]], prefix


def test_a_word_of_two_letters_in_front_of_a_name_is_no_preposition() -> None:
    assert not [one for one in Resolver.load().find("كم غربي سافر") if getattr(one.outcome, "place", "") == "MA"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("cuántos gringos murieron", "US"),
        ("les Guinéens de Conakry partis", "GN"),
        ("congo, quello di kinshasa", "CD"),
        ("suissesses parties", "CH"),
        ("كم واحد من الطليان", "IT"),
        ("كم أوزبك رجعوا", "UZ"),
        ("malayos que frenaron", "MY"),
        ("le Golfe moins l'Arabie", "SA"),
    ],
)
def test_informal_names_of_countries_and_peoples(text: str, place: str) -> None:
    assert place in {getattr(one.outcome, "place", "") for one in Resolver.load().find(text)}
