"""Opening a database: one engine, sessions to read and to write, and what SQLite and PostgreSQL need for both.

SQLAlchemy is imported with the first engine, not with this module: what is answered from a prepared SQLite file needs
none (``db.light``, ``db.plain``).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.addresses import for_driver, masked, readable
from db.errors import DatabaseCorrupted, DatabaseUnreachable, DriverMissing, WriteUncertain
from db.opening import DAMAGE, look, make_file

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.engine import URL
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

BUSY_SECONDS = 15.0
"""How long SQLite waits for another writer; above the five seconds that a backup or a bulk import may hold it."""
WRITER_LOCK = 0x1F10
"""The PostgreSQL advisory lock that puts writers in a row, so that revision ids rise in the order of commits."""
_WRITING = "inflow_writing"
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}
_LATER = ("sqlalchemy.ext.asyncio", "db.tables", "db.dataset")


@dataclass
class Database:
    """A database; what readers and writers share. Its engine is made when something first needs it."""

    url: str
    """An async SQLAlchemy URL."""
    written: int = field(default=0)
    """The last revision that this process committed, 0 before the first: readers look here before they ask."""
    is_new: bool = field(default=False)
    """Whether opening it made its file: nothing was there."""
    closing: list[Callable[[], None]] = field(default_factory=list, repr=False)
    """What else is to be closed with it."""
    _engine: AsyncEngine | None = field(default=None, repr=False)
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)
    """Writers of this process wait here, not on a connection each, which readers would then lack."""

    @property
    def engine(self) -> AsyncEngine:
        """The engine; where it is the first that needs one, SQLAlchemy is imported here and now: see ``open``."""
        if self._engine is None:
            self._engine = _engine_of(self.url)
        return self._engine

    @property
    def is_open(self) -> bool:
        """Whether there is an engine."""
        return self._engine is not None

    async def open(self) -> None:
        """Make the engine and import what reads and writes with it, in a thread: others are answered meanwhile."""
        if self._engine is None:
            async with self._opening:
                if self._engine is None:
                    await asyncio.to_thread(_import_rooms)
                    self._engine = _engine_of(self.url)

    @property
    def place(self) -> str:
        """Where the database is, without a password."""
        return masked(self.url)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite; otherwise it is PostgreSQL or speaks like it."""
        return self.url.startswith("sqlite")

    @property
    def file(self) -> str | None:
        """The path of the SQLite file; None where there is none, or a plain path does not say all."""
        return file_of(self.url)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection in one read transaction: everything read in it belongs together."""
        await self.open()
        async with AsyncExitStack() as stack:
            with self._server_may_be_away():
                connection = await stack.enter_async_context(self.engine.connect())
            yield connection

    @contextmanager
    def _server_may_be_away(self) -> Iterator[None]:
        """A server that nobody reaches is a refusal; SQLite's own troubles are told where they are known."""
        from sqlalchemy.exc import DBAPIError

        try:
            yield
        except OSError as problem:  # which asyncpg raises bare when nobody listens
            raise DatabaseUnreachable(self.place, str(problem)) from problem
        except DBAPIError as problem:
            if self.is_sqlite:
                raise
            raise DatabaseUnreachable(self.place, str(problem.orig)) from problem

    @contextmanager
    def _commit_may_be_lost(self, committing: list[bool]) -> Iterator[None]:
        """A server that goes away once ``committing`` has done so or not: only looking tells. A file says which."""
        from sqlalchemy.exc import DBAPIError

        try:
            yield
        except (OSError, DBAPIError) as problem:
            if self.is_sqlite or not committing:
                raise
            raise WriteUncertain(self.place) from problem

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A session in one write transaction, committed at the end, rolled back on an exception.

        Writers stand in a row from here on: what is read inside holds until the commit. Raises DatabaseUnreachable
        where others of this process write for too long.
        """
        await self.open()
        committing: list[bool] = []
        with self._commit_may_be_lost(committing):
            async with self.in_turn(), self._transaction(committing) as session:
                yield session

    @asynccontextmanager
    async def in_turn(self) -> AsyncIterator[None]:
        """The turn of one writer of this process; raises DatabaseUnreachable where others write for too long."""
        try:
            async with asyncio.timeout(BUSY_SECONDS):
                await self._turn.acquire()
        except TimeoutError as problem:
            raise DatabaseUnreachable(self.place, "others are writing") from problem
        try:
            yield
        finally:
            self._turn.release()

    @asynccontextmanager
    async def _transaction(self, committing: list[bool]) -> AsyncIterator[AsyncSession]:
        from sqlalchemy import func, select
        from sqlalchemy.ext.asyncio import AsyncSession

        from db.tables import REVISION

        engine = self.engine.execution_options(**{_WRITING: True})
        async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
            with self._server_may_be_away():
                await session.connection()  # a session begins lazily: the lock is wanted now
            if not self.is_sqlite:
                await session.execute(select(func.pg_advisory_xact_lock(WRITER_LOCK)))
            yield session
            await session.flush()
            latest = await session.scalar(select(func.max(REVISION.c.id)))
            if not self.is_sqlite and (latest or 0) > self.written:
                from db.changes_feed import tell  # that room needs this one

                await tell(session, latest or 0)
            committing.append(True)
        self.written = max(self.written, latest or 0)


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    """Open the database at an SQLAlchemy URL and dispose of the engine at the end; the tables are ``upgrade``'s.

    ``sqlite:///…`` and ``postgresql://…`` get their async drivers by themselves; a SQLite file and its directory are
    made when missing, and one that is broken or another program's is not touched. Raises DatabaseRefused.
    """
    async with known_database(url) as database:
        await database.open()
        if database.file is not None:
            path = Path(database.file)
            if await asyncio.to_thread(look, path) is None:
                database.is_new = await asyncio.to_thread(make_file, path)
        await _try_out(database)
        yield database


@asynccontextmanager
async def known_database(url: str) -> AsyncIterator[Database]:
    """As ``open_database``, yet nothing is opened before it is needed: for a file that is known to be prepared."""
    database = Database(with_driver(url))
    try:
        yield database
    finally:
        for close in database.closing:
            close()
        if database.is_open:
            await database.engine.dispose()


async def prepare(database: Database, *, at: datetime) -> None:
    """Make a database ready to be read: its tables upgraded, and the built-in package loaded where it is not yet.

    Raises DatabaseRefused when the database cannot be used.
    """
    from db.loading import load_built_in  # both are not needed by those who only open a prepared database
    from db.upgrading import upgrade

    await upgrade(database)
    await load_built_in(database, at=at)


async def find_damage(database: Database) -> tuple[str, ...]:
    """What SQLite's own integrity check finds wrong, in its words; PostgreSQL guards itself."""
    if not database.is_sqlite:
        return ()
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    async with database.reading() as connection:
        try:
            found = await connection.execute(text("PRAGMA integrity_check(100)"))
            broken = await connection.execute(text("PRAGMA foreign_key_check"))
        except DBAPIError as problem:
            return (str(problem.orig),)
        lines = [line for (line,) in found if line != "ok"]
        lines += [f"row {row.rowid} of {row.table} points to a missing {row.parent}" for row in broken]
    return tuple(lines)


