"""Women who are named by their people are women, and an adjective of a people is none."""

from __future__ import annotations

from datetime import date

import pytest

from bot.places.resolve import Resolver
from bot.questions.spans import Spans, spans_of

TODAY = date(2017, 6, 1)
WOMEN = {
    "de": "Tunesierinnen Finninnen Marokkanerinnen Französinnen Belgierinnen Däninnen Österreicherinnen Russinnen",
    "fr": "Marocaines Françaises Tunisiennes Suédoises Danoises Algériennes Allemandes Espagnoles Turques",
    "es": "tunecinas francesas alemanas españolas suecanas italianas inglesas argelinas",
    "it": "tunisine marocchine belghe siriane tedesche italiane turche",
    "ru": "россиянки тунисок француженками немкам бельгийки датчанок шведки испанок",
    "ar": "التونسيات الفرنسيات المغربيات البلجيكيات الروسيات",
}
ASKING = {"de": "Wie viele", "fr": "Combien de", "es": "Cuántas", "it": "Quante", "ru": "Сколько", "ar": "كم عدد"}
NO_WOMEN = (
    "sources françaises", "autorités tunisiennes", "autoridades francesas", "fonti tunisine", "les Français",
    "i tunisini", "los tunecinos", "die Tunesier", "Finnen", "турки", "таджикам", "таджики",
    "греки", "узбеки", "поляки", "التونسيين", "Ямайки",
    "Philippines",
)  # fmt: skip


def taken_apart(text: str) -> Spans:
    return spans_of(text, Resolver.load(), TODAY)


def says_women(text: str) -> bool:
    return any("women" in sense.tags for sense in taken_apart(text).senses)


@pytest.mark.parametrize("language", WOMEN)
def test_the_women_of_a_people_are_women(language: str) -> None:
    named = [name for name in WOMEN[language].split() if taken_apart(f"{ASKING[language]} {name}").places]
    assert len(named) >= 5
    assert [name for name in named if not says_women(f"{ASKING[language]} {name}")] == []


@pytest.mark.parametrize("text", NO_WOMEN)
def test_an_adjective_or_a_people_is_not_its_women(text: str) -> None:
    assert not says_women(text)
