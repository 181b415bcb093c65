"""Whether the numbers of a text agree with the figures that are held: each with its own place, measure and time.

A number agrees only with a figure of the same place, measure, people and time. What is not certain is not told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum

from bot.answers.answer import Claim
from bot.answers.ask import Asker
from bot.answers.claim_fit import Fit, fit, implies
from bot.answers.claim_reading import ClaimReader, Statement
from bot.answers.entries import Entry, Scope
from bot.answers.offers import COUNTERPARTS
from bot.answers.shelf import Shelf
from bot.answers.times import is_short
from bot.places.resolve import Resolver
from db.model.records import Destination, Kind, Status
from db.model.values import Period

BESIDE = 31
"""Days by which a count may be dated beside the asked day and still be of that time."""
MOST_PART = Decimal(2) / 3
"""A count over so much of a year, from its first day, is taken for that of the year while none of all of it is held."""


class Verdict(StrEnum):
    """How a number stands to what is held."""

    AGREES = "agrees"
    DIFFERS = "differs"
    CANNOT_TELL = "cannot_tell"
    NOT_HELD = "not_held"


class Why(StrEnum):
    """What decided."""

    SAME = "same"
    """A figure of the same place, measure and time says so."""
    OTHERS = "others"
    """Every figure of the same place, measure and time says otherwise."""
    OPEN = "open"
    """What is held does not exclude the number and does not say it: an open bound, a wide range, a rounding."""
    TIME = "time"
    """The number is held, but of another time."""
    MEASURE = "measure"
    """The number is held, but it counts something else."""
    READING = "reading"
    """It is not certain what the number counts."""
    PERCENT = "percent"
    """A percentage; only counts are held."""
    NOTHING = "nothing"
    """No figure of that place, measure and time is held."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One number of a text, how it was read, and how it stands to what is held."""

    statement: Statement
    verdict: Verdict
    why: Why
    claims: tuple[Claim, ...] = ()
    """What decided: the figures that agree, else those that stand against it or come near."""


class _Time(IntEnum):
    """How the time of a figure stands to that of the text."""

    SAME = 0
    NEAR = 1
    """They overlap, or one of them is not certain."""
    BEFORE = 2
    AFTER = 3
    APART = 4
    """Of no use: another stretch, or undated beside dated ones."""


async def check_text(text: str, asker: Asker, places: Resolver, *, today: date) -> tuple[Checked, ...]:
    """Every number that a text states, with how it stands to what is held; none where it states none."""
    statements = await asyncio.to_thread(ClaimReader(asker.reader, places).read, text, today=today)
    return await asker.read_shelf(lambda shelf: tuple(check_statement(one, shelf) for one in statements))


def check_statement(statement: Statement, shelf: Shelf) -> Checked:
    """How one number stands to the figures held."""
    if statement.stated.percent:
        return Checked(statement, Verdict.CANNOT_TELL, Why.PERCENT)
    if statement.place is None or statement.measure not in shelf.holdings.measures:
        return Checked(statement, Verdict.CANNOT_TELL, Why.READING)
    found = _judge(statement, shelf, statement.period)
    if found.verdict is Verdict.AGREES and not statement.said_before.is_open:
        earlier = _judge(statement, shelf, statement.said_before)
        if earlier.verdict is not Verdict.AGREES:
            return Checked(statement, Verdict.CANNOT_TELL, Why.TIME, found.claims)
    if not statement.sure:
        return Checked(statement, Verdict.CANNOT_TELL, Why.READING, found.claims)
    return found


