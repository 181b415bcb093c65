"""The time asked about before, moved on or back: "a year earlier", "the month before", "the next one"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.questions.calendar_words import units_of
from bot.questions.dialogue.merging import merged, time_of, with_parts
from bot.questions.dialogue.said import Said
from bot.questions.dialogue.state import State
from bot.questions.query import Query
from bot.questions.stretches import month_end, shifted
from db.model.values import Period

_MOST = 100


def shift(query: Query, said: Said, state: State) -> Query | None:
    """As much earlier or later as is said; where no unit is, by the length of the time asked before."""
    time = time_of(said)
    sign = -1 if said.has("earlier") else 1 if said.has("later") else 0
    found = with_parts(query, said)
    if said.measure == "monthly_rate":  # "a month earlier"
        found = replace(found, measure=query.measure)
    if not time.is_open and (query.period.is_open or not sign):
        return replace(merged(query, said), period=time, times=())
    if not sign:
        sign = -1 if said.has("before") else 1
    unit = unit_of(said)
    count = next((one for one in said.numbers if 0 < one < _MOST), 1) if unit else 1
    months = sign * count * (unit or _length(query.period))
    first, last = query.period.first, query.period.last
    if first is None and last is None:
        return None
    return replace(found, period=Period.between(first and shifted(first, months), _end(last, months)), times=())


def _end(last: date | None, months: int) -> date | None:
    """The end moved on; the last day of a month stays one."""
    if last is None:
        return None
    moved = shifted(last, months)
    return month_end(moved.year, moved.month) if last == month_end(last.year, last.month) else moved


def unit_of(said: Said) -> int:
    """The months that a named unit has; 0 where none is."""
    units = {value for token in said.heard.spans.tokens for value in units_of(token.word)}
    return next((months for unit, months in (("years", 12), ("months", 1)) if unit in units), 0)


def _length(period: Period) -> int:
    """The months of a closed time; a year for all that is open or longer."""
    if period.first is None or period.last is None:
        return 12
    months = round(((period.last - period.first).days + 1) / 30.4)
    return months if 1 <= months <= 12 else 12
