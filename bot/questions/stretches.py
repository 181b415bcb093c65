"""What the rules of ``times.tsv`` mean: stretches of the calendar, and the limits that words around them set.

A meaning that takes ``today`` counts from the day of the question. Each returns None where what was said is no time
("31 February"), and then the rule does not hold.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from db.model.values import PartialDate

SHORTEST_YEAR = 364
DAY = timedelta(days=1)


class Stretch(NamedTuple):
    """From a first to a last day; either may be open, and both are where the words set no limit."""

    first: date | None
    last: date | None


class Open(NamedTuple):
    """A part of some year that is not named: a month, a season, a day."""

    month: int
    length: int = 1
    """In months."""
    day: int = 0


def month_end(year: int, month: int) -> date:
    """The last day of a month; months beyond December are of the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def shifted(day: date, months: int) -> date:
    """The same day some months on, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


T = TypeVar("T")


def same(value: T) -> T:
    return value


def month(value: str | int) -> Open | None:
    return Open(int(value)) if 1 <= int(value) <= 12 else None


def quarter(value: str) -> Open:
    return Open(int(value) * 3 - 2, 3)


def half(value: str) -> Open:
    return Open(int(value) * 6 - 5, 6)


def season(value: str) -> Open:
    """Meteorological seasons: spring is March to May."""
    return Open({"spring": 3, "summer": 6, "autumn": 9, "winter": 12}[value], 3)


def feast(value: str) -> Open:
    return Open(int(value[:2]), 1, int(value[3:]))


def day_of(day: int, month: str) -> Open | None:
    return Open(int(month), 1, day) if 1 <= day <= 31 else None


def of_day(month: str, day: int) -> Open | None:
    return day_of(day, month)


def first_months(count: int) -> Open | None:
    return Open(1, count) if count <= 12 else None


def last_months(count: int) -> Open | None:
    return Open(13 - count, count) if count <= 12 else None


def whole_year(year: int) -> Stretch:
    return Stretch(date(year, 1, 1), date(year, 12, 31))


def in_year(part: Open, year: int) -> Stretch | None:
    """A part of a year in a year; None where there is no such day."""
    if not part.day:
        return Stretch(date(year, part.month, 1), month_end(year, part.month + part.length - 1))
    if part.day > calendar.monthrange(year, part.month)[1]:
        return None
    return Stretch(date(year, part.month, part.day), date(year, part.month, part.day))


def behind_year(year: int, part: Open) -> Stretch | None:
    return in_year(part, year)


def day_month_year(day: int, month: int, year: int) -> Stretch | None:
    """The day comes first, unless only the other order names a day of the calendar."""
    if month > 12 >= day:
        day, month = month, day
    return in_year(Open(month, 1, day), year) if 1 <= month <= 12 else None


def winter(part: Open, year: int, following: int) -> Stretch | None:
    """ "winter 2014/15"."""
    return in_year(part, year) if part.month == 12 and following == year + 1 else None


def part(value: str, whole: Stretch) -> Stretch | None:
    """The start, middle or end of a stretch; an end, and a middle, are read as "by then"."""
    if whole.last is None:
        return None
    first, last = whole.first or whole.last, whole.last
    months = max(1, round((last - first).days / 30.4 / 4))
    if value == "end":
        return Stretch(None, last)
    if value == "late":
        return Stretch(shifted(last.replace(day=1), 1 - months), last)
    if value == "middle":
        return Stretch(
            None, date(first.year, 6, 30) if (last - first).days >= SHORTEST_YEAR else first + (last - first) / 2
        )
    return Stretch(first, month_end(first.year, first.month + months - 1))


def part_behind(year: int) -> Stretch:
    return Stretch(None, date(year, 12, 31))


def part_of_year(value: str, year: int) -> Stretch | None:
    return part(value, whole_year(year))


def this_year(*, today: date) -> Stretch:
    return whole_year(today.year)


def part_of_this_year(value: str, *, today: date) -> Stretch | None:
    return part(value, whole_year(today.year))


def year_of(event: Stretch) -> Stretch | None:
    return whole_year(event.first.year) if event.first else None


def event_of(year: int, event: Stretch) -> Stretch | None:
    """ "the 2015 Paris attacks"."""
    return event if event.first and event.first.year == year else None


def event_in(part: Open, year: int, event: Stretch) -> Stretch | None:
    """ "the November 2015 Paris attacks"."""
    return event_of(year, event) if event.first and event.first.month == part.month else None


def first_year_of(event: Stretch) -> Stretch | None:
    return Stretch(event.first, shifted(event.first, 12) - DAY) if event.first else None


def week(number: int, year: int) -> Stretch | None:
    """A week by ISO 8601."""
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return Stretch(monday, monday + 6 * DAY)


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


def nearest(part: Open, *, today: date) -> Stretch | None:
    """The last one that had begun by today."""
    found = in_year(part, today.year)
    return in_year(part, today.year - 1) if found is None or (found.first or today) > today else found


def this_one(part: Open, *, today: date) -> Stretch | None:
    return in_year(part, today.year)


def past_one(part: Open, *, today: date) -> Stretch | None:
    """The last one that was over by today."""
    years = (in_year(part, today.year - back) for back in range(3))
    return next((one for one in years if one and one.last and one.last < today), None)


def part_of_nearest(value: str, whole: Open, *, today: date) -> Stretch | None:
    near = nearest(whole, today=today)
    return part(value, near) if near else None


def _back(day: date, count: int, unit: str) -> date:
    if unit in ("days", "weeks"):
        return day - count * (7 if unit == "weeks" else 1) * DAY
    return shifted(day, -count * (12 if unit == "years" else 1))


def rolling(count: int, unit: str, *, today: date) -> Stretch:
    return Stretch(_back(today, count, unit), today)


def ago(count: int, unit: str, *, today: date) -> Stretch:
    """The year, the month or the day that lies so far back."""
    then = _back(today, count, unit)
    if unit == "years":
        return whole_year(then.year)
    return Stretch(then.replace(day=1), month_end(then.year, then.month)) if unit == "months" else Stretch(then, then)


def ago_day(count: int, unit: str, *, today: date) -> Stretch:
    then = _back(today, count, unit)
    return Stretch(then, then)


def this_day(value: str, *, today: date) -> Stretch | None:
    """ "this time last year"."""
    unit, _, number = value.partition(" ")
    return ago_day(-int(number), unit + "s", today=today) if unit in ("year", "month", "week") else None


def this_day_in(year: int, *, today: date) -> Stretch | None:
    return in_year(Open(today.month, 1, today.day), year)


def units_to(count: int, unit: str, end: Stretch) -> Stretch | None:
    """ "the 12 months to June 2015"."""
    return Stretch(_back(end.last + DAY, count, unit), end.last) if end.last else None


def year_to(end: Stretch) -> Stretch | None:
    """ "the year to June 2015"."""
    short = end.last and (end.first is None or (end.last - end.first).days <= 31)
    return units_to(1, "years", end) if short else None


def units_before(count: int, unit: str, point: Stretch) -> Stretch | None:
    """ "the two years before the caliphate"."""
    first = point.first or point.last
    return Stretch(_back(first, count, unit), first - DAY) if first else None


def units_after(count: int, unit: str, point: Stretch) -> Stretch | None:
    return Stretch(point.last + DAY, _back(point.last, -count, unit)) if point.last else None


def to_date(value: str) -> Stretch:
    """ "so far" sets no limit (the cases' rule for labels)."""
    return Stretch(None, None)


def since(point: Stretch) -> Stretch | None:
    """A year or a day is part of what is since it; "since mid 2014" starts the day after that middle."""
    return Stretch(point.first or (point.last + DAY if point.last else None), None)


def since_nearest(part: Open, *, today: date) -> Stretch | None:
    near = nearest(part, today=today)
    return since(near) if near else None


def since_ago(count: int, unit: str, *, today: date) -> Stretch:
    return Stretch(_back(today, count, unit), None)


def by(point: Stretch) -> Stretch:
    return Stretch(None, point.last)


def by_first_day(point: Stretch) -> Stretch:
    """ "by the start of 2014" is its first day."""
    return Stretch(None, point.first or point.last)


def before(point: Stretch) -> Stretch | None:
    first = point.first or point.last
    return Stretch(None, first - DAY) if first else None


def after(point: Stretch) -> Stretch | None:
    return Stretch(point.last + DAY, None) if point.last else None


def from_to(left: Stretch, right: Stretch) -> Stretch | None:
    """From the first stretch to the second; what only says "by then" begins the day after."""
    first = left.first or (left.last + DAY if left.last else None)
    return Stretch(first, right.last) if first and right.last and first <= right.last else None


def adjoining(left: Stretch, right: Stretch) -> Stretch | None:
    """ "2015 and 2016" is one stretch; "2013 and 2016" are two times that are only listed."""
    return from_to(left, right) if left.last and right.first and right.first - left.last <= DAY else None


def in_one_year(left: Open, right: Stretch) -> Stretch | None:
    """ "March to June 2015": the year stands behind the second month only."""
    if right.first is None or right.last is None or (right.last - right.first).days >= SHORTEST_YEAR:
        return None
    first = in_year(left, right.first.year)
    return from_to(first, right) if first and (not left.day or right.first == right.last) else None


def days_of_month(first: int, last: Stretch) -> Stretch | None:
    """ "1 to 30 September 2014"."""
    if last.first is None or last.first != last.last or not 1 <= first < last.first.day:
        return None
    return Stretch(last.first.replace(day=first), last.last)


def years(first: int, last: int) -> Stretch | None:
    """ "2013-15"."""
    return Stretch(date(first, 1, 1), date(last, 12, 31)) if first < last else None


def three_years(first: int, middle: int, last: int) -> Stretch | None:
    """ "14/15/16": years that follow each other."""
    return years(first, last) if first < middle < last else None


def iso(word: str) -> Stretch | None:
    """A day or month written as 2015-03-15 or 2015-03; None when there is no such day."""
    try:
        day = PartialDate.parse(word)
    except ValueError:
        return None
    return Stretch(day.first, day.last)
