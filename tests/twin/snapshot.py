"""A database that was prepared once for all processes of a run: a bot that is started on a copy only has to open it."""

from __future__ import annotations

import atexit
import shutil
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from db.package.preparing import prepare
from db.store.engine import open_database

_made: list[Path] = []


async def put_snapshot(path: Path) -> None:
    """A prepared SQLite database at a path, where there is none yet."""
    if path.exists():  # noqa: ASYNC240 - nothing else runs meanwhile
        return
    if not _made:
        folder = Path(mkdtemp(prefix="inflow-snapshot-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        async with open_database(f"sqlite+aiosqlite:///{folder / 'inflow.db'}") as database:
            await prepare(database, at=datetime.now(UTC))
        _made.append(folder / "inflow.db")
    shutil.copyfile(_made[0], path)
