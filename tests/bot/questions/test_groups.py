"""Names of several countries at once."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.query import Intent, Read
from bot.questions.reader import Reader


@pytest.mark.parametrize(
    ("text", "intent", "places"),
    [
        ("sum of the Benelux", Intent.TOTAL, ("BE", "NL", "LU")),
        ("compare the baltic states and poland", Intent.COMPARE, ("EE", "LV", "LT", "PL")),
    ],
)
def test_a_group_that_is_no_region_stands_for_its_countries(text: str, intent: Intent, places: tuple[str, ...]) -> None:
    reading = Reader.load().read(text, today=date(2026, 11, 23))

    assert isinstance(reading, Read)
    assert (reading.query.intent, reading.query.places, reading.flagged) == (intent, places, False)
