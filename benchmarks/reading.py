"""How well and how fast questions are read, beside the rules that read them before.

``python -m benchmarks.reading [ROWS.csv …]`` at the root of the repository; the rows have the columns of
``tests/cases/questions.csv``. The old rules run from their commit, where the clone has it. Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bot.questions.scoring import Row, Score, compare, read_table

ROOT = Path(__file__).parents[1]
ROWS = ROOT / "tests" / "cases" / "questions.csv"
RULES = "9080eef"
"""The last commit whose reader was rules alone."""
TODAY = "2026-11-23"
READ = "import sys; sys.path.insert(0, '.'); from bot.cli.main import main; sys.exit(main())"
NAMES = "| reader | rows | exact | right intent | read and wrong | µs a question, p50 |\n" + "| --- " * 6 + "|"


def readings(folder: Path, rows: Iterable[Row]) -> list[dict[str, Any]]:
    """What the reader of a work tree makes of rows, each follow-up after its question."""
    lines = []
    for row in rows:
        notes = dict(part.strip().split("=", 1) for part in row["note"].split(";") if "=" in part)
        after = {"follow_up_of": notes["follow_up_of"]} if "follow_up_of" in notes else {}
        lines.append(
            json.dumps({"id": row["id"], "text": row["question"], "today": notes.get("today", TODAY), **after})
        )
    command = [sys.executable, "-c", READ, "read", "--jsonl"]
    done = subprocess.run(command, cwd=folder, input="\n".join(lines), capture_output=True, text=True, check=True)
    return [{"without": [], **json.loads(line)} for line in done.stdout.splitlines()]


@contextmanager
def work_tree(commit: str) -> Iterator[Path | None]:
    """The files of a commit, in a folder that is gone afterwards; None where the clone does not reach so far."""
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=False)
    with tempfile.TemporaryDirectory() as folder:
        if archive.returncode == 0:
            with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as packed:
                packed.extractall(folder, filter="data")
        yield Path(folder) if archive.returncode == 0 else None


def line(name: str, score: Score, times: Sequence[float]) -> str:
    """One reader's line in the table."""
    rows = max(1, score.rows)
    exact, wrong = 100 * score.exact / rows, 100 * len(score.silently_wrong) / rows
    intent = f"{score.percent('intent'):.1f} %" if score.rows else ""
    took = f"{statistics.median(times):,.0f}" if times else ""
    return f"| {name} | {score.rows} | {exact:.1f} % | {intent} | {wrong:.1f} % | {took} |"


def lines(rows: Sequence[Row]) -> Iterator[str]:
    """The line of each reader that is at hand."""
    ordered = sorted(rows, key=lambda row: row["id"])
    with work_tree(RULES) as old:
        for name, folder in ((f"rules at {RULES}", old), ("this reader", ROOT)):
            if folder is None:
                yield f"| {name}: the clone does not reach so far | | | | | |"
                continue
            score, found = Score(), readings(folder, ordered)
            for row, got in zip(ordered, found, strict=True):
                compare(row, got, score)
            yield line(name, score, [float(got["us"]) for got in found])


def main() -> None:
    """Read the command line and measure each table by itself."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("rows", nargs="*", type=Path, default=[ROWS])
    for path in parser.parse_args().rows:
        print(f"\n{path.name}\n\n{NAMES}")
        for told in lines(read_table(path)):
            print(told, flush=True)


if __name__ == "__main__":
    main()
