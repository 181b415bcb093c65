"""Dates and periods as people, spreadsheets and reference managers write them; two meanings are named, never chosen."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from db.edits.entry.numbers import plain_digits
from db.edits.entry.unread import Unread
from db.edits.entry.values import small, words
from db.model.values import PartialDate, Period

_LONGEST = 60
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_CLOCK = re.compile(r"[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:z|[+-]\d{2}:?\d{2})?$")
_TOGETHER = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_MONTH_LAST = re.compile(r"(\d{1,2})[-/.](\d{4})")
_TWO_DIGITS = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2}")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_NEAR = range(1990, 2041)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_ONE = re.compile(r"(?<!\d)[1-4](?!\d)")
_LETTERS = re.compile(r"[^\W\d_]+")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|\.)(?=[ .]|$)")
_SERIAL = re.compile(r"[34]\d{4}(?:\.0)?")
"""A day as spreadsheets count it, between 1982 and 2036."""
_SPREADSHEET_ZERO = date(1899, 12, 30)
_STRETCH = re.compile(r"(?:from |between )?(\S.{0,24}?) ?(?:/| – | — |–|—| - | to | until | and ) ?(\S.{0,24})")
_SINCE = re.compile(r"(?:since|from|after) (\S.*)")
_UP_TO = re.compile(r"(?:by|until|up to|before|to) (\S.*)")
_YEARS = re.compile(r"(\d{4})-(\d{4})")
_FORM = "write YYYY, YYYY-MM or YYYY-MM-DD"
_PERIOD_FORM = "write it as in 2016, 2014-06 to 2015-12 or since 2014"


def read_date(text: str) -> PartialDate | Unread:
    """A date as exactly as it was stated; unknown parts written as zeros are left out.

    >>> str(read_date("3 October 2015")), str(read_date("20131217")), str(read_date("2015-10-00"))
    ('2015-10-03', '2013-12-17', '2015-10')
    >>> read_date("03/04/2015").wrong
    "'03/04/2015' may be 2015-04-03 or 2015-03-04"
    """
    said = " ".join(plain_digits(text).casefold().split())
    if len(said) > _LONGEST:
        return Unread(f"{text[:40]!r}… is not a date", _FORM)
    said = _CLOCK.sub("", said)
    for form in (_ISO, _TOGETHER):
        if match := form.fullmatch(said):
            return _parts(text, *match.groups())
    if match := _LAST.fullmatch(said):
        return _day_or_month_first(text, match[1], match[3], match[4], dotted=match[2] == ".")
    if match := _MONTH_LAST.fullmatch(said):
        return _parts(text, match[2], match[1], None)
    return _worded(text, said) or _refused(text, said)


def read_period(text: str) -> Period | Unread:
    """A year, month or day, a quarter or half, or a stretch: "2014-06 to 2015", "Q1 2014", "since 2014", "until 2015".

    >>> str(read_period("2014/2016").end), read_period("since 2014").end
    ('2016', None)
    """
    said = " ".join(plain_digits(text).split())
    if len(said) > _LONGEST:
        return Unread(f"{text[:40]!r}… is not a period", _PERIOD_FORM)
    alone = read_date(said)
    if isinstance(alone, PartialDate):
        return Period(alone, alone)
    if part := _part_of_year(said.casefold()):
        return part
    if alone.several:
        return alone
    low = said.casefold()
    stretch = _STRETCH.fullmatch(low) or _YEARS.fullmatch(low)
    if stretch is None:
        if since := _SINCE.fullmatch(low):
            return _open(since[1], starts=True)
        if until := _UP_TO.fullmatch(low):
            return _open(until[1], starts=False)
        return Unread(f"{text.strip()[:40]!r} is not a period", _PERIOD_FORM)
    ends = [None if end == ".." else read_date(end) for end in stretch.groups()]
    for end in ends:
        if isinstance(end, Unread):
            return end
    try:
        return Period(*(end for end in ends if not isinstance(end, Unread)))
    except ValueError as problem:
        return Unread(str(problem), "swap or correct the dates")


def is_time(text: str) -> bool:
    """Whether a text is a time near the subject's, such as ``2015``, ``Oct 2015`` or ``Q1 2014``."""
    if not any(sign.isdigit() for sign in text):
        return False
    read = read_period(text)
    if isinstance(read, Unread):
        return read.several
    return any(end is not None and end.year in _NEAR for end in (read.start, read.end))


