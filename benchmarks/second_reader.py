"""How well a language model reads, alone and behind the built-in reader, and how long it takes.

``python -m benchmarks.second_reader URL MODEL [ROWS]`` at the root of the repository; the rows have the columns of
``tests/cases/questions.csv``. Rows that lean on another are left out. Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.ops.counts import Counts
from bot.ops.second_reader import WITHIN, SecondReader
from bot.questions.jsonl import as_fields
from bot.questions.query import Doubt, Read, Reading, Refusal, Refused, Unclear
from bot.questions.reader import Reader
from bot.questions.second import is_due
from db.package.datapackage import read_package
from tests.bot.questions.scoring import Row, Score, compare, read_table

ROWS = Path("tests/cases/questions.csv")
TODAY = date(2026, 11, 23)
MANY = 1_000_000
NOTHING = Unclear(Doubt.UNFINISHED)
"""What the model is given to better on when it reads alone."""


class Tally(Counts):
    """What became of the questions."""

    def __init__(self) -> None:
        self.results: Counter[str] = Counter()

    def second_reader(self, result: str) -> None:
        """Count a result."""
        self.results[result] += 1


async def measured(arguments: argparse.Namespace) -> None:
    """Score both readers and print."""
    rows = [row for row in read_table(arguments.rows_file) if "follow_up_of" not in row["note"]]
    random.Random(1).shuffle(rows)
    rows = rows[: arguments.rows]
    reader, tally, taken = Reader.load(), Tally(), list[float]()
    measures = read_package().holdings().measures
    key = arguments.key_file.read_text(encoding="utf-8").strip() if arguments.key_file else None
    built_in, alone, together = Score(), Score(), Score()
    async with SecondReader(
        arguments.url, arguments.model, reader.judge, key=key, per_minute=MANY, within=arguments.within, counts=tally
    ) as second:
        for row in rows:
            text = row["question"]
            first = reader.read(text, today=TODAY)
            started = time.perf_counter()
            query = await second.read(text, NOTHING, last=None, today=TODAY, measures=measures)
            taken.append(time.perf_counter() - started)
            if is_due(first):  # its answer is held: this asks nobody
                helped = await second.read(text, first, last=None, today=TODAY, measures=measures)
            else:
                helped = None
            count(row, first, built_in)
            count(row, Refused(Refusal.OFF_TOPIC) if query is None else Read(query), alone)
            count(row, first if helped is None else Read(helped, flagged=True), together)
    show({"built-in": built_in, "second alone": alone, "together": together}, tally, taken)


def count(row: Row, reading: Reading, score: Score) -> None:
    """Score one reading."""
    compare(row, as_fields(reading), score)


def show(scores: dict[str, Score], tally: Tally, taken: Sequence[float]) -> None:
    """Print what was measured."""
    print("| reader | rows | exact | right intent | read and wrong |\n| --- | --- | --- | --- | --- |")
    for name, score in scores.items():
        rows = max(1, score.rows)
        wrong = 100 * len(score.silently_wrong) / rows
        print(
            f"| {name} | {rows} | {100 * score.exact / rows:.1f} % | {score.percent('intent'):.1f} % | {wrong:.1f} % |"
        )
    slow = sorted(taken)[int(0.95 * (len(taken) - 1))]
    print(f"\nLatency: p50 {statistics.median(taken):.2f} s, p95 {slow:.2f} s. Results: {dict(tally.results)}.")


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("model")
    parser.add_argument("rows_file", nargs="?", type=Path, default=ROWS)
    parser.add_argument("--key-file", type=Path)
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--within", type=float, default=WITHIN)
    asyncio.run(measured(parser.parse_args()))


if __name__ == "__main__":
    main()