def _judge(statement: Statement, shelf: Shelf, period: Period) -> Checked:
    assert statement.place is not None
    assert statement.measure is not None
    entries = _entries(statement, shelf, statement.measure)
    times = {entry: _time(entry, statement, period) for entry in entries}
    if not period.is_open and any(times[entry] is _Time.SAME for entry in entries if entry.own_days):
        times.update({entry: _Time.APART for entry in entries if not entry.own_days})
    times = _without_parts(times, period)
    fits = {entry: _fit(statement, entry) for entry in entries}

    def shown(chosen: Sequence[Entry]) -> tuple[Claim, ...]:
        return tuple(shelf.claim(entry) for entry in sorted(chosen, key=lambda entry: (times[entry], entry.figure.id)))

    same = [entry for entry in entries if times[entry] is _Time.SAME]
    above = any(fits[entry] is Fit.BELOW for entry in entries if times[entry] <= _Time.NEAR)
    agreeing = [entry for entry in same if fits[entry] is Fit.SAME and not (statement.peak and above)]
    implied = [entry for entry in same if implies(statement.stated.value, entry.figure.value)]
    if not agreeing and implied and not any(fits[entry] in (Fit.BELOW, Fit.ABOVE) for entry in same):
        agreeing = implied
    if agreeing:
        return Checked(statement, Verdict.AGREES, Why.SAME, shown(agreeing))
    near = [entry for entry in entries if times[entry] is _Time.NEAR]
    undecided = [entry for entry in (*same, *near) if fits[entry] in (Fit.SAME, Fit.OPEN)]
    elsewhen = [entry for entry in entries if times[entry] > _Time.NEAR and fits[entry] is Fit.SAME]
    against = [entry for entry in entries if _contradicts(times[entry], fits[entry], entry, period)]
    if undecided:
        why = Why.TIME if all(times[entry] is _Time.NEAR for entry in undecided) else Why.OPEN
        return Checked(statement, Verdict.CANNOT_TELL, why, shown(undecided))
    before = [entry for entry in elsewhen if times[entry] is _Time.BEFORE and entry.kind is Kind.CUMULATIVE]
    if before and period.last is not None:
        return Checked(statement, Verdict.CANNOT_TELL, Why.TIME, shown(before))
    if against:
        # "said in December that 2,900 had gone": all who had by then
        if is_short(period) and (other := _other_measure(statement, shelf, period)).claims:
            return replace(other, verdict=Verdict.CANNOT_TELL)
        return Checked(statement, Verdict.DIFFERS, Why.OTHERS, shown(against))
    if elsewhen:
        return Checked(statement, Verdict.CANNOT_TELL, Why.TIME, shown(elsewhen))
    return _other_measure(statement, shelf, period)


def _fit(statement: Statement, entry: Entry) -> Fit:
    """How the number stands to a figure: what is disputed agrees with nothing, "nearly" is not above its number.

    A count that holds attempts does not say how many arrived.
    """
    value = entry.figure.value
    found = fit(statement.stated.value, value)
    beyond = statement.stated.nearly and value.least > statement.stated.number
    attempts = entry.attempts and statement.arrived
    if found is Fit.SAME and (entry.figure.status is Status.DISPUTED or beyond or attempts):
        return Fit.OPEN
    return found


def _other_measure(statement: Statement, shelf: Shelf, period: Period) -> Checked:
    """Nothing is held of that; where the number is that of the measure's counterpart, it is shown."""
    other = COUNTERPARTS.get(statement.measure or "")
    entries = _entries(statement, shelf, other) if other else []
    last = period.last
    named = [
        entry
        for entry in entries
        if fit(statement.stated.value, entry.figure.value) is Fit.SAME
        and (last is None or _meets(entry.own_days, *_days(period)))
    ]
    claims = tuple(shelf.claim(entry) for entry in sorted(named, key=lambda entry: entry.figure.id))
    return Checked(statement, Verdict.NOT_HELD, Why.MEASURE if claims else Why.NOTHING, claims)


def _entries(statement: Statement, shelf: Shelf, measure: str) -> list[Entry]:
    """The figures of the place, measure and people, and of the theatre where the text names one."""
    assert statement.place is not None
    entries = shelf.entries(statement.place, measure, statement.who)
    if statement.destination is Destination.IQ:
        return [entry for entry in entries if entry.scope is Scope.IRAQ_ONLY]
    wanted = {Scope.SYRIA_AND_IRAQ} if statement.to_theatre else {Scope.SYRIA_AND_IRAQ, Scope.WIDER}
    return [entry for entry in entries if entry.scope in wanted]


