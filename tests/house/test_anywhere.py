"""Every command runs in whatever folder somebody stands in, even one full of files that are called as ours are."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.cli.parser import build_parser
from bot.helper_process import helper_environment
from tests.twin.snapshot import put_snapshot

OURS = ("bot", "db", "config", "tests", "tools")
OTHERS = ("aiosqlite", "alembic", "datasette", "discord", "json", "logging", "sqlalchemy", "sqlmodel", "vl_convert")
TRAP = "import pathlib, sys; pathlib.Path({mark!r}).touch(); sys.exit('a file of the current folder was run')\n"
DRIVE = """
import contextlib, io, json, sys, traceback
from bot.cli.main import main
for line in json.load(open(sys.argv[1], encoding="utf-8")):
    told, sys.stdin = io.StringIO(), io.TextIOWrapper(io.BytesIO())
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        try:
            code = main(line)
        except SystemExit as left:
            code = f"left with {left.code}"
        except BaseException:
            code = traceback.format_exc()
    print(json.dumps([line, code, told.getvalue()]))
"""
SERVES = {"browse": ["--port", "99999999"], "demo": ["--host", "300.0.0.1"]}
"""What serves until it is ended is asked for something that it cannot do: its helper is started all the same."""


def commands(parser: argparse.ArgumentParser, *before: str) -> Iterator[list[str]]:
    """A line for each command that the parser knows, with something for all that it must be given."""
    line: list[str] = list(before)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield from commands(inner, *before, name)
            return
        if "--dry-run" in action.option_strings:
            line.append("--dry-run")
        elif not action.option_strings and action.nargs != "?":
            line.append(something(action))
        elif action.required:
            line += action.option_strings[:1] if action.nargs == 0 else [action.option_strings[0], something(action)]
    line += [group._group_actions[0].option_strings[0] for group in parser._mutually_exclusive_groups if group.required]
    yield [*line, *SERVES.get(before[0], [])]


def something(action: argparse.Action) -> str:
    if action.choices:
        return str(next(iter(action.choices)))
    return "1" if action.type is int else {"output": "chart.svg", "since": "r0"}.get(action.dest, "Belgium")


def test_every_command_runs_from_a_folder_full_of_files_called_as_ours(tmp_path: Path) -> None:
    folder = tmp_path / "somewhere"
    mark = tmp_path / "run"
    for name in OURS:
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text(TRAP.format(mark=str(mark)))
    for name in OTHERS + OURS:
        (folder / f"{name}.py").write_text(TRAP.format(mark=str(mark)))
    asyncio.run(put_snapshot(tmp_path / "inflow.db"))
    lines = list(commands(build_parser()))
    (tmp_path / "driver.py").write_text(DRIVE)
    (tmp_path / "lines.json").write_text(json.dumps(lines))
    done = subprocess.run(
        [sys.executable, str(tmp_path / "driver.py"), str(tmp_path / "lines.json")],
        cwd=folder,
        env=helper_environment(os.environ) | {"INFLOW_DATABASE_URL": f"sqlite:///{tmp_path / 'inflow.db'}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    ended = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line for line, _, _ in ended] == lines
    assert [(line, code, told) for line, code, told in ended if code not in (0, 1, 2)] == []
    assert not mark.exists()
    assert ended[lines.index(["check"])][1] == 0
    assert (folder / "chart.svg").is_file()
