"""A module is one idea and fits in the head; a function fits on a screen. Ruff holds how much one may branch."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULE, FUNCTION = 400, 60
CODE = [
    path
    for room in ("bot", "db", "config", "tools")
    for path in sorted((ROOT / room).rglob("*.py"))
    if "migrations" not in path.parts  # what was done to tables once is not read again
]


def test_no_module_is_longer_than_anybody_reads() -> None:
    long = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8").count("\n") for path in CODE}
    assert len(long) > 300
    assert {name: lines for name, lines in long.items() if lines > MODULE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{path.relative_to(ROOT).as_posix()}:{node.name}": length
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION
    }
    assert long == {}


def test_the_second_reader_stays_small() -> None:
    rooms = ("bot/questions/second.py", "bot/ops/second_reader.py", "benchmarks/second_reader.py")
    assert sum((ROOT / name).read_text(encoding="utf-8").count("\n") for name in rooms) <= 380
