"""Opening a database: one engine, one door to read and one to write, and what SQLite and PostgreSQL need for both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, event, func, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.util import await_only, greenlet_spawn

from db.model.errors import DatabaseCorrupted, DatabaseUnreachable, DriverMissing, WriteUncertain
from db.store.addresses import file_of, for_driver, masked, readable
from db.store.opening import DAMAGE, find_page_damage, look, make_file
from db.store.reading import latest_revision

T = TypeVar("T")
Rows = Sequence[Sequence[Any]]
BUSY_SECONDS = 15.0
"""How long SQLite waits for another writer; above the five seconds that a backup or a bulk import may hold it."""
WRITER_LOCK = 0x1F10
"""The PostgreSQL advisory lock that puts writers in a row, so that revision ids rise in the order of commits."""
CHANNEL = "inflow_revision"
"""Where PostgreSQL tells other processes of a revision."""
_BEYOND = "SELECT count(DISTINCT proname) FROM pg_proc WHERE proname IN ('pg_advisory_xact_lock', 'pg_notify')"
_WRITING = "inflow_writing"
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}


class _Work:
    """The connection of one piece of work, opened by its first read."""

    def __init__(self, database: Database, stack: AsyncExitStack) -> None:
        self._database, self._stack = database, stack
        self._connection: AsyncConnection | None = None

    async def fetch(self, statement: Select[Any], values: Mapping[str, object]) -> Rows:
        """The rows of a statement; all of a piece of work are read in one transaction."""
        if self._connection is None:
            self._connection = await self._stack.enter_async_context(self._database.reading())
        rows: Rows = (await self._connection.execute(statement, values)).all()
        return rows


_WORK: ContextVar[_Work] = ContextVar("work")


@dataclass
class Database:
    """An open database; what readers and writers share."""

    engine: AsyncEngine
    written: int = field(default=0)
    """The last revision that this process committed, 0 before the first: readers look here before they ask."""
    damage: str = field(default="")
    """What was found to be broken in it since it was opened, in its own words; nothing mends that but a restart."""
    is_new: bool = field(default=False)
    """Whether opening it made its file: nothing was there."""
    is_plain: bool = field(default=False)
    """Whether it speaks PostgreSQL's protocol and has neither advisory locks nor NOTIFY (docs/scaling.md)."""
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)
    """Writers of this process wait here, not on a connection each, which readers would then lack."""

    @property
    def url(self) -> str:
        """The URL, with its password."""
        return self.engine.url.render_as_string(hide_password=False)

    @property
    def place(self) -> str:
        """Where the database is, without a password."""
        return masked(self.url)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite; otherwise it is PostgreSQL or speaks like it."""
        return self.engine.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection in one read transaction: everything read in it belongs together. Raises DatabaseRefused."""
        with self.refusals():
            async with AsyncExitStack() as stack:
                with self._unreachable():
                    connection = await stack.enter_async_context(self.engine.connect())
                yield connection

    async def run(self, work: Callable[[], T]) -> T:
        """Do some plain work that may ``fetch``: it runs as a greenlet, as SQLAlchemy's own work does."""
        async with AsyncExitStack() as stack:
            token = _WORK.set(_Work(self, stack))
            try:
                result: T = await greenlet_spawn(work)
                return result
            finally:
                _WORK.reset(token)

    def fetch(self, statement: Select[Any], **values: object) -> Rows:
        """The rows of a statement with values for its parameters, while others are answered; only inside of ``run``."""
        rows: Rows = await_only(_WORK.get().fetch(statement, values))
        return rows

    @contextmanager
    def _commit_may_be_lost(self, committing: list[bool]) -> Iterator[None]:
        """A server that goes away once ``committing`` has done so or not: only looking tells. A file says which."""
        try:
            yield
        except (OSError, DBAPIError) as problem:
            if self.is_sqlite or not committing:
                raise
            raise WriteUncertain(self.place) from problem

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A session in one write transaction, committed at the end, rolled back on an exception.

        Writers stand in a row from here on: what is read inside holds until the commit. Raises DatabaseRefused.
        """
        committing: list[bool] = []
        async with self._in_turn():
            with self.refusals(), self._commit_may_be_lost(committing):
                async with self._transaction(committing) as session:
                    yield session

    @asynccontextmanager
    async def _in_turn(self) -> AsyncIterator[None]:
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
        engine = self.engine.execution_options(**{_WRITING: True})
        async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
            with self._unreachable():
                await session.connection()  # a session begins lazily: the lock is wanted now
            if self.is_plain:
                await session.execute(text("SELECT version_num FROM alembic_version FOR UPDATE"))
            elif not self.is_sqlite:
                await session.execute(select(func.pg_advisory_xact_lock(WRITER_LOCK)))
            yield session
            await session.flush()
            latest = await latest_revision(session)
            if not self.is_sqlite and not self.is_plain and latest > self.written:
                # Heard when this transaction is committed, or never.
                await session.execute(select(func.pg_notify(CHANNEL, str(latest))))
            committing.append(True)
        self.written = max(self.written, latest)

    @contextmanager
    def _unreachable(self) -> Iterator[None]:
        try:
            yield
        except OSError as problem:  # which asyncpg raises bare when nobody listens
            raise DatabaseUnreachable(self.place, str(problem)) from problem

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """A database that is away, locked, full or damaged is a refusal; a wrong statement stays a fault."""
        try:
            yield
        except DBAPIError as problem:
            refused = refusal(self.place, problem)
            if refused is None:
                raise
            if isinstance(refused, DatabaseCorrupted):
                self.damage = refused.detail
            raise refused from problem

    async def look_for_damage(self) -> None:
        """Look at every page of a file, beside the work."""
        path = file_of(self.url)
        if path is not None and not self.damage:
            found = await asyncio.to_thread(find_page_damage, path)
            self.damage = found or ""


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    """Open the database at an SQLAlchemy URL and dispose of the engine at the end; the tables are ``upgrade``'s.

    ``sqlite:///…`` and ``postgresql://…`` get their async drivers by themselves; a SQLite file and its directory are
    made when missing, and one that is broken or another program's is not touched. Raises DatabaseRefused.
    """
    path = file_of(url)
    is_new = path is not None and await asyncio.to_thread(_made_where_none_is, path)
    database = Database(_engine_of(with_driver(url)), is_new=is_new)
    try:
        await _try_out(database)
        yield database
    finally:
        await database.engine.dispose()


async def find_damage(database: Database) -> tuple[str, ...]:
    """What SQLite's own integrity check finds wrong, in its words; PostgreSQL guards itself."""
    if not database.is_sqlite:
        return ()
    try:
        async with database.reading() as connection:
            found = await connection.execute(text("PRAGMA integrity_check(100)"))
            broken = await connection.execute(text("PRAGMA foreign_key_check"))
            lines = [line for (line,) in found if line != "ok"]
            lines += [f"row {row.rowid} of {row.table} points to a missing {row.parent}" for row in broken]
    except DatabaseCorrupted as problem:
        return (problem.detail,)
    return tuple(lines)


