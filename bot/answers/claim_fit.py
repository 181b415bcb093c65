"""How a stated number or bound stands to a held value, whatever their times."""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum

from db.model.values import Bound, Interval

WIDTH = Decimal("0.05")
"""How far "about" reaches at most, as a part of the number."""
WIDEST = Decimal("0.1")
"""Within this part of a rounded number, what is not within its width is neither right nor wrong."""
NARROW = Decimal("1.15")
"""A range whose end is at most so many times its start says enough to be agreed with by a number inside."""
WIDE = Decimal("1.35")
"""Of a range that is wider than this not even an end is agreed with, unless the text says the range."""
NEAR = Decimal("1.02")
"""A number above an open bound by at most so much is that bound, where it is said as coarsely."""
FAR = 2
"""A number so many times an open bound is no longer what its source means."""


class Fit(IntEnum):
    """How a number stands to one figure, whatever its time."""

    SAME = 0
    OPEN = 1
    BELOW = 2
    ABOVE = 3


def rounding(number: int | Decimal) -> Decimal:
    """Half of the last place that a rounded number shows; at most a twentieth of it.

    >>> rounding(6000), rounding(915), rounding(40)
    (Decimal('300.00'), Decimal('0.5'), Decimal('2.00'))
    """
    whole = int(number)
    return min(Decimal(_unit(whole)) / 2, WIDTH * whole)


def _unit(whole: int) -> int:
    """The last place that a number shows: 100 of 1,500, 1 of 457."""
    unit = 1
    while whole and whole % (unit * 10) == 0:
        unit *= 10
    return unit


def fit(said: Interval, held: Interval) -> Fit:
    """How a stated number or bound stands to a held value."""
    if said.bound in (Bound.EXACT, Bound.ABOUT):
        assert said.low is not None
        return _number_fit(Decimal(said.low), said.bound is Bound.ABOUT, held)
    if said.bound is Bound.RANGE:
        return _range_fit(said, held)
    return _bound_fit(said, held)


def _number_fit(number: Decimal, about: bool, held: Interval) -> Fit:
    mine = rounding(number) if about else Decimal(0)
    low, high = held.low, held.high
    if low is not None and high is not None and low != high:
        return _in_range(number, mine, Decimal(low), Decimal(high))
    if low is not None and high is not None:
        return _beside(number, mine, Decimal(low), held.bound is Bound.ABOUT)
    if low is not None:
        if number + mine < low:
            return Fit.BELOW
        as_coarse = _unit(int(number)) >= _unit(int(low))  # "457" knows more than "more than 450" says
        if number <= low + mine or (as_coarse and number <= low * NEAR):
            return Fit.SAME
        return Fit.ABOVE if number > low * FAR else Fit.OPEN
    assert high is not None
    if number - mine > high:
        return Fit.ABOVE
    return Fit.OPEN  # "at most 300" is not 300


def _beside(number: Decimal, mine: Decimal, held: Decimal, rounded: bool) -> Fit:
    """A number beside one that is held as exact or as rounded.

    Only the text's own "about" has a width to agree within: a number that is said to the last place and differs in it
    is not what a rounded figure says, though it does not exclude it.
    """
    apart = abs(number - held)
    if apart <= mine:
        return Fit.SAME
    if apart <= (WIDEST * held if rounded else max(rounding(number), (NEAR - 1) * held)):
        return Fit.OPEN
    return Fit.BELOW if number < held else Fit.ABOVE


def _in_range(number: Decimal, mine: Decimal, low: Decimal, high: Decimal) -> Fit:
    """A number agrees with a narrow range that it stands in, and with one of its ends when it is not wide."""
    if number + mine < low:
        return Fit.BELOW
    if number - mine > high:
        return Fit.ABOVE
    is_end = number in (low, high) and high <= low * WIDE
    return Fit.SAME if is_end or high <= low * NARROW else Fit.OPEN


def _range_fit(said: Interval, held: Interval) -> Fit:
    """A stated range agrees with the same range, or with a number inside of it when it is narrow."""
    assert said.low is not None
    assert said.high is not None
    if (said.low, said.high) == (held.low, held.high):
        return Fit.SAME
    if held.most is not None and held.most < said.low:
        return Fit.ABOVE
    if held.least > said.high:
        return Fit.BELOW
    if held.high is None and held.least * FAR < said.low:
        return Fit.ABOVE
    if held.low is None and said.high * FAR < (held.most or 0):
        return Fit.BELOW
    inside = held.low is not None and held.high is not None and said.low <= held.low and held.high <= said.high
    return Fit.SAME if inside and said.high <= said.low * WIDE else Fit.OPEN


def _bound_fit(said: Interval, held: Interval) -> Fit:
    """A stated bound agrees with the same bound, or with its number stated without one."""
    number = said.low if said.low is not None else said.high
    assert number is not None
    upper = said.low is None
    ends = {end for end in (held.low, held.high) if end is not None}
    same_side = (held.low is None) == upper and (held.low is None or held.high is None)
    if number in ends and (same_side or (held.low == held.high and _allows(said, held))):
        return Fit.SAME
    if upper and held.least > number:
        return Fit.BELOW
    if not upper and held.most is not None and held.most < number:
        return Fit.ABOVE
    if not upper and held.most is None and held.least * FAR < number:
        return Fit.ABOVE
    if upper and held.low is None and number * FAR < (held.most or 0):
        return Fit.BELOW
    return Fit.OPEN


def _allows(said: Interval, held: Interval) -> bool:
    """Whether a bound that prints the very number allows it: "at least 22" of 22, "more than 22" only of about 22."""
    strict = said.bound in (Bound.MORE_THAN, Bound.FEWER_THAN)
    return not strict or held.bound is Bound.ABOUT


def implies(said: Interval, held: Interval) -> bool:
    """Whether a held value makes a stated bound true and comes near enough to it to say that it is."""
    if held.low is None or held.high is None:
        return False
    strict = said.bound in (Bound.MORE_THAN, Bound.FEWER_THAN)
    if said.bound in (Bound.MORE_THAN, Bound.AT_LEAST) and said.low is not None:
        beyond = said.low < held.low if strict else said.low <= held.low
        return beyond and held.high <= said.low * WIDE
    if said.bound in (Bound.FEWER_THAN, Bound.AT_MOST) and said.high is not None:
        beyond = held.high < said.high if strict else held.high <= said.high
        return beyond and said.high <= held.low * WIDE
    return False
