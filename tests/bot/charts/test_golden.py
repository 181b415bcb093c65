"""Golden specs: a change of a picture is a diff to review. INFLOW_UPDATE_GOLDEN=1 writes them anew."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answers.answer import Answer
from bot.charts.chart import Chart
from bot.charts.specs import chart_for, map_for
from tests.bot.charts.made import (
    compare_answer,
    dispute_answer,
    rank_answer,
    total_answer,
    trend_answer,
    world_answer,
)

GOLDEN = Path(__file__).parent / "golden"
CHARTS: dict[str, tuple[Callable[[], Answer], Callable[[Answer], Chart | None]]] = {
    "trend": (trend_answer, chart_for),
    "dispute": (dispute_answer, chart_for),
    "compare": (compare_answer, chart_for),
    "rank": (rank_answer, chart_for),
    "total": (total_answer, chart_for),
    "map": (world_answer, map_for),
    "map_of_region": (rank_answer, map_for),
    "compare_light": (compare_answer, lambda answer: chart_for(answer, theme="light")),
    "dispute_ar": (dispute_answer, lambda answer: chart_for(answer, locale="ar")),
}


@pytest.mark.parametrize("name", CHARTS)
def test_the_spec_is_the_reviewed_one(name: str) -> None:
    made, draw = CHARTS[name]
    chart = draw(made())
    assert chart is not None
    written = {"kind": chart.kind, "title": chart.title, "alt": chart.alt, "text": chart.text, "spec": chart.spec}
    text = json.dumps(written, ensure_ascii=False, indent=1) + "\n"
    path = GOLDEN / f"{name}.json"
    if os.environ.get("INFLOW_UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CHARTS)
def test_the_same_answer_draws_the_same_picture(name: str) -> None:
    made, draw = CHARTS[name]
    first, second = draw(made()), draw(made())
    assert first == second
