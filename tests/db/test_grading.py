"""The written rule for grades of information."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

import pytest

from db.edits import editing
from db.edits.change import Cause
from db.edits.requests import AddFigure, EditFigure
from db.imports.importing import ImportFile, plan_import
from db.model.grading import comparable, credibility, opinion
from db.model.records import Counts, Figure, Kind, Who
from db.model.values import Bound, Interval, PartialDate, Period
from db.store.engine import Database
from tests.db.grades import credibilities
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
    assert comparable(mine, replace(mine, period=Period(PartialDate(2012), PartialDate(2015))), Kind.CUMULATIVE)
    assert not comparable(mine, replace(mine, period=Period.year(2015)), Kind.CUMULATIVE), "one year is not all years"
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
        ([(8, 2014, "b")], 3),
        ([(8, 2014, "a")], 3),
        ([(4, 2014, "b")], 6),
        ([(19, 2016, "a")], 3),
        ([(21, 2016, "a")], 6),
        ([(8, 2016, "a")], 6),
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


Door = Callable[[Database, dict[str, str], datetime], Awaitable[tuple[Figure, list[str]]]]
MALTA = {"place": "MT", "measure": "travelled", "low": "8", "high": "8", "bound": "exact", "as_of": "2015-11"}


async def by_form(database: Database, cells: dict[str, str], now: datetime) -> tuple[Figure, list[str]]:
    seen = await editing.preview(database, AddFigure(cells), by="Ada", because="Read", at=now)
    return entered(seen.changes[0].after), [caution.wrong for caution in seen.cautions]


async def by_file(database: Database, cells: dict[str, str], now: datetime) -> tuple[Figure, list[str]]:
    text = f"{','.join(cells)}\n{','.join(cells.values())}\n"
    plan = await plan_import(database, ImportFile(text.encode(), "new.csv"), at=now)
    assert plan.refused == ()
    return entered(plan.changes[0].after), [caution.wrong for caution in plan.cautions]


def entered(row: object) -> Figure:
    assert isinstance(row, Figure)
    return row


@pytest.mark.parametrize("door", [by_form, by_file])
async def test_a_figure_gets_its_grade_when_it_is_entered(filled_database: Database, now: datetime, door: Door) -> None:
    alone, _ = await door(filled_database, {**MALTA, "source": "tsg_2015"}, now)
    assert alone.credibility == 6, "nothing to compare it with"
    await add(filled_database, {**MALTA, "source": "tsg_2015"}, now)
    confirmed, told = await door(filled_database, {**MALTA, "source": "icsr_2015_01"}, now)
    assert (confirmed.credibility, [text for text in told if "reason" in text]) == (1, [])
    contradicted, _ = await door(filled_database, {**MALTA, "low": "80", "high": "80", "source": "icsr_2015_01"}, now)
    assert contradicted.credibility == 4


@pytest.mark.parametrize("door", [by_form, by_file])
async def test_another_grade_needs_its_reason(filled_database: Database, now: datetime, door: Door) -> None:
    cells = {**MALTA, "source": "tsg_2015", "credibility": "2"}
    figure, told = await door(filled_database, cells, now)
    assert figure.credibility == 6
    assert any("the rule gives 6, which is taken" in text for text in told)
    figure, told = await door(filled_database, {**cells, "grade_reason": "the report shows its lists"}, now)
    assert (figure.credibility, [text for text in told if "the rule" in text]) == (2, [])


async def test_a_figure_is_graded_anew_when_it_is_edited(filled_database: Database, now: datetime) -> None:
    await add(filled_database, {**MALTA, "source": "tsg_2015"}, now)
    id = await add(filled_database, {**MALTA, "low": "80", "high": "80", "source": "icsr_2015_01"}, now)
    change = EditFigure(id, {"low": "8", "high": "8"}, cause=Cause.TYPO)
    seen = await editing.preview(filled_database, change, by="Ada", because="Read", at=now)
    assert entered(seen.changes[0].after).credibility == 1


async def add(database: Database, cells: dict[str, str], now: datetime) -> str:
    made = await editing.make(database, AddFigure(cells), by="Ada", because="Read", at=now)
    return made.changes[0].id
