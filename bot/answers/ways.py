"""What stands around an answer: how its question was read, and the questions that are one tap away."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.questions.query import Correction, Query


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """How the question was read: the parts that an answer opens with, as ids and typed values."""

    query: Query | None
    corrections: tuple[Correction, ...] = ()
    assumed: tuple[str, ...] = ()
    flagged: bool = False
    measure: str | None = None
    """What was counted where the query leaves that open and it is not those who ever went."""
    carried: tuple[str, ...] = ()
    """Parts that were not said, but taken from what was asked before."""
    helped: bool = False
    """Whether a language model read the question."""


class Way(StrEnum):
    """How a question that is one tap away differs from the one that was answered."""

    IN_TOTAL = "in_total"  # all who had gone, where departures in a time were counted
    IN_TIME = "in_time"  # departures in the time, where all who had gone were counted
    ALONE = "alone"  # without what was carried from the turns before
    READ = "read"  # another reading of the same words
    NUMBER = "number"  # the number itself
    BY_YEAR = "by_year"
    AGAINST = "against"  # beside another country
    COUNTRIES = "countries"  # a region's countries by their numbers
    PER_MILLION = "per_million"
    RETURNED = "returned"
    CLAIMS = "claims"  # every claim, and whether they agree
    SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Step:
    """A question that is one tap away, and whose answer is held."""

    way: Way
    query: Query