def with_driver(url: str) -> str:
    """The URL with the async driver that belongs to it; one that cannot be read is refused when it is opened."""
    dialect, colon, rest = url.partition(":")
    return f"{_DRIVERS.get(dialect, dialect)}{colon}{rest}"


def _made_where_none_is(path: Path) -> bool:
    """Whether a file was made; one that is broken or another program's is refused before anything touches it."""
    return look(path) is None and make_file(path)


def _engine_of(url: str) -> AsyncEngine:
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
    probe = "SELECT count(*) FROM sqlite_master" if database.is_sqlite else _BEYOND
    try:
        async with database.reading() as connection:
            found = await connection.scalar(text(probe))
    except (ValueError, TypeError) as problem:  # a driver that cannot make sense of its options
        raise DatabaseUnreachable(database.place, str(problem)) from problem
    database.is_plain = not database.is_sqlite and found < 2


def refusal(place: str, problem: DBAPIError) -> DatabaseCorrupted | DatabaseUnreachable | None:
    """The refusal that a driver's error means; None where the fault is the statement's."""
    detail = str(problem.orig)
    if any(sign in detail for sign in DAMAGE):
        return DatabaseCorrupted(place, detail)
    if isinstance(problem, IntegrityError) or not isinstance(problem, OperationalError | InterfaceError):
        return DatabaseUnreachable(place, detail) if problem.connection_invalidated else None
    return None if "no such" in detail or "syntax error" in detail else DatabaseUnreachable(place, detail)
