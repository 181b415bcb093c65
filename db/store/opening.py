"""Before a SQLite file is opened for writing: whether it is ours and sound; and making one where there is none.

Looking changes nothing: not the file, not its journal mode, and no file beside it. A server looks after itself.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from db.model.errors import DatabaseCorrupted, DatabaseForeign, DatabaseUnreachable
from db.store.versions import check_version

CHECKED_AT_ONCE = 64 * 1024 * 1024
"""The size up to which every page is looked at before a start: a tenth of a second. Larger files: beside the work."""
DAMAGE = ("file is not a database", "malformed", "file is encrypted")
_EMPTY = "the file is empty, as one that was cut off; if none was ever there, remove it to start anew"


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a database file before it is opened."""

    version: str | None
    """Its migration; None while it holds no tables."""
    revision: int
    """Its latest revision, 0 before the first."""
    recorded_at: datetime | None
    """When that was recorded."""


def look(path: Path, *, damage: bool = True) -> Found | None:
    """What stands in a file; None where there is none. Every page is checked unless it is large or told otherwise.

    Raises DatabaseRefused, with nothing touched.
    """
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise DatabaseUnreachable(str(path), str(problem)) from problem
    if size == 0:
        raise DatabaseCorrupted(str(path), _EMPTY)
    # What nobody has open is read without a lock, whose files would stay beside another program's database.
    at_rest = not path.with_name(f"{path.name}-wal").exists()
    if at_rest:
        with suppress(DatabaseCorrupted, DatabaseUnreachable):  # somebody may have begun to write: look once more
            return _look(path, "immutable=1", damage=damage and size <= CHECKED_AT_ONCE)
    return _look(path, "mode=ro", damage=damage and size <= CHECKED_AT_ONCE)


def find_page_damage(path: Path) -> str | None:
    """What SQLite's quick check finds wrong in a file, in its words; None when nothing is."""
    try:
        with closing(opened(path, "mode=ro")) as file:
            return _damage(file)
    except sqlite3.Error as problem:
        return str(problem) if is_damage(problem) else None  # what is locked or away is told when it is read


def make_file(path: Path) -> bool:
    """Make an empty database in WAL mode where no file is; whole or not at all. Whether this call made it."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(fresh)) as file:
            file.execute("PRAGMA journal_mode = WAL")
        os.link(fresh, path)
    except FileExistsError:
        return False
    except (OSError, sqlite3.Error):
        return True  # no such folder, no right to it, or no second names here: opening says so, or makes it
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return True


def is_damage(problem: BaseException) -> bool:
    """Whether an error of SQLite's says that the file is broken."""
    return isinstance(problem, sqlite3.DatabaseError) and any(sign in str(problem) for sign in DAMAGE)


def _look(path: Path, how: str, *, damage: bool) -> Found:
    try:
        with closing(opened(path, how)) as file:
            found = found_in(file, path)
            broken = _damage(file) if damage else None
    except sqlite3.Error as problem:
        if is_damage(problem):
            raise DatabaseCorrupted(str(path), str(problem)) from problem
        raise DatabaseUnreachable(str(path), str(problem)) from problem
    if broken is not None:
        raise DatabaseCorrupted(str(path), broken)
    return found


def opened(path: Path, how: str = "mode=ro") -> sqlite3.Connection:
    """A connection that only reads, and makes no file."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=15)


def _damage(file: sqlite3.Connection) -> str | None:
    (first,) = file.execute("PRAGMA quick_check(1)").fetchone()
    return None if first == "ok" else str(first)


def found_in(file: sqlite3.Connection, path: Path) -> Found:
    """What stands in an open file; raises DatabaseRefused where another program or version made it."""
    tables = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "alembic_version" not in tables:
        if tables:
            raise DatabaseForeign(str(path), tuple(sorted(tables)))
        return Found(None, 0, None)
    row = file.execute("SELECT version_num FROM alembic_version").fetchone()
    version = None if row is None else str(row[0])
    if version is not None and "revision" not in tables:
        raise DatabaseForeign(str(path), tuple(sorted(tables)))
    check_version(str(path), version)
    newest = file.execute("SELECT id, at FROM revision ORDER BY id DESC LIMIT 1").fetchone() if version else None
    if newest is None:
        return Found(version, 0, None)
    return Found(version, newest[0], datetime.fromisoformat(newest[1]).replace(tzinfo=UTC))
