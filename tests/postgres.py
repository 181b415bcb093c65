"""Databases on the PostgreSQL server that ``INFLOW_TEST_POSTGRES_URL`` names; without it only SQLite is tested."""

from __future__ import annotations

import os
from uuid import uuid4

from sqlalchemy.engine import URL, make_url

POSTGRES_URL = os.environ.get("INFLOW_TEST_POSTGRES_URL", "")
"""A database on a server where this user may create databases; it is itself left alone."""


async def new_database(name: str, template: str | None = None) -> str:
    """Create a database, as a copy of a template when one is named, and return its URL."""
    await _command(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
    return _url().set(database=name).render_as_string(hide_password=False)


async def copy_of(template_url: str) -> str:
    """Create a copy of a database that nobody is connected to, and return its URL."""
    return await new_database(f"inflow_{uuid4().hex}", make_url(template_url).database)


async def drop_database(url: str) -> None:
    """Drop a database, with whoever is still connected."""
    await _command(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')


def _url() -> URL:
    return make_url(POSTGRES_URL).set(drivername="postgresql+asyncpg")


async def _command(sql: str) -> None:
    import asyncpg

    url = _url().set(drivername="postgresql")
    connection = await asyncpg.connect(url.render_as_string(hide_password=False))
    try:
        await connection.execute(sql)
    finally:
        await connection.close()
