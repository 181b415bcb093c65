"""The written rule for grades of information."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.model.grading import comparable, credibilities, credibility, opinion
from db.model.records import Counts, Kind, Who
from db.model.values import Bound, Interval, PartialDate, Period
from tests.db.making import a_figure, a_package


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
        ([(10, 2015, "a")], 2),
        ([(30, 2015, "a")], 6),
        ([(10, 2015, "b")], 1),
        ([(10, 2015, "b"), (50, 2015, "c")], 4),
        ([(10, 2015, "b"), (10, 2015, "c"), (50, 2015, "d")], 3),
        ([(10, 2015, "b"), (10, 2015, "c"), (50, 2015, "a")], 1),
        ([(50, 2015, "c")], 4),
        ([(50, 2015, "c"), (50, 2015, "c"), (50, 2015, "c")], 4),
        ([(50, 2015, "b"), (50, 2015, "c"), (50, 2015, "d")], 5),
        ([(15, 2015, "b"), (15, 2015, "c"), (15, 2015, "d")], 4),
        ([(8, 2014, "b"), (20, 2017, "b")], 3),
        ([(8, 2014, "b")], 6),
        ([(50, 2014, "b")], 4),
        ([(50, 2014, "a")], 6),
        ([(8, 2011, "b"), (20, 2019, "b")], 6),
    ],
)
def test_grades_count_bodies_and_know_what_comes_near(rivals: list[tuple[int, int, str]], grade: int) -> None:
    mine = replace(a_figure(low=10), as_of=PartialDate(2015, 12))
    others = [
        (
            replace(mine, id=f"be-{number}", value=exact(count), as_of=PartialDate(year, 12)),
            frozenset({body}),
        )
        for number, (count, year, body) in enumerate(rivals)
    ]
    voices = [(mine, frozenset({"a"})), *others]
    assert credibility(mine, frozenset({"a"}), voices, Kind.CUMULATIVE) == grade


def test_a_moderator_s_grade_with_its_reason_stands() -> None:
    figure = replace(a_figure(), credibility=5)
    held = a_package((figure,)).holdings()
    assert credibilities(held)[figure.id] == 6
    held = a_package((replace(figure, grade_reason="a slip of unit"),)).holdings()
    assert credibilities(held)[figure.id] == 5
