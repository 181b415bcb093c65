"""The written rule behind the credibility of figures: what other bodies say of the same thing, or nearly so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Literal

from db.model.records import Destination, Figure, Kind
from db.model.values import Interval, Number, Period

DAYS_APART = 183
"""Two counts at a date are compared when their dates are at most half a year apart."""
DAYS_NEAR = 730
"""A count that nobody repeats may still fit those up to two years away."""
TOLERANCE = 10
"""Two values agree when their nearest stated ends differ by at most a tenth of the larger."""
FIRST_YEARS_END = 2014
"""A cumulative count with a stated start from here on leaves the first years out."""
AGAINST = 3
"""So many bodies that agree with each other, and against a figure by more than a factor of two, make it improbable."""

Opinion = Literal["agrees", "conflicts", "neither"]
Voice = tuple[Figure, frozenset[str]]
"""A figure, and the bodies that counted."""


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
    if not _same_thing(mine, other):
        return False
    if kind in (Kind.FLOW, Kind.RATE):
        return not mine.period.is_open and mine.period.same_days(other.period)
    if kind is Kind.CUMULATIVE and not _same_beginning(mine, other):
        return False
    return _days_between(mine, other) in range(DAYS_APART + 1)


def credibility(figure: Figure, bodies: frozenset[str], others: Iterable[Voice], kind: Kind) -> int:
    """The grade 1 to 6 of a figure, counted by some bodies, among others of its place and measure.

    1 another body agrees and none conflicts · 2 the same body, or a document that depends on it, repeats it · 3 nobody
    repeats it, yet it fits what comes near, or is a step from it, or more bodies agree than conflict · 4 another body
    conflicts, or the order of cumulative counts is broken · 5 three bodies agree against it by more than a factor of
    two · 6 nothing near it.
    """
    rest = [voice for voice in others if voice[0].id != figure.id and _same_thing(figure, voice[0])]
    voices = [voice for voice in rest if comparable(figure, voice[0], kind)]
    foreign = [voice for voice in voices if not voice[1] & bodies]
    agreeing = _bodies(voice for voice in foreign if opinion(figure.value, voice[0].value) == "agrees")
    conflicting = [voice for voice in foreign if opinion(figure.value, voice[0].value) == "conflicts"]
    if agreeing:
        against = len(_bodies(conflicting))
        return 1 if not against else 3 if len(agreeing) > against else 4
    if conflicting:
        return 5 if _stand_together(figure, conflicting) else 4
    if any(opinion(figure.value, other.value) == "agrees" for other, counted in voices if counted & bodies):
        return 2
    return _beside_the_nearest(figure, bodies, rest, kind)


def _same_thing(mine: Figure, other: Figure) -> bool:
    return (mine.place, mine.measure, mine.who, _theatre(mine), mine.counts.holds_attempts) == (
        *(other.place, other.measure, other.who),
        *(_theatre(other), other.counts.holds_attempts),
    )


def _theatre(figure: Figure) -> Destination:
    """Syria, or Syria and Iraq: sources of the time use both for one theatre."""
    return Destination.SY_IQ if figure.destination is Destination.SY else figure.destination


def _days_between(mine: Figure, other: Figure) -> int:
    """The days between two as-of dates; -1 where one has none."""
    if mine.as_of is None or other.as_of is None:
        return -1
    return Period(mine.as_of, mine.as_of).gap_days(Period(other.as_of, other.as_of))


def _bodies(voices: Iterable[Voice]) -> set[frozenset[str]]:
    """Bodies that have none in common."""
    found: set[frozenset[str]] = set()
    for _, bodies in voices:
        if not any(bodies & known for known in found):
            found.add(bodies)
    return found


def _stand_together(figure: Figure, conflicting: Sequence[Voice]) -> bool:
    """Whether three bodies agree with each other, and against a figure by more than a factor of two."""
    far = [voice for voice in conflicting if _is_far(figure.value, voice[0].value)]
    return any(
        len(_bodies(three)) == AGAINST
        and all(opinion(one.value, two.value) == "agrees" for (one, _), (two, _) in combinations(three, 2))
        for three in combinations(far, AGAINST)
    )


def _is_far(mine: Interval, other: Interval) -> bool:
    gap, larger = _gap(mine, other)
    return gap * 2 > larger


def _beside_the_nearest(figure: Figure, bodies: frozenset[str], rest: Sequence[Voice], kind: Kind) -> int:
    """3 where a figure fits those up to two years away, 4 where it breaks the order of a cumulative count, else 6.

    It fits where it meets one of them, is a step within a factor of two, or lies in order between two.
    """
    if kind is Kind.FLOW:
        return 6
    near = [voice for voice in rest if 0 <= _days_between(figure, voice[0]) <= DAYS_NEAR]
    if kind is Kind.CUMULATIVE:
        near = [voice for voice in near if _same_beginning(figure, voice[0])]
    steps = _steps(figure, near)
    if kind is Kind.CUMULATIVE and _is_whole(figure):
        if any(_is_out_of_order(*step) for step in _steps(figure, [voice for voice in near if not voice[1] & bodies])):
            return 4
        if {figure in step[:1] for step in steps} == {True, False}:
            return 3  # it has one before it and one after
    if kind is Kind.CUMULATIVE:
        steps = [(earlier, later) for earlier, later in steps if not later.value.surely_below(earlier.value)]
    if any(not _is_far(earlier.value, later.value) for earlier, later in steps):
        return 3
    return 3 if any(figure.value.overlaps(other.value) for other, _ in near) else 6


def _steps(figure: Figure, voices: Iterable[Voice]) -> list[tuple[Figure, Figure]]:
    """The figure with each of the others that has another date, the earlier one first."""
    pairs = [pair for other, _ in voices for pair in ((other, figure), (figure, other))]
    return [(one, two) for one, two in pairs if one.as_of and two.as_of and one.as_of.last < two.as_of.first]


def _is_whole(figure: Figure) -> bool:
    """Whether a cumulative count begins with the war, or nearly so, rather than with some later day."""
    return figure.period.start is None or figure.period.start.year < FIRST_YEARS_END


def _same_beginning(mine: Figure, other: Figure) -> bool:
    """Whether two cumulative counts add up from the same day on, the first years of the war being one."""
    return mine.period.start == other.period.start or (_is_whole(mine) and _is_whole(other))


def _is_out_of_order(earlier: Figure, later: Figure) -> bool:
    """Whether the later count is surely below the earlier one, by more than what agrees."""
    return later.value.surely_below(earlier.value) and opinion(earlier.value, later.value) == "conflicts"


def _is_wide(value: Interval) -> bool:
    low, high = value.printed
    return high > 2 * low


def _gap(mine: Interval, other: Interval) -> tuple[Number, Number]:
    """The distance between the nearest stated ends (0 when closed spans meet), and the larger of the two ends."""
    (mine_low, mine_high), (other_low, other_high) = mine.printed, other.printed
    if mine_high < other_low:
        return other_low - mine_high, other_low
    if other_high < mine_low:
        return mine_low - other_high, mine_low
    return 0, 1
