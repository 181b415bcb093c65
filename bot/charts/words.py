"""The words and notation of the pictures in one locale; bounds are signs that need no translation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from functools import cache

from bot.words.catalogue import Catalogue, catalogue_of, language_of_tag
from bot.words.dates import coarsest, spell, spell_range
from db.model.values import Bound, Interval, Number, PartialDate, Period

_THIN = "\u202f"
"""French groups by a narrow space, which the fonts of the pictures lack."""
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


class ChartWords:
    """One language's words; KeyError for a word that its catalogue lacks."""

    __slots__ = ("_words", "catalogue", "locale", "rtl")

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.locale = catalogue.locale
        self.rtl = catalogue.rtl
        self._words = catalogue.words

    def say(self, key: str, **values: str) -> str:
        """A sentence of the pictures."""
        return self._words[f"chart.{key}"].format_map(values)

    def of(self, table: str, key: str) -> str:
        """A word of a table, the pictures' own or the answers'; an id that has no word stays readable."""
        return self._words.get(f"chart.{table}.{key}") or self._words.get(f"{table}.{key}") or key.replace("_", " ")

    def number(self, number: Number) -> str:
        """A number, grouped as the locale writes it, in the digits 0–9."""
        shown = _rounded(number)
        whole, _, rest = (f"{shown:,}" if isinstance(shown, int) else f"{shown:,f}").partition(".")
        numerals = self.catalogue.numerals
        whole = whole.replace(",", " " if numerals.group == _THIN else numerals.group)
        return f"{whole}{numerals.decimal}{rest}" if rest else whole

    def value(self, value: Interval, *, none_known: bool = False) -> str:
        """An interval in signs: ``420–516``, ``≥ 750``, ``≈ 440``; never a midpoint."""
        if value.is_zero and none_known:
            return self.say("none_known")
        return self.left_to_right(self._filled(_SIGNS[value.bound], value))

    def spoken(self, value: Interval, *, none_known: bool = False) -> str:
        """An interval in words, for texts that are read aloud."""
        if value.is_zero and none_known:
            return self.say("none_known")
        return self._filled(self._words[f"chart.spoken.{value.bound}"], value)

    def _filled(self, pattern: str, value: Interval) -> str:
        shown = outward(value)
        low = self.number(shown.low) if shown.low is not None else ""
        high = self.number(shown.high) if shown.high is not None else ""
        return pattern.format(n=low or high, low=low, high=high)

    def several(self, parts: Iterable[str], most: int, joint: str = "comma") -> str:
        """A list cut after some items: "Oman, Qatar and 12 more"; ``joint`` is ``comma`` or ``semicolon``."""
        items = list(parts)
        kept = items if len(items) <= most + 1 else items[:most]
        text = self._words[f"chart.{joint}"].join(kept)
        return text if kept is items else f"{text} {self.say('more', n=str(len(items) - most))}"

    def date(self, day: PartialDate) -> str:
        """A date as the answers write it in lists: "8 Dec 2015"."""
        return spell(day, self.catalogue.calendar, short=True)

    def dates(self, period: Period) -> str:
        """A stretch of time in the fewest words that hold as much: "2013", "Jan–Sept 2016"; an open end is "…"."""
        whole = coarsest(period)
        start, end = whole.start, whole.end
        if start is None or end is None:
            return f"{self.date(start) if start else '…'} – {self.date(end) if end else '…'}"
        return spell_range(start, end, self.catalogue.calendar, short=True)

    def left_to_right(self, text: str) -> str:
        """A number or a foreign name inside of a text that runs the other way."""
        return f"{LRI}{text}{PDI}" if self.rtl and text else text

    def line(self, text: str) -> str:
        """A whole line; the renderer takes every line as left-to-right unless it is told."""
        return f"{RLI}{text}{PDI}" if self.rtl and text else text


def bare(text: str) -> str:
    """A text without the marks that steer its direction."""
    return re.sub(f"[{LRI}{RLI}{FSI}{PDI}]", "", text)


def outward(value: Interval) -> Interval:
    """A computed interval in few digits; its ends move outward, so that no possible value is lost."""
    if value.low == value.high:
        return value
    low = None if value.low is None else _rounded(value.low, ROUND_FLOOR)
    high = None if value.high is None else _rounded(value.high, ROUND_CEILING)
    return Interval(low, high, Bound.ABOUT if low == high else value.bound)


def _rounded(number: Number, rounding: str = ROUND_HALF_EVEN) -> Number:
    """A rate has no more certainty than its count, so it gets two or three digits; a count keeps all of its own."""
    if isinstance(number, int):
        return number
    if number >= 100:
        places = 0
    elif number >= 10:
        places = 1
    else:
        places = 2 if number >= Decimal("0.1") or not number else 1 - number.adjusted()
    result = number.quantize(Decimal(1).scaleb(-places), rounding)
    return int(result) if result == result.to_integral_value() else result.normalize()


def words_of(locale: str) -> ChartWords:
    """The words of a locale tag (``fr``, ``fr-CA``); English where there is no file."""
    return _words(language_of_tag(locale))


@cache
def _words(language: str) -> ChartWords:
    return ChartWords(catalogue_of(language))
