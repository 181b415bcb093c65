"""Hearing of changes by other processes at once: PostgreSQL tells them, SQLite's readers look by themselves."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError

from db.store.engine import CHANNEL, Database

_log = logging.getLogger(__name__)


@asynccontextmanager
async def listening(database: Database) -> AsyncIterator[None]:
    """Until the block ends, a revision of another process makes the next read look, on PostgreSQL.

    It takes one connection. A server without NOTIFY is not asked for it, and a connection that is
    lost costs nothing but the haste: readers also look by themselves.
    """
    if database.is_sqlite or database.is_plain:
        yield
        return

    def heard(_connection: Any, _process: int, _channel: str, payload: str) -> None:
        if payload.isdecimal():
            database.written = max(database.written, int(payload))

    try:
        connection = await database.engine.connect()
    except (DBAPIError, OSError) as problem:
        _log.warning("changes are not listened for, only looked for: %s", type(problem).__name__)
        yield
        return
    try:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        await driver.add_listener(CHANNEL, heard)
        yield
    finally:
        await connection.invalidate()  # the pool must not lend a connection that listens
        await connection.close()
