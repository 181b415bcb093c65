"""Claims in time: marks as in the bars, and a line only from mark to mark of one source counted in one way."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from bot.charts.bars import drawn_ends, scale_end
from bot.charts.chart import Spec
from bot.charts.frame import BODY, LEADING, LINE, MARGIN, WIDTH, Box, Sheet, at, cover, own, ticks, wrapped
from bot.charts.palette import Palette
from bot.charts.picture import Mark, Picture
from bot.words.widths import text_width
from bot.words.words import Words
from db.model.values import Bound, PartialDate

HEXAGON = "M0.9,0 L0.45,0.78 L-0.45,0.78 L-0.9,0 L-0.45,-0.78 L0.45,-0.78 Z"
STAR = "M0,-1 L0.27,-0.32 L1,-0.28 L0.43,0.18 L0.62,0.88 L0,0.48 L-0.62,0.88 L-0.43,0.18 L-1,-0.28 L-0.27,-0.32 Z"
SHAPES = ("circle", "square", "diamond", "cross", HEXAGON, STAR)
"""No triangles: those are the tips of arrows."""
MOST_SERIES = 4
"""Sources with a colour and a name; fewer where their names take more lines of the key than there are."""
KEY_LINES = 2
SIGN = 34
"""Room of a sign and of the gap behind a name in the key."""
AXIS = LINE + 16
QUARTERS = (1, 4, 7, 10)
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
    height: float

    def x(self, day: date) -> float:
        """Pixels from the left."""
        return (day - self.first).days / max(1, (self.last - self.first).days) * self.width

    def y(self, number: float) -> float:
        """Pixels from the top."""
        return self.height * (1 - number / self.limit)


def trend_spec(picture: Picture, palette: Palette) -> Spec:
    """The spec of a trend."""
    series = series_of(picture, palette)
    breaks = _breaks(series)
    if breaks:
        picture = replace(picture, notes=(*picture.notes, f"¦ {picture.words.say('chart.break')}"))
    limit = scale_end([mark.stated for mark in picture.drawn]) * 1.08
    sheet = Sheet(picture, palette, MARGIN, MARGIN + 20)
    sheet.left += max(text_width(sheet.tick(number), BODY) for number in ticks(limit)) + 16
    key = _key(series)
    scales = _scales(picture, sheet, limit, sheet.height - AXIS - len(key) * LINE)
    _draw_axes(sheet, scales)
    _draw_breaks(sheet, breaks, scales)
    # What opens the answer lies on top.
    rows = [_row(mark, one, scales, palette) for one in reversed(series) for mark in one.marks]
    _draw_lines(sheet, rows, scales)
    _draw_marks(sheet, rows, scales)
    _write_values(sheet, series, scales)
    _write_key(sheet, key, scales.height + AXIS)
    return sheet.finished()


def series_of(picture: Picture, palette: Palette) -> list[Series]:
    """The series that open the answer, then those with most marks, in colours of their own; the rest in grey."""
    count = Counter(mark.series for mark in picture.drawn)
    opening = {mark.series for mark in picture.drawn if mark.lead}
    first = {key: index for index, (key, _) in enumerate(picture.series)}
    ranked = sorted(count, key=lambda key: (key not in opening, -count[key], first.get(key, 0)))
    most = len(ranked) if len(ranked) <= MOST_SERIES else MOST_SERIES - 1
    while True:
        found = _coloured(picture, palette, ranked[:most])
        if most <= max(1, len(opening)) or len(_key(found)) <= KEY_LINES:
            return found
        most -= 1


def _coloured(picture: Picture, palette: Palette, keys: Sequence[str]) -> list[Series]:
    names = dict(picture.series)
    found = [
        Series(
            key,
            names.get(key, key),
            tuple(mark for mark in picture.drawn if mark.series == key),
            palette.series[index % len(palette.series)],
            SHAPES[index % len(SHAPES)],
        )
        for index, key in enumerate(keys)
    ]
    rest = tuple(mark for mark in picture.drawn if mark.series not in keys)
    if rest:
        others = picture.words.say("chart.others", n=str(len({mark.series for mark in rest})))
        found.append(Series("", others, rest, palette.others, "circle"))
    return found


def _key(series: Sequence[Series]) -> list[list[tuple[Series, str]]]:
    """The lines of the key: signs with names, several on one line where they fit; long names are wrapped, never cut."""
    inner = WIDTH - 2 * MARGIN
    lines: list[list[tuple[Series, str]]] = []
    used = float(inner)
    for one in series:
        parts = wrapped(one.name, inner - SIGN, BODY)
        width = text_width(parts[-1], BODY) + 2 * SIGN
        if len(parts) > 1 or used + width > inner + SIGN:
            lines += [[(one, part)] for part in parts]
            used = width
        else:
            lines[-1].append((one, parts[0]))
            used += width
    return lines


def _scales(picture: Picture, sheet: Sheet, limit: float, height: float) -> Scales:
    first, last = min(mark.days[0] for mark in picture.drawn), max(mark.days[1] for mark in picture.drawn)
    margin = max(timedelta(days=40), (last - first) // 25)
    return Scales(first - margin, last + margin, limit, sheet.plot_width, height)


def middle(mark: Mark) -> date:
    """The day over which a mark stands."""
    start, end = mark.days
    return start + (end - start) // 2


def _is_wide(mark: Mark) -> bool:
    start, end = mark.days
    return end - start > WIDE


def _row(mark: Mark, series: Series, scales: Scales, palette: Palette) -> dict[str, Any]:
    low, high = drawn_ends(mark.stated, scales.limit)
    day, bound = middle(mark), mark.stated.bound
    start, end = mark.days if _is_wide(mark) else (day, day)
    return {
        "series": mark.series if series.key else "",
        "day": day.isoformat(),
        "from": start.isoformat(),
        "to": end.isoformat(),
        "low": low,
        "high": high,
        "bound": str(bound),
        "color": series.color,
        "fill": palette.ground if bound is Bound.ABOUT else series.color,
        "shape": series.shape,
    }


def _time(scales: Scales, field: str) -> Spec:
    domain = [scales.first.isoformat(), scales.last.isoformat()]
    scale = {"type": "utc", "domain": domain, "nice": False}
    return {"field": field, "type": "temporal", "scale": scale, "axis": None}


def _amount(scales: Scales, field: str) -> Spec:
    scale = {"domain": [0, scales.limit], "range": [scales.height, 0], "nice": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": None}


def _draw_axes(sheet: Sheet, scales: Scales) -> None:
    """Lines at round numbers and at days of which each has its year below it."""
    palette = sheet.palette
    rules = []
    for number in ticks(scales.limit):
        y = round(scales.y(number), 1)
        rules.append({"x": 0, "x2": sheet.plot_width, "y": y, "y2": y})
        sheet.write(sheet.tick(number), -12, y - BODY * 0.68, color=palette.soft, align="right")
    for day, name in dated_ticks(scales, sheet.picture.words):
        x = round(scales.x(day), 1)
        rules.append({"x": x, "x2": x, "y": 0, "y2": scales.height + 8})
        sheet.write(name, x, scales.height + 9, color=palette.soft, align="center")
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    mark = {"type": "rule", "color": palette.grid, "strokeWidth": 1}
    sheet.draw(rules, mark, {**at("x", "x"), **at("y", "y"), **ends})


def dated_ticks(scales: Scales, words: Words) -> list[tuple[date, str]]:
    """Turns of years, or of quarters where there are fewer than two, as many as have room for their names."""
    years = range(scales.first.year, scales.last.year + 1)
    found = [(date(year, 1, 1), str(year)) for year in years]
    inside = [tick for tick in found if scales.first <= tick[0] <= scales.last]
    if len(inside) < 2:
        quarters = [date(year, month, 1) for year in years for month in QUARTERS]
        found = [(day, words.date(PartialDate(day.year, day.month), short=True)) for day in quarters]
        inside = [tick for tick in found if scales.first <= tick[0] <= scales.last]
    widest = max((text_width(name, BODY) for _, name in inside), default=0) + 18
    apart = scales.width / max(1.0, (scales.last - scales.first).days) * 365.25 / (1 if found[0][1].isdigit() else 4)
    return inside[:: max(1, math.ceil(widest / apart))]


def _breaks(series: Sequence[Series]) -> list[date]:
    """Days on which one source's figures have ended and another's not begun; none where sources interleave."""
    days = [
        (middle(marks[0]), middle(marks[-1]))
        for one in series
        for marks in ([list(one.marks)] if one.key else [[mark] for mark in one.marks])
    ]
    days.sort()
    found, reached = [], days[0][1]
    for start, end in days[1:]:
        if start > reached:
            found.append(reached + (start - reached) / 2)
        reached = max(reached, end)
    return found if len(found) <= 3 else []


def _draw_breaks(sheet: Sheet, breaks: Sequence[date], scales: Scales) -> None:
    rows = [{"x": round(scales.x(day), 1), "top": 0, "bottom": round(scales.height)} for day in breaks]
    mark = {"type": "rule", "strokeDash": [3, 5], "strokeWidth": 2, "color": sheet.palette.soft}
    sheet.draw(rows, mark, {**at("x", "x"), **at("y", "top"), "y2": {"field": "bottom"}})


def _draw_lines(sheet: Sheet, rows: Sequence[dict[str, Any]], scales: Scales) -> None:
    """A line from value to value and a band from range to range, each within one series."""
    count = Counter(row["series"] for row in rows if row["series"])
    joined = [row for row in rows if count[row["series"]] > 1 and row["bound"] in ("exact", "about", "range")]
    banded = {row["series"] for row in joined if row["bound"] == "range"}
    bands = [row for row in joined if row["series"] in banded]
    lines = [row for row in joined if row["series"] not in banded]
    low = {"x": _time(scales, "day"), "detail": {"field": "series", "type": "nominal"}, "y": _amount(scales, "low")}
    sheet.draw(bands, {"type": "area", "opacity": 0.25}, {**low, "y2": {"field": "high"}, **own("color", "color")})
    sheet.draw(lines, {"type": "line", "strokeWidth": 3}, {**low, **own("color", "color")})


def _draw_marks(sheet: Sheet, rows: Sequence[dict[str, Any]], scales: Scales) -> None:
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
    span = {"x": _time(scales, "from"), "x2": {"field": "to"}, "y": _amount(scales, "at")}
    sheet.draw(whiskers, {"type": "rule", "strokeWidth": 2, "opacity": 0.7}, {**span, **color})
    span = {"x": _time(scales, "day"), "y": _amount(scales, "low"), "y2": {"field": "high"}}
    sheet.draw(ranges, {"type": "rule", "strokeWidth": 5}, {**span, **color})
    place = {"x": _time(scales, "day"), "y": _amount(scales, "at")}
    look = {**own("stroke", "color"), **own("fill", "fill"), **own("shape", "shape")}
    sheet.draw(points, {"type": "point", "size": 150, "strokeWidth": 3, "opacity": 1}, {**place, **look})


def _write_values(sheet: Sheet, series: Sequence[Series], scales: Scales) -> None:
    """The number at each mark where there is room; a label that would cover another is left to the alt text."""
    everything = [(mark, one.color) for one in series for mark in one.marks]
    taken = [*_mark_boxes(everything, scales), *_line_boxes(series, scales)]
    for mark, color in sorted(everything, key=lambda one: (not one[0].lead, not one[0].none_known)):
        text = sheet.picture.value_text(mark)
        width = text_width(text, BODY, bold=True)
        for box in _around(mark, width, scales):
            if not any(cover(box, other) for other in taken):
                taken.append(box)
                center = (box[0] + box[2]) / 2
                sheet.write(text, center, box[1], size=BODY, bold=True, align="center", color=color)
                break


def _level(mark: Mark) -> float:
    value = mark.stated
    return float((value.low if value.high is None else value.high) or 0)


def _mark_boxes(marks: Iterable[tuple[Mark, str]], scales: Scales) -> Iterable[Box]:
    for mark, _ in marks:
        low, high = drawn_ends(mark.stated, scales.limit)
        x = scales.x(middle(mark))
        yield (x - 10, scales.y(high) - 10, x + 10, scales.y(low) + 10)
        if _is_wide(mark):
            level, (start, end) = scales.y(_level(mark)), mark.days
            yield (scales.x(start), level - 2, scales.x(end), level + 2)


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


def _around(mark: Mark, width: float, scales: Scales) -> Iterable[Box]:
    """Where a number may stand: above its mark, beside it, below it, then farther away."""
    low, high = drawn_ends(mark.stated, scales.limit)
    x, top_end, low_end = scales.x(middle(mark)), scales.y(high), scales.y(low)
    tall = BODY * LEADING
    centre = (top_end + low_end) / 2 - tall / 2
    far = ((x - width / 2, top_end - 36 - tall), (x - 10, top_end - 60 - tall))
    for left, top in (
        (x - width / 2, top_end - 12 - tall),
        (x + 14, centre),
        (x - width - 14, centre),
        (x + 14, top_end - tall),
        (x + 14, low_end),
        (x - width / 2, low_end + 12),
        (x - width - 14, top_end - tall),
        (x - 10, top_end - 12 - tall),
        (x - width + 10, top_end - 12 - tall),
        *(far if mark.lead or mark.none_known else ()),  # what must not be missed
    ):
        inside = left >= 2 and left + width <= scales.width + 20
        if inside and top >= -12 and top + tall <= scales.height + 2:
            yield (left, top, left + width, top + tall)


def _write_key(sheet: Sheet, lines: Sequence[Sequence[tuple[Series, str]]], top: float) -> None:
    """Sign and name of each series, those that open the answer first."""
    rows = []
    known: set[str] = set()
    turn = -1 if sheet.rtl else 1
    for index, line in enumerate(lines):
        x = (WIDTH - MARGIN if sheet.rtl else MARGIN) - sheet.left
        y = top + index * LINE
        for one, text in line:
            if one.name not in known:  # the second line of a long name has no sign of its own
                sign = {"x": round(x + turn * 10, 1), "y": round(y + LINE / 2 - 2, 1)}
                rows.append({**sign, "color": one.color, "shape": one.shape})
            known.add(one.name)
            sheet.write(text, x + turn * (SIGN - 8), y, align="right" if sheet.rtl else "left")
            x += turn * (text_width(text, BODY) + 2 * SIGN - 8)
    look = {**own("stroke", "color"), **own("fill", "color"), **own("shape", "shape")}
    mark = {"type": "point", "size": 150, "opacity": 1}
    sheet.draw(rows, mark, {**at("x", "x"), **at("y", "y"), **look})
