"""SQLite's statements in one trip to the connection's thread each, which takes longer than most of them do."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from sqlalchemy.connectors.asyncio import AsyncAdapt_dbapi_connection
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, AsyncAdapt_aiosqlite_cursor


@dataclass(slots=True)
class _Ran:
    """What is left of a statement that was run, beside its rows."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    arraysize: int = 1


class OneTripCursor(AsyncAdapt_aiosqlite_cursor):
    """A cursor that is made, used and closed in one trip; SQLAlchemy's own takes four."""

    __slots__ = ()

    def __init__(self, adapt_connection: AsyncAdapt_dbapi_connection) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._cursor: Any = _Ran()
        self._rows = deque()

    @property
    def description(self) -> Any:
        """The columns of the rows; None where the statement has none."""
        return self._cursor.description

    def close(self) -> None:
        """Forget the rows that were not fetched."""
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """It is closed already, and its rows are here."""

    async def _execute_async(self, operation: Any, parameters: Any) -> None:
        await self._run(operation, () if parameters is None else parameters, many=False)

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> None:
        await self._run(operation, seq_of_parameters, many=True)

    async def _run(self, operation: str, parameters: Any, *, many: bool) -> None:
        driver: Any = self._connection
        async with self._adapt_connection._execute_mutex:
            self._cursor, rows = await driver._execute(_run, driver._conn, operation, parameters, many)
        self._rows = deque(rows)


class OneTripConnection(AsyncAdapt_aiosqlite_connection):
    """A connection whose cursors take one trip each; those that stream rows stay as they are."""

    __slots__ = ()
    _cursor_cls = OneTripCursor


def connect(dialect: Any, _record: object, arguments: Sequence[Any], options: dict[str, Any]) -> OneTripConnection:
    """A new connection, as SQLAlchemy's event ``do_connect`` asks for one."""
    made = dialect.connect(*arguments, **options)
    return OneTripConnection(made.dbapi, made._connection)


def _run(connection: Connection, operation: str, parameters: Any, many: bool) -> tuple[_Ran, list[Any]]:
    cursor = connection.cursor()
    try:
        (cursor.executemany if many else cursor.execute)(operation, parameters)
        rows = cursor.fetchall() if cursor.description else []
        return _Ran(cursor.description, cursor.rowcount, cursor.lastrowid), rows
    finally:
        cursor.close()
