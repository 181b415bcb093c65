"""Names and sentences in, one JSON line out for each: for measuring, and for scripts."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from typing import TextIO, TypeVar, assert_never

from bot.places.outcomes import Ambiguous, Found, Mention, Outcome, Unknown
from bot.places.resolve import Resolver

T = TypeVar("T")


def resolve_lines(stdin: Iterable[str], stdout: TextIO) -> None:
    """Write `{text, outcome, places, how, us}` for each line; `us` is the microseconds it took."""
    _write_each(stdin, stdout, Resolver.load().resolve, _facts)


def find_lines(stdin: Iterable[str], stdout: TextIO) -> None:
    """Write `{text, places, us}` for each line; an ambiguous mention gives its likeliest place."""
    _write_each(stdin, stdout, Resolver.load().find, _places)


def _write_each(
    stdin: Iterable[str], stdout: TextIO, read: Callable[[str], T], told: Callable[[T], dict[str, object]]
) -> None:
    for line in stdin:
        text = line.rstrip("\r\n")
        before = time.perf_counter_ns()
        found = read(text)
        took = (time.perf_counter_ns() - before) / 1000
        row = {"text": text, **told(found), "us": round(took, 1)}
        stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def _places(mentions: Iterable[Mention]) -> dict[str, object]:
    outcomes = [mention.outcome for mention in mentions]
    found = (one.place if isinstance(one, Found) else one.candidates[0] for one in outcomes)
    return {"places": list(dict.fromkeys(found))}


def _facts(outcome: Outcome) -> dict[str, object]:
    match outcome:
        case Found(place=place, how=how):
            return {"outcome": "found", "places": [place], "how": how}
        case Ambiguous(candidates=candidates, how=how):
            return {"outcome": "ambiguous", "places": list(candidates), "how": how}
        case Unknown():
            return {"outcome": "unknown", "places": [], "how": ""}
        case _:
            assert_never(outcome)
