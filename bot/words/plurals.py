"""Plural and ordinal categories of a number, by the rules of CLDR as they are written there: "n mod 10 in 2..4"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from db.model.values import Number

Rule = Callable[[Number], bool]
_RELATION = re.compile(r"([nivwftec])(?: mod (\d+))? (not )?in ([\d.,]+)")


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
