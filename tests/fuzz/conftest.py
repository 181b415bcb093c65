"""The stage of the stories, for hostile presses: nobody is paused for pressing too often."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.chat.demo import Stage, open_stage
from bot.chat.options import ChatOptions, Parts
from tests.stories.conftest import parts as parts
from tests.stories.conftest import told_once as told_once

OFTEN = 10**9


@pytest_asyncio.fixture
async def stage(parts: Parts, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Stage]:
    """The bot in a server; a fault anywhere in it is logged as an error, and fails the test."""
    options = ChatOptions(announcer_seconds=0, questions_per_minute=OFTEN, server_questions_per_minute=OFTEN)
    async with open_stage(parts, options) as opened:
        yield opened
    assert [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.ERROR] == []
