"""How far one question from Discord walks through the house: every module of ours whose code runs for it."""

from __future__ import annotations

import asyncio
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import FrameType

import greenlet  # type: ignore[import-untyped]

from bot.answers.ask import Asker
from bot.chat.cards.answer import reply_with
from bot.questions.reader import Reader
from db.store.engine import Database
from db.store.figures import FigureStore

ROOT = Path(__file__).parents[2]
MOST = 100
"""Small modules are many: 29 read, ten find places, 21 answer, some thirty say it. Who adds one takes another out."""


async def test_one_question_walks_through_few_modules(filled_database: Database) -> None:
    asker = Asker(FigureStore(filled_database), Reader.load())
    today = date(2026, 1, 15)
    await asker.ask("How many French left for Syria in 2015?", today=today)  # loads what is loaded once
    entered: set[str] = set()

    def seen(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            entered.add(frame.f_code.co_filename)

    before = greenlet.settrace(lambda *_: sys.setprofile(seen))  # each greenlet is profiled by itself
    sys.setprofile(seen)
    threading.setprofile(seen)
    reading = ThreadPoolExecutor(1)  # whose thread begins now
    asyncio.get_running_loop().set_default_executor(reading)
    try:
        answer = await asker.ask("How many Belgians left for Syria in 2016?", today=today)
        reply_with(answer, owner=1, locale="en-GB").arguments()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
        greenlet.settrace(before)
    here = {Path(name).relative_to(ROOT) for name in entered if Path(name).is_relative_to(ROOT)}
    walked = {path.as_posix() for path in here if path.parts[0] in ("bot", "db", "config")}

    assert {"bot/questions/reader.py", "bot/answers/lookup.py", "db/store/view.py", "bot/render/cards.py"} <= walked
    assert len(walked) <= MOST, sorted(walked)
