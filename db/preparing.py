"""What a start would do to a database before it answers from it, found out without doing it."""

from __future__ import annotations

from sqlalchemy import func, select

from db.engine import Database
from db.loading import compare_package
from db.package import read_package
from db.tables import REVISION
from db.upgrading import current_version
from db.versions import known_versions, package_reason


async def standing(database: Database) -> tuple[str | None, int]:
    """The migration that a database stands at, None while it has no tables, and its latest revision, 0 before any."""
    version = await current_version(database)
    if version is None:
        return None, 0
    async with database.reading() as connection:
        return version, await connection.scalar(select(func.max(REVISION.c.id))) or 0


async def due_at_start(database: Database) -> str:
    """What a start would write, in a line; empty when nothing is.

    Raises DatabaseRefused when the database cannot be used.
    """
    found, newest = await current_version(database), known_versions()[-1]
    if found is None:
        return f"make the tables of schema {newest} and load the built-in package"
    if found != newest:
        return f"bring schema {found} to {newest}, then load what differs of the built-in package"
    loaded = select(REVISION.c.id).where((REVISION.c.via == "package") & (REVISION.c.because == package_reason()))
    async with database.reading() as connection:
        if await connection.scalar(loaded.limit(1)):
            return ""
    differing = (await compare_package(database, read_package())).summary
    return f"load the built-in package as a new revision: {differing}" if differing else ""
