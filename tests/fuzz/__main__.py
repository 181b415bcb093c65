"""Fuzz for some minutes: ``python -m tests.fuzz 60``, beside other work ``nice -n 19 python -m tests.fuzz 60``.

``python -m tests.fuzz --words`` reads every word of every table instead, repeated to a quarter of the longest
question, which takes ten minutes of a core. Of what takes several times as long as the word in the middle it is
counted, as in the tests, whether four times as much of it takes more than in proportion.

Draws for the targets of the tests in turn: what members and moderators write, cut, spliced, repeated and sprinkled with
signs. Prints how many inputs each target was given, and every one that raised; ends with 1 if any did.
"""

from __future__ import annotations

import argparse
import csv
import random
import statistics
import sys
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from bot.questions.reader import LONGEST
from tests.fuzz import targets
from tests.fuzz.atheris import HEADER, Try, target
from tests.fuzz.shapes import FRAGMENTS, PUMPS
from tests.fuzz.test_growth import TIMES, grows, words_of_tables

EACH = {"questions": 20, "places": 20, "components": 20, "files": 3, "forms": 2}
"""How often each target is tried in a round, so that none takes most of the time."""
CASES = Path(__file__).parents[1] / "cases"
TEXT = 1_500
"""Characters of a drawn text at most."""
SLOW = 3
"""How many times as long as the word in the middle a word takes that is looked at closely."""
CELL = b',;\t"\n'


def seeds() -> list[str]:
    """What is cut and put together: fragments, and what the labelled rows ask."""
    rows = csv.DictReader((CASES / "questions.csv").read_text(encoding="utf-8").splitlines())
    return [*FRAGMENTS, *PUMPS, *(row["question"] for row in rows)]


def drawn(chance: random.Random, held: list[str]) -> str:
    """A text that is somewhat like those held."""
    text = chance.choice(held)
    for _ in range(chance.randrange(5)):
        at, other = chance.randrange(len(text) + 1), chance.choice(held)
        match chance.randrange(7):
            case 0:
                text = text[:at] + chance.choice(PUMPS) * chance.randrange(1, 40) + text[at:]
            case 1:
                text = text[:at] + text[at + chance.randrange(1, 9) :]
            case 2:
                text = text[:at] + other[chance.randrange(len(other) + 1) :]
            case 3:
                text = f"{text} {other}"
            case 4:
                text = f"{text}\n{other}"
            case 5:
                text = (
                    text[:at] + chr(chance.choice((chance.randrange(32, 127), chance.randrange(0x11_0000)))) + text[at:]
                )
            case _:
                text = chance.choice((text.upper(), text.lower(), text[::-1], text * 2))
    return text[:TEXT]


def a_file(chance: random.Random, held: list[str]) -> bytes:
    """Bytes that are nearly a table."""
    lines = [drawn(chance, held).replace("\n", " ").replace(" ", ",") for _ in range(chance.randrange(1, 6))]
    data = HEADER + "\n".join(lines).encode("utf-8", "surrogatepass")
    for _ in range(chance.randrange(4)):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + bytes(chance.choices((*CELL, *range(256)), k=chance.randrange(4))) + data[at:]
    return data


def fuzz(tries: dict[str, Try], until: float, seed: int) -> tuple[Counter[str], list[tuple[str, bytes, str]]]:
    """Try until a time; how often each was tried, and what raised with where."""
    chance, held = random.Random(seed), seeds()
    tried: Counter[str] = Counter()
    broken: list[tuple[str, bytes, str]] = []
    while time.monotonic() < until:
        for name, often in EACH.items():
            for _ in range(often):
                text = drawn(chance, held).encode("utf-8", "surrogatepass")
                data = a_file(chance, held) if name == "files" else text
                tried[name] += 1
                try:
                    tries[name](data)
                except Exception:  # noqa: BLE001 - any is what is looked for
                    broken.append((name, data, traceback.format_exc()))
                    print(name, data, traceback.format_exc(), flush=True)
    return tried, broken


def all_words(words: Sequence[str]) -> int:
    """Read every word, and tell of those that take more than in proportion; 1 if there are any."""
    seconds: dict[str, float] = {}
    for done, word in enumerate(words, 1):
        text = f"{word} " * (LONGEST // TIMES // (len(word) + 1))
        began = time.thread_time()
        targets.read_question(text)
        seconds[word] = time.thread_time() - began
        if done % 2_000 == 0:
            print(f"{done:,} of {len(words):,}", flush=True)
    usual = statistics.median(seconds.values())
    slow = [word for word, taken in seconds.items() if taken > SLOW * usual]
    worse = {word: ratios for word in slow if (ratios := grows(word))}
    print(
        f"{len(words):,} words, {usual * 1e3:.0f} ms in the middle; {len(slow)} took longer and were counted: {worse}"
    )
    return 1 if worse else 0


def main() -> int:
    """Fuzz, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("minutes", type=float, nargs="?", default=60)
    parser.add_argument("--words", action="store_true")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    if given.words:
        return all_words(words_of_tables())
    with ExitStack() as stack:
        tries = {name: target(name, targets, stack) for name in EACH}
        tried, broken = fuzz(tries, time.monotonic() + 60 * given.minutes, given.seed)
    print(f"seed {given.seed}: {sum(tried.values()):,} inputs", dict(tried), f"{len(broken)} raised")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
