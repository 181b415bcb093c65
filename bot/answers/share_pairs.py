"""Which figure of a part goes with which figure of its whole."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.entries import Entry
from bot.answers.headline import Selection
from bot.answers.percent import is_capped, percentage
from bot.answers.times import LATEST, QUARTER_DAYS, days_apart
from db.model.records import Counts, Kind, Who
from db.model.values import Interval

YEAR = 4
"""In quarters."""
SAME_TIME = 2
"""Quarters within which one source's part and whole are taken together."""


@dataclass(frozen=True, slots=True)
class Side:
    """What is divided, or what it is divided by: some places in one measure and who."""

    places: tuple[str, ...]
    measure: str
    who: Who


@dataclass(frozen=True, slots=True)
class Sides:
    """A part and the whole that strictly contains it: by place, by who, or by what became of them."""

    part: Side
    whole: Side


def best_pair(part: Selection, whole: Selection) -> tuple[Entry, Entry, Interval] | None:
    """The pair of one source and about one date, else of one date, else of dates as near as can be.

    Where a time is asked, what is older by half a year than another pair of about one date gives way to it. Among its
    equals a pair that says less, or whose part could be above its whole, gives way.
    """
    found: list[tuple[tuple[int, ...], Entry, Entry, Interval]] = []
    for index, mine in enumerate((*part.claims, *part.earlier)):
        for position, other in enumerate((*whole.claims, *whole.earlier)):
            if not comparable(mine, other) or other.figure.value.surely_below(mine.figure.value):
                continue
            percent = percentage(mine.figure.value, other.figure.value)
            if percent is None:
                continue
            loose = int(is_open(mine)) + int(is_open(other)) + int(is_capped(mine.figure.value, other.figure.value))
            age = quarters_apart(part.headline, mine) // YEAR
            found.append(((*apart(mine, other), age, loose, index, position), mine, other, percent))
    of_one_time = [_day(mine, other) for key, mine, other, _ in found if key[1] <= SAME_TIME]
    since = 0 if part.asked.is_open else max(of_one_time, default=0) - SAME_TIME * QUARTER_DAYS
    return min(found, key=lambda pair: (_day(*pair[1:3]) < since, pair[0]))[1:] if found else None


def _day(mine: Entry, other: Entry) -> int:
    """The day up to which both figures of a pair speak."""
    return min(entry.moment[1] if entry.moment else 0 for entry in (mine, other))


def comparable(mine: Entry, other: Entry) -> bool:
    """Whether two figures count the same theatre, in the same way and, over stretches, the same one."""
    if mine.scope is not other.scope or mine.attempts != other.attempts or mine.figure.id == other.figure.id:
        return False
    families = [entry.figure.counts is Counts.WITH_FAMILIES for entry in (mine, other)]
    one_source = mine.figure.source == other.figure.source
    if mine.figure.who is other.figure.who and families[0] is not families[1] and not one_source:
        return False
    over_time = (mine.is_stretch and mine.kind is not Kind.RATE) or (other.is_stretch and other.kind is not Kind.RATE)
    return not over_time or mine.stretch == other.stretch


def apart(mine: Entry, other: Entry) -> tuple[int, int]:
    """How little two figures belong together: one source, one date, or the quarters between their dates."""
    apart = quarters_apart(mine, other)
    one_source = apart <= SAME_TIME and mine.figure.source == other.figure.source
    return (0 if one_source else 1 if apart == 0 else 2), apart


def is_open(entry: Entry) -> bool:
    """Whether a figure states one end only."""
    return entry.figure.value.low is None or entry.figure.value.high is None


def quarters_apart(mine: Entry, other: Entry) -> int:
    """Dates of one quarter count as one date; an undated side is further away than any other."""
    days = days_apart(mine, other)
    return LATEST if days is None else days // QUARTER_DAYS
