"""Backups of a SQLite database: taken while it is in use, proved by reading them back, and put back without loss.

PostgreSQL has better tools of its own: ``pg_dump`` and ``pg_restore``.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from dataclasses import replace as replaced
from datetime import datetime
from pathlib import Path

from db.model.errors import DatabaseCorrupted, DatabaseForeign, DatasetError
from db.store import addresses
from db.store.opening import found_in, opened
from db.store.whole_files import BESIDE, whole_file

_PAGES = 256
"""Pages copied at a time: between two steps others may write."""
_COUNTED = ("revision", "figure_version", "source_version", "headline_version", "proposal", "outbox", "watch", "gap")


@dataclass(eq=False)
class NotAFile(DatasetError):
    """Only a SQLite file is backed up here: for PostgreSQL use pg_dump and pg_restore."""

    place: str


@dataclass(eq=False)
class InTheWay(DatasetError):
    """There is a file already: name another one, or say --replace (the old one is kept beside it)."""

    place: str


@dataclass(eq=False)
class InUse(DatasetError):
    """Another process has the database open: stop the bot, then try again."""

    place: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a database file was found to hold, every page and reference of it checked."""

    path: Path
    version: str
    """Its migration."""
    revision: int
    """Its latest revision, 0 for none."""
    rows: dict[str, int]
    """By table."""


def file_of(url: str) -> Path:
    """The file behind a database URL; raise NotAFile for anything else."""
    path = addresses.file_of(url.partition("?")[0])
    if path is None:
        raise NotAFile(url.partition("://")[0])
    return path


def back_up(url: str, target: Path, *, replace: bool = False) -> Verified:
    """Copy a database that may be in use into a file, in one consistent state, and verify the copy.

    Raises NotAFile, InTheWay or DatabaseRefused; a failed copy leaves no file behind.
    """
    source = file_of(url)
    if not source.is_file():
        raise FileNotFoundError(2, "there is no database yet", str(source))
    if target.exists() and not replace:
        raise InTheWay(str(target))
    with whole_file(target) as copy:
        _copy(source, copy)
        found = verify(copy)
    return replaced(found, path=target)


def restore(source: Path, url: str, *, at: datetime, replace: bool = False) -> tuple[Verified, Path | None]:
    """Put a backup in the place of the database; the file that was there is kept under a name with the time.

    Gives what was restored and where the old file is now. Raises NotAFile, InTheWay, InUse, and what ``verify`` raises;
    then nothing was changed.
    """
    target = file_of(url)
    found = verify(source)
    if target.exists():
        if not replace:
            raise InTheWay(str(target))
        _check_unused(target)
    with whole_file(target) as copy:
        _copy(source, copy)
        verify(copy)
        kept = _set_aside(target, at) if target.exists() else None
    return replaced(found, path=target), kept


def verify(path: Path) -> Verified:
    """Read a database file whole.

    Raises DatabaseRefused where it is damaged, another program's or another version's.
    """
    if not path.is_file():
        raise FileNotFoundError(2, "there is no such file", str(path))
    try:
        with closing(opened(path)) as file:
            broken = [line for (line,) in file.execute("PRAGMA integrity_check(20)") if line != "ok"]
            broken += [
                f"a row of {row[0]} points to a missing {row[2]}" for row in file.execute("PRAGMA foreign_key_check")
            ]
            if broken:
                raise DatabaseCorrupted(str(path), "; ".join(broken[:5]))
            found = found_in(file, path)
            if found.version is None:
                raise DatabaseForeign(str(path), ())
            rows = {name: _count(file, name) for name in _COUNTED}
    except sqlite3.DatabaseError as problem:
        raise DatabaseCorrupted(str(path), str(problem)) from problem
    return Verified(path, found.version, found.revision, rows)


def _count(file: sqlite3.Connection, table: str) -> int:
    return int(file.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # one of _COUNTED


def _copy(source: Path, target: Path) -> None:
    try:
        with closing(opened(source)) as whole, closing(sqlite3.connect(target)) as copy:
            whole.backup(copy, pages=_PAGES, sleep=0.01)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
    except sqlite3.DatabaseError as problem:
        raise DatabaseCorrupted(str(source), str(problem)) from problem
    descriptor = os.open(target, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _check_unused(target: Path) -> None:
    """Raise InUse while anybody else holds the file: it would go on writing into the one set aside."""
    try:
        with closing(sqlite3.connect(target, timeout=0.5, isolation_level=None)) as file:
            file.execute("PRAGMA locking_mode = EXCLUSIVE")
            file.execute("BEGIN EXCLUSIVE")
            file.execute("ROLLBACK")
    except sqlite3.OperationalError as problem:
        raise InUse(str(target)) from problem
    except sqlite3.DatabaseError:
        return  # broken: that is what it is being replaced for


def _set_aside(target: Path, at: datetime) -> Path:
    kept = target.with_name(f"{target.name}.before-restore-{at:%Y%m%dT%H%M%SZ}")
    for ending in BESIDE:
        beside = target.with_name(target.name + ending)
        if beside.exists():
            os.replace(beside, kept.with_name(kept.name + ending))
    os.link(target, kept)  # both names at once: a crash before the new file takes the old name leaves the old one there
    return kept
