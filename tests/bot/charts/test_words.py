"""The words of the pictures: every bound has its sign, numbers are written as the language does."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.charts.words import signs, spoken
from bot.words.words import words_of
from db.model.values import Bound, Interval


@pytest.mark.parametrize(
    ("value", "drawn", "said"),
    [
        (Interval(1700, 1700, Bound.EXACT), "1,700", "1,700"),
        (Interval(440, 440, Bound.ABOUT), "≈ 440", "about 440"),
        (Interval(420, 516, Bound.RANGE), "420–516", "420–516"),
        (Interval(750, None, Bound.AT_LEAST), "≥ 750", "at least 750"),
        (Interval(30000, None, Bound.MORE_THAN), "> 30,000", "more than 30,000"),
        (Interval(None, 15, Bound.AT_MOST), "≤ 15", "at most 15"),
        (Interval(None, 10, Bound.FEWER_THAN), "< 10", "fewer than 10"),
        (Interval(0, 0, Bound.EXACT), "0", "none"),
        (Interval(Decimal("37.123"), Decimal("37.99"), Bound.RANGE), "37.1–38", "37.1–38"),
        (Interval(Decimal("0.0512"), None, Bound.AT_LEAST), "≥ 0.051", "at least 0.051"),
    ],
)
def test_every_bound_has_its_sign_and_its_words(value: Interval, drawn: str, said: str) -> None:
    words = words_of("en")
    assert signs(value, words) == drawn
    assert spoken(value, words) == said


def test_none_known_is_not_zero() -> None:
    none = Interval(0, 0, Bound.EXACT)
    assert signs(none, words_of("en"), none_known=True) == spoken(none, words_of("en"), none_known=True) == "none known"


def test_numbers_in_arabic_keep_their_direction() -> None:
    assert signs(Interval(420, 516, Bound.RANGE), words_of("ar")) == "\u2068420–516\u2069"
