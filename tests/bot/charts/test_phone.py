"""Every kind of picture in every language, from the dataset: legible on a phone, named, dated, a sentence above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from bot.answers.answer import Answer, TrendBlock
from bot.answers.compose import compose
from bot.charts.chart import Chart
from bot.charts.frame import HEIGHT, WIDTH
from bot.charts.palette import DARK, LIGHT
from bot.charts.specs import chart_for, map_for
from bot.charts.words import bare
from bot.questions.query import Intent, Read
from bot.render.caption import caption
from bot.words.catalogue import languages
from bot.words.widths import text_width
from bot.words.words import words_of
from db.model.records import Holdings
from tests.built_in import built_in
from tools.gallery import GALLERY

PHONE = 390
LEAST = 11
"""Pixels of the smallest letters on a phone."""
ISO = re.compile(r"\b\d{4}-\d{2}\b")
COURSES = [picture.name for picture in GALLERY if picture.query.intent is Intent.TREND]


@cache
def holdings() -> Holdings:
    return built_in().holdings()


@cache
def answered(name: str) -> Answer:
    picture = next(one for one in GALLERY if one.name == name)
    return compose(Read(picture.query), holdings(), question=name)


@cache
def drawn(name: str, language: str) -> Chart:
    picture = next(one for one in GALLERY if one.name == name)
    draw = map_for if picture.as_map else chart_for
    chart = draw(answered(name), locale=language, theme=picture.theme, title=caption(answered(name), language))
    assert chart is not None
    return chart


def written(chart: Chart) -> Iterator[tuple[dict[str, Any], str, float, float]]:
    """Each line of text with its mark and its place on the whole sheet."""
    padding = chart.spec["padding"]
    for layer in chart.spec["layer"]:
        if layer["mark"]["type"] == "text":
            for row in layer["data"]["values"]:
                for number, line in enumerate(row["text"].split("\n")):
                    y = row["y"] + padding["top"] + number * layer["mark"]["lineHeight"]
                    yield layer["mark"], bare(line), row["x"] + padding["left"], y


@pytest.fixture(params=GALLERY, ids=lambda picture: picture.name)
def charts(request: pytest.FixtureRequest) -> list[Chart]:
    """One picture in every language."""
    return [drawn(request.param.name, language) for language in languages()]


def test_the_picture_is_as_a_phone_shows_it(charts: list[Chart]) -> None:
    assert WIDTH * 10 == HEIGHT * 16
    for chart in charts:
        padding = chart.spec["padding"]
        assert chart.spec["width"] + padding["left"] + padding["right"] == WIDTH
        assert chart.spec["height"] + padding["top"] + padding["bottom"] == HEIGHT


def test_every_text_is_legible_and_whole(charts: list[Chart]) -> None:
    for chart in charts:
        for mark, line, x, y in written(chart):
            assert mark["fontSize"] * PHONE / WIDTH >= LEAST
            wide = 0.9 * text_width(line, mark["fontSize"], bold=mark["fontWeight"] == "bold")  # told a little too wide
            left = x - {"left": 0.0, "right": wide, "center": wide / 2}[mark["align"]]
            assert left >= 0, line
            assert left + wide <= WIDTH, line
            assert y >= 0, line
            assert y + mark["fontSize"] <= HEIGHT, line


def test_the_title_is_the_sentence_that_opens_the_answer(charts: list[Chart]) -> None:
    for chart in charts:
        assert chart.title.endswith(".")
        assert " · " not in chart.title
        inside = re.sub(r"\s+", "", "".join(line for _, line, _, _ in written(chart)))
        assert re.sub(r"\s+", "", chart.title) in inside


def test_dates_have_one_form(charts: list[Chart]) -> None:
    for chart in charts:
        said = [
            chart.alt,
            chart.text,
            *(line for _, line, _, _ in written(chart)),
            *(row["when"] for row in chart.table),
        ]
        assert not [text for text in said if ISO.search(text)]


@pytest.mark.parametrize("name", COURSES)
def test_the_claims_that_open_a_course_are_named_in_colour_and_the_rest_is_grey(name: str) -> None:
    block = answered(name).blocks[0]
    assert isinstance(block, TrendBlock)
    chart = drawn(name, "en")
    key = [layer for layer in chart.spec["layer"] if layer["mark"]["type"] == "point"][-1]["data"]["values"]
    grey = {DARK.others, LIGHT.others}
    assert not grey & {row["color"] for row in key[:-1]}
    inside = " ".join(line for _, line, _, _ in written(chart))
    for claim in (block.first, block.last, block.turn):
        assert claim is None or words_of("en").body_name(claim.source.publisher) in inside


@pytest.mark.parametrize("name", COURSES)
@pytest.mark.parametrize("language", languages())
def test_no_tick_of_time_lacks_its_year(name: str, language: str) -> None:
    chart = drawn(name, language)
    rules = next(layer for layer in chart.spec["layer"] if layer["mark"]["type"] == "rule")["data"]["values"]
    upright = {round(row["x"] + chart.spec["padding"]["left"], 1) for row in rules if row["x"] == row["x2"]}
    assert upright
    assert upright <= {round(x, 1) for _, line, x, _ in written(chart) if re.search(r"\b(19|20)\d\d$", line)}


def test_none_known_is_said_as_such_without_the_picture() -> None:
    total = drawn("total-nordic", "en")
    assert "Iceland: none known" in total.alt
    assert "none known" in total.text
