"""Numbers in words' company: grouping, and the rounding of computed rates."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from bot.words.catalogue import Numerals
from db.model.values import Bound, Interval, Number


def grouped(number: Number, numerals: Numerals) -> str:
    """A number with the locale's group and decimal signs, all digits kept; some languages group from 10,000 on."""
    text = f"{number:,}" if isinstance(number, int) else f"{number:,f}"
    if abs(number) < 10 ** (numerals.least_grouped - 1):
        text = text.replace(",", "")
    if numerals.group == "," and numerals.decimal == ".":
        return text
    whole, _, rest = text.partition(".")
    whole = whole.replace(",", numerals.group)
    return f"{whole}{numerals.decimal}{rest}" if rest else whole


def rounded(number: Number, rounding: str = ROUND_HALF_EVEN) -> Number:
    """A computed rate or share with at most two decimals: two significant digits below one, none from 100 on.

    A rate carries no more certainty than the count that it was computed from, so it gets few digits. Counts
    (int) come back untouched.
    """
    if isinstance(number, int):
        return number
    if number == number.to_integral_value():
        return int(number)
    if number >= 100:
        places = 0
    elif number >= 10:
        places = 1
    elif number >= Decimal("0.1"):
        places = 2
    else:
        places = 1 - number.adjusted()
    result = number.quantize(Decimal(1).scaleb(-places), rounding)
    return int(result) if result == result.to_integral_value() else result.normalize()


def rounded_outward(value: Interval) -> Interval:
    """A computed interval in few digits; its ends move outward so that no possible value is lost."""
    if value.low == value.high:
        number = rounded(value.low) if value.low is not None else None
        return Interval(number, number, value.bound)
    low = None if value.low is None else rounded(value.low, ROUND_FLOOR)
    high = None if value.high is None else rounded(value.high, ROUND_CEILING)
    if low == high:
        return Interval(low, high, Bound.ABOUT)
    return Interval(low, high, value.bound)
