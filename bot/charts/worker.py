"""Draws charts in one process of its own, so that the conversation never waits for a picture.

The renderer holds Python's global lock for a whole picture; in a thread it would freeze the event loop. Here it
costs the loop a write and a read of a pipe.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import json
import logging
import os
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self

from bot.charts.chart import Chart
from bot.charts.errors import ChartFailed, ChartsNotInstalled, Failure
from bot.helper_process import helper_command, helper_environment
from db.store.lru import WeightedLRU

log = logging.getLogger(__name__)
Form = Literal["png", "svg"]
MIB = 1024 * 1024
ONE_HEAP = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "131072"}
"""The renderer's threads each keep a heap of their own otherwise: 25 MiB more, and growing (glibc only)."""


@dataclass(slots=True)
class Reply:
    """One answer of the worker process."""

    state: str
    body: bytes
    resident: int


class ChartWorker:
    """One warm worker process with a bounded queue, a time-out and a bounded cache. Open it with ``async with``."""

    def __init__(
        self,
        *,
        patience: float = 10.0,
        draw_timeout: float = 60.0,
        start_timeout: float = 60.0,
        queue: int = 16,
        cache_bytes: int = 32 * MIB,
        memory_limit: int = 200 * MIB,
        wait: bool = True,
    ) -> None:
        """``wait``: whether opening waits until the worker is warm; a picture waits for it in any case.

        ``patience`` is how long somebody waits for a picture. What runs is kept: a picture that comes later, as on a
        busy machine, is held for whoever asks next; only a worker that needs ``draw_timeout`` for one is ended.
        """
        self._wait = wait
        self._patience = patience
        self._draw_timeout = draw_timeout
        self._start_timeout = start_timeout
        self._queue = queue
        self._memory_limit = memory_limit
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._closed = True
        self._pictures = WeightedLRU[tuple[str, Form], bytes](cache_bytes)
        self._tasks: set[asyncio.Task[bytes] | asyncio.Task[None]] = set()
        self.starts = 0
        """How often the worker process was started."""
        self.resident = 0
        """The worker's memory after its last picture, in bytes."""

    async def __aenter__(self) -> Self:
        """Start and warm the worker; ChartsNotInstalled without the renderer, ChartFailed when it does not start.

        One that is not waited for fails with the pictures that are asked of it.
        """
        if importlib.util.find_spec("vl_convert") is None:
            raise ChartsNotInstalled
        self._closed = False
        if not self._wait:
            self._restart_soon()
            return self
        try:
            await self._start()
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as failed:
            self._closed = True
            raise ChartFailed(Failure.DIED, "", "the worker did not start") from failed
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the worker; pictures under way fail."""
        self._closed = True
        await self._stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def pid(self) -> int | None:
        """The process id of the worker, None while there is none."""
        return self._process.pid if self._process else None

    @property
    def is_drawing(self) -> bool:
        """Whether a picture is still to come, though whoever asked for it may have gone."""
        return self._waiting > 0

    async def png(self, chart: Chart) -> bytes:
        """The chart as a PNG; ChartFailed, with the plain-text form, when it cannot be drawn in time."""
        return await self._picture(chart, "png")

    async def svg(self, chart: Chart) -> str:
        """The chart as an SVG with its alt text inside; raises as ``png`` does."""
        return (await self._picture(chart, "svg")).decode()

    async def html(self, chart: Chart) -> str:
        """The chart as one page that loads nothing from elsewhere; raises as ``png`` does."""
        from bot.charts.page import page

        return page(chart, await self.svg(chart))

    async def _picture(self, chart: Chart, form: Form) -> bytes:
        if self._closed:
            raise ChartFailed(Failure.CLOSED, chart.text)
        held = self._pictures.get((chart.key, form))
        if held is not None:
            return held
        if self._waiting >= self._queue:
            raise ChartFailed(Failure.BUSY, chart.text)
        self._waiting += 1
        # A caller that gives up must not leave half a frame in the pipe: the exchange runs to its end in its own task.
        task = asyncio.create_task(self._in_turn(chart, form))
        self._remember(task)
        try:
            async with asyncio.timeout(self._patience):
                return await asyncio.shield(task)
        except TimeoutError:
            log.warning("chart %s was not there after %s s and is drawn on", chart.key, self._patience)
            raise ChartFailed(Failure.TIMED_OUT, chart.text) from None

    def _remember(self, task: asyncio.Task[bytes] | asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._forget)

    def _forget(self, task: asyncio.Task[bytes] | asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # retrieved: the caller may be gone

    async def _in_turn(self, chart: Chart, form: Form) -> bytes:
        try:
            async with self._turn:
                held = self._pictures.get((chart.key, form))  # drawn while this one waited
                if held is not None:
                    return held
                body = await self._drawn(chart, form)
        finally:
            self._waiting -= 1
        self._pictures.put((chart.key, form), body, len(body))
        return body

    async def _drawn(self, chart: Chart, form: Form) -> bytes:
        """Draw, once more when the worker turns out to have died in the meantime."""
        for attempt in (1, 2):
            if self._closed:
                raise ChartFailed(Failure.CLOSED, chart.text)
            try:
                await self._running()  # which has a time of its own: a cold start is no slow picture
                async with asyncio.timeout(self._draw_timeout):
                    reply = await self._exchange(chart, form)
            except TimeoutError:
                log.warning("chart %s could not be drawn in time: the worker is replaced", chart.key)
                await self._stop()
                self._restart_soon()
                raise ChartFailed(Failure.TIMED_OUT, chart.text) from None
            except (ConnectionError, asyncio.IncompleteReadError, OSError) as lost:
                log.warning("chart worker died (attempt %s): %s", attempt, lost)
                await self._stop()
                continue
            self.resident = reply.resident
            if self.resident > self._memory_limit:
                log.info("chart worker restarts at %s MiB", self.resident // MIB)
                await self._stop()
                self._restart_soon()
            if reply.state == "refused":
                raise ChartFailed(Failure.REFUSED, chart.text, reply.body.decode(errors="replace"))
            return reply.body
        raise ChartFailed(Failure.DIED, chart.text)

    def _restart_soon(self) -> None:
        """Warm the next worker while nobody waits for it."""

        async def restart() -> None:
            async with self._turn:
                if not self._closed:
                    with contextlib.suppress(OSError, TimeoutError, asyncio.IncompleteReadError):
                        await self._running()

        self._remember(asyncio.create_task(restart()))

    async def _running(self) -> None:
        if self._process is None or self._process.returncode is not None:
            await self._stop()
            await self._start()

    async def _start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *helper_command("bot.charts.renderer"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={**helper_environment(os.environ), **ONE_HEAP},
            limit=MIB,
            start_new_session=True,  # Ctrl-C is for the bot, which then closes the worker itself
        )
        self.starts += 1
        try:
            if self._closed:  # closed while the process was being made
                raise ConnectionError("the worker was closed")
            async with asyncio.timeout(self._start_timeout):
                reply = await self._read()
        except BaseException:
            await self._stop()  # a worker that has not said "ready" must not be taken for a running one
            raise
        self.resident = reply.resident

    async def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()

    async def _exchange(self, chart: Chart, form: Form) -> Reply:
        process = self._process
        if process is None or process.stdin is None:
            raise ConnectionError("the worker was closed")
        body = json.dumps(chart.spec, ensure_ascii=False).encode()
        head = json.dumps({"form": form, "bytes": len(body)}).encode()
        process.stdin.write(head + b"\n" + body)
        await process.stdin.drain()
        return await self._read()

    async def _read(self) -> Reply:
        stream = self._process.stdout if self._process else None
        if stream is None:
            raise ConnectionError("the worker was closed")
        line = await stream.readline()
        if not line:
            raise asyncio.IncompleteReadError(b"", None)
        head = json.loads(line)
        body = await stream.readexactly(head["bytes"])
        return Reply(head["state"], body, head["resident"])
