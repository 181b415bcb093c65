"""Stretches of the calendar that words name: parts of years, quarters, months and days."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from bot.questions.calendar_words import Event
from db.model.values import PartialDate


@dataclass(frozen=True, slots=True)
class Point:
    """A stretch that one expression names; ``first`` is None where the expression only says "by then"."""

    first: date | None
    last: date
    end: int
    """Index after its last token."""


def relative_span(value: str, today: date) -> tuple[date | None, date | None]:
    """(first, last) of "last year" and its like."""
    if value == "last_year":
        return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
    if value == "this_year":
        return date(today.year, 1, 1), date(today.year, 12, 31)
    if value == "this_month":
        return today.replace(day=1), month_end(today.year, today.month)
    if value == "last_month":
        last = today.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last
    return None, today


def part(value: str, point: Point) -> Point:
    """The start, middle or end of a stretch; an end, and a middle, are read as "by then"."""
    first = point.first or point.last
    if value == "end":
        return Point(None, point.last, point.end)
    if value == "middle":
        return (
            Point(None, first + (point.last - first) / 2, point.end)
            if (point.last - first).days < 360
            else Point(None, date(first.year, 6, 30), point.end)
        )
    months = max(1, round((point.last - first).days / 30.4 / 4))
    last_month = first.month + months - 1
    return Point(first, month_end(first.year, last_month), point.end)


def fraction(kind: str, number: int, year: int, end: int) -> Point:
    """A quarter or a half of a year."""
    length = 3 if kind == "quarter" else 6
    return months(year, (number - 1) * length + 1, length, end)


def months(year: int, month: int, count: int, end: int) -> Point:
    """So many months from one on."""
    last = month + count - 1
    return Point(date(year, month, 1), month_end(year + (last - 1) // 12, (last - 1) % 12 + 1), end)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def iso(word: str, end: int) -> Point | None:
    """A day or month written as 2015-03-15 or 2015-03; None when there is no such day."""
    try:
        day = PartialDate.parse(word)
    except ValueError:
        return None
    return Point(day.first, day.last, end)


def one_day(year: int, month: int, day: int, end: int) -> Point | None:
    """A day; None when there is no such day."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Point(found, found, end)


def of_event(event: Event, end: int) -> Point:
    """The day of an event."""
    return Point(event.day, event.day, end)