def with_driver(url: str) -> str:
    """The URL with the async driver that belongs to it; one that cannot be read is refused when it is opened."""
    dialect, colon, rest = url.partition(":")
    return f"{_DRIVERS.get(dialect, dialect)}{colon}{rest}"


def file_of(url: str) -> str | None:
    """The path in a SQLite URL; None where there is none, or where a plain path does not say all."""
    dialect, slashes, path = url.partition(":///")
    if not slashes or dialect not in ("sqlite", "sqlite+aiosqlite") or not path:
        return None
    return None if path.startswith(("file:", ":")) or "?" in path else path


def _import_rooms() -> None:
    """Import what ``_LATER`` names, as the first read or write with an engine needs most of it."""
    for name in _LATER:
        import_module(name)


def _engine_of(url: str) -> AsyncEngine:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        parsed = make_url(readable(url))
    except (ArgumentError, ValueError):  # whose words may hold a part of the password
        raise DatabaseUnreachable("", "this is no database URL") from None
    _make_directory(parsed)
    return _made_engine(parsed)


def _make_directory(url: URL) -> None:
    if url.get_backend_name() != "sqlite" or _in_memory(url):
        return
    try:
        Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise DatabaseUnreachable(url.render_as_string(), str(problem)) from problem


def _in_memory(url: URL) -> bool:
    return not url.database or url.database == ":memory:" or url.database.startswith("file:")


def _made_engine(url: URL) -> AsyncEngine:
    from sqlalchemy import event
    from sqlalchemy.exc import SQLAlchemyError
    from sqlalchemy.ext.asyncio import create_async_engine

    options: dict[str, Any] = {"pool_pre_ping": url.get_backend_name() != "sqlite"}
    try:
        if url.drivername == "postgresql+asyncpg":
            query, options["connect_args"] = for_driver(url.query)
            url = url.set(query=query)
        engine = create_async_engine(url, **options)
    except ModuleNotFoundError as problem:
        raise DriverMissing(problem.name or "", "postgres") from problem
    except SQLAlchemyError as problem:
        raise DatabaseUnreachable(url.render_as_string(), str(problem)) from problem
    if url.get_backend_name() == "sqlite":
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Set a new SQLite connection up; transactions are begun by ``_begin_sqlite``, not by the driver."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")  # an acknowledged edit survives a power cut
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at the start of a write: upgrading a read transaction later would fail at once."""
    writing = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


async def _try_out(database: Database) -> None:
    """Connect once, so that a database that cannot be used is refused here and not in an answer."""
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    try:
        async with database.reading() as connection:
            probe = "SELECT count(*) FROM sqlite_master" if database.is_sqlite else "SELECT 1"
            await connection.execute(text(probe))
    except DBAPIError as problem:
        raise refusal(database.place, problem) from problem
    except (OSError, ValueError, TypeError) as problem:  # a driver that cannot make sense of its options
        raise DatabaseUnreachable(database.place, str(problem)) from problem


def refusal(place: str, problem: DBAPIError) -> DatabaseCorrupted | DatabaseUnreachable:
    """The refusal that a driver's error means."""
    detail = str(problem.orig)
    if any(sign in detail for sign in DAMAGE):
        return DatabaseCorrupted(place, detail)
    return DatabaseUnreachable(place, detail)
