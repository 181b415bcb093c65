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
ALONE = (
    "Kenianerinnen", "Russinnen", "Portugiesinnen im Camp", "hondureñas", "uruguayas o paraguayas",
    "autrichiennes", "kenyanes", "киргизки",
    "таджичек", "норвежки", "саудовки", "португалок", "одна россиянка", "Frenchwomen", "Östterreicherinnen",
)  # fmt: skip
LED = {
    "es": ("las unas cuántas muchas ninguna", "marroquíes canadienses belgas croatas iraquíes estadounidenses"),
    "it": ("le quante alcune molte delle", "svedesi francesi olandesi danesi portoghesi albanesi"),
    "fr": ("une aucune certaines quelles", "Belges Russes Suisses Serbes Croates"),
    "ar": ("كم كام قداش", "مغربية تونسية فرنسية بلجيكية"),
}
"""Words that say women of a people whatever the ending of its name, or of a name that ends so."""
VERBS = {"es": "han vuelto", "it": "sono tornate", "fr": "est rentrée", "ar": "رجعت"}
NOT_LED = {"es": "los", "it": "gli", "fr": "les", "ar": "الحكومة"}
PAIRS = (
    "suédoises et suédois", "españolas y españoles", "Schwedinnen und Schweden", "египтянки и египтяне",
    "британцы и британки",
        "التونسيات والتوانسة", "tunecinos y tunecinas", "Tunesier und Tunesierinnen", "saudíes y francesas o franceses",
)  # fmt: skip
NO_WOMEN = (
    "sources françaises", "autorités tunisiennes", "autoridades francesas", "fonti tunisine", "les Français",
    "i tunisini", "los tunecinos", "die Tunesier", "Finnen", "турки", "таджикам", "таджики",
    "греки", "узбеки", "поляки", "турок", "словаков", "российской армии", "Finnen", "Argentine", "Philippine", "texas",
    "los belgas", "las Filipinas", "les Belges", "Honduras", "الحكومة الفرنسية", "من السعودية", "كم من السعودية",
    "Прибалтика", "в Африке", "repubbliche baltiche", "las naciones europeas", "les Balkans", "التونسيين", "Ямайки",
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


@pytest.mark.parametrize("text", ALONE)
def test_the_women_of_a_people_are_women_where_nothing_else_tells_a_language(text: str) -> None:
    assert says_women(text)


@pytest.mark.parametrize("language", LED)
def test_a_word_in_front_says_that_women_are_meant(language: str) -> None:
    words, names = (listed.split() for listed in LED[language])
    verbs = VERBS[language]
    missed = [f"{word} {name}" for word in words for name in names if not says_women(f"{word} {name} {verbs}")]
    assert missed == []
    other = NOT_LED[language]
    assert [name for name in names if says_women(f"{other} {name}")] == []


@pytest.mark.parametrize(
    "text",
    [
        "les Européennes",
        "Maghrébines",
        "Europäerinnen",
        "cuántas centroasiáticas",
        "europee partite",
        "كم أوروبية",
        "Brits♀",
    ],
)
def test_the_women_of_a_region_are_women(text: str) -> None:
    assert taken_apart(text).places
    assert says_women(text)


@pytest.mark.parametrize(
    "text", ["cinco españolas", "20 tunisiennes", "trenta tunisine", "danesi rientrate", "Belges parties"]
)
def test_a_number_in_front_or_a_participle_behind_says_so_too(text: str) -> None:
    assert says_women(text)


@pytest.mark.parametrize("text", PAIRS)
def test_beside_its_women_a_people_means_its_men(text: str) -> None:
    said = {tag for sense in taken_apart(text).senses for tag in sense.tags}
    assert {"women", "men"} <= said


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [("frnech wemen", "FR", "women"), ("kazakistan ris", "KZ", "style_ris"), ("belgin kids", "BE", "minors")],
)
def test_a_slip_in_a_name_does_not_swallow_the_word_behind_it(text: str, place: str, said: str) -> None:
    spans = taken_apart(text)
    assert [one.ids for one in spans.places] == [(place,)]
    assert said in {tag for sense in spans.senses for tag in sense.tags}
