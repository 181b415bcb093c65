"""What a text that follows a question may and may not take from it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.query import Doubt, Read, Unclear
from bot.questions.reader import Reader


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


KILLED = "how many belgians were killed in 2015"


@pytest.mark.parametrize(
    ("before", "text", "told"),
    [
        (KILLED, "and before that?", "lookup BE killed ../2014-12-31"),
        (KILLED, "and since then", "lookup BE killed 2015-01-01/.."),
        (KILLED, "and after that?", "lookup BE killed 2016-01-01/.."),
        (KILLED, "up to then?", "lookup BE killed ../2015-12-31"),
        (KILLED, "and until then?", "lookup BE killed ../2015-12-31"),
        (KILLED, "and in total?", "lookup BE killed ../.."),
        (KILLED, "top 5?", "rank R:world killed 2015-01-01/2015-12-31 top=5"),
        (KILLED, "only in iraq", "lookup BE killed 2015-01-01/2015-12-31 to IQ"),
        (KILLED, "only syria", "lookup BE killed 2015-01-01/2015-12-31 to SY"),
        (KILLED, "and syria?", "lookup BE killed 2015-01-01/2015-12-31"),
        ("western europe in 2015", "in total?", "total R:western_europe None 2015-01-01/2015-12-31"),
        ("top 10 countries", "the next 10", "rank R:world None ../.. top=20"),
    ],
)
def test_what_leans_on_the_time_the_place_or_the_list_before(before: str, text: str, told: str) -> None:
    reader = Reader.load()
    first = reader.read(before, today=date(2022, 6, 1))
    assert isinstance(first, Read)
    then = reader.read(text, today=date(2022, 6, 1), previous=first.query)
    assert isinstance(then, Read)
    query = then.query
    said = f"{query.intent} {','.join(query.places)} {query.measure} {query.period}"
    said += f" top={query.top}" if query.top else ""
    said += f" to {query.destination}" if query.destination else ""
    assert said == told


def test_before_that_is_asked_when_the_time_before_has_no_beginning() -> None:
    reader = Reader.load()
    first = reader.read("how many belgians by the end of 2015", today=date(2022, 6, 1))
    assert isinstance(first, Read)
    then = reader.read("and before that?", today=date(2022, 6, 1), previous=first.query)
    assert isinstance(then, Unclear)
    assert then.doubt is Doubt.PERIOD
