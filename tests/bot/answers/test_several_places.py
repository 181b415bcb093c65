"""Several places at once: each has its own figures under its own name, or is told to have none; no answer is empty."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answer import Answer, DisputeBlock, OfferBlock, Outcome, SourcesBlock
from bot.answers.compose import compose
from bot.answers.shelf import Shelf
from bot.questions.query import Intent, Query, Read
from bot.render.telling import sentence_of, tell
from bot.words.words import words_of
from db.model.records import Who
from db.model.values import PartialDate
from tests.bot.answers.made import answer, asked, figure, holding, only, real, source

PLACES = ("FR", "TN", "BE", "BH", "PE", "GB", "NO", "SA", "XK", "R:world", "R:western_balkans", "R:gulf", "R:maghreb")
MEASURES = (None, "travelled", "travelled_in_period", "monthly_rate", "present", "returned", "killed", "prevented")
PERIODS = ("../..", "../2015-12-31", "2016-01-01/2016-12-31", "2013-01-01/..")
PUBLISHERS = (None, "un", "official", "tsc", "icsr")
LANGUAGES = ("en", "fr", "ar")
WORDLESS = frozenset({Intent.HELP})
TOLD_BY_PLACE = (Intent.LOOKUP, Intent.COMPARE, Intent.DISPUTES, Intent.TREND)


@cache
def shelf() -> Shelf:
    return Shelf(real())


def told(query: Query) -> Answer:
    return compose(Read(query), real(), question="", shelf=shelf())


queries = st.builds(
    asked,
    *(st.sampled_from(PLACES),) * 2,
    intent=st.sampled_from(sorted(set(Intent) - WORDLESS)),
    measure=st.sampled_from(MEASURES),
    who=st.sampled_from(sorted(Who)),
    period=st.sampled_from(PERIODS),
    publisher=st.sampled_from(PUBLISHERS),
)


@settings(deadline=None, max_examples=300)
@given(queries, st.sampled_from(LANGUAGES))
def test_no_answer_about_two_places_is_empty(query: Query, locale: str) -> None:
    given = told(query)

    assert sentence_of(given, locale)
    kinds = [isinstance(block, OfferBlock) for block in given.blocks]
    assert kinds == sorted(kinds), "what is near stands behind what was asked"


@settings(deadline=None, max_examples=300)
@given(queries.filter(lambda query: query.intent in TOLD_BY_PLACE and len(set(query.places)) == 2))
def test_each_of_two_places_is_named(query: Query) -> None:
    given = told(query)
    if given.outcome is not Outcome.ANSWERED:
        return
    text = "\n".join(line.text for line in tell(given))

    for place in query.places:
        assert words_of("en").place(place) in text or words_of("en").place(place).removeprefix("the ") in text


def test_a_dispute_of_two_places_is_told_place_by_place() -> None:
    holdings = holding(
        figure("100", place="DK", source="un"),
        figure("200", place="DK", source="icsr"),
        figure("10", place="NO", source="un"),
        figure("10", place="NO", source="icsr"),
    )

    given = answer(asked("DK", "NO", intent=Intent.DISPUTES), holdings)

    assert sentence_of(given).startswith("100–200 people from Denmark had gone")
    assert "10 people from Norway had gone" in "\n".join(line.text for line in tell(given))
    assert [block.place for block in given.blocks if isinstance(block, DisputeBlock)] == ["DK", "NO"]


@pytest.mark.parametrize("places", [("DK", "NO"), ("NO", "DK")])
def test_a_place_without_a_figure_is_told_beside_the_other_in_either_order(places: tuple[str, str]) -> None:
    holdings = holding(figure("7", place="DK", who=Who.WOMEN), figure("10", place="NO"))

    given = answer(asked(*places, who=Who.WOMEN), holdings)

    assert sentence_of(given).startswith("7 women from Denmark")
    assert "I hold no figure that answers this for Norway." in [line.text for line in tell(given)]


def test_whether_publishers_agree_is_one_question_of_all_of_them() -> None:
    holdings = holding(
        figure("100", place="DK", source="un", as_of="2015-03"),
        figure("180", place="DK", source="un", as_of="2015-02"),
        figure("250", place="DK", source="icsr", as_of="2015-02"),
        figure("900", place="DK", source="tsc", as_of="2015-02"),
    )
    query = asked("DK", intent=Intent.DISPUTES, publisher="un", publishers=("icsr", "asio"))

    block = only(given := answer(query, holdings), DisputeBlock)

    assert {claim.source.id for claim in block.apart} == {"un", "icsr"}
    assert "I hold no such figure by ASIO for Denmark." in [line.text for line in tell(given)]


def test_what_one_publisher_says_twice_is_no_dispute_with_another() -> None:
    holdings = holding(
        figure("100", place="DK", source="un", as_of="2015-02"),
        figure("180", place="DK", source="un", as_of="2015-02"),
        figure("180", place="DK", source="icsr", as_of="2013-02"),
    )

    alone = only(answer(asked("DK", intent=Intent.DISPUTES, publisher="un"), holdings), DisputeBlock)
    both = answer(asked("DK", intent=Intent.DISPUTES, publisher="un", publishers=("icsr",)), holdings)

    assert len(alone.apart) == 2
    assert not only(both, DisputeBlock).apart


def test_coverage_tells_when_its_newest_document_was_published() -> None:
    older, newer = (
        replace(source("a"), published=PartialDate(2015)),
        replace(source("b"), published=PartialDate(2017, 3)),
    )
    held = replace(holding(figure("1", place="DK", source="a"), figure("2", place="DK", source="b")))
    given = answer(asked("DK", intent=Intent.COVERAGE), replace(held, sources={"a": older, "b": newer}))

    assert sentence_of(given) == "Denmark: I hold 2 figures from 2 sources (newest: Mar 2017)."


def test_a_publishers_own_documents_are_cited_before_those_that_pass_on_its_numbers() -> None:
    relay = replace(source("aa_relay", publisher="Relay"), authority="ICSR")
    own = source("icsr_2015", publisher="ICSR")
    held = holding(figure("1", place="DK", source="aa_relay"), figure("2", place="DK", source="icsr_2015"))
    query = asked("DK", intent=Intent.SOURCES, publisher="icsr")

    block = only(answer(query, replace(held, sources={"aa_relay": relay, "icsr_2015": own})), SourcesBlock)

    assert [one.id for one in block.sources] == ["icsr_2015", "aa_relay"]
