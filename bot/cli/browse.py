"""The dataset in Datasette: a file made from what stands today, served on this machine only."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import open_dataset
from bot.cli.failures import CommandFailed, read_settings
from bot.helper_process import helper_command, helper_environment

FILE = "inflow.db"
METADATA = "metadata.json"
LOOPBACK = "127.0.0.1"
NOT_INSTALLED = (
    "Browsing needs its extra: {python} -m pip install 'inflow[browse]' (from this folder: pip install -e "
    "'.[browse]'). Without it, `inflow browse --write-only -o FOLDER` writes the file for any SQLite tool."
)


def browse(arguments: argparse.Namespace) -> int:
    """Write the file, then serve it until interrupted; with ``--write-only`` only write it."""
    if arguments.write_only and arguments.output is None:
        raise CommandFailed("Say where the file should go: inflow browse --write-only -o FOLDER")
    if not arguments.write_only and find_spec("datasette") is None:
        raise CommandFailed(NOT_INSTALLED.format(python=sys.executable))
    kept = nullcontext(arguments.output) if arguments.output else TemporaryDirectory(prefix="inflow-browse-")
    with kept as folder:
        revision = asyncio.run(write_files(Path(folder)))
        if arguments.write_only:
            print(f"{Path(folder) / FILE} and {METADATA}: data revision {revision}")
            return 0
        return _serve(serving(Path(folder), arguments.port), arguments.port, revision)


async def write_files(folder: Path) -> int:
    """Write the SQLite file and its metadata into a folder; the data revision that they hold."""
    from db.package.browsing.metadata import metadata
    from db.package.browsing.writing import write_browsable

    async with open_dataset(read_settings()) as (database, _):
        revision = await write_browsable(database, folder / FILE)
    text = json.dumps(metadata(revision, Path(FILE).stem), ensure_ascii=False, indent=1)
    (folder / METADATA).write_text(text + "\n", encoding="utf-8")
    return revision


def serving(folder: Path, port: int) -> list[str]:
    """The command that serves a folder's file, unchangeable, to this machine alone."""
    served = [*helper_command("datasette"), "serve", "--immutable", str(folder / FILE)]
    served += ["--metadata", str(folder / METADATA), "--host", LOOPBACK, "--port", str(port)]
    return [*served, "--setting", "default_page_size", "50", "--setting", "allow_download", "on"]


def _serve(command: Sequence[str], port: int, revision: int) -> int:
    print(f"Data revision {revision} is at http://{LOOPBACK}:{port}/\nEnd it with Ctrl-C.", flush=True)
    process = subprocess.Popen(command, env=helper_environment(os.environ))
    try:
        code = process.wait()
    except KeyboardInterrupt:
        # Ctrl-C reaches both of us; it is waited for, so that the folder is not removed under it.
        process.wait()
        return 0
    if code:
        raise CommandFailed(f"Datasette ended with code {code}; if port {port} is taken, choose another with --port.")
    return 0
