"""Why a number opens an answer: every rival is named once, with what put it behind, in every language."""

from __future__ import annotations

import pytest

from bot.answers.notes import HeadlineRule
from bot.render.outline import Role
from bot.render.payload import to_payload
from bot.render.steps import TYPED, next_line, step_label, steps_of
from bot.render.telling import tell
from bot.render.why import beaten, has_why, tell_why, weighed
from bot.words.catalogue import languages
from bot.words.words import words_of
from db.model.records import Counts
from tests.golden.asked import QUESTIONS, Asked, answer_to

ASKED = [asked for asked in QUESTIONS if asked.locale == "en"]


@pytest.mark.parametrize("locale", languages())
def test_every_reason_has_its_words(locale: str) -> None:
    words = words_of(locale)
    reasons = [rule for rule in HeadlineRule if rule not in (HeadlineRule.ONLY, HeadlineRule.DEFINITION)]
    counts = [count for count in Counts if count not in (Counts.AS_MEASURED, Counts.ARRIVALS)]
    keys = [f"why.{reason}" for reason in (*reasons, *counts, "disputed", "ceiling", "unconfirmed")]
    assert [key for key in keys if key not in words] == []


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.name)
def test_every_claim_that_does_not_open_is_named_with_its_reason(asked: Asked) -> None:
    answer = answer_to(asked.question)
    rivals = [claim for block in weighed(answer) for claim, _ in beaten(block)]
    for block in weighed(answer):
        assert len(block.beaten) == len(block.claims) - 1
        opens = () if block.rule is HeadlineRule.DISAGREE else block.claims[:1]
        named = [claim.figure.id for claim in (*opens, *(claim for claim, _ in beaten(block)))]
        assert named == [claim.figure.id for claim in (*block.claims, *block.earlier)]
    for locale in languages():
        told = tell_why(answer, locale)
        assert sum(line.role is Role.ITEM for line in told) == len(rivals)
        assert not [line for line in told if "{" in line.text]
    assert has_why(answer) == bool(rivals)


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.name)
def test_programs_are_told_the_same(asked: Asked) -> None:
    answer = answer_to(asked.question)
    payload = to_payload(answer, "fr")
    assert isinstance(payload["why"], list)
    assert isinstance(payload["followups"], list)
    labels = [step["label"] for step in payload["followups"] if isinstance(step, dict)]
    assert labels == [step_label(step, answer, words_of("fr")) for step in answer.further]


def test_a_claim_of_an_older_time_says_so() -> None:
    told = [line.text for line in tell_why(answer_to("how many belgians went to syria"))]
    assert any(text.endswith("speaks of an earlier time") for text in told)


@pytest.mark.parametrize("locale", languages())
def test_what_may_be_asked_next_is_one_line(locale: str) -> None:
    answer, words = answer_to("How many Belgians left for Syria in 2016?"), words_of(locale)
    labels = [step_label(step, answer, words) for step in steps_of(answer)]
    assert len(set(labels)) == len(labels) > TYPED
    numbered = next_line(answer, words, numbered=True)
    assert all(f"{number} {label}" in numbered for number, label in enumerate(labels, start=1))
    assert next_line(answer, words).count('"') == 2 * TYPED
    assert next_line(answer_to("paris"), words) == ""


@pytest.mark.parametrize("locale", languages())
def test_what_is_asked_by_why_this_number_says_which_claim_opens(locale: str) -> None:
    answer = answer_to("high and low for Jordan")
    block = weighed(answer)[0]
    rule = words_of(locale).say(f"rule.{block.rule}")
    assert any(rule[1:].rstrip(".") in line.text for line in tell(answer, locale))
