"""What people say around a question does not change how it is read."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from random import Random

import pytest

from bot.questions.framing import unframed
from bot.questions.query import Read, Reading
from bot.questions.reader import Reader

CASES = Path(__file__).parents[2] / "cases" / "questions.csv"
TODAY = date(2022, 6, 1)
BEFORE = ("Hey, ", "hi inflow, ", "Inflow: ", "can you tell me ", "quick question: ", "I'm writing a report, ", "pls ")
BEHIND = (" please", " thanks!", " for my report", " if you know", " according to the data", ", thx lol")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Hi there, can you tell me how many Belgians left, please? Thanks!", "how many Belgians left"),
        ("Bonjour, combien de Belges svp ?", "combien de Belges"),
        ("inflow: belgium 2015", "belgium 2015"),
        ("inflow of belgium", "inflow of belgium"),
        ("hey 🇫🇷 please", "🇫🇷"),
        ("thanks, and germany?", "and germany?"),
        ("sorry, i meant kids", "sorry, i meant kids"),
        ("do you know about yemen", "do you know about yemen"),
        ("so many belgians", "so many belgians"),
        ("Great Britain", "Great Britain"),
        ("OK, thanks!", "OK, thanks!"),
        ("?", "?"),
        ("", ""),
    ],
)
def test_the_frame_goes_and_the_question_stays(text: str, rest: str) -> None:
    assert unframed(text) == rest


def test_a_frame_changes_no_reading() -> None:
    reader, draw = Reader.load(), Random(5)
    with CASES.open(encoding="utf-8") as file:
        texts = [row["question"] for row in csv.DictReader(file) if "follow_up_of" not in row["note"]]
    changed = []
    for number, text in enumerate(texts):
        bare = text if number % 2 else text.rstrip("?!. ")
        framed = draw.choice(BEFORE) + bare if number % 2 else bare + draw.choice(BEHIND)
        alone = reader.read(bare, today=TODAY)
        if isinstance(alone, Read) and _said(reader.read(framed, today=TODAY)) != _said(alone):
            changed.append(framed)
    assert len(changed) <= len(texts) * 0.005, changed


def _said(reading: Reading) -> object:
    return reading.query if isinstance(reading, Read) else type(reading)
