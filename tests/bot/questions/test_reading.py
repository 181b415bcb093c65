"""Questions are read as a careful colleague would read them."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from hypothesis import given
from hypothesis import strategies as st

from bot.questions.query import Query, Read, Refusal, Refused, Unclear
from bot.questions.reader import LONGEST, Reader
from tests.bot.questions.scoring import Row, read_table, score

TODAY = date(2026, 11, 23)
OWN = Path(__file__).parents[2] / "cases" / "questions.csv"
KNOWN = OWN.with_name("known_misses.txt")


@cache
def reader() -> Reader:
    return Reader.load()


def query_of(text: str, today: date = TODAY) -> Query:
    reading = reader().read(text, today=today)
    assert isinstance(reading, Read), reading
    return reading.query


ROWS = [row for row in read_table(OWN) if "follow_up_of" not in row["note"]]
MISSES = frozenset(KNOWN.read_text(encoding="utf-8").split())
"""The ids of rows that are not read right yet; one that is read right again fails until it is taken off the list."""


def cases() -> list[ParameterSet]:
    """Each row by its id, those not read right yet marked as such."""
    missed = pytest.mark.xfail(strict=True, reason="not read right yet")
    return [pytest.param(row, id=row["id"], marks=[missed] if row["id"] in MISSES else []) for row in ROWS]


@pytest.mark.parametrize("row", cases())
def test_a_question_is_read_as_it_is_labelled(row: Row) -> None:
    assert score([row], reader(), TODAY).mistakes == []


def test_a_reading_says_what_it_mended() -> None:
    reading = reader().read("hwo many germnas retunred", today=TODAY)
    assert isinstance(reading, Read)
    mended = {(correction.text, correction.read_as) for correction in reading.corrections}
    assert {("germnas", "DE"), ("retunred", "returned")} <= mended


def test_the_clock_is_an_argument() -> None:
    query = query_of("swedes who left last year", today=date(2016, 5, 1))
    assert (query.period.first, query.period.last) == (date(2015, 1, 1), date(2015, 12, 31))


def test_a_date_that_nobody_can_have_counted_is_refused() -> None:
    reading = reader().read("germans in 2031", today=TODAY)
    assert isinstance(reading, Refused)
    assert reading.refusal is Refusal.PREDICTION


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("", Refusal.EMPTY), ("   ", Refusal.EMPTY), ("?!…", Refusal.EMPTY), ("x" * (LONGEST + 1), Refusal.TOO_LONG),
     ("what's the weather in brussels", Refusal.OFF_TOPIC), ("who is the most wanted fighter", Refusal.PERSON),
     ("will more danes go next year", Refusal.PREDICTION), ("paris", Refusal.NOT_A_COUNTRY)],
)  # fmt: skip
def test_a_refusal_names_its_reason(text: str, refusal: Refusal) -> None:
    reading = reader().read(text, today=TODAY)
    assert isinstance(reading, Refused)
    assert reading.refusal is refusal


def test_two_congos_are_a_question_with_both() -> None:
    reading = reader().read("how many from congo", today=TODAY)
    assert isinstance(reading, Unclear)
    assert set(reading.candidates) == {"CG", "CD"}
    assert {choice.query.places for choice in reading.choices} == {("CG",), ("CD",)}


def test_a_part_of_the_world_that_is_not_one_region_is_asked_back() -> None:
    reading = reader().read("how many africans", today=TODAY)
    assert isinstance(reading, Unclear)
    assert "R:north_africa" in reading.candidates


def test_a_follow_up_without_a_question_before_is_asked_back() -> None:
    assert isinstance(reader().read("and for them?", today=TODAY), Unclear)


@given(st.text(max_size=200))
def test_any_text_has_a_reading(text: str) -> None:
    assert isinstance(reader().read(text, today=TODAY), Read | Unclear | Refused)


@given(st.lists(st.sampled_from("how many belgians by 2015 vs since in end of the top 5 Syria women ? , -".split())))
def test_words_of_the_subject_in_any_order_have_a_reading(words: list[str]) -> None:
    assert isinstance(reader().read(" ".join(words), today=TODAY), Read | Unclear | Refused)


@pytest.mark.parametrize(
    "text", ["danes gone sine january 2015", "danes gone ince january 2015", "danes gone sicne jan 2015"]
)
def test_a_slip_in_the_word_that_binds_a_time_is_mended(text: str) -> None:
    period = query_of(text).period

    assert (period.first, period.last) == (date(2015, 1, 1), None)
