"""Values as sources state them: read, or refused with every meaning that they may have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.edits.entry.numbers import PROSE, UNSURE, Marks, marks_of, read_count
from db.edits.entry.unread import Unread
from db.edits.entry.values import read_value, words
from db.model.values import Bound, Interval


@given(st.text(max_size=60))
def test_any_text_is_a_value_or_is_refused_with_advice(text: str) -> None:
    value = read_value(text)
    if isinstance(value, Unread):
        assert value.wrong
        assert value.advice
    else:
        assert value.least >= 0


@given(st.integers(0, 10**9), st.sampled_from(sorted(words("before").items())))
def test_every_word_before_a_number_gives_its_bound(number: int, word: tuple[str, str]) -> None:
    written, bound = word
    for text in (f"{written} {number}", f"{written.upper()} {number:,}"):
        value = read_value(text)
        assert isinstance(value, Interval)
        assert value.bound == bound
        assert number in (value.low, value.high)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(["-", "–", "—", " - ", " to ", " – "]))
def test_a_range_keeps_both_ends_or_is_refused(one: int, other: int, joint: str) -> None:
    value = read_value(f"{one}{joint}{other}")
    if one > other:
        assert isinstance(value, Unread)
    else:
        assert isinstance(value, Interval)
        assert (value.low, value.high) == (one, other)


@pytest.mark.parametrize(
    "text", ["between {} and {}", "entre {} y {}", "entre {} et {}", "zwischen {} und {}", "от {} до {}"]
)
def test_a_range_is_told_in_words_of_several_languages(text: str) -> None:
    assert read_value(text.format(20, 30)) == Interval(20, 30, Bound.RANGE)


@pytest.mark.parametrize("text", ["300 en 2015", "20 and 30", "20 und 30", "300 et 2015"])
def test_two_numbers_that_may_be_a_sum_or_a_number_and_its_year_are_refused(text: str) -> None:
    assert isinstance(read_value(text), Unread)


@given(st.integers(1000, 10**9), st.sampled_from([",", ".", " ", "\u00a0", "\u202f", "'"]))
def test_grouped_thousands_are_that_number_or_are_refused_with_both_meanings(number: int, mark: str) -> None:
    text = f"{number:,}".replace(",", mark)
    count = read_count(text)
    if isinstance(count, Unread):
        assert mark == "."
        assert str(number) in count.wrong
    else:
        assert count == number


@pytest.mark.parametrize(
    ("column", "marks"),
    [
        (["1.500.000", "1.500"], Marks(".", ",")),
        (["12,5", "1.500"], Marks(".", ",")),
        (["1,234.0", "1,500"], Marks(",", ".")),
        (["450.00"], Marks(",", ".")),
        (["0.500"], Marks(",", ".")),
        (["12.5", "12,5"], UNSURE),
        (["1.500", "1,500"], UNSURE),
        (["470", "none"], UNSURE),
    ],
)
def test_a_column_tells_what_its_marks_mean(column: list[str], marks: Marks) -> None:
    assert marks_of(column, UNSURE) == marks


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("1.500", Marks(".", ","), 1500),
        ("1,500", Marks(",", "."), 1500),
        ("450,000", Marks(".", ","), 450),
        ("1,500", Marks(".", ","), None),
        ("1,500", UNSURE, None),
        ("1.500", PROSE, None),
        ("1.234,00", PROSE, 1234),
        ("1,234.5", PROSE, None),
        ("1,23,456", PROSE, None),
        ("٤٧٠", PROSE, 470),
        ("-99", PROSE, None),
    ],
)
def test_a_number_is_read_by_its_marks_and_never_rounded(text: str, marks: Marks, expected: int | None) -> None:
    count = read_count(text, marks)
    assert (None if isinstance(count, Unread) else count) == expected


def test_an_open_end_stays_open() -> None:
    assert read_value("500+") == Interval(500, None, Bound.AT_LEAST)
    assert read_value("<1,000") == Interval(None, 1000, Bound.FEWER_THAN)
