"""How a language writes numbers, dates and periods: grouped, rounded outward, no more precise than was stated."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from bot.words.catalogue import Calendar, Numerals
from db.model.values import Bound, Interval, Number, PartialDate, Period

SPAN = "–"


def grouped(number: Number, numerals: Numerals) -> str:
    """A number with the locale's group and decimal signs, all digits kept; some languages group from 10,000 on."""
    text = f"{number:,}" if isinstance(number, int) else f"{number:,f}"
    if abs(number) < 10 ** (numerals.least_grouped - 1):
        text = text.replace(",", "")
    if numerals.group == "," and numerals.decimal == ".":
        return text
    whole, _, rest = text.partition(".")
    whole = whole.replace(",", numerals.group)
    return f"{whole}{numerals.decimal}{rest}" if rest else whole


def rounded(number: Number, rounding: str = ROUND_HALF_EVEN) -> Number:
    """A computed rate or share with at most two decimals: two significant digits below one, none from 100 on.

    A rate carries no more certainty than the count that it was computed from, so it gets few digits. Counts
    (int) come back untouched.
    """
    if isinstance(number, int):
        return number
    if number == number.to_integral_value():
        return int(number)
    if number >= 100:
        places = 0
    elif number >= 10:
        places = 1
    elif number >= Decimal("0.1"):
        places = 2
    else:
        places = 1 - number.adjusted()
    result = number.quantize(Decimal(1).scaleb(-places), rounding)
    return int(result) if result == result.to_integral_value() else result.normalize()


def rounded_outward(value: Interval) -> Interval:
    """A computed interval in few digits; its ends move outward so that no possible value is lost."""
    if value.low == value.high:
        number = rounded(value.low) if value.low is not None else None
        return Interval(number, number, value.bound)
    low = None if value.low is None else rounded(value.low, ROUND_FLOOR)
    high = None if value.high is None else rounded(value.high, ROUND_CEILING)
    if low == high:
        return Interval(low, high, Bound.ABOUT)
    return Interval(low, high, value.bound)


def spell(day: PartialDate, calendar: Calendar, *, short: bool = False) -> str:
    """A date at its own precision: "2016", "September 2016" or "12 September 2016"."""
    if day.month is None:
        return str(day.year)
    if short:
        month, patterns = calendar.short_months[day.month - 1], (calendar.short_month, calendar.short_day)
    else:
        month, patterns = calendar.months[day.month - 1], (calendar.month, calendar.day)
    if day.day is None:
        return patterns[0].format(month=month, y=day.year)
    return patterns[1].format(d=day.day, month=month, y=day.year)


def spell_range(start: PartialDate, end: PartialDate, calendar: Calendar, *, short: bool = False) -> str:
    """A closed period, the year said once: "2011–2015", "January–September 2016", "January – 12 September 2016".

    Neither end lies within the other, unless they are one: ``coarsest`` sees to that.
    """
    last = spell(end, calendar, short=short)
    if start == end:
        return last
    if start.month is None and end.month is None:
        return f"{start.year}{SPAN}{last}"
    if start.year != end.year or start.month is None:
        return f"{spell(start, calendar, short=short)} {SPAN} {last}"
    if start.month == end.month:
        return f"{start.day}{SPAN}{last}"
    month = (calendar.short_months if short else calendar.months)[start.month - 1]
    if start.day is None:
        return f"{month}{SPAN}{last}" if end.day is None else f"{month} {SPAN} {last}"
    pattern = calendar.short_day_of_month if short else calendar.day_of_month
    return f"{pattern.format(d=start.day, month=month)} {SPAN} {last}"


def coarsest(period: Period) -> Period:
    """The same days said with the coarsest dates: 1 January to 31 December 2016 is 2016.

    An end is never said more exactly than it was stated, unless the other end lies within it ("October" to
    "16 October" is 1 to 16 October); and an open period's end keeps its month: "by 2015" could be read as before 2015
    where "by December 2015" was meant.
    """
    start, end = period.start, period.end
    if start == end:
        return period
    if start and end:
        start, end = _apart(start, end, start.first), _apart(end, start, end.last)
    begins = start is None or start.day in (None, 1)
    ends = end is None or end.day is None or (end.last + timedelta(days=1)).day == 1
    if start and begins and (ends or end is None):
        start = PartialDate(start.year, start.month)
    if end and ends and begins:
        end = PartialDate(end.year, end.month)
    if start and end and start.month in (None, 1) and end.month in (None, 12) and not (start.day or end.day):
        return Period(PartialDate(start.year), PartialDate(end.year))
    return Period(start, end)


def _apart(end: PartialDate, other: PartialDate, edge: date) -> PartialDate:
    """An end of a period, as exactly as it must be said where the other end lies within it."""
    if not (end.first <= other.first and other.last <= end.last):
        return end
    return PartialDate.of(edge) if edge.month == other.month else PartialDate(edge.year, edge.month)
