"""Rows on one scale: comparison, ranking, total and the strip of rival claims.

A value printed by its source is a dot, a range is a bar from end to end with ticks, an end that nobody stated is an
arrow: nothing stands at a number that nobody published. Every row prints its value, so that the scale needs no numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from bot.charts.chart import ChartKind, Spec
from bot.charts.frame import BODY, LINE, MARGIN, WIDTH, Sheet, at, fitting, own, wrapped
from bot.charts.palette import Palette
from bot.charts.picture import Mark, Picture
from bot.words.widths import text_width
from db.model.values import Bound, Interval, Number

GAP = 14
ARROW = 0.06
"""Length of the arrow at an open end, as a part of the scale."""
BAR, TICK, TRACK = 9, 20, 22
LABEL_WIDTH, LEAST_BAR = 300, 160
"""The most that names take where they stand beside their bars, and the least that is left to these."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a row stand below its top."""

    height: float
    bar: float
    """The bar's middle."""
    note: float | None
    """Date and source; None where there is no room for them, and bars stand between name and value."""


LAYOUTS = (
    Layout(2 * LINE + TRACK + 18, LINE + TRACK / 2 + 1, LINE + TRACK + 2),
    Layout(LINE + TRACK + 4, LINE + TRACK / 2 - 1, 0.0),
    Layout(LINE, LINE / 2 - 2, None),
)
"""The roomiest that holds all rows is taken."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One row with its name in lines and its place on the sheet."""

    mark: Mark
    name: list[str]
    top: float
    color: str


def bars_spec(picture: Picture, palette: Palette) -> Spec:
    """The spec of a comparison, ranking, total or dispute strip."""
    layout, sheet, rows = _laid_out(picture, palette)
    notes = list(picture.notes)
    if layout.note is None and picture.kind is not ChartKind.DISPUTE:
        notes.insert(0, picture.main_source)
    if len(rows) < len(picture.marks):
        notes.insert(0, picture.words.say("chart.rest", n=str(len(picture.marks) - len(rows))))
    if len(notes) > len(picture.notes):
        layout, sheet, rows = _laid_out(replace(picture, notes=tuple(notes)), palette)
    dated = layout.note is None and _make_room(sheet, rows)
    drawn = [row for row in rows if row.mark.value]
    limit = scale_end([*(row.mark.stated for row in drawn), *((picture.span,) if picture.span else ())])
    _draw_tracks(sheet, [row.top + layout.bar for row in drawn], limit, picture.span)
    _draw_rows(sheet, [(row.mark.stated, row.top + layout.bar, row.color) for row in drawn], limit)
    for row in rows:
        _write_row(sheet, row, layout, dated=dated)
    return sheet.finished()


def _laid_out(picture: Picture, palette: Palette) -> tuple[Layout, Sheet, list[Placed]]:
    """The layout for the room that title and notes leave, the sheet, and the rows that fit."""
    sheet = Sheet(picture, palette, MARGIN, MARGIN)
    colors = {key: palette.series[i % len(palette.series)] for i, (key, _) in enumerate(picture.series)}
    value_width = max(text_width(picture.value_text(mark), BODY, bold=True) for mark in picture.marks)
    rows: list[Placed] = []
    for layout in LAYOUTS:
        room = LABEL_WIDTH if layout.note is None else sheet.plot_width - value_width - GAP
        rows, top = [], 0.0
        for mark in picture.marks:
            name = wrapped(_name(picture, mark), room, BODY, bold=True)
            more = (len(name) - 1) * LINE
            if top + layout.height + more > sheet.height:
                break
            first = top if layout.note is None else top + more
            rows.append(Placed(mark, name, first, _color(mark, colors, palette)))
            top += layout.height + more
        if len(rows) == len(picture.marks):
            break
    return layout, sheet, rows


def _year(mark: Mark) -> str:
    """The year that a value speaks of, where there is no room for more."""
    return str(mark.end.year) if mark.end and mark.when else ""


def _make_room(sheet: Sheet, rows: Sequence[Placed]) -> bool:
    """Put the bars between names and values; whether there is room for their years too."""
    name = max(text_width(line, BODY, bold=True) for row in rows for line in row.name)
    value = max(text_width(sheet.picture.value_text(row.mark), BODY, bold=True) for row in rows)
    when = max(text_width(_year(row.mark), BODY) for row in rows)
    dated = when > 0 and sheet.plot_width - name - value - when - 3 * GAP >= LEAST_BAR
    sides = (MARGIN + name + GAP, MARGIN + value + GAP + (when + GAP if dated else 0))
    sheet.left, sheet.right = reversed(sides) if sheet.rtl else sides
    return dated


def scale_end(values: list[Interval]) -> float:
    """The end of the scale: the highest number printed, with room for an arrow where one is needed."""
    numbers = [float(number) for value in values for number in (value.low, value.high) if number is not None]
    highest = max(numbers, default=1.0) or 1.0
    is_open = any(value.high is None and float(value.least) > highest * (1 - ARROW) for value in values)
    return highest * (1.12 if is_open else 1.03)


def _name(picture: Picture, mark: Mark) -> str:
    star = "★ " if mark.lead and picture.kind is ChartKind.DISPUTE else ""
    rank = f"{mark.rank}. " if mark.rank else ""
    return f"{star}{rank}{mark.label}"


