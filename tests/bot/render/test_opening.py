"""The sentence that an answer opens with says who, how many, what, when and says whom, in every language."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from bot.answers.answer import (
    Answer,
    ClaimsBlock,
    CompareBlock,
    DisputeBlock,
    Outcome,
    RankBlock,
    ShareBlock,
    SidesBlock,
    SourcesBlock,
    TotalBlock,
    TrendBlock,
)
from bot.render.telling import sentence_of
from bot.words.catalogue import languages
from bot.words.words import words_of
from tests.golden.asked import QUESTIONS, answer_to, holdings

ISOLATES = re.compile("[\u2066-\u2069\u200f]")
WITH_FIGURES = (
    ClaimsBlock
    | CompareBlock
    | DisputeBlock
    | RankBlock
    | ShareBlock
    | SidesBlock
    | SourcesBlock
    | TotalBlock
    | TrendBlock
)


@cache
def answers() -> dict[str, Answer]:
    """What the golden questions are answered, by name; made when a test asks, not when tests are collected."""
    return {asked.name: answer_to(asked.question) for asked in QUESTIONS}


@pytest.mark.parametrize("locale", languages())
def test_it_says_who_how_many_and_says_whom(locale: str) -> None:
    words, wrong, told = words_of(locale), [], 0
    for name, answer in answers().items():
        claim = answer.headline
        if claim is None or not isinstance(answer.blocks[0], ClaimsBlock):
            continue
        told += 1
        sentence, figure = sentence_of(answer, locale), claim.figure
        origin = answer.sources.get(claim.relay_chain[-1])
        says = (
            words.value(figure.value).casefold() in sentence.casefold() or figure.value.is_zero,
            figure.place == "R:world" or words.from_place(figure.place) in sentence,
            words.body(origin.publisher if origin else claim.relay_chain[-1]) in sentence,
            not re.search(r" {2}| [.,)]|\( |{", ISOLATES.sub("", sentence)),
        )
        if not all(says):
            wrong.append((name, sentence, says))
    assert wrong == []
    assert told >= 10


@pytest.mark.parametrize("locale", languages())
def test_every_sentence_with_figures_names_somebody_who_says_so(locale: str) -> None:
    words, wrong, told = words_of(locale), [], 0
    for name, answer in answers().items():
        if answer.outcome is not Outcome.ANSWERED or not isinstance(answer.blocks[0], WITH_FIGURES):
            continue
        told += 1
        sentence = sentence_of(answer, locale)
        sources = {*answer.sources.values(), *(claim.source for claim in answer.claims)}
        names = {
            each for source in sources for each in (words.body(source.publisher), words.body_name(source.publisher))
        }
        if not any(each in sentence for each in names if each):
            wrong.append((name, sentence, "names nobody"))
        if re.search(r" {2}| [.,)]|\( |[{}]", ISOLATES.sub("", sentence)):
            wrong.append((name, sentence, "is not well set"))
    assert wrong == []
    assert told >= 20


@pytest.mark.parametrize("locale", languages())
@pytest.mark.parametrize(
    "question", ["How many from the EU without the UK?", "top 3 in western europe without Belgium"]
)
def test_the_sentence_names_what_is_left_out(question: str, locale: str) -> None:
    answer, words = answer_to(question), words_of(locale)
    assert answer.reading.query is not None
    assert answer.reading.query.without
    assert all(words.place(place) in sentence_of(answer, locale) for place in answer.reading.query.without)


@pytest.mark.parametrize("locale", languages())
def test_every_measure_group_and_number_is_a_sentence(locale: str) -> None:
    """Every figure that is held can open an answer: no form is missing, no slot is left, no gap stays."""
    template = answer_to("How many Belgians left for Syria in 2016?")
    assert template.headline is not None
    block = template.blocks[0]
    assert isinstance(block, ClaimsBlock)
    told = set()
    for figure in (figure for figures in holdings().figures.values() for figure in figures):
        claim = replace(template.headline, figure=figure)
        answer = replace(template, headline=claim, blocks=(replace(block, claims=(claim,)),), notes=())
        sentence = ISOLATES.sub("", sentence_of(answer, locale))
        assert not re.search(r" {2}| [.,)]|\( |[{}]", sentence), sentence
        told.add(sentence)
    assert len(told) > 300


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "belgians_2016",
            "4 people from Belgium went to Syria in 2016, says the Belgian Interior Ministry "
            "(via HLN / Belga, 30 Nov 2019).",
        ),
        ("share", "Belgium: the share is 31.4%, 135 people (returned, by 16 Oct 2019) out of 430 people "
         "(ever travelled, by 16 Oct 2019); computed here from figures of OCAM/OCAD."),
    ],
)  # fmt: skip
def test_the_sentence(name: str, sentence: str) -> None:
    assert sentence_of(answer_to(next(asked.question for asked in QUESTIONS if asked.name == name))) == sentence
