"""Making a database ready to be read, and what that would do, found out without doing it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from db.model.records import LOADER, Revision
from db.model.tables import REVISION
from db.store.engine import Database
from db.store.reading import latest_revision
from db.store.upgrading import current_version, upgrade
from db.store.versions import known_versions, package_reason


async def prepare(database: Database, *, at: datetime) -> None:
    """Make a database ready to be read: its tables upgraded, and the built-in package loaded where it is not yet.

    Raises DatabaseRefused when the database cannot be used.
    """
    await upgrade(database)
    await load_built_in(database, at=at)


async def load_built_in(database: Database, *, at: datetime) -> Revision | None:
    """Load the package that comes with the program, unless this very one was loaded before."""
    if await _is_loaded(database):
        return None
    from db.package.datapackage import read_package
    from db.package.loading import load_package  # reading files is not needed by whoever opens a prepared database

    return await load_package(database, read_package(), by=LOADER, because=package_reason(), at=at)


async def standing(database: Database) -> tuple[str | None, int]:
    """The migration that a database stands at, None while it has no tables, and its latest revision, 0 before any."""
    version = await current_version(database)
    if version is None:
        return None, 0
    async with database.reading() as connection:
        return version, await latest_revision(connection)


async def due_at_start(database: Database) -> str:
    """What a start would write, in a line; empty when nothing is.

    Raises DatabaseRefused when the database cannot be used.
    """
    found, newest = await current_version(database), known_versions()[-1]
    if found is None:
        return f"make the tables of schema {newest} and load the built-in package"
    if found != newest:
        return f"bring schema {found} to {newest}, then load what differs of the built-in package"
    if await _is_loaded(database):
        return ""
    from db.package.datapackage import read_package
    from db.package.loading import compare_package

    differing = (await compare_package(database, read_package())).summary
    return f"load the built-in package as a new revision: {differing}" if differing else ""


async def _is_loaded(database: Database) -> bool:
    """Whether the very package that comes with the program was loaded before."""
    same = (REVISION.c.via == "package") & (REVISION.c.because == package_reason())
    async with database.reading() as connection:
        return await connection.scalar(select(REVISION.c.id).where(same).limit(1)) is not None
