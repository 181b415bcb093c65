"""Short reads where they are asked for: SQLite answers a read by index sooner than a thread is woken for it.

PostgreSQL gets the same statements through its driver, on one connection for as long as an answer is composed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.util import await_only, greenlet_spawn

from db.engine import Database

T = TypeVar("T")
CACHE_KIB = 32_768
"""Pages of a SQLite file that are kept; SQLite's own two megabytes hold a fraction of a large index."""
Rows = Sequence[Sequence[Any]]


class Reader:
    """Reads one database; ``read`` is to be called by work that ``run`` does."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file: sqlite3.Connection | None = _opened(database)
        self._borrowed: ContextVar[list[AsyncConnection]] = ContextVar("borrowed")

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()

    async def run(self, work: Callable[[], T]) -> T:
        """Do some work that reads; it waits as a greenlet, so that others are answered meanwhile."""
        borrowed: list[AsyncConnection] = []
        token = self._borrowed.set(borrowed)
        try:
            result: T = await greenlet_spawn(work)
            return result
        finally:
            self._borrowed.reset(token)
            for connection in borrowed:
                await connection.close()

    def read(self, statement: str, values: Sequence[object]) -> Rows:
        """The rows of a statement whose parameters are written as ``?``."""
        if self._file is not None:
            try:
                return self._file.execute(statement, values).fetchall()
            except sqlite3.OperationalError:
                pass  # somebody holds the whole file for a moment: the pool's connections wait for it in a thread
        rows: Rows = await_only(self._wait_for(statement, values))
        return rows

    async def _wait_for(self, statement: str, values: Sequence[object]) -> Rows:
        borrowed = self._borrowed.get()
        if not borrowed:
            borrowed.append(await self._database.engine.connect())
        if not self._database.is_sqlite:
            statement = _numbered(statement)
        return (await borrowed[0].exec_driver_sql(statement, tuple(values))).all()


def _opened(database: Database) -> sqlite3.Connection | None:
    path = database.engine.url.database or ""
    if not database.is_sqlite or not path or path.startswith((":", "file:")):
        return None
    file = sqlite3.connect(path, isolation_level=None, timeout=0, check_same_thread=False, cached_statements=512)
    file.execute("PRAGMA query_only = ON")
    file.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    return file


def _numbered(statement: str) -> str:
    """The statement with PostgreSQL's parameters; no text in these statements holds a question mark."""
    first, *rest = statement.split("?")
    return first + "".join(f"${number}{part}" for number, part in enumerate(rest, start=1))
