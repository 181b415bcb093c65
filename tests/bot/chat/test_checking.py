"""Numbers in a message are found, and years and dates are not taken for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.checking import numbers_in


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("More than 30,000 people had gone by 2015", [30_000]),
        ("6.000 Tunesier, 7 000 Tunisiens", [6_000, 7_000]),
        ("on 12/09/2016 and 2016-09-12", []),
        ("2016", []),
        ("exactly 2,016 people", [2_016]),
        ("4 Belgians", [4]),
        ("version 1.2 of MH370", []),
        ("none", []),
    ],
)
def test_counts_are_found(sentence: str, numbers: list[int]) -> None:
    assert numbers_in(sentence) == numbers


@given(st.text(max_size=300))
def test_any_text_is_searched(text: str) -> None:
    assert all(number >= 0 for number in numbers_in(text))
