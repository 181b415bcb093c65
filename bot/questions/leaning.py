"""Meanings of the rules of ``times.tsv`` that lean: on the day of the question, or on what else a text names.

``today`` is the day of the question; ``year`` the only year that the text names, ``named`` the only stretch: "in 2013 …
by the end of that year", "March 2015 … by then". Both are None where the text names none or several.
"""

from __future__ import annotations

from datetime import date

from bot.questions.stretches import (
    DAY,
    Open,
    Span,
    Stretch,
    after,
    back,
    before,
    by,
    in_year,
    month_end,
    part,
    shifted,
    since,
    whole_year,
)


def this_year(*, today: date) -> Stretch:
    return whole_year(today.year)


def part_of_this_year(value: str, *, today: date) -> Stretch | None:
    return part(value, whole_year(today.year))


def by_end_of_year(*, today: date) -> Stretch:
    return by(whole_year(today.year))


def part_of_this_month(value: str, *, today: date) -> Stretch | None:
    return part(value, relative("month 0", today=today))


def relative(value: str, *, today: date) -> Stretch:
    """ "year -1" is the year before this one; "rolling 12" the last twelve months."""
    unit, _, number = value.partition(" ")
    count = int(number)
    if unit == "year":
        return whole_year(today.year + count)
    if unit == "week":
        monday = today - today.weekday() * DAY + 7 * count * DAY
        return Stretch(monday, monday + 6 * DAY)
    if unit == "rolling":
        return Stretch(shifted(today, -count), today)
    length = 3 if unit == "quarter" else 1
    first = shifted(date(today.year, (today.month - 1) // length * length + 1, 1), count * length)
    return Stretch(first, month_end(first.year, first.month + length - 1))


def in_relative(part: Open, value: str, *, today: date) -> Stretch | None:
    """ "the first half of last year"."""
    whole = relative(value, today=today)
    return in_year(part, whole.first.year) if whole.first and value.startswith("year") else None


def nearest(part: Open, *, today: date, year: int | None) -> Stretch | None:
    """In the year that the text names beside it; else the last one that had begun by today."""
    if year is not None:
        return in_year(part, year)
    found = in_year(part, today.year)
    return in_year(part, today.year - 1) if found is None or (found.first or today) > today else found


def in_year_beside(part: Open, *, year: int | None) -> Stretch | None:
    """ "H1 2015 against H2"."""
    return in_year(part, year) if year else None


def this_one(part: Open, *, today: date) -> Stretch | None:
    return in_year(part, today.year)


def past_one(part: Open, *, today: date) -> Stretch | None:
    """The last one that was over by today."""
    years = (in_year(part, today.year - back) for back in range(3))
    return next((one for one in years if one and one.last and one.last < today), None)


def part_of_nearest(value: str, whole: Open, *, today: date, year: int | None) -> Stretch | None:
    near = nearest(whole, today=today, year=year)
    return part(value, near) if near else None


def tail_of_nearest(whole: Open, value: str, *, today: date, year: int | None) -> Stretch | None:
    return part_of_nearest(value, whole, today=today, year=year)


def until_near_day(value: str, *, today: date) -> Stretch:
    """ "until yesterday"."""
    return Stretch(None, today + int(value) * DAY)


def rolling(span: Span, *, today: date) -> Stretch:
    return Stretch(back(today, *span), today)


def rolling_units(count: int, unit: str, *, today: date) -> Stretch:
    return rolling((count, unit), today=today)


def ago(span: Span, *, today: date) -> Stretch:
    """The year, the month or the day that lies so far back."""
    count, unit = span
    then = back(today, count, unit)
    if unit == "years":
        return whole_year(then.year)
    return Stretch(then.replace(day=1), month_end(then.year, then.month)) if unit == "months" else Stretch(then, then)


def ago_day(span: Span, *, today: date) -> Stretch:
    then = back(today, *span)
    return Stretch(then, then)


def near_day_ago(value: str, span: Span, *, today: date) -> Stretch:
    """ "yesterday a year ago"."""
    return ago_day(span, today=today + int(value) * DAY)


def this_day(value: str, *, today: date) -> Stretch | None:
    """ "this time last year"."""
    unit, _, number = value.partition(" ")
    return ago_day((-int(number), unit + "s"), today=today) if unit in ("year", "month", "week") else None


def this_day_in(year: int, *, today: date) -> Stretch | None:
    return in_year(Open(today.month, 1, today.day), year)


def by_nearest(part: Open, *, today: date, year: int | None) -> Stretch | None:
    near = nearest(part, today=today, year=year)
    return by(near) if near else None


def since_ago(span: Span, *, today: date) -> Stretch:
    return Stretch(back(today, *span), None)


def that_year(value: str, *, year: int | None) -> int | None:
    """ "that year"."""
    return year


def year_beside(value: str, *, today: date, year: int | None) -> Stretch | None:
    """ "the year before": before the one that the text names, else before this one; "the year after" needs one."""
    count = int(value)
    return whole_year((year or today.year) + count) if year or count < 0 else None


def in_year_next_to(part: Open, value: str, *, today: date, year: int | None) -> Stretch | None:
    """ "July of the year before"."""
    whole = year_beside(value, today=today, year=year)
    return in_year(part, whole.first.year) if whole and whole.first else None


def that_time(value: str, *, named: Stretch | None) -> Stretch | None:
    """ "by then"."""
    return by(named) if named and named.last else None


def since_that_time(value: str, *, named: Stretch | None) -> Stretch | None:
    return since(named) if named else None


def before_that_time(value: str, *, named: Stretch | None) -> Stretch | None:
    return before(named) if named else None


def after_that_time(value: str, *, named: Stretch | None) -> Stretch | None:
    return after(named) if named else None
