"""Times that lean on another time: "the past 12 months" on today, "two years earlier" on the question before."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from bot.questions.calendar_words import calendar_phrases
from bot.questions.numbers import small_number
from bot.questions.tokens import Token
from db.model.values import Period

Span = tuple[date, date, int]


def rolling(tokens: Sequence[Token], at: int, today: date) -> Span | None:
    """(first, last, end) of "past 12 months", "12 derniers mois", "2 years ago", "vor 2 Jahren"; None for all else."""
    words = [token.word for token in tokens[at : at + 4]]
    kinds = [_kinds(word) for word in words]
    number = next((n for n in map(small_number, words[:2]) if n is not None), None)
    if number is None or len(words) < 3:
        return None
    unit = next((kind for kind in kinds[2] if kind in ("days", "weeks", "months", "years")), None)
    if "past" in kinds[0] | kinds[1] and unit:
        return _before(today, number, unit), today, at + 3
    if "ago" in kinds[0] and unit:
        return *_whole(today, number, unit), at + 3
    unit = next((kind for kind in kinds[1] if kind in ("days", "weeks", "months", "years")), None)
    if unit and "ago" in kinds[2] and small_number(words[0]):
        return *_whole(today, number, unit), at + 3
    return None


def leaned(period: Period, way: str) -> Period | None:
    """The stretch before, after, since or until the one asked before; None where that has no such end."""
    first, last = period.first, period.last
    if way == "before" and first is not None:
        return Period.between(None, first - timedelta(days=1))
    if way == "after" and last is not None:
        return Period.between(last + timedelta(days=1), None)
    if way == "since" and (first is not None or last is not None):
        return Period.between(first or last, None)
    return Period.between(None, last) if way == "until" and last is not None else None


def shifted(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes the 28th."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def _before(today: date, number: int, unit: str) -> date:
    if unit in ("days", "weeks"):
        return today - timedelta(days=number * (7 if unit == "weeks" else 1))
    months = number * (12 if unit == "years" else 1)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _whole(today: date, number: int, unit: str) -> tuple[date, date]:
    """The year, the month or the day that lies so far back."""
    then = _before(today, number, unit)
    if unit == "years":
        return date(then.year, 1, 1), date(then.year, 12, 31)
    if unit == "months":
        return then.replace(day=1), then.replace(day=calendar.monthrange(then.year, then.month)[1])
    return then, then


@cache
def _words_of_the_calendar() -> dict[str, frozenset[str]]:
    shared: dict[frozenset[str], frozenset[str]] = {}  # hundreds of words are one of a few things
    words: dict[str, frozenset[str]] = {}
    for word, entries in calendar_phrases().items():
        pairs = (pair for phrase, found in entries if len(phrase) == 1 for pair in found)
        kinds = frozenset(value if kind == "unit" else kind for kind, value in pairs)
        words[word] = shared.setdefault(kinds, kinds)
    return words


def _kinds(word: str) -> frozenset[str]:
    """What a single word of the calendar can be: "past", "ago", "earlier", or a unit."""
    return _words_of_the_calendar().get(word, frozenset())
