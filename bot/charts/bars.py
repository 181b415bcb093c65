"""Rows on one scale: comparison, ranking, total and the strip of rival claims.

A value printed by its source is a dot, a range is a bar from end to end with ticks, an end that nobody stated is an
arrow: nothing stands at a number that nobody published.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.charts.chart import ChartKind, Spec
from bot.charts.frame import BODY, DOT, LABEL, LEADING, MARGIN, SMALL, WIDTH, Sheet, at, own, text_width, ticks, wrapped
from bot.charts.palette import Palette
from bot.charts.picture import Mark, Picture
from db.model.values import Bound, Interval, Number

MOST_ROWS = 24
LABEL_WIDTH = 214
GAP = 14
ARROW = 0.06
"""Length of the arrow at an open end, as a part of the scale."""
BAR, TICK = 9, 22


@dataclass(frozen=True, slots=True)
class Placed:
    """One row with its lines and its place on the sheet."""

    mark: Mark
    label: list[str]
    note: list[str]
    value: list[str]
    heading: list[str]
    top: float
    height: float
    first: float
    """Height of the part that holds label, bar and value; the note stands below."""
    color: str

    @property
    def middle(self) -> float:
        """Where the bar lies."""
        return self.top + sum(BODY * LEADING for _ in self.heading) + 15


def bars_spec(picture: Picture, palette: Palette) -> Spec:
    """The spec of a comparison, ranking, total or dispute strip."""
    shown = picture.marks[:MOST_ROWS]
    value_width = _value_width(picture, shown)
    outer = (MARGIN + LABEL_WIDTH + GAP, MARGIN + value_width + GAP)
    left, right = reversed(outer) if picture.words.rtl else outer
    sheet = Sheet(picture, palette, left, right)
    rows = _placed(sheet, shown, value_width)
    height = rows[-1].top + rows[-1].height if rows else 0
    limit = scale_end([mark.value for mark in shown if mark.value] + ([picture.span] if picture.span else []))
    _draw_tracks(sheet, rows, limit, picture.span, height)
    _draw_rows(sheet, rows, limit)
    for row in rows:
        _write_row(sheet, row, value_width)
    notes = list(picture.notes)
    if len(picture.marks) > MOST_ROWS:
        notes.insert(0, picture.words.say("rest", n=str(len(picture.marks) - MOST_ROWS)))
    return sheet.finished(height + 26, notes, signs_used(picture, shown))


def scale_end(values: list[Interval]) -> float:
    """The end of the scale: the highest number printed, with room for an arrow where one is needed."""
    numbers = [float(number) for value in values for number in (value.low, value.high) if number is not None]
    highest = max(numbers, default=1.0) or 1.0
    is_open = any(value.high is None and float(value.least) > highest * (1 - ARROW) for value in values)
    return highest * (1.12 if is_open else 1.03)


def signs_used(picture: Picture, marks: tuple[Mark, ...]) -> str:
    """The line that explains the signs, naming only those that the picture uses."""
    used: dict[str, None] = {}
    for mark in marks:
        if mark.value is None:
            continue
        bound = mark.value.bound
        if bound in (Bound.AT_LEAST, Bound.MORE_THAN):
            used["open_high"] = None
        elif bound in (Bound.AT_MOST, Bound.FEWER_THAN):
            used["open_low"] = None
        elif bound is Bound.EXACT and picture.per_million:
            used["exact_rate"] = None  # the rate is ours, only the count was printed
        else:
            used[bound] = None
    words = picture.words
    parts = [
        _turned(words.of("sign", key), key, picture.kind)
        for key in ("exact", "exact_rate", "about", "range", "open_high", "open_low")
        if key in used
    ]
    if any(mark.lead for mark in marks) and picture.kind is ChartKind.DISPUTE:
        parts.append(words.say("headline"))
    return DOT.join(parts)


def _turned(sign: str, key: str, kind: ChartKind) -> str:
    """The sign of an open end as it stands in the picture: over time, arrows point up and down."""
    if kind is not ChartKind.TREND or not key.startswith("open_"):
        return sign
    return ("▲" if key == "open_high" else "▼") + sign[1:]


def _value_width(picture: Picture, marks: tuple[Mark, ...]) -> float:
    texts = [_value_text(picture, mark) for mark in marks]
    widest = max((text_width(text, LABEL, bold=True) for text in texts), default=60)
    return min(max(widest, 60), 190)


def _value_text(picture: Picture, mark: Mark) -> str:
    if mark.value is None:
        return picture.words.say("no_data")
    return picture.words.value(mark.value, none_known=mark.none_known)


def _placed(sheet: Sheet, marks: tuple[Mark, ...], value_width: float) -> list[Placed]:
    picture, palette = sheet.picture, sheet.palette
    colors = {key: palette.series[i % len(palette.series)] for i, (key, _) in enumerate(picture.series)}
    rows: list[Placed] = []
    top, group = 0.0, ""
    for mark in marks:
        heading: list[str] = []
        if picture.kind is ChartKind.DISPUTE and mark.series != group:
            group = mark.series
            heading = _heading(picture, group)
        rank = f"{mark.rank}. " if mark.rank else ""
        star = "★ " if mark.lead and picture.kind is ChartKind.DISPUTE else ""
        size = BODY if picture.kind is ChartKind.DISPUTE else LABEL
        label = wrapped(f"{star}{rank}{mark.label}", LABEL_WIDTH, size, bold=True)
        note = wrapped(mark.note, WIDTH - 2 * MARGIN, SMALL)
        value = wrapped(_value_text(picture, mark), value_width, LABEL, bold=True)
        first = max(len(label) * size * LEADING, 36.0, len(value) * LABEL * LEADING)
        height = len(heading) * BODY * LEADING + first + len(note) * SMALL * LEADING + 14
        rows.append(Placed(mark, label, note, value, heading, top, height, first, _color(mark, colors, palette)))
        top += height
    return rows


def _heading(picture: Picture, group: str) -> list[str]:
    """The origin of the claims below it, where more than one document leads to it or the documents are not it."""
    members = [mark for mark in picture.marks if mark.series == group]
    name = dict(picture.series)[group]
    if len(members) == 1 and name in members[0].label:
        return []
    text = picture.words.say("origin", origin=picture.words.left_to_right(name))
    return wrapped(text, WIDTH - 2 * MARGIN, BODY)


def _color(mark: Mark, colors: dict[str, str], palette: Palette) -> str:
    if mark.series:
        return colors.get(mark.series, palette.others)
    return palette.series[1] if mark.lead else palette.series[0]


def _x(limit: float, field: str, *, rtl: bool) -> Spec:
    scale = {"domain": [0, limit], "nice": False, "zero": True, "reverse": rtl}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": None}


def _draw_tracks(sheet: Sheet, rows: list[Placed], limit: float, span: Interval | None, height: float) -> None:
    """The scale under every bar: a track with marks at round numbers, and the stretch that holds all claims."""
    palette = sheet.palette
    tracks: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    spans: list[dict[str, Any]] = []
    for row in rows:
        if row.mark.value is None:
            continue
        edges = {"top": round(row.middle - 15, 1), "bottom": round(row.middle + 15, 1)}
        tracks.append({"from": 0, "to": limit, **edges})
        lines += [{"from": number, **edges} for number in ticks(limit)]
        if span is not None:
            high = limit if span.most is None else _number(span.most)
            spans.append({"from": _number(span.least), "to": high, **edges})
    stretch = {"x": _x(limit, "from", rtl=sheet.rtl), "x2": {"field": "to"}}
    upright = {**at("y", "top"), "y2": {"field": "bottom"}}
    for data, color in ((tracks, palette.track), (spans, palette.band)):
        if data:
            mark = {"type": "rect", "color": color}
            sheet.layers.append({"data": {"values": data}, "mark": mark, "encoding": {**stretch, **upright}})
    rule = {"type": "rule", "color": palette.grid, "strokeWidth": 1.5}
    sheet.layers.append({"data": {"values": lines}, "mark": rule, "encoding": {"x": stretch["x"], **upright}})
    for number in ticks(limit):
        x = number / limit * sheet.plot_width
        x = sheet.plot_width - x if sheet.rtl else x
        sheet.write(sheet.tick(number), x, height, size=SMALL, color=palette.soft, align="center")


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


def _draw_rows(sheet: Sheet, rows: list[Placed], limit: float) -> None:
    bars: list[dict[str, Any]] = []
    points: list[dict[str, Any]] = []
    tails: list[dict[str, Any]] = []
    for row in rows:
        value = row.mark.value
        if value is None:
            continue
        low, high = drawn_ends(value, limit)
        base = {"y": round(row.middle, 1), "color": row.color}
        if value.bound is Bound.RANGE:
            bars.append({**base, "low": low, "high": high})
        elif value.bound in (Bound.EXACT, Bound.ABOUT):
            fill = row.color if value.bound is Bound.EXACT else sheet.palette.ground
            points.append({**base, "at": low, "fill": fill, "shape": "circle"})
        else:
            upward = value.high is None
            tails.append({**base, "low": low, "high": high})
            points.append({**base, "at": low if upward else high, "fill": row.color, "shape": "circle"})
            tip = "triangle-right" if upward != sheet.rtl else "triangle-left"
            points.append({**base, "at": high if upward else low, "fill": row.color, "shape": tip})
    sheet.layers += [layer for layer in (_tails(sheet, tails, limit), *_ranges(sheet, bars, limit)) if layer]
    if points:
        sheet.layers.append(_points(sheet, points, limit))


def _tails(sheet: Sheet, rows: list[dict[str, Any]], limit: float) -> Spec | None:
    if not rows:
        return None
    return {
        "data": {"values": rows},
        "mark": {"type": "rule", "strokeWidth": 4},
        "encoding": {
            "x": _x(limit, "low", rtl=sheet.rtl),
            "x2": {"field": "high"},
            **at("y", "y"),
            **own("color", "color"),
        },
    }


def _ranges(sheet: Sheet, rows: list[dict[str, Any]], limit: float) -> list[Spec]:
    if not rows:
        return []
    encoding = {**at("y", "y"), **own("color", "color")}
    span = {"x": _x(limit, "low", rtl=sheet.rtl), "x2": {"field": "high"}}
    layers: list[Spec] = [
        {"data": {"values": rows}, "mark": {"type": "rule", "strokeWidth": BAR}, "encoding": {**span, **encoding}}
    ]
    ends = [{**row, "at": row[end]} for row in rows for end in ("low", "high")]
    layers.append(
        {
            "data": {"values": ends},
            "mark": {"type": "tick", "orient": "vertical", "thickness": 4, "size": TICK, "opacity": 1},
            "encoding": {"x": _x(limit, "at", rtl=sheet.rtl), **encoding},
        }
    )
    return layers


def _points(sheet: Sheet, rows: list[dict[str, Any]], limit: float) -> Spec:
    return {
        "data": {"values": rows},
        "mark": {"type": "point", "size": 190, "strokeWidth": 3, "opacity": 1},
        "encoding": {
            "x": _x(limit, "at", rtl=sheet.rtl),
            **at("y", "y"),
            **own("stroke", "color"),
            **own("fill", "fill"),
            **own("shape", "shape"),
        },
    }


def _write_row(sheet: Sheet, row: Placed, value_width: float) -> None:
    """The row's name before the plot, its value after it, when and who below; mirrored where reading is."""
    size = BODY if sheet.picture.kind is ChartKind.DISPUTE else LABEL
    start = row.top + len(row.heading) * BODY * LEADING
    end = sheet.plot_width
    color = sheet.palette.soft if row.mark.value is None else sheet.palette.ink
    if row.heading:
        sheet.edge(row.heading, row.top, size=BODY, color=row.color, bold=True)
    sheet.edge(row.label, start, size=size, bold=True, color=color)
    if sheet.rtl:
        sheet.write(row.value, -GAP, start, size=LABEL, bold=True, color=color, align="right")
    else:
        sheet.write(row.value, end + GAP, start, size=LABEL, bold=True, color=color)
    sheet.edge(row.note, start + row.first, size=SMALL, color=sheet.palette.soft)
