"""Whole readings are weighed against each other: what no part of a question shows by itself."""

from __future__ import annotations

import math
from datetime import date
from functools import cache

import pytest

from bot.questions import ranking
from bot.questions.query import Read
from bot.questions.reader import Reader
from bot.questions.scorer import Model, packed
from tests.bot.questions.test_reading import ROWS

TODAY = date(2022, 6, 1)


@cache
def reader() -> Reader:
    return Reader.load()


@pytest.mark.parametrize("row", ROWS[::9], ids=lambda row: row["id"])
def test_the_readings_differ_and_share_one_probability(row: dict[str, str]) -> None:
    drafts = reader().judge(row["question"], TODAY).drafts

    assert len({(draft.outcome, draft.query) for draft in drafts}) == len(drafts)
    assert [draft.score for draft in drafts] == sorted((draft.score for draft in drafts), reverse=True)
    assert sum(math.exp(draft.score) for draft in drafts) == pytest.approx(1)


def test_each_reading_counts_its_own_roles() -> None:
    judged = reader().judge("the EU without the UK and Malta, returned by 2016", TODAY)

    assert judged.heard.roles == judged.drafts[0].roles
    assert all(set(draft.roles) == set(judged.heard.slots) for draft in judged.drafts)


def test_without_a_model_the_order_stays_and_with_one_it_is_what_the_signs_add_up_to() -> None:
    scores, signs = [-0.1, -2.5, -3.0], [{"a"}, {"a", "b"}, {"c"}]
    weighed = ranking.ranked(scores, signs, Model((ranking.CLASS,), 0.5, {"a": packed([-3]), "b": packed([9])}))

    assert sorted(ranking.ranked(scores, signs, None), reverse=True) == ranking.ranked(scores, signs, None)
    assert weighed[1] - weighed[0] == pytest.approx(-2.4 + 4.5)
    assert sum(map(math.exp, weighed)) == pytest.approx(1)


@pytest.mark.parametrize("name", ["colombia", "slovenia", "niger", "austria", "kosovo", "germany"])
@pytest.mark.parametrize("between", ["-", " ", "."])
def test_what_is_spelled_letter_by_letter_is_the_word(name: str, between: str) -> None:
    spelled, whole = (
        reader().read(text, today=TODAY) for text in (f"{between.join(name)} returned", f"{name} returned")
    )

    assert isinstance(spelled, Read)
    assert isinstance(whole, Read)
    assert spelled.query == whole.query


@pytest.mark.parametrize("word", ["true", "good", "time", "more", "plans", "state"])
@pytest.mark.parametrize("phrase", ["is that {} for the Bosnians?", "{} of the Bosnians", "the {} for Bosnians"])
def test_ordinary_words_beside_an_article_are_no_misspelt_place(word: str, phrase: str) -> None:
    spans = reader().judge(phrase.format(word), TODAY).heard.spans

    assert [place.ids for place in spans.places] == [("BA",)]
