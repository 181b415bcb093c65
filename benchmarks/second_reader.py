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
from datetime import date
from pathlib import Path

from benchmarks.reading import NAMES, ROWS, TODAY, line
from bot.ops.counts import Counts
from bot.ops.second_reader import WITHIN, SecondReader
from bot.questions.jsonl import as_fields
from bot.questions.query import Doubt, Read, Refusal, Refused, Unclear
from bot.questions.reader import Reader
from bot.questions.second import is_due
from db.package.datapackage import read_package
from tests.bot.questions.scoring import Score, compare, read_table


class Tally(Counts):
    """What became of the questions."""

    def __init__(self) -> None:
        self.results: Counter[str] = Counter()

    def second_reader(self, result: str) -> None:
        """Count a result."""
        self.results[result] += 1


async def measured(given: argparse.Namespace) -> None:
    """Score both readers and print."""
    rows = [row for row in read_table(given.table) if "follow_up_of" not in row["note"]]
    random.Random(1).shuffle(rows)
    reader, tally, today = Reader.load(), Tally(), date.fromisoformat(TODAY)
    measures = read_package().holdings().measures
    key = given.key_file.read_text(encoding="utf-8").strip() if given.key_file else None
    scores = {"built-in": Score(), "second alone": Score(), "together": Score()}
    times: dict[str, list[float]] = {name: [] for name in scores}
    async with SecondReader(
        given.url, given.model, reader.judge, key=key, per_minute=10**6, within=given.within, counts=tally
    ) as second:
        for row in rows[: given.rows]:
            text, began = row["question"], time.perf_counter()
            first = reader.read(text, today=today)
            read = time.perf_counter()
            query = await second.read(text, Unclear(Doubt.UNFINISHED), last=None, today=today, measures=measures)
            asked = time.perf_counter()
            due = is_due(first)  # the model's answer is held: this asks nobody
            helped = await second.read(text, first, last=None, today=today, measures=measures) if due else None
            alone = Refused(Refusal.OFF_TOPIC) if query is None else Read(query)
            both = first if helped is None else Read(helped, flagged=True)
            took = (read - began, asked - read, (asked if due else read) - began)
            for name, reading, seconds in zip(scores, (first, alone, both), took, strict=True):
                compare(row, as_fields(reading), scores[name])
                times[name].append(seconds * 1e6)
    print(NAMES, *(line(name, score, times[name]) for name, score in scores.items()), sep="\n")
    slow = statistics.quantiles(times["second alone"], n=20)[-1] / 1e6
    print(f"\nThe server's latency, p95: {slow:.2f} s. Results: {dict(tally.results)}.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.second_reader", description=__doc__)
    parser.add_argument("url")
    parser.add_argument("model")
    parser.add_argument("table", nargs="?", type=Path, default=ROWS)
    parser.add_argument("--key-file", type=Path)
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--within", type=float, default=WITHIN)
    asyncio.run(measured(parser.parse_args()))
