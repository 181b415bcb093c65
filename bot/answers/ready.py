"""What ranks of the world need from a large dataset, worked out while nobody waits for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from functools import partial
from typing import Protocol, TypeVar

from bot.answers.leads import heading
from bot.answers.offers import NEAR_MEASURES
from bot.answers.regions import LAST_DAY
from bot.answers.shelf import Shelf
from bot.answers.times import Asked
from bot.questions.query import Intent, Query
from db.records import Who
from db.values import PartialDate, Period

T = TypeVar("T")

STEP = 0.003
"""Seconds of work, about, between which others are answered."""
MOST_AT_ONCE = 50
"""Places of one step, at most: what a dataset holds little of is soon worked out."""
REST = 1.0
"""How long others have the processor for themselves after each step, in steps."""
FIRST = "travelled"
"""The measure that is asked for most, and when none is named."""
FIRST_YEAR = 2011
"""The subject begins here; figures of years before are few, and read when they are asked for."""


class Running(Protocol):
    """A large dataset in which work that reads can run."""

    async def run(self, work: Callable[[], T]) -> T:
        """Do some work that reads."""
        ...


async def work_out_heads(slices: Running, shelf: Shelf, is_current: Callable[[], Awaitable[bool]]) -> bool:
    """Work out what opens the answers of all countries in all measures; False when the dataset changed meanwhile.

    What is known already costs nothing: after a change that is all but the places that changed.
    """
    at_once = 1
    for query in _queries(shelf):
        asked = Asked.of(query.period)
        left = list(shelf.countries)
        while left:
            places, left = left[:at_once], left[at_once:]
            began = time.perf_counter()
            await slices.run(partial(heading, shelf, query, places, query.measure or FIRST, asked, strict=True))
            took = time.perf_counter() - began
            await asyncio.sleep(REST * took)
            if not await is_current():
                return False
            at_once = max(1, at_once // 2) if took > STEP else min(MOST_AT_ONCE, at_once + 1)
    return True


def _queries(shelf: Shelf) -> Iterator[Query]:
    """What is ranked most: at any time first, then everyone in each year of the subject."""
    measures = _measures(shelf.holdings.measures)
    for who in Who:
        for measure in measures:
            yield Query(Intent.RANK, measure=measure, who=who)
    for year in range(LAST_DAY.year, FIRST_YEAR - 1, -1):
        stated = PartialDate(year)
        for measure in measures:
            yield Query(Intent.RANK, measure=measure, period=Period(stated, stated))


def _measures(held: Iterable[str]) -> list[str]:
    """Those asked for most come first."""
    nearest = [FIRST, *(measure for measure in NEAR_MEASURES if measure != FIRST)]
    return [measure for measure in nearest if measure in held] + sorted(set(held) - set(nearest))
