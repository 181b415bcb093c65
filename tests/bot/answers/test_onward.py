"""What is one tap away from an answer has an answer of its own, and another one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bot.answers.answer import Answer, Outcome
from bot.answers.compose import compose
from bot.answers.onward import MOST_FURTHER, let_go
from bot.answers.ways import Way
from bot.questions.query import Intent, Query, Read
from bot.render.fragments import SEPARATOR
from bot.render.reading import query_parts
from bot.render.steps import step_label
from bot.render.terminal import to_text
from bot.words.catalogue import languages
from bot.words.words import words_of
from db.model.records import Who
from db.model.values import PartialDate, Period
from tests.golden.asked import answer_to, holdings

CASES = Path(__file__).parents[2] / "cases" / "questions.csv"
EVERY = 5
"""One in so many of the labelled questions is answered here."""


def asked() -> list[str]:
    rows = csv.DictReader(CASES.read_text(encoding="utf-8").splitlines())
    return [row["question"] for row in rows][::EVERY]


def answer_of(query: Query) -> Answer:
    return compose(Read(query), holdings(), question="")


def test_whatever_is_offered_is_held_and_is_another_answer() -> None:
    wrong, offered = [], 0
    for question in asked():
        answer = answer_to(question)
        assert len(answer.further) <= MOST_FURTHER
        assert len(answer.otherwise) <= 1  # nothing is carried into a first question
        for step in (*answer.otherwise, *answer.further):
            offered += 1
            other = answer_of(step.query)
            if other.outcome is not Outcome.ANSWERED or (other.blocks, other.headline) == (
                answer.blocks,
                answer.headline,
            ):
                wrong.append((question, step.way, step.query))
    assert offered > 100
    assert wrong == []


def test_most_answers_lead_on() -> None:
    answers = [answer for question in asked() if (answer := answer_to(question)).outcome is Outcome.ANSWERED]
    lead = [answer for answer in answers if answer.further]
    assert len(lead) >= 0.9 * len(answers)


@pytest.mark.parametrize("question", ["monthly rate for Cyprus in 2018", "paris", "who is the most wanted", "congo"])
def test_nothing_is_offered_after_a_question_without_an_answer(question: str) -> None:
    assert answer_to(question).further == ()


def test_departures_and_all_who_had_gone_lead_to_each_other_where_they_differ() -> None:
    in_time = answer_to("How many Belgians left for Syria in 2016?").otherwise
    assert [step.way for step in in_time] == [Way.IN_TOTAL]
    (back,) = answer_of(in_time[0].query).otherwise
    assert back.way is Way.IN_TIME
    assert answer_of(back.query).headline == answer_to("How many Belgians left for Syria in 2016?").headline


CARRIED = {
    "place": Query(Intent.LOOKUP, places=("BE",)),
    "measure": Query(Intent.LOOKUP, places=("BE",), measure="returned"),
    "who": Query(Intent.LOOKUP, places=("BE",), who=Who.WOMEN),
    "time": Query(Intent.LOOKUP, places=("FR",), period=Period(PartialDate(2015), PartialDate(2015))),
    "rate": Query(Intent.LOOKUP, places=("BE",), per_million=True),
}


@pytest.mark.parametrize("part", CARRIED)
@pytest.mark.parametrize("locale", languages())
def test_whatever_was_carried_can_be_let_go_of_and_is_named_on_the_way(part: str, locale: str) -> None:
    query, words = CARRIED[part], words_of(locale)
    answer = compose(Read(query, carried=(part,)), holdings(), question="")
    step = answer.otherwise[0]
    assert step.way is Way.ALONE
    assert step.query == let_go(query, [part]) != query
    named = set(query_parts(query, words)) - set(query_parts(step.query, words))
    assert step_label(step, answer, words) == words.say("further.alone", before=SEPARATOR.join(named))
    assert words.say("read.carried", part=next(iter(named))) in " ".join(to_text(answer, 500, locale).split("\n")[:2])
    assert Way.ALONE not in [one.way for one in compose(Read(query), holdings(), question="").otherwise]


def test_a_comparison_without_its_places_asks_of_the_world() -> None:
    let = let_go(Query(Intent.COMPARE, places=("BE", "FR"), who=Who.WOMEN), ["place"])
    assert let == Query(Intent.LOOKUP, places=("R:world",), who=Who.WOMEN)
