"""Dates and periods as words, with no more precision than was stated."""

from __future__ import annotations

from datetime import date, timedelta

from bot.render.catalogue import Calendar
from db.values import PartialDate, Period

SPAN = "–"


def spell(day: PartialDate, calendar: Calendar, *, short: bool = False) -> str:
    """A date at its own precision: "2016", "September 2016" or "12 September 2016"."""
    if day.month is None:
        return str(day.year)
    month = (calendar.short if short else calendar.months)[day.month - 1]
    if day.day is None:
        return calendar.month.format(month=month, y=day.year)
    return calendar.day.format(d=day.day, month=month, y=day.year)


def spell_range(start: PartialDate, end: PartialDate, calendar: Calendar, *, short: bool = False) -> str:
    """A closed period, the year said once: "2011–2015", "January–September 2016", "January – 12 September 2016"."""
    if start == end:
        return spell(start, calendar, short=short)
    last = spell(end, calendar, short=short)
    if start.month is None and end.month is None:
        return f"{start.year}{SPAN}{end.year}"
    if start.year != end.year or start.month is None or end.month is None:
        return f"{spell(start, calendar, short=short)} {SPAN} {last}"
    month = (calendar.short if short else calendar.months)[start.month - 1]
    if start.day is None:
        return f"{month}{SPAN}{last}" if end.day is None else f"{month} {SPAN} {last}"
    if start.month == end.month and end.day is not None:
        return f"{start.day}{SPAN}{last}"
    return f"{calendar.day_of_month.format(d=start.day, month=month)} {SPAN} {last}"


def coarsest(period: Period) -> Period:
    """The same days said with the coarsest dates: 1 January to 31 December 2016 is 2016."""
    start, end = period.start, period.end
    if start is None or end is None:
        return Period(_coarser_start(start), _coarser_end(end))
    first, last = start.first, end.last
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return Period(PartialDate(first.year), PartialDate(last.year))
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        return Period(PartialDate(first.year, first.month), PartialDate(last.year, last.month))
    return period


def _coarser_start(start: PartialDate | None) -> PartialDate | None:
    if start is None or start.month is None:
        return start
    if start.day == 1:
        start = PartialDate(start.year, start.month)
    return start


def _coarser_end(end: PartialDate | None) -> PartialDate | None:
    """An end keeps its month ("up to December 2015"): "up to 2015" could be read as before 2015."""
    if end is None or end.month is None:
        return end
    last: date = end.last
    if end.day is not None and (last + timedelta(days=1)).day == 1:
        return PartialDate(end.year, end.month)
    return end
