"""Asking in the terminal: what may be asked next stands below each answer and can be typed, or chosen by number."""

from __future__ import annotations

import io

import pytest

from tests.bot.cli.conftest import Run

QUESTION = "How many Belgians left for Syria in 2016?"


def chat(inflow: Run, monkeypatch: pytest.MonkeyPatch, *turns: str) -> None:
    """A conversation from end to end."""
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(turns)))
    assert inflow("chat") == 0


def test_one_answer_ends_with_questions_to_type(inflow: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert inflow("ask", QUESTION) == 0
    following = capsys.readouterr().out.partition("Next: ")[2]
    for typed in following.split('"')[1::2]:
        assert inflow("ask", " ".join(typed.split())) == 0


def test_a_conversation_numbers_them(
    inflow: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    chat(inflow, monkeypatch, QUESTION)
    first = capsys.readouterr().out
    assert "1 In total?" in " ".join(first.split())
    chat(inflow, monkeypatch, QUESTION, "1", "9")
    both = capsys.readouterr().out
    assert "more than 450 people from Belgium had gone to Syria" in both.replace("\n", " ").replace("More", "more")


def test_why_a_number_opens(inflow: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert inflow("ask", "--why", QUESTION) == 0
    told = capsys.readouterr().out
    assert told.startswith("Why 4 (HLN / Belga")
    assert "counts another stretch of time" in told


def test_a_refusal_leads_nowhere_and_has_no_reason(inflow: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert inflow("ask", "--why", "who is the most wanted fighter") == 1
    assert "Next" not in capsys.readouterr().out
