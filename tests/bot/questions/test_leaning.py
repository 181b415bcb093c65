"""What a text that follows a question may and may not take from it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.parse import Reader
from bot.questions.query import Read, Unclear


@pytest.mark.parametrize("text", ["congo", "and congo?", "what about congo"])
def test_a_doubtful_name_after_a_question_is_asked_back_with_that_question(text: str) -> None:
    reader, day = Reader.load(), date(2026, 11, 23)
    before = reader.read("How many Belgians left for Syria in 2016?", today=day)
    assert isinstance(before, Read)
    asked = reader.read(text, today=day, previous=before.query)
    assert isinstance(asked, Unclear)
    assert {choice.query.places for choice in asked.choices} == {("CD",), ("CG",)}
    assert all(choice.query.period == before.query.period for choice in asked.choices)


@pytest.mark.parametrize("text", ["paris", "banana", "hello", "thanks"])
def test_what_says_nothing_new_repeats_no_answer(text: str) -> None:
    reader, day = Reader.load(), date(2026, 11, 23)
    before = reader.read("How many Belgians left for Syria in 2016?", today=day)
    assert isinstance(before, Read)
    assert not isinstance(reader.read(text, today=day, previous=before.query), Read)
