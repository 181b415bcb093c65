"""Times that lean on another time: "the past 12 months" on today, "two years earlier" on the question before."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from bot.questions.calendar_words import calendar_phrases
from bot.questions.numbers import small_number
from bot.questions.tokens import Token
from db.values import Period

_ARTICLES = frozenset("a an the one that un une le la ein das el een het bir".split())
_WAYS = {
    "before": "before", "since": "since", "after": "after", "until": "until", "till": "until", "by": "until",
}  # fmt: skip
_TIMES = frozenset("date time point day moment period year month too as again".split())
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


def shift_in(tokens: Sequence[Token]) -> tuple[int, list[Token]] | None:
    """Years to move by, and the words that say so: "two years earlier", "the year after"; None when nothing does."""
    for at, token in enumerate(tokens[:-1]):
        if "years" not in _kinds(token.word):
            continue
        way = _kinds(tokens[at + 1].word)
        sign = -1 if "earlier" in way else 1 if "later" in way else 0
        before = tokens[at - 1].word if at else ""
        number = small_number(before) or (1 if before in _ARTICLES or not before else None)
        if sign and number:
            return sign * number, list(tokens[max(0, at - 1) : at + 2])
    for at, token in enumerate(tokens[:-1]):
        kinds = _kinds(token.word)
        if "years" in _kinds(tokens[at + 1].word) and kinds & {"preceding", "following"}:
            return (-1 if "preceding" in kinds else 1), list(tokens[at : at + 2])
    return None


def counts_from_another(tokens: Sequence[Token]) -> bool:
    """Whether a number of months, weeks or days before or after something is said: "six months after the caliphate"."""
    for at, token in enumerate(tokens[1:-1], start=1):
        unit = bool(_kinds(token.word) & {"days", "weeks", "months", "years"})
        way = bool(_kinds(tokens[at + 1].word) & {"earlier", "later"})
        if unit and way and small_number(tokens[at - 1].word):
            return True
    return False


def leaning(tokens: Sequence[Token]) -> str | None:
    """How a time leans on that of the question before: "before" in "and before that?"; None when it does not."""
    words = [token.word for token in tokens]
    for at, (way, what) in enumerate(pairwise(words)):
        behind = words[at + 2 : at + 3]
        known = way in _WAYS or (way == "to" and words[at - 1 : at] == ["up"])
        if known and what in ("that", "then") and (not behind or behind[0] in _TIMES):
            return _WAYS.get(way, "until")
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
