"""Laws of partial dates, periods and intervals, tried on many values."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.model.values import Bound, Interval, PartialDate, Period, Precision, span, total

COUNTS = st.integers(min_value=0, max_value=10**6)
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(DAYS)
    precision = draw(st.sampled_from(Precision))
    if precision is Precision.DAY:
        return PartialDate.of(day)
    return PartialDate(day.year, day.month if precision is Precision.MONTH else None)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first, second = draw(partial_dates()), draw(partial_dates())
    start, end = sorted((first, second), key=lambda date_: date_.first)
    return Period(draw(st.sampled_from([start, None])), draw(st.sampled_from([end, None])))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    bound = draw(st.sampled_from(Bound))
    low, high = sorted((draw(COUNTS), draw(COUNTS)))
    match bound:
        case Bound.EXACT | Bound.ABOUT:
            return Interval(low, low, bound)
        case Bound.AT_LEAST | Bound.MORE_THAN:
            return Interval(low, None, bound)
        case Bound.AT_MOST | Bound.FEWER_THAN:
            return Interval(None, high, bound)
        case _:
            return Interval(low, high, bound)


def holds(value: Interval, count: int) -> bool:
    """Whether a count is one that the interval allows; a strict bound excludes the number it prints."""
    if value.bound is Bound.MORE_THAN and count == value.low:
        return False
    if value.bound is Bound.FEWER_THAN and count == value.high:
        return False
    return value.least <= count and (value.most is None or count <= value.most)


@given(partial_dates())
def test_a_date_is_read_as_it_was_written(date_: PartialDate) -> None:
    assert PartialDate.parse(str(date_)) == date_


@given(partial_dates())
def test_the_first_and_last_day_share_what_was_stated(date_: PartialDate) -> None:
    assert date_.first <= date_.last
    for day in (date_.first, date_.last):
        assert str(PartialDate.of(day)).startswith(str(date_))
    after = PartialDate.of(date_.last + timedelta(days=1))
    assert not str(after).startswith(str(date_))


@pytest.mark.parametrize("text", ["", "16", "2016-13", "2016-02-30", "2016-1", "2016/01", "next year", "0000"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PartialDate.parse(text)


@given(periods(), periods())
def test_periods_overlap_both_ways_or_lie_apart(one: Period, other: Period) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    assert (one.gap_days(other) == 0) == one.overlaps(other)
    assert one.gap_days(other) == other.gap_days(one)


@given(periods(), periods())
def test_a_period_that_contains_another_overlaps_it(one: Period, other: Period) -> None:
    if one.contains(other):
        assert one.overlaps(other)
    if one.contains(other) and other.contains(one):
        assert one.same_days(other)


@given(periods(), DAYS)
def test_a_period_covers_a_day_when_it_contains_it(period: Period, day: date) -> None:
    assert period.covers(day) == period.contains(Period.between(day, day))


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Period(PartialDate(2016), PartialDate(2015))


def test_a_year_is_the_year_in_days() -> None:
    assert Period.year(2016).same_days(Period.between(date(2016, 1, 1), date(2016, 12, 31)))


@pytest.mark.parametrize(
    ("low", "high", "bound"),
    [
        (None, None, Bound.EXACT),
        (5, 4, Bound.RANGE),
        (-1, 4, Bound.RANGE),
        (1, 2, Bound.EXACT),
        (1, 2, Bound.ABOUT),
        (1, 2, Bound.AT_LEAST),
        (1, 2, Bound.FEWER_THAN),
        (None, 2, Bound.MORE_THAN),
        (1, None, Bound.AT_MOST),
        (1, None, Bound.RANGE),
    ],
)
def test_ends_that_contradict_the_bound_are_refused(low: int | None, high: int | None, bound: Bound) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Interval(low, high, bound)


@given(intervals(), intervals(), COUNTS, COUNTS)
def test_a_sum_holds_every_sum_of_its_parts(one: Interval, other: Interval, first: int, second: int) -> None:
    if holds(one, first) and holds(other, second):
        summed = total([one, other])
        assert summed.least <= first + second
        assert summed.most is None or first + second <= summed.most


@given(intervals(), intervals())
def test_the_order_of_a_sum_does_not_matter(one: Interval, other: Interval) -> None:
    assert total([one, other]) == total([other, one])


@given(st.lists(intervals(), min_size=1, max_size=6))
def test_a_sum_with_an_open_part_stays_open(parts: list[Interval]) -> None:
    assert (total(parts).most is None) == any(part.most is None for part in parts)


@given(st.lists(intervals(), min_size=1, max_size=6), COUNTS)
def test_a_span_holds_what_any_claim_holds(parts: list[Interval], count: int) -> None:
    whole = span(parts)
    if any(holds(part, count) for part in parts):
        assert whole.least <= count
        assert whole.most is None or count <= whole.most


def test_no_parts_are_no_data() -> None:
    with pytest.raises(ValueError, match="no data"):
        total([])
    with pytest.raises(ValueError, match="nothing"):
        span([])


@given(intervals(), intervals(), COUNTS)
def test_values_that_share_a_count_overlap(one: Interval, other: Interval, count: int) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    if holds(one, count) and holds(other, count):
        assert one.overlaps(other)
        assert not one.surely_below(other)


@given(intervals(), intervals(), COUNTS, COUNTS)
def test_surely_below_means_every_count_is_below(one: Interval, other: Interval, first: int, second: int) -> None:
    if one.surely_below(other) and holds(one, first) and holds(other, second):
        assert first < second


@given(intervals(), st.integers(min_value=1, max_value=10**9))
def test_a_rate_keeps_its_open_ends_and_its_bound(value: Interval, population: int) -> None:
    rate = value.per(population)
    assert (rate.low is None, rate.high is None, rate.bound) == (value.low is None, value.high is None, value.bound)
    assert all(end is None or isinstance(end, Decimal) for end in (rate.low, rate.high))


def test_a_rate_is_exact() -> None:
    assert Interval(44, 44, Bound.EXACT).per(11_000_000).low == Decimal(4)
    with pytest.raises(ValueError, match="above zero"):
        Interval(1, 1, Bound.EXACT).per(0)


def test_zero_is_a_stated_value() -> None:
    assert Interval(0, 0, Bound.EXACT).is_zero
    assert not Interval(0, None, Bound.AT_LEAST).is_zero
