"""Longer input takes more work in proportion, no more: the ratio of two lengths, in steps where they can be counted."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest

import bot
import config
import db
from bot.questions.reader import LONGEST
from db.imports.faults import Faults
from db.imports.opening import open_file
from db.imports.sheets import read_rows
from tests.fuzz.shapes import PUMPS
from tests.fuzz.targets import read_component, read_question, resolve_place

TIMES = 4
"""How much longer the longer input is."""
MOST = 8
"""The most work that it may take, as a multiple; what grows with the square takes sixteen times as much."""
MOST_READING = 24
"""The same for a question, whose length is bounded: up to the square, never the cube, which takes 64 times as much."""
FEW = 500
"""Steps that any input takes: added to both."""
MOST_SECONDS = 2.0
"""Of CPU time that a regular expression may take for a long text: forty times what the slowest takes."""


def steps(work: Callable[[str], object], text: str) -> int:
    """The calls and lines that the work takes: the same on every machine, however busy."""
    count = 0

    def step(_frame: FrameType, _event: str, _arg: object) -> Any:
        nonlocal count
        count += 1
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        work(text)
    finally:
        sys.settrace(before)
    return count


def assert_linear(work: Callable[[str], object], pump: str, length: int, most: int = MOST) -> None:
    """The work takes at most so many times as much; the first runs fill what is kept."""
    text = pump * (length // len(pump))
    work(text)
    work(text * TIMES)
    ratio = (steps(work, text * TIMES) + FEW) / (steps(work, text) + FEW)
    assert ratio < most, f"{TIMES} times {pump!r} takes {ratio:.0f} times as many steps"


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
    assert_linear(resolve_place, pump, 100, MOST_READING)
    assert_linear(read_component, f"i1:src:a:{pump}", 5_000)


@pytest.mark.parametrize(
    "pump", [",", ";", '"', '""', "a,", '"a",', "\n", "\r", "\r\n", "\x00", "=1,", "1\n", "sep=,\n"]
)
@pytest.mark.parametrize("header", ["", "place,measure,low,as_of,source\n"])
def test_opening_a_file_takes_work_in_proportion(header: str, pump: str) -> None:
    def opened(text: str) -> None:
        faults = Faults()
        sheet = open_file("figures.csv", (header + text).encode(), faults).figures
        for _ in read_rows(sheet, faults) if sheet is not None else ():
            pass

    assert_linear(opened, pump, 20_000)


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every regular expression that a module of the house holds."""
    for package in (bot, db, config):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if ".migrations." in module.name or module.name.endswith("__main__"):
                continue
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    yield f"{module.name}.{name}", value


@pytest.mark.parametrize(("name", "pattern"), list(patterns()), ids=lambda part: part if isinstance(part, str) else "")
def test_no_regular_expression_explodes(name: str, pattern: re.Pattern[str]) -> None:
    def searched(text: str) -> None:
        pattern.search(text)
        pattern.fullmatch(text)
        pattern.match(text + "\x00")

    for pump in PUMPS:
        spent = taken(searched, pump * (6_000 // len(pump)))
        assert spent < MOST_SECONDS, f"{pump!r} takes {spent:.1f} s"
