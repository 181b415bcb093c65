"""The written rule behind the credibility grades of the package: what independent origins say of the same thing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from db.records import Figure, Holdings, Kind
from db.values import Interval, Number, Period

DAYS_APART = 183
"""Two counts at a date are compared when their dates are at most half a year apart."""
TOLERANCE = 10
"""Two values agree when their nearest stated ends differ by at most a tenth of the larger."""

Opinion = Literal["agrees", "conflicts", "neither"]


def opinion(mine: Interval, other: Interval) -> Opinion:
    """What another value says of mine: an open end can conflict, yet never confirms a number far from it.

    A range whose high end is more than twice its low end confirms nothing: almost any number falls in it.
    """
    gap, larger = _gap(mine, other)
    if gap * TOLERANCE <= larger and not (_is_wide(mine) or _is_wide(other)):
        return "agrees"
    return "neither" if mine.overlaps(other) else "conflicts"


def comparable(mine: Figure, other: Figure, kind: Kind) -> bool:
    """Whether two figures speak of the same people, place, destination and time, so that one can confirm the other."""
    same = (mine.place, mine.measure, mine.who, mine.destination) == (
        other.place,
        other.measure,
        other.who,
        other.destination,
    )
    if not same or mine.counts.holds_attempts != other.counts.holds_attempts:
        return False
    if kind in (Kind.FLOW, Kind.RATE):
        return not mine.period.is_open and mine.period.same_days(other.period)
    if mine.as_of is None or other.as_of is None:
        return False
    mine_at, other_at = Period(mine.as_of, mine.as_of), Period(other.as_of, other.as_of)
    return mine_at.gap_days(other_at) <= DAYS_APART


def credibility(figure: Figure, rivals: Iterable[tuple[Figure, frozenset[str]]], origins: frozenset[str]) -> int:
    """The grade 1 to 6 of a figure among comparable figures, each given with its own origins.

    1 two independent origins agree and none conflicts · 2 one agrees and none conflicts · 3 some agree and some
    conflict · 4 one or more conflict and none agrees · 6 nothing comparable by an independent origin. The rule never
    gives 5 (improbable): that is for a person to say.
    """
    agreeing: set[frozenset[str]] = set()
    conflicting = False
    for rival, rival_origins in rivals:
        if rival_origins & origins:
            continue
        verdict = opinion(figure.value, rival.value)
        if verdict == "agrees" and not any(rival_origins & known for known in agreeing):
            agreeing.add(rival_origins)
        conflicting = conflicting or verdict == "conflicts"
    if agreeing and conflicting:
        return 3
    if agreeing:
        return 1 if len(agreeing) > 1 else 2
    return 4 if conflicting else 6


def credibilities(holdings: Holdings) -> dict[str, int]:
    """The grade that the rule gives to each figure that is held."""
    grades = {}
    for figures in holdings.figures.values():
        for figure in figures:
            kind = holdings.measures[figure.measure].kind
            rivals = [
                (other, holdings.origins(other))
                for other in figures
                if other is not figure and comparable(figure, other, kind)
            ]
            grades[figure.id] = credibility(figure, rivals, holdings.origins(figure))
    return grades


def _is_wide(value: Interval) -> bool:
    low, high = _stated(value)
    return high > 2 * low


def _gap(mine: Interval, other: Interval) -> tuple[Number, Number]:
    """The distance between the nearest stated ends (0 when closed spans meet), and the larger of the two ends."""
    mine_low, mine_high = _stated(mine)
    other_low, other_high = _stated(other)
    if mine_high < other_low:
        return other_low - mine_high, other_low
    if other_high < mine_low:
        return mine_low - other_high, mine_low
    return 0, 1


def _stated(value: Interval) -> tuple[Number, Number]:
    low = value.low if value.low is not None else value.high
    high = value.high if value.high is not None else value.low
    assert low is not None  # Interval refuses a value without a stated end
    assert high is not None
    return low, high
