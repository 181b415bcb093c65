"""A picture is offered below an answer where there is one, and only there."""

from __future__ import annotations

import pytest

from bot.charts.reading import can_be_drawn
from bot.charts.specs import chart_for
from tests.golden.asked import QUESTIONS, Asked, answer_to


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.name)
def test_a_picture_is_offered_where_there_is_one(asked: Asked) -> None:
    answer = answer_to(asked.question)
    assert can_be_drawn(answer) == (chart_for(answer) is not None)
