"""Sentences made from the data files: what a row says is agreed with, and no changed one is unless a row says it."""

from __future__ import annotations

from random import Random

from bot.answers.claim_check import Verdict
from tests.audit.claims import Line, claims_of_row, false_claims, is_said, rows
from tests.bot.answers.test_claim_check import checked
from tests.often import LONG


def sampled(step: int) -> list[Line]:
    return [row for index, row in enumerate(rows()) if index % step == 0]


def test_what_the_files_say_is_agreed_with() -> None:
    texts = [text for row in sampled(7) for text in claims_of_row(row)]
    agreed = sum(one.verdict is Verdict.AGREES for text in texts for one in checked(text))
    assert len(texts) > 120
    assert agreed >= 0.9 * len(texts)


def test_no_changed_number_place_measure_or_time_is_agreed_with_unless_some_row_says_it() -> None:
    """The files, read by a plain evaluator, say what is said; a false agreement is the worst fault there is."""
    rng = Random(7)
    seen = 0
    for row in sampled(max(1, 9 // LONG)):
        for text, about in false_claims(row, rng):
            for one in checked(text):
                seen += 1
                if one.verdict is Verdict.AGREES:
                    assert is_said(about), text
    assert seen > 300


def test_every_agreement_names_figures_of_the_same_place_measure_and_people() -> None:
    for row in sampled(5):
        for text in claims_of_row(row):
            for one in checked(text):
                for claim in one.claims if one.verdict is Verdict.AGREES else ():
                    assert claim.figure.place == one.statement.place
                    assert claim.figure.measure == one.statement.measure
                    assert claim.figure.who is one.statement.who
