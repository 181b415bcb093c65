"""Health over HTTP: ``/healthz`` (alive), ``/readyz`` (able to answer) and ``/metrics``."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from aiohttp import web

from bot.ops.metrics import Metrics

Check = Callable[[], Awaitable[bool]]

_log = logging.getLogger(__name__)
_CHECK_SECONDS = 2.0
LOOPBACK = "127.0.0.1"
"""Where nothing outside of this machine, or container, reaches."""


class Health:
    """Named checks, each with a time limit; a check that raises or hangs has failed."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = dict(checks)

    async def results(self) -> dict[str, bool]:
        """Every check by name, run side by side."""
        outcomes = await asyncio.gather(*(self._run(name, check) for name, check in self._checks.items()))
        return dict(zip(self._checks, outcomes, strict=True))

    async def _run(self, name: str, check: Check) -> bool:
        try:
            async with asyncio.timeout(_CHECK_SECONDS):
                return await check()
        except Exception as error:  # noqa: BLE001 - any fault of a check means "not ready", never a crash
            _log.warning("health check %s failed: %s", name, type(error).__name__)
            return False


@asynccontextmanager
async def serving_health(health: Health, metrics: Metrics, *, port: int, address: str = LOOPBACK) -> AsyncIterator[int]:
    """Answer at an address until the block ends; yields the port in use (0 asks for a free one)."""

    async def alive(request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def ready(request: web.Request) -> web.Response:
        results = await health.results()
        passed = all(results.values())
        metrics.show_ready(passed)
        return web.json_response({"ready": passed, "checks": results}, status=200 if passed else 503)

    async def numbers(request: web.Request) -> web.Response:
        metrics.show_ready(all((await health.results()).values()))  # which shows the revision as well
        return web.Response(body=metrics.page(), headers={"Content-Type": metrics.content_type})

    app = web.Application()
    app.router.add_get("/healthz", alive)
    app.router.add_get("/readyz", ready)
    app.router.add_get("/metrics", numbers)
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=0.5)
    await runner.setup()
    try:
        site = web.TCPSite(runner, address, port)
        await site.start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def watch_lag(metrics: Metrics, *, every: float = 1.0) -> None:
    """Measure the event loop's delay until cancelled: how late a sleep wakes up."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + every
        await asyncio.sleep(every)
        metrics.show_lag(max(0.0, loop.time() - due))
