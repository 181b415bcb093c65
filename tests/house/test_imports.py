"""The import contracts hold: rooms import one way only."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_imports_run_one_way() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_importing_every_module_does_nothing() -> None:
    """No module opens a file to write, a socket or a subprocess when it is imported."""
    code = """
import importlib, pkgutil, sys
def watch(event, args):
    if event.startswith(("socket.", "subprocess.", "sqlite3.connect", "os.system")):
        raise RuntimeError(f"{event} at import: {args}")
    if event == "open" and isinstance(args[1], str) and any(letter in args[1] for letter in "wax+"):
        raise RuntimeError(f"{args[0]} opened to write at import")
import bot, config, db
sys.dont_write_bytecode = True
names = [m.name for p in (bot, config, db) for m in pkgutil.walk_packages(p.__path__, p.__name__ + ".")]
import discord, sqlmodel  # their own imports are theirs
sys.addaudithook(watch)
for name in names:
    if name.endswith("__main__") or ".migrations" in name:
        continue
    importlib.import_module(name)
"""
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
