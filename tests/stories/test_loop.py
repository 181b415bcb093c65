"""Nothing that one member does holds the event loop: counted in calls, which are the same on every machine."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import greenlet  # type: ignore[import-untyped]
import pytest

from bot.chat.demo import Stage, open_stage
from bot.chat.options import ChatOptions, Parts
from bot.chat.warming import warm
from tests.bot.questions.scoring import read_table
from tests.often import often
from tests.stories.reading import message_of, parts_of

CALLS_A_MS = 5_000
"""Calls, of functions in C too, that composing and drawing make in a millisecond of a slow core."""
STEP = 5 * CALLS_A_MS
"""What runs without a pause may take five milliseconds; what may take more runs beside the loop."""
QUESTIONS = 20
"""That a member may ask in a minute."""
SHARE = 0.05
"""Of the loop that one member may hold."""
EACH = int(60_000 * SHARE / QUESTIONS) * CALLS_A_MS
ROWS = read_table(Path(__file__).parents[1] / "cases" / "questions.csv")
LONG = ("end ", "比利时", "How many Belgians left in 2016? 470, says he. ", "Belgium France Germany Spain Tunisia ")
TYPED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("figure", {"place": "BE"}),
    ("figure", {"place": "TN", "who": "women", "known_on": "2018-01-01"}),
    ("compare", {"first": "FR", "second": "DE", "third": "BE", "per_million": True}),
    ("rank", {"top": 25}),
    ("rank", {"region": "R:world", "measure": "returned", "period": "2015"}),
    ("trend", {"place": "FR"}),
    ("sources", {"place": "TN"}),
    ("coverage", {}),
    ("chart", {"place": "FR"}),
    ("map", {"region": "world"}),
    ("cite", {"what": "dataset", "style": "chicago"}),
    ("check", {"text": "By the end of 2015, 6,000 Tunisians had gone to Syria, and 470 Belgians. " * 13}),
    ("changes", {"since": "2015-01-01"}),
    ("help", {}),
    ("privacy", {}),
)


@dataclass
class Held:
    """The calls of each step of the loop."""

    steps: list[int] = field(default_factory=list)


@contextmanager
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """Count the calls of every step from here on, those in greenlets too."""
    held, run = Held(), asyncio.Handle._run
    count = 0

    def called(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    def step(handle: asyncio.Handle) -> None:
        nonlocal count
        count = 0
        sys.setprofile(called)
        try:
            run(handle)
        finally:
            sys.setprofile(None)
            held.steps.append(count)

    before = greenlet.settrace(lambda *_: sys.setprofile(called))
    with monkeypatch.context() as patched:
        patched.setattr(asyncio.Handle, "_run", step)
        try:
            yield held
        finally:
            greenlet.settrace(before)
            sys.setprofile(None)


async def doings(stage: Stage) -> AsyncIterator[str]:
    """What members do, each by its name once it is done."""
    member, channel = stage.member, stage.questions
    for text in [row["question"] for row in ROWS[:: max(1, 12 // often(1))]] + [
        one * (1_000 // len(one)) for one in LONG
    ]:
        await member.slash(channel, "ask", question=text)
        yield text[:60]
    for command, options in TYPED:
        shown = await member.slash(channel, command, **options)
        yield f"/{command} {options}"
        for part in list(parts_of(shown)):
            if "custom_id" in part and part.get("type") == 2 and message_of(shown):
                pressed = await member.slash(channel, command, **options)
                await member.click(message_of(pressed), custom_id=part["custom_id"])
                yield f"/{command} {options} {part['custom_id']}"
    for typed in ("", "b", "belg", "western eu"):
        await member.autocomplete(channel, "figure", "place", typed)
        yield f"typed {typed!r}"


async def test_no_step_is_long_and_no_question_dear(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    many = ChatOptions(announcer_seconds=0, questions_per_minute=10**6, server_questions_per_minute=10**6)
    async with open_stage(parts, many) as stage:
        await warm(parts)
        await stage.member.slash(stage.questions, "ask", question=ROWS[0]["question"])  # loads what is loaded once
        with counting(monkeypatch) as held:
            dear = {}
            async for name in doings(stage):
                if max(held.steps) > STEP or sum(held.steps) > EACH:
                    dear[name] = (max(held.steps), sum(held.steps))
                held.steps.clear()
    assert dear == {}
