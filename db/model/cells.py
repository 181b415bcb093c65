"""The cells of one row of a text file while they are read: each reading notes its fault and goes on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from db.model.values import PartialDate

MOST_PEOPLE = 1_000_000_000
"""No count in this subject comes near; a larger number is a slip of the keyboard."""
LONGEST_TEXT = 2_000


_ADDRESS = re.compile(r"https?://\S+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

E = TypeVar("E", bound=StrEnum)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with one cell, and what to do about it."""

    column: str
    wrong: str
    advice: str


@dataclass(slots=True)
class Cells:
    """One row while it is read; ``faults`` holds what was found so far."""

    row: Mapping[str, str]
    faults: list[CellFault] = field(default_factory=list)

    def fault(self, column: str, wrong: str, advice: str) -> None:
        """Note what is wrong with a cell."""
        self.faults.append(CellFault(column, wrong, advice))

    def text(self, column: str, *, required: bool = False) -> str:
        """The text of a cell."""
        value = self.row.get(column, "").strip()
        if required and not value:
            self.fault(column, "is empty", "give a value")
        if not value:
            return ""
        if len(value) > LONGEST_TEXT:
            self.fault(column, f"has {len(value)} characters", f"keep it within {LONGEST_TEXT}")
        if _CONTROL.search(value):
            self.fault(column, "holds a control character", "remove it")
        return value

    def key(self, column: str, pattern: re.Pattern[str], form: str, *, required: bool = True) -> str:
        """A cell that has to match a pattern; ``form`` says which in words."""
        value = self.text(column, required=required)
        if value and pattern.fullmatch(value) is None:
            self.fault(column, f"{value!r} is not {form}", f"write {form}")
        return value

    def choice(self, column: str, choices: type[E], fallback: E) -> E:
        """A word of an enumeration."""
        value = self.text(column)
        try:
            return choices(value)
        except ValueError:
            self.fault(column, f"{value!r} is not one of its words", "use " + ", ".join(choices))
            return fallback

    def one_of(self, column: str, words: tuple[str, ...]) -> str:
        """One of some words."""
        value = self.text(column)
        if value not in words:
            self.fault(column, f"{value!r} is not one of its words", "use " + ", ".join(words))
        return value

    def number(self, column: str, least: int = 0, most: int = MOST_PEOPLE) -> int | None:
        """A whole number, None when the cell is empty or faulty."""
        value = self.text(column)
        if not value:
            return None
        if not (value.isascii() and value.isdigit()) or len(value) > 12:
            self.fault(column, f"{value[:40]!r} is not a whole number", "write digits only, without separators")
            return None
        if not least <= int(value) <= most:
            self.fault(column, f"{value} is out of bounds", f"keep it between {least} and {most}")
            return None
        return int(value)

    def date(self, column: str) -> PartialDate | None:
        """A date with its precision, None when the cell is empty or faulty."""
        value = self.text(column)
        if not value:
            return None
        try:
            return PartialDate.parse(value)
        except ValueError:
            self.fault(column, f"{value!r} is not a date", "write YYYY, YYYY-MM or YYYY-MM-DD")
            return None

    def listed(self, column: str, separator: str) -> tuple[str, ...]:
        """The parts of a list in one cell."""
        return tuple(part.strip() for part in self.text(column).split(separator) if part.strip())

    def addresses(self, column: str, separator: str | None = None) -> tuple[str, ...]:
        """Web addresses in a cell."""
        parts = self.listed(column, separator) if separator else tuple(filter(None, [self.text(column)]))
        for part in parts:
            if _ADDRESS.fullmatch(part) is None:
                self.fault(column, f"{part[:60]!r} is not a web address", "write https://… without spaces")
        return parts

    def outcome(self, build: Callable[[], R]) -> R | tuple[CellFault, ...]:
        """The record, or every fault when there is one."""
        return tuple(self.faults) if self.faults else build()
