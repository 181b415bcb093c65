"""Reads and writes as plain statements: the same text on both databases, and no ORM for a SQLite file.

Steps are a generator that yields each statement with its values (written as ``?``), is sent the rows, and returns what
was worked out. A SQLite file runs them in a thread, PostgreSQL through its driver.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from db.engine import BUSY_SECONDS, Database, refusal
from db.errors import DatabaseCorrupted, DatabaseUnreachable
from db.opening import DAMAGE

T = TypeVar("T")
Rows = Sequence[Sequence[Any]]
Statement = tuple[str, Sequence[object]]
Steps = Generator[Statement, Rows, T]
_STORED_MOMENT = "%Y-%m-%d %H:%M:%S.%f"
"""How SQLAlchemy stores a moment in SQLite, in UTC."""


async def read(database: Database, steps: Callable[[], Steps[T]]) -> T:
    """Take steps that only read, in one transaction; raises DatabaseRefused."""
    path = database.file
    if path is not None:
        return await asyncio.to_thread(_in_file, path, steps, "BEGIN", threading.Event())
    async with database.reading() as connection:
        return await _with_driver(connection, steps(), sqlite=database.is_sqlite)


async def write(database: Database, steps: Callable[[], Steps[T]]) -> T:
    """Take steps in one write transaction, in the row of writers; raises DatabaseRefused.

    Cancelled while it waits for another process, it writes nothing.
    """
    path = database.file
    if path is None:
        return await _write_with_engine(database, steps)
    given_up = threading.Event()
    async with database.in_turn():
        try:
            return await asyncio.to_thread(_in_file, path, steps, "BEGIN IMMEDIATE", given_up)
        except asyncio.CancelledError:
            given_up.set()
            raise


def moment_of(stored: Any) -> datetime:
    """A stored moment: text in SQLite, a moment in PostgreSQL."""
    moment = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def marks(values: Sequence[object]) -> str:
    """As many parameters as there are values."""
    return ", ".join("?" * len(values))


def numbered(statement: str) -> str:
    """The statement with PostgreSQL's parameters; no text in these statements holds a question mark."""
    first, *rest = statement.split("?")
    return first + "".join(f"${number}{part}" for number, part in enumerate(rest, start=1))


def _in_file(path: str, steps: Callable[[], Steps[T]], begin: str, given_up: threading.Event) -> T:
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS)) as file:
            file.execute("PRAGMA synchronous = FULL")  # as the engine's connections: what is acknowledged stays
            file.execute("PRAGMA foreign_keys = ON")
            file.execute(begin)
            result = _drive(steps(), partial(_rows_of, file))
            if given_up.is_set():
                raise DatabaseUnreachable(path, "nobody waits for this any more")
            file.execute("COMMIT")
            return result
    except sqlite3.IntegrityError:
        raise  # a fault of the statement, which no other database would take
    except sqlite3.DatabaseError as problem:  # what was begun is rolled back with the closing of the file
        detail = str(problem)
        damaged = any(sign in detail for sign in DAMAGE)
        raise DatabaseCorrupted(path, detail) if damaged else DatabaseUnreachable(path, detail) from problem


def _drive(steps: Steps[T], run: Callable[[str, Sequence[object]], Rows]) -> T:
    try:
        statement, values = next(steps)
        while True:
            statement, values = steps.send(run(statement, values))
    except StopIteration as end:
        result: T = end.value
        return result


def _rows_of(file: sqlite3.Connection, statement: str, values: Sequence[object]) -> Rows:
    return file.execute(statement, [_stored(value) for value in values]).fetchall()


def _stored(value: object) -> Any:
    return value.astimezone(UTC).strftime(_STORED_MOMENT) if isinstance(value, datetime) else value


async def _write_with_engine(database: Database, steps: Callable[[], Steps[T]]) -> T:
    await database.open()
    from sqlalchemy.exc import OperationalError

    try:
        async with database.writing() as session:
            return await _with_driver(await session.connection(), steps(), sqlite=database.is_sqlite)
    except OperationalError as problem:
        raise refusal(database.place, problem) from problem


async def _with_driver(connection: Any, steps: Steps[T], *, sqlite: bool) -> T:
    try:
        statement, values = next(steps)
        while True:
            text = statement if sqlite else numbered(statement)
            sent = tuple(map(_stored, values)) if sqlite else tuple(values)
            found = await connection.exec_driver_sql(text, sent)
            statement, values = steps.send(found.all() if found.returns_rows else ())
    except StopIteration as end:
        result: T = end.value
        return result
