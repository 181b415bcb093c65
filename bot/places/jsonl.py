"""Names and sentences in, one JSON line out for each: for measuring, and for scripts."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from typing import TextIO, assert_never

from bot.places.outcomes import Ambiguous, Found, Outcome, Unknown
from bot.places.resolve import Resolver


def resolve_lines(stdin: Iterable[str], stdout: TextIO) -> None:
    """Write `{text, outcome, places, how, us}` for each line; `us` is the microseconds it took."""
    resolver = Resolver.load()
    for line in stdin:
        text = line.rstrip("\r\n")
        before = time.perf_counter_ns()
        outcome = resolver.resolve(text)
        took = (time.perf_counter_ns() - before) / 1000
        word, found, how = _facts(outcome)
        _write({"text": text, "outcome": word, "places": found, "how": how, "us": round(took, 1)}, stdout)


def find_lines(stdin: Iterable[str], stdout: TextIO) -> None:
    """Write `{text, places, us}` for each line; an ambiguous mention gives its likeliest place."""
    resolver = Resolver.load()
    for line in stdin:
        text = line.rstrip("\r\n")
        before = time.perf_counter_ns()
        mentions = resolver.find(text)
        took = (time.perf_counter_ns() - before) / 1000
        found = [
            mention.outcome.place if isinstance(mention.outcome, Found) else mention.outcome.candidates[0]
            for mention in mentions
        ]
        _write({"text": text, "places": list(dict.fromkeys(found)), "us": round(took, 1)}, stdout)


def _facts(outcome: Outcome) -> tuple[str, list[str], str]:
    match outcome:
        case Found(place=place, how=how):
            return "found", [place], how
        case Ambiguous(candidates=candidates, how=how):
            return "ambiguous", list(candidates), how
        case Unknown():
            return "unknown", [], ""
        case _:
            assert_never(outcome)


def _write(row: dict[str, object], stdout: TextIO) -> None:
    stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