def _color(mark: Mark, colors: dict[str, str], palette: Palette) -> str:
    if mark.series:
        return colors.get(mark.series, palette.others)
    return palette.series[1] if mark.lead else palette.series[0]


def _x(limit: float, field: str, *, rtl: bool) -> Spec:
    scale = {"domain": [0, limit], "nice": False, "zero": True, "reverse": rtl}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": None}


def _draw_tracks(sheet: Sheet, middles: Sequence[float], limit: float, span: Interval | None) -> None:
    """The scale under every bar, from zero to its end, and the stretch that holds all claims."""
    stretches: list[tuple[float, float, str]] = [(0, limit, sheet.palette.track)]
    if span is not None:
        high = limit if span.most is None else _number(span.most)
        stretches.append((_number(span.least), high, sheet.palette.band))
    place = {"x": _x(limit, "from", rtl=sheet.rtl), "x2": {"field": "to"}, **at("y", "top"), "y2": {"field": "bottom"}}
    for start, end, color in stretches:
        rows = [
            {"from": start, "to": end, "top": round(middle - TRACK / 2, 1), "bottom": round(middle + TRACK / 2, 1)}
            for middle in middles
        ]
        sheet.draw(rows, {"type": "rect", "color": color}, place)


def drawn_ends(value: Interval, limit: float) -> tuple[float, float]:
    """Where a bar starts and stops; an open end goes on for the length of an arrow."""
    reach = limit * ARROW
    if value.high is None:
        return _number(value.low), min(limit, _number(value.low) + reach)
    if value.low is None:
        return max(0.0, _number(value.high) - reach), _number(value.high)
    return _number(value.low), _number(value.high)


def _number(number: Number | None) -> float:
    """A number as JSON holds it; rates are cut to the digits that can be seen."""
    if number is None:
        return 0.0
    return round(float(number), 4) if isinstance(number, Decimal) else number


def _draw_rows(sheet: Sheet, rows: Sequence[tuple[Interval, float, str]], limit: float) -> None:
    bars: list[dict[str, Any]] = []
    points: list[dict[str, Any]] = []
    tails: list[dict[str, Any]] = []
    for value, middle, color in rows:
        low, high = drawn_ends(value, limit)
        base = {"y": round(middle, 1), "color": color}
        if value.bound is Bound.RANGE:
            bars.append({**base, "low": low, "high": high})
        elif value.bound in (Bound.EXACT, Bound.ABOUT):
            fill = color if value.bound is Bound.EXACT else sheet.palette.ground
            points.append({**base, "at": low, "fill": fill, "shape": "circle"})
        else:
            upward = value.high is None
            tails.append({**base, "low": low, "high": high})
            points.append({**base, "at": low if upward else high, "fill": color, "shape": "circle"})
            tip = "triangle-right" if upward != sheet.rtl else "triangle-left"
            points.append({**base, "at": high if upward else low, "fill": color, "shape": tip})
    colored = {**at("y", "y"), **own("color", "color")}
    span = {"x": _x(limit, "low", rtl=sheet.rtl), "x2": {"field": "high"}}
    for data, width in ((tails, 4), (bars, BAR)):
        sheet.draw(data, {"type": "rule", "strokeWidth": width}, {**span, **colored})
    spot = {"x": _x(limit, "at", rtl=sheet.rtl)}
    ends = [{**row, "at": row[end]} for row in bars for end in ("low", "high")]
    tick = {"type": "tick", "orient": "vertical", "thickness": 4, "size": TICK, "opacity": 1}
    sheet.draw(ends, tick, {**spot, **colored})
    look = {**at("y", "y"), **own("stroke", "color"), **own("fill", "fill"), **own("shape", "shape")}
    sheet.draw(points, {"type": "point", "size": 170, "strokeWidth": 3, "opacity": 1}, {**spot, **look})


def _write_row(sheet: Sheet, row: Placed, layout: Layout, *, dated: bool) -> None:
    """The row's name where reading starts, its value where it ends, when and who says so where there is room."""
    mark, value = row.mark, sheet.picture.value_text(row.mark)
    color = sheet.palette.soft if mark.value is None else sheet.palette.ink
    above = 0.0 if layout.note is None else (len(row.name) - 1) * LINE
    sheet.edge(row.name, row.top - above, bold=True, color=color)
    start, end = MARGIN - sheet.left, WIDTH - MARGIN - sheet.left
    if sheet.rtl:
        sheet.write(value, start, row.top, bold=True, color=color)
    else:
        sheet.write(value, end, row.top, bold=True, color=color, align="right")
    if layout.note is None:
        if dated:
            x = -GAP if sheet.rtl else sheet.plot_width + GAP
            sheet.write(_year(mark), x, row.top, color=sheet.palette.soft, align="right" if sheet.rtl else "left")
        return
    used = 0.0 if layout.note else text_width(row.name[-1], BODY, bold=True) + GAP
    room = end - start - used - (0.0 if layout.note else text_width(value, BODY, bold=True) + GAP)
    note = fitting((*mark.remarks, mark.when, mark.source), room)
    x = end - used if sheet.rtl else start + used
    sheet.write(note, x, row.top + layout.note, color=sheet.palette.soft, align="right" if sheet.rtl else "left")
