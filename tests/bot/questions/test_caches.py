"""What people type stays in no cache without bounds: neither memory nor privacy could afford it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.questions.reader import Reader

TODAY = date(2017, 6, 1)


def unbounded() -> Iterator[tuple[str, Any]]:
    for module in [module for name, module in sys.modules.items() if name.startswith(("bot.questions", "bot.places"))]:
        for name, function in vars(module).items():
            if callable(getattr(function, "cache_info", None)) and function.cache_info().maxsize is None:
                yield f"{module.__name__}.{name}", function


def ask(reader: Reader, first: int) -> None:
    for number in range(first, first + 60):
        word = "".join(chr(ord("b") + (number * number + number // step) % 23) for step in (1, 2, 3, 5, 7, 11, 13))
        reader.read(f"how many {word} left {word[::-1]} years since {word[2:]} from belgium", today=TODAY)


def test_new_words_grow_no_cache_without_bounds() -> None:
    reader = Reader.load()
    ask(reader, 0)
    before = {name: function.cache_info().currsize for name, function in unbounded()}
    assert len(before) > 5
    ask(reader, 100)
    grown = {name for name, function in unbounded() if function.cache_info().currsize > before[name]}
    # What is kept of the lexicon's own words is bounded by the lexicon.
    assert grown <= {"bot.questions.spelling._tells_little", "bot.questions.spelling._stands_alone"}
