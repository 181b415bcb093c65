"""Laws of the tables of words: what is counted and who is heard, whatever stands in front of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.places.resolve import Resolver
from bot.questions import roles
from bot.questions.drafting import compose
from bot.questions.hearing import hear
from bot.questions.lexicon import LANGUAGES, NAMING, lexicon, read_words
from bot.questions.reader import MODELS
from bot.questions.scorer import model
from bot.questions.spans import Spans, spans_of
from bot.questions.tokens import tokens_of
from db.model.records import Who

TODAY = date(2017, 6, 1)
LEADING = frozenset("rank rank_low share compare total without with only fraction each".split())
SAID = frozenset(roles.GROUPS) | {"returned", "killed"}
MARKS = "\u064e\u064f\u0650\u0651\u0652"


def taken_apart(text: str) -> Spans:
    return spans_of(text, Resolver.load(), TODAY)


def said(text: str) -> list[str]:
    """The groups that a text names, in their order."""
    senses = sorted(taken_apart(text).senses, key=lambda sense: sense.first)
    return [group for sense in senses for group in roles.GROUPS if group in sense.tags]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_hides_who_or_what_is_counted_behind_a_leading_word(language: str) -> None:
    table = read_words(language)
    hiding = []
    for phrase, tags in table.items():
        words = phrase.split(" ")
        for at in range(1, len(words)) if tags <= LEADING else ():
            left, right = table.get(" ".join(words[:at])), table.get(" ".join(words[at:]))
            if left and right and tags <= left and right <= SAID:
                hiding.append(phrase)
    assert hiding == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_bare_number_is_a_group(language: str) -> None:
    groups = [phrase for phrase, tags in read_words(language).items() if not tags.isdisjoint(roles.GROUPS)]
    assert [phrase for phrase in groups if phrase.isdigit()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_understood_in_all_languages(language: str) -> None:
    own = read_words(language)
    names = {phrase: tags for phrase, tags in read_words("en").items() if any(tag.startswith(NAMING) for tag in tags)}
    assert len(names) > 50
    lost = [phrase for phrase, tags in names.items() if phrase not in own and lexicon(language).phrases[phrase] != tags]
    assert lost == []


@pytest.mark.parametrize("tag", ["women", "minors", "men", "adults", "sexes"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_has_words_in_every_language(tag: str, language: str) -> None:
    assert sum(tag in tags for tags in read_words(language).values()) >= 5


@pytest.mark.parametrize(
    ("sign", "group"), [("♀", "women"), ("♂", "men"), ("<18", "minors"), ("< 18", "minors"), (">18", "adults")]
)
@pytest.mark.parametrize("text", ["FR {}", "{} Kosovo", "combien de Belges, {}", "wie viele Deutsche {}", "AT ex-{}"])
def test_a_sign_is_a_group(sign: str, group: str, text: str) -> None:
    assert said(text.format(sign)) == [group]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("women", "children"),
        ("femmes", "enfants"),
        ("Frauen", "Kinder"),
        ("mujeres", "niños"),
        ("donne", "bambini"),
        ("vrouwen", "kinderen"),
        ("женщин", "детей"),
        ("kadınlar", "çocuklar"),
    ],
)
def test_a_comma_parts_two_groups(one: str, other: str) -> None:
    assert said(f"{one}, {other}, Tunisia") == ["women", "minors"]


@pytest.mark.parametrize("name", ["un", "icsr", "soufan", "europol", "new america", "ctc", "bvt"])
@pytest.mark.parametrize(
    "text",
    [
        "according to {}, how many Danes", "selon {}, combien de Danois", "laut {}, wie viele Dänen",
        "según {}, cuántos daneses", "secondo {}, quanti danesi", "volgens {}, hoeveel Denen",
        "по данным {}, сколько датчан", "{} raporunda kaç Danimarkalı", "حسب {} كم دنماركي",
    ],
)  # fmt: skip
def test_a_publisher_is_heard_in_every_language(name: str, text: str) -> None:
    if name == "un" and text.split()[0] in ("selon", "según", "secondo", "{}"):
        pytest.skip("a word of that language")
    tags = {tag for sense in taken_apart(text.format(name.upper())).senses for tag in sense.tags}
    assert f"publisher_{name.replace(' ', '_')}" in tags


@pytest.mark.parametrize(("text", "place"), [("volgens de VN, hoeveel?", "VN"), ("BM'ye göre kaç kişi", "BM")])
def test_a_publisher_with_the_letters_of_a_code_is_no_place(text: str, place: str) -> None:
    assert place not in {one for place in taken_apart(text).places for one in place.ids}


@pytest.mark.parametrize(
    "word", [word for word, tags in read_words("ar").items() if "killed" in tags and " " not in word]
)
def test_an_arabic_word_is_the_same_with_its_vowel_signs(word: str) -> None:
    marked = "".join(letter + MARKS[at % len(MARKS)] for at, letter in enumerate(word))
    assert [token.word for token in tokens_of(marked)] == [token.word for token in tokens_of(word)]


@pytest.mark.parametrize(
    ("text", "language"),
    [("SE ret. 2015, src?", "en"), ("SE terugk. 2015", "nl"), ("SA: why 2?", "en"), ("DES FRANÇAIS EN SYRIE", "fr")],
)
def test_codes_in_capitals_do_not_tell_the_language(text: str, language: str) -> None:
    assert taken_apart(text).language == language


def heard_as(text: str, intent: str) -> list[Who]:
    """The groups of a text where all that it names are asked."""
    heard = hear(taken_apart(text), {name: model(name) for name in MODELS})
    asked = replace(heard, roles={**heard.roles, "group": [roles.ASKED] * len(heard.slots["group"])})
    query = compose(asked, intent, "")
    return [query.who, *query.groups]


@pytest.mark.parametrize("together", ["women and children", "frauen und kinder", "femmes et enfants", "женщины и дети"])
def test_what_is_one_group_is_two_where_nothing_else_is_compared(together: str) -> None:
    both, apart = [Who.WOMEN_AND_MINORS], [Who.WOMEN, Who.MINORS]
    assert heard_as(f"Kosovo: {together}", "lookup") == both
    assert heard_as(f"Kosovo: {together}", "compare") == apart
    assert heard_as(f"Kosovo, Albania: {together}", "compare") == both
    assert heard_as(f"Kosovo: men, {together}", "compare") == [Who.MEN, *apart]
    assert heard_as(f"Kosovo: men or rather {together}", "compare") == [Who.MEN, *both]


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_sex_is_women_and_men(language: str) -> None:
    for phrase in (phrase for phrase, tags in read_words(language).items() if "sexes" in tags):
        assert heard_as(f"Kosovo: {phrase}", "compare")[:2] == [Who.WOMEN, Who.MEN], phrase


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("how many Danes were in Syria", "present"), ("Danes back from Syria", "returned"),
        ("who left Syria", "returned"),
        ("Danois encore en Syrie", "present"), ("Dänen noch in Syrien", "present"),
        ("daneses siguen en Siria", "present"),
        ("danesi ancora in Siria", "present"), ("hoeveel Denen nog in Syrië", "present"),
        ("датчан сейчас в Сирии", "present"),
        ("Danois morts en Syrie", "killed"), ("Dänen zurück aus Syrien", "returned"),
        ("датчане вернулись из Сирии", "returned"),
        ("كم دنماركي ما زالوا في سوريا", "present"), ("hala suriyede kaç Danimarkalı", "present"),
    ],
)  # fmt: skip
def test_what_is_counted_is_heard_with_the_name_of_the_theatre_in_it(text: str, measure: str) -> None:
    spans = taken_apart(text)
    assert measure in {tag for sense in spans.senses if len(sense.phrase) > 1 for tag in sense.tags}
    assert ("SY",) in {place.ids for place in spans.places}
