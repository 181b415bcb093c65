"""One question, in whatever words and language it is asked, has one reading."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.questions.query import Intent, Query, Read
from bot.questions.reader import Reader

CASES = Path(__file__).parents[2] / "cases" / "ways.tsv"
TODAY = date(2022, 6, 1)
KNOWN = frozenset((CASES.parent / "known_misses_of_ways.txt").read_text(encoding="utf-8").splitlines())
"""Ways that are not read right yet; one that is must be taken off."""


def rows() -> list[tuple[str, list[str]]]:
    """Each reading with the ways to ask for it."""
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(reading, ways.split("|")) for reading, _, ways in (line.partition("\t") for line in lines)]


def _told(query: Query) -> str:
    """A query in one line, as the cases write it; everyone who travelled is what is counted when nothing is named."""
    intent = query.intent
    if intent is Intent.TOTAL and len(query.places) == 1:  # of one region a count and a sum are the same question
        intent = Intent.LOOKUP
    told = [intent.value, ",".join(query.places), query.measure or "travelled", query.who.value]
    told += [f"{name}={number}" for name in ("top", "bottom") if (number := getattr(query, name)) is not None]
    told += ["per_million=True"] if query.per_million else []
    told += [str(query.period)] if not query.period.is_open else []
    return " ".join(told)


@pytest.mark.parametrize(("told", "ways"), rows(), ids=[reading for reading, _ in rows()])
def test_every_way_to_ask_is_the_same_question(told: str, ways: list[str]) -> None:
    reader = Reader.load()
    for way in ways:
        reading = reader.read(way, today=TODAY)
        right = isinstance(reading, Read) and _told(reading.query) == told
        assert right != (way in KNOWN), f"{way}: {reading}"
