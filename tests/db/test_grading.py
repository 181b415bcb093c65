"""The written rule for grades of information."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.grading import comparable, credibility, opinion
from db.records import Counts, Kind, Who
from db.values import Bound, Interval, PartialDate, Period
from tests.db.making import a_figure


def exact(count: int) -> Interval:
    return Interval(count, count, Bound.EXACT)


@pytest.mark.parametrize(
    ("mine", "other", "expected"),
    [
        (exact(100), exact(100), "agrees"),
        (exact(100), exact(109), "agrees"),
        (exact(100), exact(120), "conflicts"),
        (exact(0), exact(0), "agrees"),
        (exact(0), exact(4), "conflicts"),
        (exact(2_000), Interval(500, None, Bound.MORE_THAN), "neither"),
        (exact(400), Interval(500, None, Bound.MORE_THAN), "conflicts"),
        (exact(520), Interval(500, None, Bound.MORE_THAN), "agrees"),
        (exact(1_000), Interval(180, 2_089, Bound.RANGE), "neither"),
        (Interval(90, 110, Bound.RANGE), exact(100), "agrees"),
    ],
)
def test_what_one_value_says_of_another(mine: Interval, other: Interval, expected: str) -> None:
    assert opinion(mine, other) == expected
    assert opinion(other, mine) == expected


def test_only_like_is_compared_with_like() -> None:
    mine = a_figure()
    assert comparable(mine, replace(mine, as_of=PartialDate(2016, 3)), Kind.CUMULATIVE)
    assert not comparable(mine, replace(mine, as_of=PartialDate(2017)), Kind.CUMULATIVE)
    assert not comparable(mine, replace(mine, who=Who.WOMEN), Kind.CUMULATIVE)
    assert not comparable(mine, replace(mine, counts=Counts.ATTEMPTS_INCLUDED), Kind.CUMULATIVE)
    flow = replace(mine, period=Period.year(2015))
    assert comparable(flow, replace(flow, as_of=PartialDate(2019)), Kind.FLOW)
    assert not comparable(flow, replace(flow, period=Period.year(2016)), Kind.FLOW)


@pytest.mark.parametrize(
    ("rivals", "grade"),
    [
        ([], 6),
        ([(10, "a")], 6),
        ([(10, "b")], 2),
        ([(10, "b"), (10, "b")], 2),
        ([(10, "b"), (10, "c")], 1),
        ([(10, "b"), (50, "c")], 3),
        ([(50, "c")], 4),
    ],
)
def test_grades_count_independent_origins(rivals: list[tuple[int, str]], grade: int) -> None:
    mine = a_figure(low=10)
    others = [(replace(mine, value=exact(count)), frozenset({origin})) for count, origin in rivals]
    assert credibility(mine, others, frozenset({"a"})) == grade
