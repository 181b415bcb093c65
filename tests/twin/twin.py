"""The twin as a whole: a loopback server, a world with people, and bot processes that connect to it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from tests.patience import PATIENCE, Withheld
from tests.twin.faults import Faults
from tests.twin.gateway import Gateway
from tests.twin.nursery import ROOT, Forked
from tests.twin.people import Person
from tests.twin.rest import Rest
from tests.twin.snapshot import put_snapshot
from tests.twin.world import Server, User, World, new_id

TOKEN = "dHdpbg.twin.token-that-must-not-be-logged"


class Twin:
    """A small Discord: ``world`` is its state, ``rest`` and ``gateway`` its two doors, ``faults`` its bad days."""

    def __init__(self, *, strict: bool = True) -> None:
        self.world = World()
        self.faults = Faults()
        self.port = 0
        self.gateway = Gateway(self.world, self._gateway_url)
        self.rest = Rest(self.world, self.faults, self._gateway_url, strict=strict)
        self.home = self.add_server()

    def _gateway_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/gateway-socket"

    def add_server(self, *, shard: int = 0, roles: dict[int, str] | None = None) -> Server:
        """A server whose id falls on the given shard when there are more than ``shard`` of them."""
        server = Server(((1_000_000 + len(self.world.servers)) * 64 + shard) << 22, new_id(), roles=dict(roles or {}))
        self.world.servers.append(server)
        return server

    def person(
        self, name: str, *, server: Server | None = None, roles: tuple[int, ...] = (), direct: bool = False
    ) -> Person:
        """A member of a server (the home server unless told), or somebody who writes directly."""
        user = User(new_id(), name)
        self.world.users[user.id] = user
        if direct:
            return Person(self, user, None)
        place = server or self.home
        place.members[user.id] = roles
        return Person(self, user, place)

    async def _download(self, request: web.Request) -> web.Response:
        """Something that a person attached, as Discord's file server gives it."""
        content = self.world.uploads.get(request.match_info["key"])
        return web.Response(status=404) if content is None else web.Response(body=content)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Twin]:
        """Listen on a free loopback port until the block ends."""
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_get("/gateway-socket", self.gateway.handle)
        app.router.add_get("/gateway-socket/", self.gateway.handle)
        app.router.add_route("*", "/api/{rest:.*}", self.rest.handle)
        app.router.add_get("/attachments/{key}/{name}", self._download)
        runner = web.AppRunner(app, shutdown_timeout=0.1, handle_signals=False)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = runner.addresses[0][1]
        try:
            yield self
        finally:
            await self.gateway.drop(code=1001)
            await runner.cleanup()


class BotProcess:
    """An unmodified ``inflow run`` in a process of its own, pointed at the twin."""

    def __init__(self, process: asyncio.subprocess.Process | Forked, log: Path) -> None:
        self.process = process
        self._log = log

    @property
    def log(self) -> str:
        """Everything that it has logged."""
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""

    async def stop(self, *, within: float = PATIENCE) -> int:
        """Ask it to stop, as an operator does, and return its exit code; how busy the machine is does not count."""
        started, withheld = time.monotonic(), Withheld(self.process.pid, os.getpid())
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        ended = asyncio.create_task(self.process.wait())
        while not ended.done():
            await asyncio.wait({ended}, timeout=0.05)
            assert time.monotonic() - started - withheld.seconds < within, "it does not end"
        return ended.result()

    async def kill(self) -> None:
        """End it with no warning."""
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()


@asynccontextmanager
async def running_bot(
    twin: Twin,
    folder: Path,
    *,
    module: str = "tests.twin.launch",
    wait_ready: bool = True,
    fresh: bool = False,
    extra: Mapping[str, str] | None = None,
    **settings: str,
) -> AsyncIterator[BotProcess]:
    """Start a bot against the twin with its data in ``folder``; it is killed at the end if it still runs.

    It is forked from one that has imported what it needs, unless its start is looked at and it is to be ``fresh``.
    """
    await put_snapshot(folder / "inflow.db")
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("INFLOW_")},
        "TWIN_URL": f"http://127.0.0.1:{twin.port}",
        "INFLOW_TOKEN": TOKEN,
        "INFLOW_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'inflow.db'}",
        "INFLOW_LOG_FORMAT": "json",
        "PYTHONPATH": str(ROOT),
        **{f"INFLOW_{key.upper()}": value for key, value in settings.items()},
        **(extra or {}),
    }
    log = folder / f"bot-{new_id()}.log"
    twin.gateway.expect()
    process = await (begun if fresh else Forked.start)(module, folder, environment, log)
    bot = BotProcess(process, log)
    try:
        if wait_ready:
            await twin.gateway.wait_ready()
        yield bot
    finally:
        await bot.kill()
    assert_discreet(twin, bot.log)


async def begun(module: str, folder: Path, environment: Mapping[str, str], log: Path) -> asyncio.subprocess.Process:
    """A process that begins with nothing, as an operator's does."""
    with log.open("wb") as stream:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, cwd=folder, env=environment, stdout=stream, stderr=stream
        )


def assert_discreet(twin: Twin, log: str) -> None:
    """No log has the token or what people wrote: phrases, since a single word may be anybody's."""
    assert TOKEN not in log
    assert TOKEN.rsplit(".", 1)[-1] not in log
    for words in twin.world.words:
        assert len(words.split()) < 3 or words not in log, words
