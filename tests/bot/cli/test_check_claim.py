"""Checking a text in the terminal, for people and for programs."""

from __future__ import annotations

import json

import pytest

from tests.bot.cli.conftest import Run

TEXT = "Belgium: 4 people left in 2016, 414 in 2013."


def test_each_number_is_an_object(inflow: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert inflow("check-claim", "--json", TEXT) == 1  # one differs
    numbers = json.loads(capsys.readouterr().out)["numbers"]
    assert [(one["number"], one["place"], one["measure"], one["verdict"]) for one in numbers] == [
        (4, "BE", "travelled_in_period", "agrees"),
        (414, "BE", "travelled_in_period", "differs"),
    ]
    assert (numbers[0]["period_start"], numbers[0]["period_end"]) == ("2016-01-01", "2016-12-31")
    assert numbers[0]["claims"] == ["be-travelled_in_period-hln_belga_2019_11_30-4"]
    assert all(one["why"] for one in numbers)


def test_people_get_lines(inflow: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert inflow("check-claim", "4 Belgians left in 2016.") == 0
    told = capsys.readouterr().out
    assert "4 · ✅ agrees" in told
    assert "HLN" in told


def test_a_text_without_numbers_says_so(inflow: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert inflow("check-claim", "--json", "Nice weather") == 1
    assert json.loads(capsys.readouterr().out) == {"numbers": []}
    assert inflow("check-claim", "Nice weather") == 1
    assert "found no number" in capsys.readouterr().out
