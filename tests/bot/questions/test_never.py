"""What the reader must never do, over generated questions in the nine languages that are read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.places.display import display_name
from bot.questions.lexicon import LANGUAGES
from bot.questions.query import Query, Read, Reading
from bot.questions.reader import Reader, alternatives, cleaned

TODAY = date(2026, 11, 29)
REGIONS = (
    "R:european_union R:western_europe R:balkans R:maghreb R:gulf R:central_asia R:nordic R:southeast_asia R:world"
).split()
COUNTRIES = (
    "BE FR DE NL SE NO FI DK AT CH ES IT GB US CA AU RU TR TN MA EG JO LB SA KW KZ UZ KG TJ XK BA AL MK RS ID MY PH TT "
    "IN PK LV LT EE IS IE PT PL CZ SK HU RO BG GR HR SI CY MT LU UA BY AM AZ TM MD CN JP ZA KE SO SD LY DZ IR QA YE"
).split()
WITHOUT = {
    "en": ("how many from {} without {}", "{} excluding {}", "{}, not counting {}", "{} except {}", "{} ex {}"),
    "fr": ("combien de {} sans {}", "{} hors {}", "{} sauf {}"),
    "de": ("{} ohne {}", "{} außer {}, wie viele"),
    "es": ("{} sin {}", "{} excepto {}"),
    "nl": ("{} zonder {}", "{} behalve {}"),
    "it": ("{} senza {}", "{} tranne {}"),
    "ru": ("{} без {}", "{} кроме {}"),
    "tr": ("{1} hariç {0}",),
    "ar": ("{} بدون {}", "{} باستثناء {}"),
}
LISTED = {
    "en": ("how many from {}, {} and {}", "{} {} {} returned", "{}/{}/{} in 2015", "compare {} with {} and {}"),
    "fr": ("combien de {}, {} et {}",),
    "de": ("{}, {} und {}",),
    "es": ("{}, {} y {} cuántos",),
    "nl": ("{}, {} en {} hoeveel",),
    "it": ("{}, {} e {}",),
    "ru": ("{}, {} и {}",),
    "tr": ("{}, {} ve {} kaç kişi",),
    "ar": ("{} و{} و{}",),
}
CODED = ("how many from {}", "{} returned", "{} 2015", "{}, killed", "number for {} please")
languages = st.sampled_from(LANGUAGES)
countries = st.sampled_from(COUNTRIES)


def read(text: str) -> Reading:
    return Reader.load().read(text, today=TODAY)


def plain(reading: Reading) -> Query | None:
    """What is answered without a doubt."""
    return reading.query if isinstance(reading, Read) and not reading.flagged else None


@given(languages, st.data(), st.sampled_from(REGIONS), countries)
@settings(max_examples=150)
def test_what_is_left_out_is_left_out_or_doubted(language: str, data: st.DataObject, region: str, left: str) -> None:
    way = data.draw(st.sampled_from(WITHOUT[language]))
    reading = read(way.format(display_name(region, language), display_name(left, language)))

    query = plain(reading)
    assert query is None or left in query.without


@given(languages, st.data(), st.lists(countries, min_size=3, max_size=3, unique=True))
@settings(max_examples=150)
def test_no_place_of_a_list_vanishes(language: str, data: st.DataObject, places: list[str]) -> None:
    way = data.draw(st.sampled_from(LISTED[language]))
    reading = read(way.format(*(display_name(place, language) for place in places)))

    query = plain(reading)
    assert query is None or set(places) <= set(query.places)


@given(countries, st.sampled_from(CODED))
@settings(max_examples=150)
def test_a_code_in_capitals_is_that_country_or_doubted(code: str, way: str) -> None:
    reading = read(way.format(code))

    query = plain(reading)
    assert query is None or code in query.places


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_no_text_breaks_the_reader(text: str) -> None:
    read(text)


@pytest.mark.parametrize(
    "text", ["belgians 2015 or 2016 women", "how many", "src", "1,700 french?", "be fr de, returned"]
)
def test_no_reading_is_offered_twice_or_as_its_own_alternative(text: str) -> None:
    judged = Reader.load().judge(cleaned(text), TODAY)
    offered = [(other.outcome, other.query) for other in alternatives(judged)]

    assert len(offered) == len(set(offered))
    assert (judged.drafts[0].outcome, judged.drafts[0].query) not in offered
