"""The stage that every story plays on: the real bot, the real dataset, a simulated server."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import pytest_asyncio
from discord import app_commands

from bot.answers.ask import Asker
from bot.chat.demo import Stage, open_stage
from bot.chat.errors import cause_of, words_for
from bot.chat.options import ChatOptions, Parts
from bot.places.resolve import Resolver
from bot.questions.reader import Reader
from db.store.engine import Database
from db.store.figures import FigureStore

Payload = dict[str, Any]


class _Kept(dict[str, Any]):
    """A command as it is told to Discord, the same for every bot of a run; nobody changes it, so nobody copies it."""

    def __deepcopy__(self, memo: object) -> _Kept:
        return self


KEPT: dict[tuple[str, str], _Kept] = {}


@pytest.fixture(scope="module", autouse=True)
def told_once() -> Iterator[None]:
    """Let discord.py ask once a run what commands are called in its 34 languages: a third of a stage's cost."""

    def once(ask: Callable[..., Awaitable[Payload]]) -> Callable[..., Awaitable[Payload]]:
        async def told(command: Any, *tools: Any) -> Payload:
            key = (type(command).__name__, command.qualified_name)
            if key not in KEPT:
                KEPT[key] = _Kept(await ask(command, *tools))
            return KEPT[key]

        return told

    with pytest.MonkeyPatch.context() as patch:
        for kind in (app_commands.Command, app_commands.Group, app_commands.ContextMenu):
            patch.setattr(kind, "get_translated_payload", once(kind.get_translated_payload))
        yield


@pytest.fixture
def parts(filled_database: Database, dataset: FigureStore, now: datetime) -> Parts:
    """The opened parts, with a clock that stands still."""
    resolver = Resolver.load()
    asker = Asker(dataset, Reader(resolver), clock=lambda: now)
    return Parts(asker=asker, dataset=dataset, database=filled_database, resolver=resolver, clock=lambda: now)


@pytest_asyncio.fixture
async def stage(parts: Parts, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Stage]:
    """The bot in a server with a member and a moderator; any fault inside of the bot fails the story."""
    async with open_stage(parts, ChatOptions(announcer_seconds=0)) as opened:
        yield opened
        faults = [error for error in opened.env.errors if words_for(cause_of(error)) is None]
        assert faults == []
    logged = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert logged == []
