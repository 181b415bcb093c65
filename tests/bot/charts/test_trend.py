"""Lines in time: only within one source counting in one way."""

from __future__ import annotations

from typing import Any

from bot.answers.answer import TrendBlock, TrendPoint
from bot.charts.chart import Chart
from bot.charts.specs import chart_for
from bot.charts.words import bare
from bot.questions.query import Intent
from db.model.records import Official, Who
from tests.bot.charts.made import (
    ICCT,
    LISTED,
    SOUFAN,
    answer,
    at_least,
    between,
    claim,
    exact,
    fewer_than,
    trend_answer,
)


def trend(*points: TrendPoint) -> Chart:
    chart = chart_for(answer(Intent.TREND, TrendBlock("BE", "travelled", Who.EVERYONE, points)))
    assert chart is not None
    return chart


def rows(chart: Chart, kind: str) -> list[dict[str, Any]]:
    return [row for layer in chart.spec["layer"] if layer["mark"]["type"] == kind for row in layer["data"]["values"]]


def inside(chart: Chart) -> str:
    return bare("\n".join(row["text"] for row in rows(chart, "text")))


def test_a_line_joins_marks_of_one_series_only() -> None:
    chart = chart_for(trend_answer())
    assert chart is not None
    assert {row["series"] for row in rows(chart, "line")} == {"paper"}
    assert all(
        layer["encoding"]["detail"]["field"] == "series"
        for layer in chart.spec["layer"]
        if layer["mark"]["type"] == "line"
    )


def test_rival_sources_are_never_joined() -> None:
    chart = trend(
        TrendPoint(claim(exact(5), ICCT, as_of="2014-06"), "icct"),
        TrendPoint(claim(exact(9), SOUFAN, as_of="2015-06"), "tsg"),
    )
    assert rows(chart, "line") == []
    assert rows(chart, "area") == []


def test_ranges_of_one_series_are_a_band() -> None:
    chart = chart_for(trend_answer())
    assert chart is not None
    assert {(row["low"], row["high"]) for row in rows(chart, "area")} == {(2, 8), (1, 3)}


def test_a_line_skips_values_with_an_open_end() -> None:
    chart = trend(
        TrendPoint(claim(exact(5), ICCT, as_of="2014-06"), "icct"),
        TrendPoint(claim(at_least(7), ICCT, as_of="2015-06"), "icct"),
        TrendPoint(claim(exact(9), ICCT, as_of="2016-06"), "icct"),
    )
    assert [row["low"] for row in rows(chart, "line")] == [5, 9]


def test_open_ends_are_arrows() -> None:
    chart = trend(
        TrendPoint(claim(at_least(50), ICCT, as_of="2014-06"), "icct"),
        TrendPoint(claim(fewer_than(90), SOUFAN, as_of="2015-06"), "tsg"),
    )
    shapes = [row["shape"] for row in rows(chart, "point") if "triangle" in row["shape"]]
    assert sorted(shapes) == ["triangle-down", "triangle-up"]
    assert {"≥ 50", "< 90"} <= set(inside(chart).splitlines()), "what an arrow means stands beside it"


def test_the_change_of_source_is_marked_where_one_follows_the_other() -> None:
    chart = chart_for(trend_answer())
    assert chart is not None
    assert "source or method changes" in inside(chart).replace("\n", " ")


def test_interleaved_sources_have_no_single_place_of_change() -> None:
    chart = trend(
        TrendPoint(claim(exact(5), ICCT, as_of="2014-06"), "icct"),
        TrendPoint(claim(exact(6), SOUFAN, as_of="2015-06"), "tsg"),
        TrendPoint(claim(exact(7), ICCT, as_of="2016-06"), "icct"),
    )
    assert "source or method changes" not in inside(chart).replace("\n", " ")


def test_a_year_is_drawn_over_its_whole_length() -> None:
    chart = chart_for(trend_answer())
    assert chart is not None
    whiskers = [row for row in rows(chart, "rule") if row.get("from")]
    assert ("2013-01-01", "2013-12-31") in {(row["from"], row["to"]) for row in whiskers}


def test_two_counts_of_one_source_are_two_series() -> None:
    chart = trend(
        TrendPoint(claim(exact(133), ICCT, as_of="2015-06", official=Official.YES), "icct|official"),
        TrendPoint(claim(between(150, 250), ICCT, as_of="2015-06", official=Official.NO), "icct|nonofficial"),
    )
    assert "an official count" in inside(chart)
    assert "a count that is not official" in inside(chart)


def test_many_sources_share_one_grey_entry() -> None:
    points = [
        TrendPoint(claim(exact(10 + year), LISTED, as_of=f"{2011 + year % 8}-0{1 + year % 9}"), f"s{year}")
        for year in range(9)
    ]
    chart = trend(*points)
    assert "other sources: 6" in inside(chart)
    assert rows(chart, "line") == []


def test_labels_do_not_cover_each_other() -> None:
    points = [TrendPoint(claim(exact(100 + index), LISTED, as_of="2015-06"), f"s{index}") for index in range(12)]
    layers = [layer for layer in trend(*points).spec["layer"] if layer["mark"]["type"] == "text"]
    bold = [
        row
        for layer in layers
        if layer["mark"]["align"] == "center" and layer["mark"]["fontWeight"] == "bold"
        for row in layer["data"]["values"]
    ]
    spots = [(row["x"], row["y"]) for row in bold]
    assert spots
    assert all(abs(ax - bx) > 30 or abs(ay - by) > 20 for i, (ax, ay) in enumerate(spots) for bx, by in spots[i + 1 :])
