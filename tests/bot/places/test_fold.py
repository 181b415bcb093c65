"""Folding: what is one name however it is typed, and what is not."""

from __future__ import annotations

import pytest

from bot.places.fold import fold, mark_key


@pytest.mark.parametrize(
    ("one", "other"),
    [("Côte d’Ivoire", "cote divoire"), ("Ｂｏｔｓｗａｎａ", "botswana"), ("A\u200brgentina", "Argentina"),
     ("İSTANBUL", "istanbul"), ("ısparta", "isparta"), ("Straße", "STRASSE"), ("الأردنّ", "الاردن"), ("ایران", "ايران"),
     ("Trinidad & Tobago", "Trinidad and Tobago"), ("Ёлка", "елка"), ("U.S.A.", "usa")],
)  # fmt: skip
def test_one_name_typed_in_two_ways_has_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("ギニア", "キニア"), ("माली", "मील"), ("Niger", "Nigeria")])
def test_what_tells_two_words_apart_is_kept(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_marks_are_kept_where_they_are_asked_for() -> None:
    assert mark_key("Bỉ") != mark_key("Bi")
    assert fold("Bỉ") == fold("Bi")
