"""Longer input takes more work in proportion, no more: the ratio of two lengths, in calls where they can be counted."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest

import bot
import config
import db
from bot.places.resolve import Resolver
from bot.questions.reader import LONGEST
from db.imports.faults import Faults
from db.imports.opening import open_file
from db.imports.plan import ImportFile
from db.imports.sheets import read_rows
from tests.fuzz.shapes import PUMPS
from tests.fuzz.targets import read_component, read_question, resolve_place
from tests.often import often

TIMES = 4
"""How much longer the longer input is."""
MOST = 8
"""The most work that it may take, as a multiple; what grows with the square takes sixteen times as much."""
MOST_READING = 12
"""The same for a question, which is bounded by its length: spans of one kind are still counted at each of them."""
FEW = 500
"""Steps that any input takes: added to both."""
MOST_SECONDS = 1.0
"""Of CPU time that a regular expression may take for a long text: far more than the slowest takes."""
ROOT = Path(__file__).parents[2]
TABLES = (
    *("bot/questions/*.tsv", "bot/questions/*.csv", "bot/questions/dialogue/*.tsv", "bot/questions/words/*.tsv"),
    *("bot/places/sources/*", "db/data/places.csv", "db/data/region_members.csv"),
)
PUMPED = often(6)
"""Words of the tables that are tried; ``python -m tests.fuzz --words`` tries all."""


def calls(work: Callable[[str], object], text: str) -> int:
    """The calls that the work takes, of functions in C too: the same on every machine, however busy."""
    count = 0

    def step(_frame: FrameType, _event: str, _arg: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(step)
    try:
        work(text)
    finally:
        sys.setprofile(before)
    return count


def growth(work: Callable[[str], object], pump: str, length: int) -> float:
    """How many times as much work the longer input takes; the first runs fill what is kept."""
    text = pump * (length // len(pump))
    work(text * TIMES)
    work(text)
    return (calls(work, text * TIMES) + FEW) / (calls(work, text) + FEW)


def assert_linear(work: Callable[[str], object], pump: str, length: int, most: int = MOST) -> None:
    """The work takes at most so many times as much."""
    ratio = growth(work, pump, length)
    assert ratio < most, f"{TIMES} times {pump!r} takes {ratio:.0f} times as many calls"


def words_of_tables() -> list[str]:
    """Every word of the tables by which questions and places are read."""
    found: set[str] = set()
    for path in sorted(path for pattern in TABLES for path in ROOT.glob(pattern)):
        if path.name != "ordinary.txt":  # tens of thousands of words of no table's own
            found.update(re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", path.read_text(encoding="utf-8").lower()))
    return sorted(word for word in found if len(word) < LONGEST // TIMES)


def grows(word: str) -> tuple[float, float] | None:
    """By how much reading a word, and finding places in it, grow, where that is more than in proportion."""
    find = Resolver.load().find
    ratios = growth(read_question, f"{word} ", LONGEST // TIMES), growth(find, f"{word} ", LONGEST // TIMES)
    return ratios if ratios[0] >= MOST_READING or ratios[1] >= MOST else None


def test_no_word_of_any_table_is_read_in_more_than_proportion() -> None:
    words = words_of_tables()
    assert len(words) > 5_000
    drawn = random.Random(19).sample(words, min(PUMPED, len(words)))
    assert {word: worse for word in drawn if (worse := grows(word))} == {}


def taken(work: Callable[[str], object], text: str) -> float:
    """The CPU time that it takes; of some tries the least, where the first one was slow."""
    tries: list[float] = []
    while not tries or (min(tries) >= MOST_SECONDS and len(tries) < 3):
        started = time.thread_time()
        work(text)
        tries.append(time.thread_time() - started)
    return min(tries)


@pytest.mark.parametrize("pump", PUMPS)
def test_reading_takes_bounded_work(pump: str) -> None:
    assert_linear(read_question, pump, LONGEST // TIMES, MOST_READING)
    assert_linear(read_question, pump, 5_000)
    assert_linear(resolve_place, pump, 100)
    assert_linear(Resolver.load().find, pump, LONGEST // TIMES)
    assert_linear(read_component, f"i1:src:a:{pump}", 5_000)


@pytest.mark.parametrize(
    "pump", [",", ";", '"', '""', "a,", '"a",', "\n", "\r", "\r\n", "\x00", "=1,", "1\n", "sep=,\n"]
)
@pytest.mark.parametrize("header", ["", "place,measure,low,as_of,source\n"])
def test_opening_a_file_takes_work_in_proportion(header: str, pump: str) -> None:
    def opened(text: str) -> None:
        faults = Faults()
        sheet = open_file(ImportFile((header + text).encode(), "figures.csv"), faults, None, {}).figures
        for _ in read_rows(sheet, faults) if sheet is not None else ():
            pass

    assert_linear(opened, pump, 5_000)


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every regular expression that a module of the house holds."""
    for package in (bot, db, config):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if ".migrations." in module.name or module.name.endswith("__main__"):
                continue
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    yield f"{module.name}.{name}", value


def test_no_regular_expression_explodes() -> None:
    slow = []
    for name, pattern in patterns():

        def searched(text: str, pattern: re.Pattern[str] = pattern) -> None:
            pattern.search(text)
            pattern.fullmatch(text)
            pattern.match(text + "\x00")

        slow += [
            (name, pump, spent)
            for pump in PUMPS
            if (spent := taken(searched, pump * (2_000 // len(pump)))) >= MOST_SECONDS
        ]
    assert slow == []
