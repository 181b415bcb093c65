"""One time, however it is said, is one period: with a people before it, behind it, and among other words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.questions.query import Read
from bot.questions.reader import Reader

CASES = Path(__file__).parents[2] / "cases"
TODAY = {"times.tsv": date(2022, 6, 1), "times_leaning.tsv": date(2016, 6, 1)}


def rows() -> list[tuple[str, str, str]]:
    """Each period with the ways to say it, and the file that it stands in."""
    found = []
    for name in TODAY:
        lines = (CASES / name).read_text(encoding="utf-8").splitlines()
        parts = (line.partition("\t") for line in lines if not line.startswith("#"))
        found += [(period, ways, name) for period, _, ways in parts]
    return found


@pytest.mark.parametrize("frame", ["belgians {}", "how many left belgium {}", "{}, how many belgians?"])
@pytest.mark.parametrize(("period", "ways", "file"), rows(), ids=[period for period, *_ in rows()])
def test_every_way_to_say_a_time_is_the_same_period(period: str, ways: str, file: str, frame: str) -> None:
    reader = Reader.load()
    for way in ways.split("|"):
        reading = reader.read(frame.format(way), today=TODAY[file])
        assert isinstance(reading, Read), way
        assert str(reading.query.period) == period, way
        assert reading.query.places == ("BE",), way
