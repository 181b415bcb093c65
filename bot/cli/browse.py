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
from db.store.engine import Database
from db.store.figures import FigureStore

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
        revision, view = asyncio.run(write_files(Path(folder), " ".join(arguments.question)))
        if arguments.write_only:
            print(f"{Path(folder) / FILE} and {METADATA}: data revision {revision}" + (f"\n{view}" if view else ""))
            return 0
        print(
            f"Data revision {revision} is at http://{LOOPBACK}:{arguments.port}/{view}\nEnd it with Ctrl-C.", flush=True
        )
        return _serve(serving(Path(folder), arguments.port), arguments.port)


async def write_files(folder: Path, question: str = "") -> tuple[int, str]:
    """Write the SQLite file and its metadata into a folder; their data revision, and where a question's figures are."""
    from db.package.browsing.metadata import metadata
    from db.package.browsing.writing import write_browsable

    async with open_dataset(read_settings()) as (database, dataset):
        revision = await write_browsable(database, folder / FILE)
        view = await _view(question, database, dataset) if question else ""
    text = json.dumps(metadata(revision, Path(FILE).stem), ensure_ascii=False, indent=1)
    (folder / METADATA).write_text(text + "\n", encoding="utf-8")
    return revision, view


async def _view(question: str, database: Database, dataset: FigureStore) -> str:
    """The address of the figures that answer a question, or that a kept answer shows."""
    from bot.answers.ask import Asker
    from bot.questions.canonical import from_canonical
    from bot.questions.reader import Reader
    from bot.render.links import reopened
    from db.desk.answer_log import given_before

    asker = Asker(dataset, Reader.load())
    given = await given_before(database, question)
    answer = await asker.at(from_canonical(given.canonical), given.revision) if given else await asker.ask(question)
    if not answer.claims:
        raise CommandFailed(f"There is no answer with figures to {question!r}: ask it with `inflow ask` first.")
    return reopened(answer).view


def serving(folder: Path, port: int) -> list[str]:
    """The command that serves a folder's file, unchangeable, to this machine alone."""
    served = [*helper_command("datasette"), "serve", "--immutable", str(folder / FILE)]
    served += ["--metadata", str(folder / METADATA), "--host", LOOPBACK, "--port", str(port)]
    return [*served, "--setting", "default_page_size", "50", "--setting", "allow_download", "on"]


def _serve(command: Sequence[str], port: int) -> int:
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
