"""What the rules of ``times.tsv`` mean: stretches of the calendar, and the limits that words around them set.

Each returns None where what was said is no time ("31 February"), and then the rule does not hold. What counts from the
day of the question stands in ``leaning``, what is named after an event or a feast in ``occasions``.
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


Span = tuple[int, str]
"""So many units: days, weeks, months or years."""
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


def nth_of(day: str, month: str) -> Open | None:
    return day_of(int(day), month)


def of_day(month: str, day: int) -> Open | None:
    return day_of(day, month)


def first_months(count: int) -> Open | None:
    return Open(1, count) if count <= 12 else None


def last_months(count: int) -> Open | None:
    return Open(13 - count, count) if count <= 12 else None


def counted(count: int, unit: str) -> Span:
    return count, unit


def one(count: str, unit: str) -> Span:
    """ "a year"."""
    return int(count), unit


def in_a_word(value: str) -> Span:
    """ "half a year"."""
    count, unit = value.split()
    return int(count), unit


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


def months_of(first: Open, last: Open, year: int) -> Stretch | None:
    """ "05-09/14"."""
    return Stretch(date(year, first.month, 1), month_end(year, last.month)) if first.month < last.month else None


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


def tail(whole: Stretch, value: str) -> Stretch | None:
    """The part behind what it is part of, as in Turkish."""
    return part(value, whole)


def part_of_open(value: str, whole: Open, year: int) -> Stretch | None:
    found = in_year(whole, year)
    return part(value, found) if found else None


def turn_of(value: str, year: int, following: int) -> Stretch | None:
    """ "the turn of the year 2014/15"."""
    return Stretch(None, date(year, 12, 31)) if following == year + 1 else None


def decade(year: int) -> Stretch | None:
    """ "the 2010s"."""
    return Stretch(date(year, 1, 1), date(year + 9, 12, 31)) if year % 10 == 0 else None


def decade_said(year: str) -> Stretch | None:
    return decade(int(year))


def half_of_decade(half: Open, year: str) -> Stretch:
    first = int(year) + (5 if half.month > 1 else 0)
    return Stretch(date(first, 1, 1), date(first + 4, 12, 31))


def part_behind(year: int) -> Stretch:
    return Stretch(None, date(year, 12, 31))


def part_of_year(value: str, year: int) -> Stretch | None:
    return part(value, whole_year(year))


def week(number: int, year: int) -> Stretch | None:
    """A week by ISO 8601."""
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return Stretch(monday, monday + 6 * DAY)


def week_of(part: Open, year: int) -> Stretch | None:
    """ "the week of 8 June 2015"."""
    day = in_year(part, year) if part.day else None
    if not day or not day.first:
        return None
    monday = day.first - day.first.weekday() * DAY
    return Stretch(monday, monday + 6 * DAY)


def back(day: date, count: int, unit: str) -> date:
    if unit in ("days", "weeks"):
        return day - count * (7 if unit == "weeks" else 1) * DAY
    return shifted(day, -count * (12 if unit == "years" else 1))


def units_to(span: Span, end: Stretch) -> Stretch | None:
    """ "the 12 months to June 2015"."""
    return Stretch(back(end.last + DAY, *span), end.last) if end.last else None


def year_to(end: Stretch) -> Stretch | None:
    """ "the year to June 2015"."""
    short = end.last and (end.first is None or (end.last - end.first).days <= 31)
    return units_to((1, "years"), end) if short else None


def units_before(span: Span, point: Stretch) -> Stretch | None:
    """ "the two years before the caliphate"."""
    first = point.first or point.last
    return Stretch(back(first, *span), first - DAY) if first else None


def units_after(span: Span, point: Stretch) -> Stretch | None:
    count, unit = span
    return Stretch(point.last + DAY, back(point.last, -count, unit)) if point.last else None


def to_date(value: str) -> Stretch:
    """ "so far" sets no limit (the cases' rule for labels)."""
    return Stretch(None, None)


def since(point: Stretch) -> Stretch | None:
    """A year or a day is part of what is since it; "since mid 2014" starts the day after that middle."""
    return Stretch(point.first or (point.last + DAY if point.last else None), None)


def since_year(year: int) -> Stretch:
    return Stretch(date(year, 1, 1), None)


def by(point: Stretch) -> Stretch:
    return Stretch(None, point.last)


def by_end_of(part: Open, year: int) -> Stretch | None:
    """ "a diciembre de 2014"."""
    found = in_year(part, year)
    return by(found) if found else None


def by_first_day(point: Stretch) -> Stretch:
    """ "by the start of 2014" is its first day."""
    return Stretch(None, point.first or point.last)


def before(point: Stretch) -> Stretch | None:
    first = point.first or point.last
    return Stretch(None, first - DAY) if first else None


def after(point: Stretch) -> Stretch | None:
    return Stretch(point.last + DAY, None) if point.last else None


def bound(way: str, point: Stretch) -> Stretch | None:
    """A stretch since, before or after another."""
    return {"since": since, "before": before, "after": after}[way](point)


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


def run_of_years(*said: int) -> Stretch | None:
    """ "13, 14, 15": three short years or more that follow each other."""
    return years(said[0], said[-1]) if list(said) == list(range(said[0], said[-1] + 1)) else None


def iso(word: str) -> Stretch | None:
    """A day or month written as 2015-03-15 or 2015-03; None when there is no such day."""
    try:
        day = PartialDate.parse(word)
    except ValueError:
        return None
    return Stretch(day.first, day.last)
