"""Claims in time: marks as in the bars, and a line only from mark to mark of one source counted in one way."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from bot.charts.bars import drawn_ends, scale_end, signs_used
from bot.charts.chart import Spec
from bot.charts.frame import BODY, LEADING, MARGIN, SMALL, WIDTH, Sheet, at, own, text_width, ticks, wrapped
from bot.charts.labels import year_middle
from bot.charts.palette import Palette
from bot.charts.picture import Mark, Picture
from db.model.values import Bound

HEIGHT = 400
GUTTER = 84
HEXAGON = "M0.9,0 L0.45,0.78 L-0.45,0.78 L-0.9,0 L-0.45,-0.78 L0.45,-0.78 Z"
STAR = "M0,-1 L0.27,-0.32 L1,-0.28 L0.43,0.18 L0.62,0.88 L0,0.48 L-0.62,0.88 L-0.43,0.18 L-1,-0.28 L-0.27,-0.32 Z"
SHAPES = ("circle", "square", "diamond", "cross", HEXAGON, STAR)
"""No triangles: those are the tips of arrows."""
MOST_SERIES = 6
MOST_LABELS = 18
WIDE = timedelta(days=45)
"""A date less exact than this gets a whisker."""


@dataclass(frozen=True, slots=True)
class Series:
    """One source counting in one way, and how it looks."""

    key: str
    name: str
    marks: tuple[Mark, ...]
    color: str
    shape: str


@dataclass(frozen=True, slots=True)
class Scales:
    """What turns days and numbers into pixels, to know where labels collide."""

    first: date
    last: date
    limit: float
    width: float

    def x(self, day: date) -> float:
        """Pixels from the left."""
        return (day - self.first).days / max(1, (self.last - self.first).days) * self.width

    def y(self, number: float) -> float:
        """Pixels from the top."""
        return HEIGHT * (1 - number / self.limit)


def trend_spec(picture: Picture, palette: Palette) -> Spec:
    """The spec of a trend."""
    sheet = Sheet(picture, palette, MARGIN + GUTTER, MARGIN + 14)
    series = series_of(picture, palette)
    scales = _scales(picture, sheet.plot_width)
    _draw_axes(sheet, scales)
    _draw_breaks(sheet, series, scales)
    rows = [_row(mark, one, scales, palette) for one in series for mark in one.marks]
    sheet.layers += [*_lines(rows, scales), *_marks(rows, scales)]
    _write_values(sheet, series, scales)
    used = _write_legend(sheet, series, HEIGHT + 44)
    return sheet.finished(HEIGHT + 44 + used, picture.notes, signs_used(picture, picture.marks))


def series_of(picture: Picture, palette: Palette) -> list[Series]:
    """The series with most marks in colours of their own; the rest in grey, each mark by itself."""
    count = Counter(mark.series for mark in picture.drawn)
    names = dict(picture.series)
    first = {key: index for index, key in enumerate(names)}
    ranked = sorted(count, key=lambda key: (-count[key], first.get(key, 0)))
    coloured = ranked if len(ranked) <= MOST_SERIES else ranked[: MOST_SERIES - 1]
    found = [
        Series(
            key,
            names.get(key, key),
            tuple(mark for mark in picture.drawn if mark.series == key),
            palette.series[index % len(palette.series)],
            SHAPES[index % len(SHAPES)],
        )
        for index, key in enumerate(coloured)
    ]
    rest = tuple(mark for mark in picture.drawn if mark.series not in coloured)
    if rest:
        others = picture.words.say("others", n=str(len({mark.series for mark in rest})))
        found.append(Series("", others, rest, palette.others, "circle"))
    return found


def _scales(picture: Picture, width: float) -> Scales:
    starts = [mark.start for mark in picture.drawn if mark.start]
    ends = [mark.end for mark in picture.drawn if mark.end]
    first, last = min(starts), max(ends)
    margin = max(timedelta(days=40), (last - first) // 25)
    limit = scale_end([mark.value for mark in picture.drawn if mark.value]) * 1.06
    return Scales(first - margin, last + margin, limit, width)


def middle(mark: Mark) -> date:
    """The day over which a mark stands."""
    assert mark.start is not None  # only dated figures become marks of a trend
    assert mark.end is not None
    return year_middle(mark.start, mark.end)


def _row(mark: Mark, series: Series, scales: Scales, palette: Palette) -> dict[str, Any]:
    value = mark.value
    assert value is not None
    assert mark.start is not None
    assert mark.end is not None
    low, high = drawn_ends(value, scales.limit)
    hollow = value.bound is Bound.ABOUT
    wide = mark.end - mark.start > WIDE
    return {
        "series": mark.series if series.key else "",
        "day": middle(mark).isoformat(),
        "from": (mark.start if wide else middle(mark)).isoformat(),
        "to": (mark.end if wide else middle(mark)).isoformat(),
        "low": low,
        "high": high,
        "bound": str(value.bound),
        "color": series.color,
        "fill": palette.ground if hollow else series.color,
        "shape": series.shape,
    }


def _time(scales: Scales, field: str) -> Spec:
    domain = [scales.first.isoformat(), scales.last.isoformat()]
    scale = {"type": "utc", "domain": domain, "nice": False}
    return {"field": field, "type": "temporal", "scale": scale, "axis": None}


def _amount(scales: Scales, field: str) -> Spec:
    scale = {"domain": [0, scales.limit], "range": [HEIGHT, 0], "nice": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": None}


def _draw_axes(sheet: Sheet, scales: Scales) -> None:
    """Lines at round numbers and at the turn of each year; the name of a year stands in its middle."""
    palette = sheet.palette
    rules = []
    for number in ticks(scales.limit):
        y = round(scales.y(number), 1)
        rules.append({"x": 0, "x2": sheet.plot_width, "y": y, "y2": y})
        sheet.write(sheet.tick(number), -12, y - BODY * 0.68, color=palette.soft, align="right")
    for year in range(scales.first.year, scales.last.year + 1):
        turn = date(year, 1, 1)
        if turn > scales.first:
            x = round(scales.x(turn), 1)
            rules.append({"x": x, "x2": x, "y": 0, "y2": HEIGHT + 10})
        left, right = scales.x(max(turn, scales.first)), scales.x(min(date(year, 12, 31), scales.last))
        if right - left >= text_width(str(year), BODY):
            sheet.write(str(year), (left + right) / 2, HEIGHT + 10, color=palette.soft, align="center")
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    mark = {"type": "rule", "color": palette.grid, "strokeWidth": 1}
    sheet.layers.append(_layer(rules, mark, {**at("x", "x"), **at("y", "y"), **ends}))


def _draw_breaks(sheet: Sheet, series: Sequence[Series], scales: Scales) -> None:
    """A dashed line where one source's figures end and another's begin; where they interleave, nothing joins them."""
    days = [
        (middle(marks[0]), middle(marks[-1]))
        for one in series
        for marks in ([list(one.marks)] if one.key else [[mark] for mark in one.marks])
    ]
    days.sort()
    breaks, reached = [], days[0][1]
    for start, end in days[1:]:
        if start > reached:
            breaks.append(reached + (start - reached) / 2)
        reached = max(reached, end)
    if not breaks or len(breaks) > 3:
        return
    rows = [{"x": round(scales.x(day), 1), "top": 0, "bottom": HEIGHT} for day in breaks]
    sheet.layers.append(
        {
            "data": {"values": rows},
            "mark": {"type": "rule", "strokeDash": [3, 5], "strokeWidth": 2, "color": sheet.palette.soft},
            "encoding": {**at("x", "x"), **at("y", "top"), "y2": {"field": "bottom"}},
        }
    )
    label = wrapped(sheet.picture.words.say("break"), 190, SMALL)
    x = rows[-1]["x"]
    left = x > scales.width / 2
    sheet.write(
        label, x - 8 if left else x + 8, 2, size=SMALL, color=sheet.palette.soft, align="right" if left else "left"
    )


def _lines(rows: Sequence[dict[str, Any]], scales: Scales) -> Iterable[Spec]:
    """A line from value to value and a band from range to range, each within one series."""
    count = Counter(row["series"] for row in rows if row["series"])
    joined = [row for row in rows if count[row["series"]] > 1 and row["bound"] in ("exact", "about", "range")]
    banded = {row["series"] for row in joined if row["bound"] == "range"}
    bands = [row for row in joined if row["series"] in banded]
    lines = [row for row in joined if row["series"] not in banded]
    shared = {"x": _time(scales, "day"), "detail": {"field": "series", "type": "nominal"}}
    if bands:
        yield {
            "data": {"values": bands},
            "mark": {"type": "area", "opacity": 0.25},
            "encoding": {**shared, "y": _amount(scales, "low"), "y2": {"field": "high"}, **own("color", "color")},
        }
    if lines:
        yield {
            "data": {"values": lines},
            "mark": {"type": "line", "strokeWidth": 3},
            "encoding": {**shared, "y": _amount(scales, "low"), **own("color", "color")},
        }


def _marks(rows: Sequence[dict[str, Any]], scales: Scales) -> Iterable[Spec]:
    """Whiskers over the time meant, bars from end to end, dots, and arrows at ends that nobody stated."""
    color = own("color", "color")
    whiskers, ranges, points = [], [], []
    for row in rows:
        bound = row["bound"]
        level = row["high"] if bound in ("at_most", "fewer_than") else row["low"]
        if row["from"] != row["to"] and bound != "range":
            whiskers.append({**row, "at": level})
        if bound not in ("exact", "about"):
            ranges.append(row)
        if bound != "range":
            points.append({**row, "at": level})
        if bound in ("at_least", "more_than"):
            points.append({**row, "at": row["high"], "shape": "triangle-up"})
        elif bound in ("at_most", "fewer_than"):
            points.append({**row, "at": row["low"], "shape": "triangle-down"})
        elif bound == "range":
            points += [{**row, "at": row[end], "shape": "stroke"} for end in ("low", "high")]
    if whiskers:
        span = {"x": _time(scales, "from"), "x2": {"field": "to"}, "y": _amount(scales, "at")}
        yield _layer(whiskers, {"type": "rule", "strokeWidth": 2, "opacity": 0.7}, {**span, **color})
    if ranges:
        span = {"x": _time(scales, "day"), "y": _amount(scales, "low"), "y2": {"field": "high"}}
        yield _layer(ranges, {"type": "rule", "strokeWidth": 5}, {**span, **color})
    place = {"x": _time(scales, "day"), "y": _amount(scales, "at")}
    look = {**own("stroke", "color"), **own("fill", "fill"), **own("shape", "shape")}
    yield _layer(points, {"type": "point", "size": 150, "strokeWidth": 3, "opacity": 1}, {**place, **look})


def _layer(rows: Sequence[dict[str, Any]], mark: Spec, encoding: Spec) -> Spec:
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": encoding}


Box = tuple[float, float, float, float]


def _write_values(sheet: Sheet, series: Sequence[Series], scales: Scales) -> None:
    """The number at each mark where there is room; a label that would cover another is left to the alt text."""
    words = sheet.picture.words
    everything = [(mark, one.color) for one in series for mark in one.marks]
    chosen = everything if len(everything) <= MOST_LABELS else _telling(series)
    taken = [*_mark_boxes(everything, scales), *_line_boxes(series, scales)]
    for mark, color in chosen:
        if mark.value is None:
            continue
        text = words.value(mark.value, none_known=mark.none_known)
        width = text_width(text, BODY, bold=True)
        for box in _around(mark, width, scales):
            if not any(_cover(box, other) for other in taken):
                taken.append(box)
                center = (box[0] + box[2]) / 2
                sheet.write(text, center, box[1], size=BODY, bold=True, align="center", color=color)
                break


def _level(mark: Mark) -> float:
    assert mark.value is not None
    number = mark.value.low if mark.value.high is None else mark.value.high
    return float(number or 0)


def _mark_boxes(marks: Iterable[tuple[Mark, str]], scales: Scales) -> Iterable[Box]:
    for mark, _ in marks:
        assert mark.value is not None
        low, high = drawn_ends(mark.value, scales.limit)
        x = scales.x(middle(mark))
        yield (x - 10, scales.y(high) - 10, x + 10, scales.y(low) + 10)


def _line_boxes(series: Sequence[Series], scales: Scales) -> Iterable[Box]:
    """Small boxes along every line, so that no number is put across one."""
    for one in series:
        if not one.key:
            continue
        corners = [(scales.x(middle(mark)), scales.y(_level(mark))) for mark in one.marks]
        for (ax, ay), (bx, by) in pairwise(corners):
            steps = max(1, int(math.hypot(bx - ax, by - ay) / 8))
            for step in range(steps + 1):
                x, y = ax + (bx - ax) * step / steps, ay + (by - ay) * step / steps
                yield (x - 3, y - 3, x + 3, y + 3)


def _telling(series: Sequence[Series]) -> list[tuple[Mark, str]]:
    """First, last and highest of each series that has a colour."""
    chosen = []
    for one in series:
        if one.key:
            best = {one.marks[0], one.marks[-1], max(one.marks, key=_level)}
            chosen += [(mark, one.color) for mark in one.marks if mark in best]
    return chosen


def _around(mark: Mark, width: float, scales: Scales) -> Iterable[Box]:
    """Where a number may stand: above its mark, beside it, below it, then farther away."""
    assert mark.value is not None
    low, high = drawn_ends(mark.value, scales.limit)
    x, top_end, low_end = scales.x(middle(mark)), scales.y(high), scales.y(low)
    tall = BODY * LEADING
    centre = (top_end + low_end) / 2 - tall / 2
    for left, top in (
        (x - width / 2, top_end - 12 - tall),
        (x + 14, centre),
        (x - width - 14, centre),
        (x + 14, top_end - tall),
        (x + 14, low_end),
        (x - width / 2, low_end + 12),
        (x - width - 14, top_end - tall),
        (x - width / 2, top_end - 36 - tall),
    ):
        inside = left >= -GUTTER / 4 and left + width <= scales.width + 20
        if inside and top >= -18 and top + tall <= HEIGHT + 2:
            yield (left, top, left + width, top + tall)


def _cover(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _write_legend(sheet: Sheet, series: Sequence[Series], top: float) -> float:
    """One entry a line: sign and name of each series, wrapped and never cut. Returns the height used."""
    left = MARGIN - sheet.left
    y = top
    rows = []
    for one in series:
        lines = wrapped(one.name, WIDTH - 2 * MARGIN - 34, BODY)
        middle_of_line = y + BODY * LEADING / 2 - 2
        x = WIDTH - MARGIN - sheet.left - 10 if sheet.rtl else left + 10
        rows.append({"x": round(x, 1), "y": round(middle_of_line, 1), "color": one.color, "shape": one.shape})
        if sheet.rtl:
            sheet.write(lines, x - 24, y, size=BODY, align="right")
        else:
            sheet.write(lines, x + 24, y, size=BODY)
        y += len(lines) * BODY * LEADING + 4
    look = {**own("stroke", "color"), **own("fill", "color"), **own("shape", "shape")}
    sheet.layers.append(
        _layer(rows, {"type": "point", "size": 150, "opacity": 1}, {**at("x", "x"), **at("y", "y"), **look})
    )
    return y - top
