"""What is written in pictures otherwise than in texts: bounds as signs, and the direction of each line."""

from __future__ import annotations

import re

from bot.words.words import Words
from bot.words.writing import grouped, rounded_outward
from db.model.values import Bound, Interval

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
_SIGNS = {
    Bound.EXACT: "{n}",
    Bound.ABOUT: "≈ {n}",
    Bound.AT_LEAST: "≥ {n}",
    Bound.MORE_THAN: "> {n}",
    Bound.AT_MOST: "≤ {n}",
    Bound.FEWER_THAN: "< {n}",
    Bound.RANGE: "{low}–{high}",
}


def signs(value: Interval, words: Words, *, none_known: bool = False) -> str:
    """An interval in signs: ``420–516``, ``≥ 750``, ``≈ 440``; never a midpoint."""
    if value.is_zero and none_known:
        return words.say("chart.none_known")
    shown = rounded_outward(value)
    low, high = ("" if end is None else grouped(end, words.numerals) for end in (shown.low, shown.high))
    return words.embed(_SIGNS[shown.bound].format(n=low or high, low=low, high=high))


def spoken(value: Interval, words: Words, *, none_known: bool = False) -> str:
    """An interval in words, for texts that are read aloud; a zero that is only "none known" is called so."""
    return words.say("chart.none_known") if value.is_zero and none_known else words.value(value)


def drawn_line(text: str, words: Words) -> str:
    """A whole line as the renderer is to draw it, which takes every line as left-to-right unless it is told.

    French groups digits by a narrow space, which the fonts of the pictures lack.
    """
    text = text.replace("\u202f", "\u00a0")
    return f"{RLI}{text}{PDI}" if words.rtl and text else text


def bare(text: str) -> str:
    """A text without the marks that steer its direction."""
    return re.sub(f"[{LRI}{RLI}{FSI}{PDI}]", "", text)
