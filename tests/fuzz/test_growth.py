"""Longer input takes longer in proportion, no more: measured as the ratio of two lengths, never in seconds."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator

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
MOST = 10.0
"""The most that it may take, as a multiple; what grows with the square takes sixteen times as long."""
NOISE = 0.01
"""Seconds that no machine measures well; added to both."""


def taken(work: Callable[[str], object], text: str) -> float:
    """The least CPU time of some tries."""
    tries = []
    for _ in range(3):
        started = time.thread_time()
        work(text)
        tries.append(time.thread_time() - started)
    return min(tries)


def assert_linear(work: Callable[[str], object], pump: str, length: int) -> None:
    """The work takes at most in proportion; measured again before it is blamed."""
    text = pump * (length // len(pump))
    for _ in range(3):
        ratio = (taken(work, text * TIMES) + NOISE) / (taken(work, text) + NOISE)
        if ratio < MOST:
            return
    raise AssertionError(f"{TIMES} times {pump!r} takes {ratio:.0f} times as long")


@pytest.mark.parametrize("pump", PUMPS)
def test_reading_takes_time_in_proportion(pump: str) -> None:
    assert_linear(read_question, pump, LONGEST // TIMES)
    assert_linear(read_question, pump, 5_000)
    assert_linear(resolve_place, pump, 100)
    assert_linear(read_component, f"i1:src:a:{pump}", 5_000)


@pytest.mark.parametrize(
    "pump", [",", ";", '"', '""', "a,", '"a",', "\n", "\r", "\r\n", "\x00", "=1,", "1\n", "sep=,\n"]
)
@pytest.mark.parametrize("header", ["", "place,measure,low,as_of,source\n"])
def test_opening_a_file_takes_time_in_proportion(header: str, pump: str) -> None:
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
            if ".migrations." in module.name or ".build" in module.name or module.name.endswith("__main__"):
                continue
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    yield f"{module.name}.{name}", value


@pytest.mark.parametrize(("name", "pattern"), list(patterns()), ids=lambda part: part if isinstance(part, str) else "")
def test_every_regular_expression_is_linear(name: str, pattern: re.Pattern[str]) -> None:
    def searched(text: str) -> None:
        pattern.search(text)
        pattern.fullmatch(text)
        pattern.match(text + "\x00")

    for pump in PUMPS:
        assert_linear(searched, pump, 1_500)
