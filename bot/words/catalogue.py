"""What a language's folder holds: its messages by key, and how it writes numbers and dates."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from db.model.values import Number

FOLDER = Path(__file__).with_name("languages")
Rule = Callable[[Number], bool]
"""Whether a number is of a plural or ordinal category."""
_RELATION = re.compile(r"([nivwftec])(?: mod (\d+))? (not )?in ([\d.,]+)")
"""A part of a rule of CLDR, as it is written there: "n mod 10 in 2..4"."""


@dataclass(frozen=True, slots=True)
class Numerals:
    """How numbers are written; always in the digits 0–9, so that a figure reads as its source printed it."""

    group: str
    decimal: str
    percent: str
    least_grouped: int
    """How many digits a number has before they are grouped."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """How dates are written; the patterns take ``d``, ``month`` and ``y``."""

    months: tuple[str, ...]
    short_months: tuple[str, ...]
    day: str
    day_of_month: str
    month: str
    short_day: str
    short_day_of_month: str
    short_month: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One language's messages; a key may end in a plural category (``_one``, ``_few``, ``_other``)."""

    locale: str
    rtl: bool
    numerals: Numerals
    calendar: Calendar
    plurals: Mapping[str, Rule]
    ordinals: Mapping[str, Rule]
    words: Mapping[str, str]
    origins: Mapping[str, str]
    """How people of a place are said to come from it, by its id: ``from the {place}``; "" is the usual way."""
    bodies: Mapping[str, str]
    """Official bodies by the name that the dataset has; what stands before "|" is said inside of a sentence only.

    Behind "||" stands the label, where it is declined otherwise: "der belgische Minister||belgischer Minister".
    """


@cache
def languages() -> tuple[str, ...]:
    """The languages that have messages, English first; any other is answered in English."""
    return ("en", *sorted({path.parent.name for path in FOLDER.glob("*/messages.json")} - {"en"}))


def language_of_tag(tag: str) -> str:
    """The language of a locale tag (``fr``, ``fr-CA``, ``en_GB``); English where there are no messages."""
    language = re.split("[-_]", tag, maxsplit=1)[0].lower()
    return language if language in languages() else "en"


@cache
def catalogue_of(language: str) -> Catalogue:
    """The catalogue of a language that has messages."""
    notation = read_file(language, "cldr")
    return Catalogue(
        language,
        notation["rtl"],
        Numerals(notation["group"], notation["decimal"], notation["percent"], notation["least_grouped"]),
        Calendar(
            tuple(notation["months"]),
            tuple(notation["short_months"]),
            *(notation[name] for name in Calendar.__dataclass_fields__ if "months" not in name),
        ),
        read_rules(notation["plurals"]),
        read_rules(notation["ordinals"]),
        read_file(language, "messages"),
        {place: way for way, places in read_file(language, "places").items() for place in places.split() or [""]},
        read_file(language, "bodies"),
    )


def read_file(language: str, name: str) -> dict[str, Any]:
    """One of the files of a language's folder; empty where a language has none."""
    path = FOLDER / language / f"{name}.json"
    found: dict[str, Any] = json.loads(path.read_bytes()) if path.is_file() else {}
    return found


@lru_cache(maxsize=4096)
def plural_category(language: str, number: Number) -> str:
    """The plural category of a number in a language."""
    return category(catalogue_of(language).plurals, number)


@lru_cache(maxsize=1024)
def ordinal_category(language: str, number: int) -> str:
    """The category of an ordinal number (1st, 2nd, 3rd, 4th) in a language."""
    return category(catalogue_of(language).ordinals, number)


def category(rules: Mapping[str, Rule], number: Number) -> str:
    """The category of the first rule that a number meets: `one`, `few`, `many` …; `other` when it meets none."""
    for name, holds in rules.items():
        if holds(number):
            return name
    return "other"


def read_rules(rules: Mapping[str, str]) -> dict[str, Rule]:
    """CLDR's rules, read once, so that a number is tried against them quickly."""
    return {name: _any([_all(part.split(" and ")) for part in text.split(" or ")]) for name, text in rules.items()}


def _any(parts: list[Rule]) -> Rule:
    return parts[0] if len(parts) == 1 else lambda number: any(part(number) for part in parts)


def _all(relations: list[str]) -> Rule:
    parts = [_relation(text) for text in relations]
    return parts[0] if len(parts) == 1 else lambda number: all(part(number) for part in parts)


def _relation(text: str) -> Rule:
    read = _RELATION.fullmatch(text)
    if read is None:
        raise ValueError(text)
    operand, modulus, negated, listed = read[1], int(read[2] or 0), bool(read[3]), read[4]
    ranges = []
    for part in listed.split(","):
        low, _, high = part.partition("..")
        ranges.append(range(int(low), int(high or low) + 1))

    def holds(number: Number) -> bool:
        whole = _operand(operand, number)
        value = whole % modulus if modulus else whole
        return any(value in each for each in ranges) is not negated

    return holds


def _operand(operand: str, number: Number) -> Number:
    """One of CLDR's operands: the number, its whole part, or what stands behind the decimal sign; never negative."""
    if operand == "n":
        return number
    if operand == "i":
        return int(number)
    if operand in "ec" or isinstance(number, int):
        return 0
    behind = f"{number:f}".partition(".")[2]
    if operand in "wt":
        behind = behind.rstrip("0")
    return len(behind) if operand in "vw" else int(behind or 0)
