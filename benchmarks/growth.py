"""How answers grow with the data: ``python -m benchmarks.growth``, free of other load, takes some twenty minutes.

Every database is generated (benchmarks/generate.py) and asked by a process of its own. What is timed is what a member
waits for without the net: the question read, the figures fetched, the answer composed, and the card made ready to
send. All questions of a series differ. Without ``INFLOW_TEST_POSTGRES_URL`` only SQLite is measured.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from benchmarks.growth_report import KINDS, as_table, draw

SIZES = (900, 10_000, 100_000, 1_000_000)
HISTORIES = (900, 10_000)
"""Sizes at which every figure has a hundred versions: the larger one holds a million versions."""
VERSIONS = 100
CROWD = 5_000
IMPORTED = 200_000
HERE = Path(__file__).parent


def main() -> None:
    """Measure, print a table and draw a plot; or do one part of it in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--count", type=int, default=200, help="questions of each kind")
    parser.add_argument("--plot", type=Path, help="where to write the plot, an SVG file")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--no-import", action="store_true")
    parser.add_argument("--ask", help="ask the database at this URL and print JSON")
    parser.add_argument("--floor", action="store_true", help="print what a bare bot's process takes")
    parser.add_argument("--take", nargs=2, metavar=("URL", "FILE"), help="import a file and print JSON")
    given = parser.parse_args()
    if given.floor:
        import discord.ext.commands  # noqa: F401

        print(json.dumps({"rss": _resident()}))
    elif given.ask:
        from benchmarks.growth_questions import ask_all

        print(json.dumps(asyncio.run(ask_all(given.ask, given.count)) | {"rss": _resident()}))
    elif given.take:
        print(json.dumps(asyncio.run(_take(*given.take))))
    else:
        found = asyncio.run(_measure(given))
        print(as_table(found))
        if given.plot:
            plain = [row for row in found["rows"] if row["versions"] == 1 and not row["crowd"]]
            given.plot.write_text(draw(plain, KINDS), encoding="utf-8")


async def _measure(given: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {"floor": _child("--floor")["rss"], "rows": [], "imports": []}
    engines = ["sqlite"] + (["postgresql"] if os.environ.get("INFLOW_TEST_POSTGRES_URL") else [])
    runs = [(size, 1, 0) for size in given.sizes]
    runs += [(size, VERSIONS, 0) for size in HISTORIES if size in given.sizes]
    runs += [(size, 1, CROWD) for size in given.sizes[-1:]]
    for engine in engines if given.only is None else [given.only]:
        for size, versions, crowd in runs:
            async with a_database(engine) as url:
                more = ("--versions", str(versions), "--crowd", str(crowd))
                run("benchmarks.generate", url, str(size), *more)
                row = _child("--ask", url, "--count", str(given.count))
                row |= {"engine": engine, "figures": size, "versions": versions, "crowd": crowd}
                found["rows"].append(row)
                print(json.dumps(row), file=sys.stderr, flush=True)
                if not given.no_import and versions == 1 and not crowd and size in (SIZES[0], SIZES[-1]):
                    row = _imported(url) | {"engine": engine, "figures": size}
                    found["imports"].append(row)
                    print(json.dumps(row), file=sys.stderr, flush=True)
    return found


def _imported(url: str) -> dict[str, Any]:
    from benchmarks.acknowledge import rows

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.csv"
        file.write_bytes(rows(IMPORTED))
        return _child("--take", url, str(file))


async def _take(url: str, file: str) -> dict[str, float]:
    """Plan and apply an import, in seconds."""
    import time
    from datetime import UTC, datetime

    from db.imports.importing import ImportFile, apply_import, plan_import
    from db.store.engine import open_database

    data = await asyncio.to_thread(Path(file).read_bytes)
    async with open_database(url) as database:
        at = datetime.now(UTC)
        began = time.perf_counter()
        plan = await plan_import(database, ImportFile(data, "rows.csv"), at=at)
        planned = time.perf_counter()
        await apply_import(database, plan, by="benchmark", because="A large import", at=at)
        applied = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"plan": planned - began, "apply": applied - planned, "changes": len(plan.changes), "peak": peak}


@asynccontextmanager
async def a_database(engine: str) -> AsyncIterator[str]:
    """An empty database that is gone afterwards."""
    async with AsyncExitStack() as stack:
        if engine == "sqlite":
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            yield f"sqlite:///{folder}/inflow.db"
            return
        from uuid import uuid4

        from tests.postgres import drop_database, new_database

        url = await new_database(f"growth_{uuid4().hex}")
        stack.push_async_callback(drop_database, url)
        yield url


def _child(*arguments: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(run("benchmarks.growth", *arguments).splitlines()[-1])
    return result


def run(module: str, *arguments: str) -> str:
    """What a process of its own prints; nothing else goes on here meanwhile."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE.parent).stdout


def _resident() -> float:
    """This process's resident memory in MiB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:"))) / 1024


if __name__ == "__main__":
    main()