def _meets(days: tuple[int, int] | None, first: int, last: int) -> bool:
    return days is not None and days[0] <= last and days[1] >= first


def _time(entry: Entry, statement: Statement, period: Period) -> _Time:
    if period.is_open:
        return _Time.NEAR if entry.is_stretch and entry.kind is not Kind.RATE else _Time.SAME
    if entry.kind is Kind.RATE:
        return _rate_time(entry, period)
    if entry.is_stretch:
        return _stretch_time(entry, period)
    if entry.kind is Kind.CUMULATIVE and period.start is not None and statement.measure != "travelled":
        return _Time.NEAR if _meets(entry.moment, *_days(period)) else _Time.APART
    return _date_time(entry, period)


def _days(period: Period) -> tuple[int, int]:
    first, last = period.first, period.last
    return (first.toordinal() if first else 0), (last.toordinal() if last else 10**7)


def _rate_time(entry: Entry, period: Period) -> _Time:
    first, last = _days(period)
    days = entry.stretch
    if days is None:
        return _Time.NEAR
    if not _meets(days, first, last):
        return _Time.APART
    is_part = days[1] - days[0] + 1 < MOST_PART * (last - first + 1)  # a month is not its year
    return _Time.SAME if first <= days[0] and days[1] <= last and not is_part else _Time.NEAR


def _stretch_time(entry: Entry, period: Period) -> _Time:
    """A count over a stretch is of the asked time where both have the same ends."""
    first, last = _days(period)
    days = entry.stretch
    if days is None or not _meets(days, first, last):
        return _Time.APART
    if days == (first, last):
        return _Time.SAME
    begins = days[0] == first and days[1] < last
    return _Time.SAME if begins and days[1] - days[0] + 1 >= MOST_PART * (last - first + 1) else _Time.NEAR


def _without_parts(times: dict[Entry, _Time], period: Period) -> dict[Entry, _Time]:
    """A count over most of a year steps back where one over all of it is held."""
    days = _days(period)
    whole = any(time is _Time.SAME and entry.is_stretch and entry.stretch == days for entry, time in times.items())
    if not whole:
        return times
    return {
        entry: _Time.NEAR if time is _Time.SAME and entry.is_stretch and entry.stretch != days else time
        for entry, time in times.items()
    }


def _date_time(entry: Entry, period: Period) -> _Time:
    """A count up to or at a date is of the asked time when it is dated within it, or beside its last day."""
    first, last = _days(period)
    if period.start is None and period.end is not None:  # a count of spring is none of "by 2015", the end of the year
        first = period.end.last.replace(day=1).toordinal()
    moments = [days for days in (entry.as_of, entry.end) if days is not None]
    if not moments:
        return _Time.NEAR
    around = (first - BESIDE, last + BESIDE) if period.start is None else (first, last)
    year = (period.end.last.replace(month=1, day=1).toordinal(), last) if period.end else (0, 0)
    if any((around[0] <= days[0] and days[1] <= around[1]) or days == year for days in moments):
        return _Time.SAME
    if any(_meets(days, *around) for days in moments):
        return _Time.NEAR
    return _Time.BEFORE if max(days[1] for days in moments) < around[0] else _Time.AFTER


def _contradicts(time: _Time, found: Fit, entry: Entry, period: Period) -> bool:
    """Whether a figure excludes the number: at its own time, or as a count that only grows, before or after it.

    Of departures a part of the time excludes fewer, all of it and more excludes more; another stretch excludes nothing.
    """
    if found in (Fit.SAME, Fit.OPEN) or time is _Time.APART:
        return False
    if time is _Time.NEAR and entry.kind is Kind.FLOW and entry.stretch and not period.is_open:
        (first, last), (start, end) = _days(period), entry.stretch
        inside, around = first <= start and end <= last, start <= first and last <= end
        return (inside and found is Fit.BELOW) or (around and found is Fit.ABOVE)
    if time <= _Time.NEAR:
        return True
    return entry.kind is Kind.CUMULATIVE and found is (Fit.BELOW if time is _Time.BEFORE else Fit.ABOVE)
