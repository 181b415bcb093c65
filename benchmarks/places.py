"""How well and how fast names of places are read, beside other libraries, in one run.

``python -m benchmarks.places [FOLDER]`` at the root of the repository; the folder holds tables of names with the
columns ``text`` and ``expected``. The other libraries are installed into a temporary environment; one that cannot be
installed is left out and named. Prints tables in Markdown.
"""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.peers import LIBRARIES
from bot.places.index import read_names
from bot.places.resolve import Resolver
from tests.bot.places.scoring import Read, Row, SetScore, ours, read_tables, score, score_sentences
from tools.places.__main__ import write

SHARED = Path("../shared/cases/places")
OWN = Path("tests/cases/places")
PACKAGES = ("pycountry", "countrynames", "countryguess", "hdx-python-country", "rapidfuzz")
PYTHON = "bin/python"


def main() -> None:
    """Measure and print."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED if SHARED.is_dir() else OWN
    tables = read_tables(folder)
    sentences = tables.pop("sentences", [])
    with tempfile.TemporaryDirectory() as place:
        peers = read_with_peers(Path(place), tables)
    print_sets(tables, peers)
    if sentences:
        found = score_sentences(sentences)
        print(f"\nSentences: F1 {found.f1:.1f}, exact {100 * found.exact / found.rows:.1f} % of {found.rows}.")
    print_left_out(tables)
    print_speed(tables)


def read_with_peers(folder: Path, tables: dict[str, list[Row]]) -> dict[str, tuple[dict[str, str], str]]:
    """By library: its reading of every text, and the median time of one reading."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    installed = subprocess.run([folder / PYTHON, "-m", "pip", "install", "-q", *PACKAGES], capture_output=True)
    if installed.returncode:
        print("The other libraries could not be installed here; only ours is measured.\n")
        return {}
    texts = sorted({" ".join(row["text"].splitlines()) for rows in tables.values() for row in rows})
    environment = {**os.environ, "PYTHONPATH": ""}
    found = {}
    for library in LIBRARIES:
        done = subprocess.run(
            [folder / PYTHON, Path(__file__).with_name("peers.py"), library],
            input="\n".join(texts) + "\n",
            capture_output=True,
            text=True,
            env=environment,
        )
        if done.returncode:
            print(f"{library} failed and is left out.\n")
            continue
        found[library] = (dict(zip(texts, done.stdout.split("\n"), strict=False)), done.stderr.split("\n")[-2])
    return found


def print_sets(tables: dict[str, list[Row]], peers: dict[str, tuple[dict[str, str], str]]) -> None:
    """One line a table: right and wrong, in percent, of each library."""
    print("| names | rows | ours | " + " | ".join(peers) + " |")
    print("| --- " * (3 + len(peers)) + "|")
    sums: dict[str, list[float]] = {}
    for name, rows in tables.items():
        cells = {"ours": score(name, rows, ours)}
        for library, (read, _) in peers.items():
            cells[library] = score(name, rows, lambda text, read=read: _as_read(read, text))  # type: ignore[misc]
        for library, found in cells.items():
            sums.setdefault(library, []).append(found.percent(found.right))
        print(f"| {name} | {len(rows)} | " + " | ".join(_cell(found) for found in cells.values()) + " |")
    print(f"| mean of {len(tables)} | | " + " | ".join(f"**{statistics.mean(s):.1f}**" for s in sums.values()) + " |")
    print("| median µs | | " + " | ".join([_median(tables), *(f"{float(us):.0f}" for _, us in peers.values())]) + " |")


def _as_read(read: dict[str, str], text: str) -> Read:
    code = read.get(" ".join(text.splitlines()), "")
    return Read((code,) if code else ())


def _cell(found: SetScore) -> str:
    return f"{found.percent(found.right):.1f} / {found.percent(found.wrong):.1f}"


def _median(tables: dict[str, list[Row]]) -> str:
    return f"{statistics.median(_times([row['text'] for rows in tables.values() for row in rows])):.0f}"


def print_left_out(tables: dict[str, list[Row]]) -> None:
    """How much of a source's names the rest knows."""
    for source in ("countrynames", "cldr"):
        if source not in tables:
            continue
        with tempfile.TemporaryDirectory() as place:
            write(Path(place), frozenset({source}))
            resolver = Resolver(read_names(Path(place)))
            right = 0
            for row in tables[source]:
                outcome = resolver.resolve(row["text"])
                right += getattr(outcome, "place", None) in row["expected"].split(";")
        print(f"\nWith {source} left out of the index: {100 * right / len(tables[source]):.1f} % of its names right.")


def print_speed(tables: dict[str, list[Row]]) -> None:
    """Times of one reading by kind of outcome, of loading, and the memory that the index takes."""
    kinds = {
        "exact": ("codes", "cldr", "countrynames", "nicknames", "demonyms_en", "demonyms_xlang"),
        "misspelt": ("typo1", "typo2", "typo_real"),
        "refused": ("neg_words", "neg_people", "neg_cities", "neg_orgs", "neg_nearmiss", "neg_confusable"),
    }
    print("\n| a reading | p50 µs | p99 µs |\n| --- | --- | --- |")
    for kind, names in kinds.items():
        texts = [row["text"] for name in names for row in tables.get(name, ())]
        if texts:
            spent = sorted(_times(texts))
            print(f"| {kind} | {statistics.median(spent):.0f} | {spent[int(0.99 * len(spent))]:.0f} |")
    loaded = subprocess.run([sys.executable, "-c", _LOAD], capture_output=True, text=True, check=True).stdout.split()
    print(f"\nLoaded in {float(loaded[0]):.2f} s; {int(loaded[1]) / 1024:.0f} MB more resident memory.")


_LOAD = """
import os, time
from bot.places.resolve import Resolver
page = os.sysconf("SC_PAGE_SIZE") // 1024
resident = lambda: int(open("/proc/self/statm").read().split()[1]) * page
before = resident()
started = time.perf_counter()
Resolver.load().resolve("belgum")
print(time.perf_counter() - started, resident() - before)
"""


def _times(texts: list[str]) -> list[float]:
    """Microseconds for each text, the fastest of three readings: the others tell of the machine's other work."""
    fastest = [math.inf] * len(texts)
    for _ in range(3):
        for index, text in enumerate(texts):
            started = time.perf_counter_ns()
            ours(text)
            fastest[index] = min(fastest[index], (time.perf_counter_ns() - started) / 1000)
    return fastest


if __name__ == "__main__":
    main()
