"""Dates as people write them: as exact as they were stated, and never chosen between two."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.edits.entry.dates import read_date, read_period
from db.edits.entry.unread import Unread
from db.model.values import PartialDate, Period

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@settings(deadline=None)  # the first month in words reads the tables of ten languages
@given(DAYS, st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y"]))
def test_a_day_is_read_in_every_form_that_has_one_meaning(day: date, form: str) -> None:
    assert read_date(day.strftime(form)) == PartialDate.of(day)


@given(DAYS, st.sampled_from(["/", "-"]))
def test_a_day_before_or_behind_its_month_is_refused_with_both_meanings(day: date, mark: str) -> None:
    read = read_date(f"{day.day:02d}{mark}{day.month:02d}{mark}{day.year}")
    if day.day > 12 or day.day == day.month:
        assert read == PartialDate.of(day)
    else:
        assert isinstance(read, Unread)
        assert str(day) in read.wrong
        assert f"{day.year}-{day.day:02d}-{day.month:02d}" in read.wrong


@given(DAYS, st.booleans(), st.booleans())
def test_zeros_for_unknown_parts_leave_those_out_and_never_become_parts(day: date, month: bool, of_month: bool) -> None:
    text = f"{day.year}-{day.month if month else 0:02d}-{day.day if of_month else 0:02d}"
    read = read_date(text)
    if of_month and not month:
        assert isinstance(read, Unread)
    else:
        parts = (day.month if month else None, day.day if month and of_month else None)
        assert read == PartialDate(day.year, *parts)


@pytest.mark.parametrize("parts", [(2015, 0), (2015, 0, 0), (2015, 5, 0), (0,)])
def test_a_date_never_holds_a_zero(parts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"month|day|year"):
        PartialDate(*parts)


@given(st.text(max_size=70))
def test_any_text_is_a_date_and_a_period_or_is_refused_with_advice(text: str) -> None:
    for read in (read_date(text), read_period(text)):
        assert not isinstance(read, Unread) or (read.wrong and read.advice)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("42005", "2015-01-01"),
        ("Dec-15", "2015-12"),
        ("15.3.14", "two digits"),
        ("31/02/2015", "no day of the calendar"),
        ("mid-2015", "not a date"),
        ("Q1 2015", "not a date"),
        ("", "not a date"),
    ],
)
def test_what_is_no_date_says_what_it_looks_like(text: str, told: str) -> None:
    read = read_date(text)
    assert isinstance(read, Unread)
    assert told in f"{read.wrong} {read.advice}"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2016", Period.year(2016)),
        ("2014-06 to 2015", Period(PartialDate(2014, 6), PartialDate(2015))),
        ("2014/2016", Period(PartialDate(2014), PartialDate(2016))),
        ("2011-2013", Period(PartialDate(2011), PartialDate(2013))),
        ("from 2014 to 2015", Period(PartialDate(2014), PartialDate(2015))),
        ("since June 2014", Period(PartialDate(2014, 6), None)),
        ("until 2015", Period(None, PartialDate(2015))),
    ],
)
def test_a_period_is_read_as_it_is_written(text: str, period: Period) -> None:
    assert read_period(text) == period


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1er octobre 2015", "2015-10-01"), ("3. Oktober 2015", "2015-10-03"), ("май 2014", "2014-05")],
)
def test_months_are_read_in_the_languages_of_the_sources(text: str, expected: str) -> None:
    assert str(read_date(text)) == expected
