"""One time, however it is said, is one period: with a people before it, behind it, and among other words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.questions.query import Read
from bot.questions.reader import Reader

CASES = Path(__file__).parents[2] / "cases" / "times.tsv"
TODAY = date(2022, 6, 1)


def rows() -> list[tuple[str, list[str]]]:
    """Each period with the ways to say it."""
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(period, ways.split("|")) for period, _, ways in (line.partition("\t") for line in lines)]


@pytest.mark.parametrize("frame", ["belgians {}", "how many left belgium {}", "{}, how many belgians?"])
@pytest.mark.parametrize(("period", "ways"), rows(), ids=[period for period, _ in rows()])
def test_every_way_to_say_a_time_is_the_same_period(period: str, ways: list[str], frame: str) -> None:
    reader = Reader.load()
    for way in ways:
        reading = reader.read(frame.format(way), today=TODAY)
        assert isinstance(reading, Read), way
        assert str(reading.query.period) == period, way
        assert reading.query.places == ("BE",), way
