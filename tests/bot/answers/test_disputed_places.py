"""A territory whose status is disputed is never given to a claimant in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.answers.compose import compose
from bot.answers.notes import NoteKind
from bot.places.disputed import is_disputed
from bot.questions.reader import Reader
from tests.bot.answers.made import notes, real

SOURCES = Path("bot/places/sources")


def rows(file: str) -> list[tuple[str, str]]:
    lines = (SOURCES / file).read_text(encoding="utf-8").splitlines()
    listed = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(row[0], name) for row in listed for name in row[1].split(";")]


DISPUTED = rows("disputed.tsv")


@pytest.mark.parametrize(("place", "name"), DISPUTED)
def test_the_answer_says_whose_figures_it_shows_and_takes_no_side(place: str, name: str) -> None:
    reading = Reader.load().read(f"how many from {name} by 2016", today=date(2026, 11, 23))
    given = compose(reading, real(), question=name)
    assert [note.values["place"] for note in notes(given, NoteKind.DISPUTED_PLACE)] == [place]
    assert not notes(given, NoteKind.SUBNATIONAL), "nobody is said to be a part of anybody"


def test_other_parts_of_countries_are_said_to_be_parts() -> None:
    parts = rows("subnational.tsv")
    assert set(DISPUTED) <= set(parts)
    assert not is_disputed("Dagestan")
    reading = Reader.load().read("how many from Dagestan by 2016", today=date(2026, 11, 23))
    assert notes(compose(reading, real(), question="x"), NoteKind.SUBNATIONAL)
