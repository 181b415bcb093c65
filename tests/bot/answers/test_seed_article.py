"""The sentences of the seed article, asked as people ask them, keep their number and their chain."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from bot.answers.answer import Answer, DisputeBlock, SourcesBlock
from bot.answers.compose import compose
from bot.questions.dialogue.state import State
from bot.questions.dialogue.talking import Dialogue
from bot.questions.reader import Reader
from tests.bot.answers.made import printed, real

TODAY = date(2026, 11, 23)
ARTICLE, POST, US = "intelnews_2016_09", "washington_post_2016_09", "us_intelligence_2016_09"
SENTENCES = {
    "Belgians": ("be-travelled_in_period-intelnews_2016_09", "0", (ARTICLE, POST)),
    "Britons": ("gb-travelled_in_period-intelnews_2016_09", "0", (ARTICLE, POST)),
    "Americans": ("us-travelled_in_period-intelnews_2016_09", "<10", (ARTICLE, POST)),
    "people": ("world-travelled_in_period-intelnews_2016_09", "50", (ARTICLE, POST, US)),
}
"""Whom the article counts in 2016: its figure, and the documents that it goes back to as far as it says so."""
ASKED = [
    *((who, f"How many {who} {verb} in 2016?") for who in SENTENCES for verb in ("travelled", "went", "left")),
    ("Belgians", "departures from Belgium in 2016"),
    ("Britons", "departures from the UK in 2016"),
    ("Americans", "departures from the US in 2016"),
    ("people", "departures in 2016"),
    ("Belgians", "Belgian recruits in 2016"),
    ("Britons", "British recruits in 2016"),
    ("Americans", "American recruits in 2016"),
    ("people", "recruits in 2016"),
]
COUNTRIES = "how many countries did they come from by the end of 2015"


@cache
def dialogue() -> Dialogue:
    return Dialogue(Reader.load())


def told(*turns: str) -> list[Answer]:
    """The answers of a chat."""
    state, answers = State(), []
    for text in turns:
        turn = dialogue().turn(text, today=TODAY, state=state)
        state = turn.state
        answers.append(compose(turn.reading, real(), question=text))
    return answers


@pytest.mark.parametrize(("who", "question"), ASKED)
def test_a_sentence_of_the_article_is_answered_with_its_chain(who: str, question: str) -> None:
    figure, value, chain = SENTENCES[who]
    answer, sources, rivals = told(question, "who says so", "is that right")

    claims = {claim.figure.id: claim for claim in answer.claims}
    assert (printed(claims[figure].figure.value), claims[figure].relay_chain) == (value, chain)
    (listed,) = (block for block in sources.blocks if isinstance(block, SourcesBlock))
    assert ARTICLE in {claim.source.id for claim in sources.claims}, listed
    assert any(isinstance(block, DisputeBlock) for block in rivals.blocks)
    assert figure in {claim.figure.id for claim in rivals.claims}


def test_a_later_count_revises_none_known_and_says_so_first() -> None:
    (answer,) = told("How many Belgians travelled in 2016?")
    assert answer.headline is not None
    assert printed(answer.headline.figure.value) == "4"


def test_the_total_by_the_end_of_2015_is_the_soufan_group_s_and_one_body() -> None:
    answer, sources = told("how many people had gone by the end of 2015", "who says so")
    claims = {claim.figure.source: claim for claim in answer.claims}
    assert claims[ARTICLE].relay_chain == (ARTICLE, POST, "tsg_2015")
    assert claims[ARTICLE].bodies == claims["tsg_2015"].bodies == ("Soufan",)
    assert {ARTICLE, "tsg_2015"} <= {claim.source.id for claim in sources.claims}


@pytest.mark.parametrize("before", [(), ("how many people had gone by the end of 2015",)], ids=["alone", "in a chat"])
def test_the_countries_of_origin_by_the_end_of_2015_are_the_soufan_group_s_and_one_body(
    before: tuple[str, ...],
) -> None:
    *_, answer, sources, rivals = told(*before, COUNTRIES, "who says so", "is that right")
    assert answer.headline is not None
    assert (answer.headline.figure.source, printed(answer.headline.figure.value)) == ("tsg_2015", ">=86")
    for shown in (answer, sources, rivals):
        claims = {claim.figure.source: claim for claim in shown.claims}
        assert claims[ARTICLE].relay_chain == (ARTICLE, POST, "tsg_2015")
        assert claims[ARTICLE].bodies == claims["tsg_2015"].bodies == ("Soufan",)


def test_the_peak_of_a_month_is_answered_with_its_chain() -> None:
    (answer,) = told("How many recruits a month crossed into Syria at the peak?")
    (claim,) = (claim for claim in answer.claims if claim.figure.id == "world-monthly_rate-intelnews_2016_09")
    assert (printed(claim.figure.value), claim.relay_chain) == ("~2000", (ARTICLE, POST, US))
