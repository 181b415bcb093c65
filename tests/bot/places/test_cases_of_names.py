"""Names of countries and peoples in the cases that Turkish and Russian put them in."""

from __future__ import annotations

from datetime import date

import pytest

from bot.places.display import display_name
from bot.places.outcomes import Found
from bot.places.resolve import Resolver
from bot.questions.spans import spans_of
from tools.places import inflect, lists, packages
from tools.places.gather import countries

TODAY = date(2017, 6, 1)


def unheard(place: str, forms: list[str], frame: str) -> list[str]:
    """The forms that are not found as the place inside a sentence."""
    resolver = Resolver.load()
    found = ((form, resolver.find(frame.format(form))) for form in forms)
    return [
        form
        for form, mentions in found
        if not any(isinstance(one.outcome, Found) and one.outcome.place == place for one in mentions)
    ]


@pytest.fixture(scope="module", autouse=True)
def _needs_cldr() -> None:
    pytest.importorskip("babel", reason="the names come from CLDR through Babel")


def test_turkish_countries_are_heard_in_every_case() -> None:
    names = packages.display_names(countries(), "tr")
    missed: list[str] = []
    for place in ("DE", "FR", "BE", "TN", "EG", "RU", "KZ", "SE", "NL", "DZ", "SA", "XK", "ID"):
        assert names[place] == display_name(place, "tr")
        missed += unheard(place, [*inflect.turkish_noun(names[place])], "2015'te {} kaç kişi gitti")
    assert missed == []


def test_turkish_peoples_are_heard_in_every_case() -> None:
    missed: list[str] = []
    for place, nouns in lists.rows("peoples_tr.tsv"):
        for noun in (noun for noun in nouns if not noun.startswith("=")):
            plural = [form for form in inflect.turkish_people(noun) if len(form) > len(noun) + 2 and "'" not in form]
            missed += unheard(place, plural, "{} kaçı döndü")
    assert missed == []


def test_russian_peoples_are_heard_in_every_case() -> None:
    missed: list[str] = []
    for place, forms in lists.rows("peoples_ru.tsv"):
        plurals = [form for form in forms if form.endswith("цы") and " " not in form]
        cases = [form[:-1] + ending for form in plurals for ending in ("ы", "ам", "ами", "ах")]
        missed += unheard(place, cases, "динамика по {} за 2015 год")
    assert missed == []


def test_dutch_peoples_are_heard_in_every_form() -> None:
    missed: list[str] = []
    for place, forms in lists.rows("peoples_nl.tsv"):
        made = {text for form in forms for text in inflect.dutch(form) if len(text) > 5 and "'" not in text}
        missed += unheard(
            place, sorted(made - {"Filipijnen", "Wit-Rus", "Nigeriaanse", "Soedanees"}), "hoeveel {} zijn teruggekeerd"
        )
    assert missed == []


REGIONS_IN_CASES = {
    "R:central_asia": "среднеазиатских центральноазиатским zentralasiatischen Zentralasiens Orta_Asyalıların",
    "R:north_africa": "североафриканцев nordafrikanische Kuzey_Afrikalılardan Noord-Afrikanen",
    "R:western_europe": "западноевропейских westeuropäischen Westeuropas Batı_Avrupalıların",
    "R:gulf": "Golfländern golflanden Körfez_ülkelerinden странам_Залива",
    "R:nordic": "nordischen_Ländern noordse_landen kuzey_ülkelerine северянами",
    "R:western_balkans": "Westbalkanländern Batı_Balkanlıların западнобалканских",
}


def test_regions_are_heard_in_the_forms_of_each_language() -> None:
    missed = {
        (region, form)
        for region, forms in REGIONS_IN_CASES.items()
        for form in (one.replace("_", " ") for one in forms.split())
        if region
        not in {place for span in spans_of(f"{form} 2015", Resolver.load(), TODAY).places for place in span.ids}
    }
    assert missed == set()


@pytest.mark.parametrize("text", ["wie viel isländer", "çin kaç kişi", "Fas: sayı", "hoeveel Denen waren er"])
def test_a_name_that_is_a_word_elsewhere_is_a_place_where_its_marks_or_capital_say_so(text: str) -> None:
    assert Resolver.load().find(text) != ()


def test_russian_names_of_two_words_are_heard_in_every_case_and_never_by_their_second_word() -> None:
    missed: list[str] = []
    for place, name in packages.display_names(countries(), "ru").items():
        *adjectives, noun = name.split(" ")
        if 0 < len(adjectives) < 3 and adjectives[-1][-2:] in ("ая", "ий", "ый"):
            forms = [*inflect.russian_phrase(adjectives, inflect.russian_name(noun))]
            missed += unheard(place, forms, "сколько уехало: {}, за 2015 год")
    assert missed == []


@pytest.mark.parametrize(
    ("place", "names"),
    [
        ("GB", "بريطانيا وبريطانيا لبريطانيا بريطاني البريطانيين بريطانية البريطانيات انجلترا"),
        ("MV", "المالديف"), ("XK", "كوسوفو كوسوفا"), ("NL", "هولندا هولندي"), ("US", "امريكا أمريكي"),
        ("PH", "الفلبين الفيليبين فلبيني"), ("AM", "ارمينيا أرمني"), ("R:europe", "أوروبا الأوروبيات"),
    ],
)  # fmt: skip
def test_the_everyday_arabic_names_are_heard(place: str, names: str) -> None:
    assert unheard(place, names.split(), "كم {} راحوا") == []


@pytest.mark.parametrize(
    ("place", "names"),
    [("UZ", "узбекистаан"), ("RU", "روسييا"), ("FR", "франии"), ("ES", "исапнии"), ("AT", "النمسااا")],
)
def test_a_slip_in_another_script_is_read(place: str, names: str) -> None:
    assert unheard(place, names.split(), "сколько из {}" if names[0] < "\u0600" else "كم {} راحوا") == []
