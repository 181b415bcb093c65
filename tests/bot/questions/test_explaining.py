"""What ``inflow read --explain`` tells adds up to the reading."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import pytest

from bot.cli import main
from bot.questions.explaining import explained
from bot.questions.reader import Judged, Reader
from bot.questions.scorer import model
from tests.bot.questions.scoring import read_table

TODAY = date(2026, 11, 29)
CASES = Path(__file__).parents[2] / "cases" / "questions.csv"
TEXTS = [row["question"] for row in read_table(CASES)][::23]


def judged(text: str) -> Judged:
    return Reader.load().judge(text, TODAY)


@pytest.mark.parametrize("text", TEXTS)
def test_the_features_told_add_up_to_the_difference_of_the_scores(text: str) -> None:
    found = judged(text)
    chosen, rival = sorted(found.heard.intents, key=lambda name: -found.heard.intents[name])[:2]

    parts = sum(weight for _, weight in model("intent").reasons(found.heard.text_features, chosen, rival))

    apart = math.log(found.heard.intents[chosen]) - math.log(found.heard.intents[rival])
    assert parts == pytest.approx(apart, abs=1e-6)


@pytest.mark.parametrize("text", TEXTS)
def test_every_span_is_told_with_its_role(text: str) -> None:
    found = judged(text)
    told = "\n".join(explained(found))

    for kind, given in found.heard.roles.items():
        lines = [line for line in told.splitlines() if line.startswith(f"{kind:<9}")]
        assert [any(f" {role} (" in line for line in lines) for role in given] == [True] * len(given)


def test_it_is_printed_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "--explain", "the EU without the UK, returned by 2016"]) == 0

    told = capsys.readouterr().out
    assert "'the UK' without" in told
    assert "'by 2016' asked" in told