def is_month(text: str) -> bool:
    """Whether a text is the name of a month and nothing else."""
    return text.strip().strip(".").casefold() in _months()


def _part_of_year(said: str) -> Period | None:
    """A quarter or a half, as in "Q1 2014", "2014-T3" and "2. Halbjahr 2015"."""
    year, rest = _YEAR.search(said), _YEAR.sub(" ", said, count=1)
    number = _ONE.findall(rest)
    word = _ORDINAL.sub(" ", rest) if len(number) == 1 else ""
    months = words("part").get(small(" ".join(_LETTERS.findall(word))))
    if year is None or months is None or int(number[0]) * int(months) > 12:
        return None
    last = int(number[0]) * int(months)
    return Period(PartialDate(int(year[0]), last - int(months) + 1), PartialDate(int(year[0]), last))


def _open(text: str, *, starts: bool) -> Period | Unread:
    end = read_date(text)
    if isinstance(end, Unread):
        return end
    return Period(end, None) if starts else Period(None, end)


def _parts(text: str, year: str, month: str | None, day: str | None) -> PartialDate | Unread:
    """A date from its parts; a zero stands for a part that nobody knows."""
    numbers = [int(year), int(month or 0), int(day or 0)]
    if numbers[2] and not numbers[1]:
        return Unread(f"{text.strip()[:40]!r} names a day without a month", "leave the day out: write the year alone")
    try:
        return PartialDate(numbers[0], numbers[1] or None, numbers[2] or None)
    except ValueError:
        return Unread(f"{text.strip()[:40]!r} is no day of the calendar", _FORM)


def _day_or_month_first(text: str, one: str, two: str, year: str, *, dotted: bool) -> PartialDate | Unread:
    """A date whose year stands last; only dots say that the day stands first."""
    day_first, month_first = _parts(text, year, two, one), _parts(text, year, one, two)
    if dotted or isinstance(month_first, Unread) or day_first == month_first:
        return day_first
    if isinstance(day_first, Unread):
        return month_first
    return Unread(f"{text.strip()!r} may be {day_first} or {month_first}", "write the one that is meant", several=True)


def _worded(text: str, said: str) -> PartialDate | Unread | None:
    """A date whose month is a word, in any language that answers are given in; None when there is no such word."""
    parts = [part for part in _WORDS.findall(_ORDINAL.sub(r"\1 ", said)) if part not in ("de", "of")]
    months = [_months()[part] for part in parts if part in _months()]
    numbers = [part for part in parts if part.isdigit()]
    if len(months) != 1 or len(numbers) + 1 != len(parts) or len(numbers) not in (1, 2):
        return None
    years = [number for number in numbers if len(number) == 4]
    if len(years) == 1:
        days = [number for number in numbers if len(number) < 3]
        return _parts(text, years[0], str(months[0]), next(iter(days), None)) if len(days) + 1 == len(numbers) else None
    if len(numbers) == 1 and len(numbers[0]) < 3:
        number = int(numbers[0])
        century = 2000 if number < 70 else 1900
        day = f" or day {number} of month {months[0]}" if 0 < number < 32 else ""
        wrong = f"{text.strip()[:40]!r} may be {century + number}-{months[0]:02d}{day}"
        return Unread(wrong, "write the year with four digits", several=True)
    return Unread(f"{text.strip()[:40]!r} has a year of two digits", "write the year with four digits")


def _refused(text: str, said: str) -> Unread:
    shown = f"{text.strip()[:40]!r}"
    if _SERIAL.fullmatch(said):
        day = _SPREADSHEET_ZERO + timedelta(days=int(said.partition(".")[0]))
        return Unread(f"{shown} is not a date", f"it may be the number of a day in a spreadsheet, {day}: write that")
    if _TWO_DIGITS.fullmatch(said):
        return Unread(f"{shown} has a year of two digits", "write the year with four digits")
    return Unread(f"{shown} is not a date", _FORM)


@cache
def _months() -> dict[str, int]:
    """The names of months, long and short, in the languages of the house; a name that two months share is left out."""
    names: dict[str, int] = json.loads(Path(__file__).with_name("months.json").read_bytes())
    return names
