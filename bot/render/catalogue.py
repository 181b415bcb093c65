"""What a locale's table holds: words by key, and how numbers and dates are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Numerals:
    """How numbers are written; always in the digits 0–9, so that a figure reads as its source printed it."""

    group: str
    decimal: str
    percent: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """How dates are written; the patterns take ``d``, ``month`` and ``y``."""

    months: tuple[str, ...]
    short: tuple[str, ...]
    day: str
    day_of_month: str
    month: str
    short_day: str = "{d} {month} {y}"
    short_day_of_month: str = "{d} {month}"
    short_month: str = "{month} {y}"
    range: str = ""
    """A pattern of ``start`` and ``end`` for locales where a dash between numbers could be read either way."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One locale's words; keys may end in a plural category (``.one``, ``.few``, ``.other``)."""

    locale: str
    rtl: bool
    numerals: Numerals
    calendar: Calendar
    words: Mapping[str, str]
