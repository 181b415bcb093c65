"""Serving: the bot on Discord, or the same bot in a local browser page."""

from __future__ import annotations

import argparse
import asyncio
import ctypes
import gc
import logging
import signal
import sys
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from bot.app import chat_options, open_parts
from bot.cli.failures import CommandFailed, read_settings
from config.logs import configure_logging

if TYPE_CHECKING:
    import discord

    from bot.chat.client import InflowBot
    from bot.chat.options import Parts
    from bot.ops.health import Check
    from bot.ops.metrics import Metrics
    from config.settings import Settings

log = logging.getLogger(__name__)

NO_TOKEN = """\
There is no Discord token, so the bot cannot connect. Do one of these:
  - put the token into the environment:      INFLOW_TOKEN=…
  - or into a file that only you can read:   INFLOW_TOKEN_FILE=/path/to/token
  - or try the bot without an account:       inflow demo"""

SWITCH_SECONDS = 0.0005
"""How long a thread at work (an import that is planned) keeps Python's global lock while the conversation wants it.

Each request gives the lock away dozens of times, at every call into the net or the database; with Python's five
milliseconds, getting it back as often took a second and more.
"""

COLLECT_AFTER = (5_000, 8, 125)
"""When Python looks for garbage in circles: what is old rarely, as looking through a dataset that is held stops all.

What is new is looked at every 5,000 objects, and what survived that after eight times: with 20,000 and twenty, requests
under way at once left 2.3 MiB more behind.
"""

LOOK_SECONDS = 600.0
"""How often every page of the database's file is looked at: a tenth of a second for 64 MB, beside the work."""

TIDY_SECONDS = 10.0
"""How often freed memory is returned to the system."""


def run(arguments: argparse.Namespace) -> int:
    """Connect to Discord and serve until asked to stop."""
    gc.disable()  # until the bot has settled: what is loaded stays
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # nothing is under way before the loop takes it over
    try:
        settings = read_settings()
        token = settings.read_token()
        if token is None:
            raise CommandFailed(NO_TOKEN)
        configure_logging(form=settings.log_format, level=settings.log_level)
        sys.setswitchinterval(SWITCH_SECONDS)
        gc.set_threshold(*COLLECT_AFTER)
        _run(_serve(settings, token))
    finally:
        gc.enable()
    return 0


def demo(arguments: argparse.Namespace) -> int:
    """Serve the demo page until it is closed or interrupted, on a database of its own."""
    from bot.chat.demo import DemoUnavailable, check_demo, run_demo

    settings = read_settings()

    async def serve(folder: str) -> None:
        own = settings.model_copy(update={"database_url": f"sqlite+aiosqlite:///{folder}/inflow.db"})
        async with open_parts(own) as parts:
            await run_demo(
                parts,
                chat_options(own),
                arguments.host,
                arguments.port,
                ready=lambda url: print(f"The demo is at {url}\nEnd it with Ctrl-C.", flush=True),
            )

    try:
        check_demo(arguments.host)
        with TemporaryDirectory(prefix="inflow-demo-", ignore_cleanup_errors=True) as folder:
            asyncio.run(serve(folder))
    except DemoUnavailable as error:
        raise CommandFailed(str(error)) from error
    return 0


def _run(work: Coroutine[Any, Any, None]) -> None:
    """Run on uvloop when the ``speed`` extra is installed, on asyncio otherwise."""
    try:
        from uvloop import run as run_quickly
    except ImportError:
        asyncio.run(work)
        return
    run_quickly(work)


def settle() -> None:
    """Give back what starting took, and exempt what stays until the end from looking for garbage."""
    gc.freeze()  # without looking first: nearly nothing of a start is garbage, and that takes 80 ms
    gc.enable()
    give_back()


def give_back() -> None:
    """Return freed memory to the system; glibc only, which keeps it unless it is told not to."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


async def _look_for_damage(parts: Parts) -> None:
    """Look at the database's pages now and then: what is broken in the middle may be read by nobody for long."""
    while not parts.database.damage:
        await parts.database.look_for_damage()
        await asyncio.sleep(LOOK_SECONDS)
    log.error("the database is damaged: %s", parts.database.damage)


async def _tidy() -> None:
    """Give back what bursts of questions, imports and charts leave; it takes less than a millisecond."""
    while True:
        await asyncio.sleep(TIDY_SECONDS)
        give_back()


async def _serve_health(
    stack: AsyncExitStack, settings: Settings, metrics: Metrics, parts: Parts, connected: Check
) -> None:
    """Tell of health and counts until the stack is closed."""
    from bot.ops.health import Health, serving_health, watch_lag  # an HTTP server, which few need

    async def reads() -> bool:
        metrics.show_revision(await parts.dataset.revision())
        return not parts.database.damage

    looking = asyncio.get_running_loop().create_task(_look_for_damage(parts), name="inflow: damage")
    stack.callback(looking.cancel)
    health = Health({"discord": connected, "database": reads})
    served = serving_health(health, metrics, port=settings.health_port or 0, address=str(settings.health_address))
    await stack.enter_async_context(served)
    lag = asyncio.get_running_loop().create_task(watch_lag(metrics), name="inflow: lag")
    stack.callback(lag.cancel)


async def _serve(settings: Settings, token: str) -> None:
    from bot.chat.cogs import build_client
    from bot.chat.connection import TokenRefused, leave_in_time, stay_connected

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    clients: list[InflowBot] = []

    def ask_to_stop() -> None:
        stop.set()
        for client in clients:
            client.is_stopping = True
        leave_in_time()

    # discord.py leaves SIGTERM alone, so a container's stop would cut answers off.
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ask_to_stop)
    async with AsyncExitStack() as stack:
        metrics = None
        if settings.health_port is not None:
            from bot.ops.metrics import Metrics

            metrics = Metrics()
        parts = await stack.enter_async_context(open_parts(settings, metrics))

        def build() -> discord.Client:
            clients[:] = [build_client(parts, chat_options(settings))]
            return clients[0]

        async def connected() -> bool:
            return bool(clients) and clients[0].is_ready()

        if metrics is not None:
            await _serve_health(stack, settings, metrics, parts, connected)
        settle()
        tidying = loop.create_task(_tidy(), name="inflow: tidy")
        stack.callback(tidying.cancel)
        try:
            await stay_connected(build, token, stop)
        except TokenRefused as error:
            raise CommandFailed(
                "Discord does not accept the token. Take a fresh one from the bot's page in the developer portal."
            ) from error
