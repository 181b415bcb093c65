"""Bringing a database to this program's tables, and refusing one that is newer or not ours."""

from __future__ import annotations

import asyncio
from functools import partial
from importlib import import_module

from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.model.errors import DatabaseForeign
from db.store.engine import WRITER_LOCK, Database
from db.store.versions import MIGRATIONS, check_version, known_versions


async def current_version(database: Database) -> str | None:
    """The migration that the database stands at, None when it has no tables yet.

    Raises DatabaseRefused.
    """
    async with database.reading() as connection:
        return await _version(database, connection)


async def upgrade(database: Database, target: str = "head") -> None:
    """Run the migrations that are still to be run, in one transaction; nothing when there are none.

    Raises DatabaseRefused, and then has written nothing.
    """
    if target == "head" and await current_version(database) == known_versions()[-1]:
        return
    await _migrate(database, "upgrade", target)


async def downgrade(database: Database, target: str = "base") -> None:
    """Undo migrations down to a version; the data of dropped tables is lost."""
    await _migrate(database, "downgrade", target)


async def _version(database: Database, connection: AsyncConnection) -> str | None:
    tables = set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))
    if "alembic_version" not in tables:
        if tables:
            raise DatabaseForeign(database.place, tuple(sorted(tables)))
        return None
    found: str | None = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    check_version(database.place, found)
    return found


async def _migrate(database: Database, direction: str, target: str) -> None:
    await asyncio.to_thread(import_module, "alembic.command")  # slow to import; the event loop goes on
    engine = database.engine.execution_options(inflow_writing=True)
    async with engine.connect() as connection:
        await _foreign_keys(database, connection, on=False)
        try:
            with database.refusals():
                async with connection.begin():
                    if not (database.is_sqlite or database.is_plain):  # else one process makes the tables first
                        await connection.execute(select(text(f"pg_advisory_xact_lock({WRITER_LOCK})")))
                    await _version(database, connection)
                    await connection.run_sync(partial(_run, direction, target))
        finally:
            await _foreign_keys(database, connection, on=True)


async def _foreign_keys(database: Database, connection: AsyncConnection, *, on: bool) -> None:
    """Switch SQLite's foreign keys, which only works outside of a transaction: batch migrations rebuild tables."""
    if database.is_sqlite:
        raw = await connection.get_raw_connection()
        driver = raw.driver_connection
        assert driver is not None  # a connection that was just opened
        await driver.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def _run(direction: str, target: str, connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    (command.upgrade if direction == "upgrade" else command.downgrade)(config, target)
