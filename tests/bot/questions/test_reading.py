"""Questions are read as a careful colleague would read them."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions.parse import LONGEST, Reader
from bot.questions.query import Intent, Query, Read, Refusal, Refused, Unclear
from tests.bot.questions.scoring import Score, read_table, score

TODAY = date(2026, 11, 23)
OWN = Path(__file__).parents[2] / "cases" / "questions.csv"
SHARED = Path(__file__).parents[4] / "shared" / "cases" / "questions.csv"


@cache
def reader() -> Reader:
    return Reader.load()


def query_of(text: str, today: date = TODAY, previous: Query | None = None) -> Query:
    reading = reader().read(text, today=today, previous=previous)
    assert isinstance(reading, Read), reading
    return reading.query


@pytest.mark.parametrize("table", [OWN, SHARED], ids=["own", "shared"])
def test_tables_of_questions_are_read_right(table: Path) -> None:
    if not table.exists():
        pytest.skip("this table is not here")
    found = score(read_table(table), reader(), TODAY)
    mistakes = "\n".join(found.mistakes)
    assert found.percent("intent") >= 98, mistakes
    assert found.percent("places") >= 98, mistakes
    assert found.percent("period") >= 98, mistakes
    assert 100 * found.exact / found.rows >= 97, mistakes
    assert 100 * len(found.silently_wrong) / found.rows <= 2, mistakes
    assert refused_share(found) >= 97, found.not_refused


def refused_share(found: Score) -> float:
    return 100 * (found.refusable - len(found.not_refused)) / found.refusable


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


def test_follow_ups_keep_what_they_leave_out() -> None:
    first = query_of("how many belgians had returned by 2016")
    second = query_of("and germany?", previous=first)
    assert (second.places, second.measure, second.period) == (("DE",), "returned", first.period)
    assert query_of("source?", previous=second).intent is Intent.SOURCES
    assert query_of("per capita?", previous=second).per_million
    assert query_of("compare with france", previous=second).places == ("DE", "FR")


def test_a_follow_up_without_a_question_before_is_asked_back() -> None:
    assert isinstance(reader().read("and for them?", today=TODAY), Unclear)


@given(st.text(max_size=200))
def test_any_text_has_a_reading(text: str) -> None:
    assert isinstance(reader().read(text, today=TODAY), Read | Unclear | Refused)


@given(st.lists(st.sampled_from("how many belgians by 2015 vs since in end of the top 5 Syria women ? , -".split())))
def test_words_of_the_subject_in_any_order_have_a_reading(words: list[str]) -> None:
    assert isinstance(reader().read(" ".join(words), today=TODAY), Read | Unclear | Refused)


@pytest.mark.parametrize(
    ("text", "is_flagged"),
    [
        ("how many kurds from turkey", True),
        ("how many from tunisa", True),
        ("which countries sent fewer than 10", True),
        ("russians according to the FSB", False),
        ("how many from turkey please", False),
        ("top 5 in the balkans", False),
        ("source for 2400 russians", False),
    ],
)
def test_a_word_left_out_or_a_name_mended_is_said_loudly(text: str, is_flagged: bool) -> None:
    reading = Reader.load().read(text, today=date(2026, 11, 23))

    assert isinstance(reading, Read)
    assert reading.flagged is is_flagged


@pytest.mark.parametrize("text", ["sewdn vs norwya", "more swedes or more inns?", "canucks or iwis, who sent more"])
def test_a_side_that_was_not_read_is_asked_about(text: str) -> None:
    assert isinstance(Reader.load().read(text, today=date(2026, 11, 23)), Unclear)


@pytest.mark.parametrize(
    "text", ["danes gone sine january 2015", "danes gone ince january 2015", "danes gone sicne jan 2015"]
)
def test_a_slip_in_the_word_that_binds_a_time_is_mended(text: str) -> None:
    period = query_of(text).period

    assert (period.first, period.last) == (date(2015, 1, 1), None)
