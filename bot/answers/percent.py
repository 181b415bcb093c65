"""One count as a percentage of another, by interval arithmetic; never above the whole."""

from __future__ import annotations

from decimal import Decimal

from db.model.values import Bound, Interval, between

WHOLE = Decimal(100)


def percentage(part: Interval, whole: Interval) -> Interval | None:
    """The percent that one count is of another; None when neither end can be told.

    The lowest is the least part of the most whole; an open whole leaves it open, and an open part the highest.
    Raises ValueError when the part is surely above the whole: it cannot be a part of it.
    """
    if whole.surely_below(part):
        raise ValueError("a part cannot be above its whole")
    low = None if part.low is None or not whole.most else percent_of(part.low, whole.most)
    high = None if part.high is None or not whole.least else percent_of(part.high, whole.least)
    strict_low = part.bound is Bound.MORE_THAN or whole.bound is Bound.FEWER_THAN
    strict_high = part.bound is Bound.FEWER_THAN or whole.bound is Bound.MORE_THAN
    exact = part.bound is Bound.EXACT and whole.bound is Bound.EXACT
    return percent_between(low, high, strict_low=strict_low, strict_high=strict_high, exact=exact)


def is_capped(part: Interval, whole: Interval) -> bool:
    """Whether the ranges would allow more than the whole."""
    return part.high is not None and whole.least > 0 and part.high > whole.least


def percent_between(
    low: Decimal | None, high: Decimal | None, *, strict_low: bool, strict_high: bool, exact: bool
) -> Interval | None:
    """Percents as an interval; never above the whole."""
    if high is not None and high > WHOLE:
        high = WHOLE
    if low is None and high is None:
        return None
    return between(low, high, strict_low=strict_low, strict_high=strict_high, exact=exact or high == 0)


def percent_of(part: int | Decimal, whole: int | Decimal) -> Decimal:
    return Decimal(part) * WHOLE / Decimal(whole)
