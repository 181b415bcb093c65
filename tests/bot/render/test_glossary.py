"""Every word that an answer prints can be asked about, and is told in the language of the answer."""

from __future__ import annotations

import re

import pytest

from bot.answers.notes import NoteKind
from bot.render.glossary import heard_term
from bot.render.outline import Role
from bot.render.telling import sentence_of, tell
from bot.words.catalogue import catalogue_of, languages
from bot.words.words import words_of
from tests.golden.asked import answer_to

LOCALES = languages()
PRINTED = tuple(
    "basis. check. compare. dest. differs. footer grade. measure. note. origins rank. reports rule. share. span "
    "status. total. value.".split()
)
ORDINARY = ("check.why.", "footer.page", "status.current")
"""Sentences and words that need no meaning of their own."""
ASKED = {
    "en": "what does “{}” mean",
    "fr": "que veut dire « {} »",
    "de": "was heißt „{}“",
    "es": "qué significa «{}»",
    "it": "che cosa significa «{}»",
    "nl": "wat betekent “{}”",
    "ar": "ماذا يعني «{}»",
}


def printed(locale: str) -> dict[str, str]:
    """What a card prints as words of the program, by its message: the longest stretch without a value."""
    found = {}
    for key, text in catalogue_of(locale).words.items():
        words = max((part.strip(" .:;,()،؛·") for part in re.split(r"\{[^}]*\}", text)), key=len)
        if key.startswith(PRINTED) and not key.startswith(ORDINARY) and len(words) > 3:
            found[key] = words
    assert len(found) > 150
    return found


@pytest.mark.parametrize("locale", LOCALES)
def test_every_name_of_a_printed_word_finds_its_meaning(locale: str) -> None:
    words = words_of(locale)
    held = catalogue_of(locale).words
    terms = {key.partition(".")[2] for key in held if key.startswith(("heard.", "measure."))}
    assert {"grade", "origin", "none_known", "disputed", "travelled", "returned"} <= terms
    for term in terms:
        assert f"term.{term}" in words or f"meaning.{term}" in words
    for key, text in held.items():
        if key.startswith(("heard.", "measure.")):
            for name in text.split("|"):
                assert heard_term(f"“{name}”?"), name


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("what is grade C6", "term.grade"),
        ("what does none known mean", "term.none_known"),
        ("what is an independent origin", "term.origin"),
        ("define travelled in period", "meaning.travelled_in_period"),
    ],
)
def test_a_question_for_a_word_opens_with_its_meaning(question: str, term: str, locale: str) -> None:
    answer = answer_to(question)
    assert words_of(locale).say(term) in sentence_of(answer, locale)


@pytest.mark.parametrize("locale", LOCALES)
def test_an_unknown_word_is_told_what_is_defined_and_no_other_meaning(locale: str) -> None:
    answer, words = answer_to("define flobber"), words_of(locale)
    sentence = sentence_of(answer, locale)
    assert words.measure("travelled") in sentence
    assert words.say("meaning.killed") not in sentence
    assert any(words.say("meaning.killed") in line.text for line in tell(answer, locale))


@pytest.mark.parametrize("locale", LOCALES)
def test_whatever_a_card_prints_has_a_meaning(locale: str) -> None:
    words = words_of(locale)
    terms = {key: heard_term(text) for key, text in printed(locale).items()}
    assert [key for key, term in terms.items() if f"term.{term}" not in words and f"meaning.{term}" not in words] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_whatever_a_card_prints_can_be_quoted_and_asked_about(locale: str) -> None:
    words, missed = words_of(locale), []
    for key, text in printed(locale).items():
        told, term = sentence_of(answer_to(ASKED[locale].format(text)), locale), heard_term(text)
        if not any(words.say(name) in told for name in (f"term.{term}", f"meaning.{term}") if name in words):
            missed.append(key)
    most = 0 if locale == "en" else 8  # of some 170: sentences that are read as another question
    assert len(missed) <= most, missed


def test_a_word_that_is_explained_is_not_said_to_be_read_as_another() -> None:
    answer = answer_to("que veut dire organisme indépendant")
    assert any(note.kind is NoteKind.READ_AS for note in answer.notes)
    assert [line.role for line in tell(answer, "fr") if line.role is Role.NOTE] == []
