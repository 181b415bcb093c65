"""Staying connected: first refusals are waited out, stops are clean, and a wrong token is said plainly."""

from __future__ import annotations

import asyncio
import logging
import os
import random
import threading
from collections.abc import Callable
from contextlib import suppress

import aiohttp
import discord

from bot.chat.unechoed import answer_unechoed

_log = logging.getLogger(__name__)

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
SETTLED_AFTER = 300.0
"""A connection that held this many seconds starts the next pauses from the beginning."""
FINISH_WITHIN = 1.5
"""How long a stop waits for answers that are under way."""
TELL_WITHIN = 1.0
"""How long it then takes to tell those whose answers were not finished."""
LEAVE_WITHIN = 4.5
"""How long a stop may take in all; what an operator's tool kills after five seconds would look like a crash."""

PASSING = (OSError, aiohttp.ClientError, discord.GatewayNotFound, discord.ConnectionClosed, asyncio.TimeoutError)


class TokenRefused(Exception):
    """Discord does not know the token."""


async def stay_connected(build: Callable[[], discord.Client], token: str, stop: asyncio.Event) -> None:
    """Run clients until ``stop`` is set, building a new one after each connection that failed.

    Raises TokenRefused when trying again is pointless.
    """
    loop = asyncio.get_running_loop()
    pause = FIRST_PAUSE
    while not stop.is_set():
        started = loop.time()
        try:
            await _run_once(build(), token, stop)
        except discord.LoginFailure as error:
            raise TokenRefused from error
        except (*PASSING, discord.HTTPException) as error:
            if isinstance(error, discord.HTTPException) and not _passing(error):
                raise
            if loop.time() - started > SETTLED_AFTER:
                pause = FIRST_PAUSE
            _log.warning("not connected (%s); trying again in %.1f s", type(error).__name__, pause)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause * random.uniform(0.8, 1.2))
            pause = min(pause * 2, LONGEST_PAUSE)


def _passing(error: discord.HTTPException) -> bool:
    """Whether an HTTP failure may be gone after a while."""
    return error.status >= 500 or error.status == 429


async def _run_once(client: discord.Client, token: str, stop: asyncio.Event) -> None:
    answer_unechoed()
    async with client:
        running = asyncio.create_task(client.start(token), name="inflow: connection")
        stopping = asyncio.create_task(stop.wait(), name="inflow: stop")
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not running.done():
            await finish_answers()
            await client.close()
        try:
            await asyncio.wait_for(running, FINISH_WITHIN)
        except TimeoutError:
            if not stop.is_set():
                raise
            _log.warning("the connection did not end in time and was dropped")
        except RuntimeError:  # aiohttp's word for a session that was closed before its login was done
            if not stop.is_set():
                raise


async def finish_answers() -> None:
    """Let the answers that are under way reach their members before the connection goes; tell the others."""
    loop = asyncio.get_running_loop()
    end = loop.time() + FINISH_WITHIN
    while (pending := _under_way()) and loop.time() < end:
        await asyncio.wait(pending, timeout=end - loop.time())
    while pending and loop.time() < end + TELL_WITHIN:  # what came meanwhile is told as well
        _log.warning("%d answers were not finished before the stop", len(pending))
        for task in pending:
            task.cancel()  # which tells whoever waits
        await asyncio.wait(pending, timeout=TELL_WITHIN)
        pending = _under_way()


def _under_way() -> set[asyncio.Task[object]]:
    names = ("discord.py: on_", "CommandTree-invoker", "discord-ui-", "inflow: answer")
    this = asyncio.current_task()
    return {task for task in asyncio.all_tasks() if task is not this and task.get_name().startswith(names)}


def leave_in_time() -> None:
    """End this process after a while, with success, though a thread still waits for a locked database.

    Python joins its threads before it ends, and SQLite's wait cannot be interrupted. What was not committed is rolled
    back by whoever opens the database next.
    """

    def leave() -> None:
        _log.warning("left without waiting any longer for the database")
        logging.shutdown()
        os._exit(0)

    timer = threading.Timer(LEAVE_WITHIN, leave)
    timer.daemon = True
    timer.start()
