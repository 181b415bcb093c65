"""One slip of the keyboard in any word of a question does not change what it asks."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bot.places.resolve import Resolver
from bot.questions.jsonl import as_fields
from bot.questions.reader import Reader
from tests.bot.questions.scoring import read_table

TODAY = date(2026, 11, 23)
OWN = Path(__file__).parents[2] / "cases" / "questions.csv"
LEANING = ("typo", "lang=", "follow_up_of", "today=")


def test_a_slip_in_a_word_is_mended_or_asked_about() -> None:
    resolver = Resolver.load()
    reader = Reader(resolver)
    same = silent = 0
    changed = []
    for text, meant in slips(resolver, reader):
        got = asked(reader, text)
        if got == meant:
            same += 1
        elif got["outcome"] == "read":
            silent += 1
            changed.append(text)
    total = same + len(changed)
    assert total > 400
    assert same / total >= 0.94, changed
    assert silent / total <= 0.05, changed


def asked(reader: Reader, text: str) -> dict[str, Any]:
    said = as_fields(reader.read(text, today=TODAY))
    return {name: said[name] for name in said.keys() - {"confidence", "alternatives", "dropped", "flagged"}}


def slips(resolver: Resolver, reader: Reader) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every clean question with a slip in each of its longer words in turn, and how it is read without the slip."""
    chance = random.Random(11)
    for row in read_table(OWN):
        text = row["question"]
        meant = asked(reader, text)
        if any(mark in row["note"] for mark in LEANING) or meant["outcome"] != "read":
            continue
        names = [(mention.start, mention.end) for mention in resolver.find(text)]
        for word in re.finditer(r"[a-z]{4,}", text):
            if any(start < word.end() and word.start() < end for start, end in names):
                continue
            slipped = text[: word.start()] + slip(word[0], chance) + text[word.end() :]
            if slipped != text:
                yield slipped, meant


def slip(word: str, chance: random.Random) -> str:
    """A letter swapped with the next, left out or doubled."""
    at = chance.randrange(1, len(word))
    match chance.randrange(3):
        case 0 if at + 1 < len(word):
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 1:
            return word[:at] + word[at + 1 :]
        case _:
            return word[:at] + word[at] + word[at:]
