"""Bots forked from a process that has already imported all that one needs: imports are most of a bot's start."""

from __future__ import annotations

import asyncio
import atexit
import gc
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Forked:
    """A process that the nursery forked: no child of ours, so that a connection tells of its end."""

    def __init__(self, pid: int, told: asyncio.StreamReader, asking: asyncio.StreamWriter) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._asking = asking
        self._ended = asyncio.create_task(self._end(told))

    @classmethod
    async def start(cls, module: str, folder: Path, environment: Mapping[str, str], log: Path) -> Forked:
        """Run a module in a folder as ``python -m`` does, with what it prints in a log."""
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(nursery(), [b"."], [theirs.fileno()])
        told, asking = await asyncio.open_unix_connection(sock=ours)
        asked = {"module": module, "folder": str(folder), "environment": dict(environment), "log": str(log)}
        asking.write(json.dumps(asked).encode() + b"\n")
        return cls(int(await told.readline()), told, asking)

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it with no warning."""
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        """Its exit code, when it has ended."""
        return await asyncio.shield(self._ended)

    async def _end(self, told: asyncio.StreamReader) -> int:
        self.returncode = int(await told.readline())
        self._asking.close()
        await self._asking.wait_closed()
        return self.returncode


@cache
def nursery() -> socket.socket:
    """Where connections are sent to for which a process is to be forked; the nursery ends with this process."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-m", "tests.twin.nursery", str(theirs.fileno())]
    with theirs:
        process = subprocess.Popen(
            command, env={**os.environ, "PYTHONPATH": str(ROOT)}, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
        )

    @atexit.register
    def end() -> None:
        ours.close()
        process.wait()

    return ours


def serve(door: socket.socket) -> None:
    """Fork a process for each connection that comes through the door, until it is closed."""
    while (came := socket.recv_fds(door, 1, 1))[0]:
        with socket.socket(fileno=came[1][0]) as connection:
            if os.fork() == 0:
                door.close()
                guard(connection)
                return
        bury(os.WNOHANG)
    bury(0)


def bury(options: int) -> None:
    """Count the time of those that have ended as ours."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, options)[0]:
            pass


def grow_up() -> None:
    """Import what a bot does, and read what it does after its start."""
    for name in ("bot.app", "bot.chat.cogs", "bot.cli.serve", "db.package.preparing"):
        import_module(name)
    from bot.chat.warming import load
    from bot.places.resolve import Resolver

    load(Resolver.load(), date.today())
    gc.freeze()


def guard(connection: socket.socket) -> None:
    """Fork what was asked for, and tell its number, then its exit code."""
    with connection, connection.makefile("rw") as told:
        asked = json.loads(told.readline())
        if pid := os.fork():
            print(pid, file=told, flush=True)
            print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), file=told, flush=True)
            os._exit(0)
    become(**asked)


def become(module: str, folder: str, environment: dict[str, str], log: str) -> None:
    """Be the process that was asked for."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    stream = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(stream, 1)
    os.dup2(stream, 2)
    os.close(stream)
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    grow_up()
    serve(socket.socket(fileno=int(sys.argv[1])))
