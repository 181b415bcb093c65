"""The world or a region in classes of one hue; a place without data is hatched, and zero is a colour of its own."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.charts.chart import Spec
from bot.charts.frame import BODY, LINE, Box, Sheet, at, cover, own
from bot.charts.palette import Palette
from bot.charts.picture import Mark, Picture
from bot.charts.shapes.geometry import points, small_states, views
from bot.words.widths import text_width
from bot.words.writing import grouped
from db.model.values import Bound, Interval

SHAPES, HATCHING = "inflow-shapes", "inflow-hatching"
"""Names of the data that the worker puts into the spec: they are large, and the same for every map."""
ANTARCTICA = "AQ"
LADDER = (0.1, 0.3, 1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000)
WORLD_SOUTH, WORLD_NORTH = -56.0, 83.5
EDGE = 24.0
SIGN = 42.0
"""Room of a sign of the key."""
HATCH_PIXELS = 6.5


@dataclass(frozen=True, slots=True)
class View:
    """Where on the sheet a point of the Earth lies: the same formula that the renderer uses."""

    kind: str
    scale: float
    width: float
    height: float
    centre: tuple[float, float]
    shift: tuple[float, float]

    def pixel(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Pixels from the plot's top left corner."""
        x, y = _projected(self.kind, self.centre, longitude, latitude)
        return self.shift[0] + self.scale * x, self.shift[1] - self.scale * y

    @property
    def spec(self) -> Spec:
        """The projection as the renderer reads it."""
        turn = [-self.centre[0], -self.centre[1]] if self.kind == "azimuthalEqualArea" else [-self.centre[0], 0]
        return {
            "type": self.kind,
            "rotate": [*turn, 0],
            "scale": round(self.scale, 3),
            "translate": [round(part, 2) for part in self.shift],
            "clipExtent": [[0, 0], [round(self.width), round(self.height)]],
        }


def _projected(kind: str, centre: tuple[float, float], longitude: float, latitude: float) -> tuple[float, float]:
    turned = math.radians((longitude - centre[0] + 180) % 360 - 180)
    phi = math.radians(latitude)
    if kind == "equalEarth":
        return _equal_earth(turned, phi)
    middle = math.radians(centre[1])
    apart = math.sin(middle) * math.sin(phi) + math.cos(middle) * math.cos(phi) * math.cos(turned)
    stretch = math.sqrt(2 / max(1e-9, 1 + apart))
    y = math.cos(middle) * math.sin(phi) - math.sin(middle) * math.cos(phi) * math.cos(turned)
    return stretch * math.cos(phi) * math.sin(turned), stretch * y


def _equal_earth(turned: float, phi: float) -> tuple[float, float]:
    """The Equal Earth projection (Šavrič, Patterson and Jenny 2018): equal area, for the whole world."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = math.asin(math.sqrt(3) / 2 * math.sin(phi))
    square = theta * theta
    sixth = square**3
    x = turned * math.cos(theta) / (math.sqrt(3) / 2 * (a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square)))
    return x, theta * (a1 + a2 * square + sixth * (a3 + a4 * square))


def view_of(region: str, places: Sequence[str], width: float, height: float = 720) -> View:
    """The view of a region; for places named one by one the closest region that holds all of them, else the world."""
    box = views().get(region) or _smallest(places if region != "R:world" else ())
    if box is None:
        return _fitted("equalEarth", (11.0, 0.0), (-180 + 11, WORLD_SOUTH, 180 + 10.99, WORLD_NORTH), width, height)
    west, south, east, north = box
    return _fitted("azimuthalEqualArea", ((west + east) / 2, (south + north) / 2), box, width, height)


def _smallest(places: Sequence[str]) -> Box | None:
    held = [points()[place] for place in places if place in points()]
    if not held:
        return None
    fitting = [
        box
        for box in views().values()
        if all(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in held) and box[2] - box[0] > 15
    ]
    return min(fitting, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]), default=None)


def _fitted(kind: str, centre: tuple[float, float], box: Box, width: float, height: float) -> View:
    west, south, east, north = box
    steps = [i / 24 for i in range(25)]
    rim = [(west + (east - west) * part, edge) for part in steps for edge in (south, north)]
    rim += [(edge, south + (north - south) * part) for part in steps for edge in (west, east)]
    flat = [_projected(kind, centre, x, y) for x, y in rim]
    left, right = min(x for x, _ in flat), max(x for x, _ in flat)
    low, high = min(y for _, y in flat), max(y for _, y in flat)
    scale = min(width / (right - left), height / (high - low))
    spare = (width - scale * (right - left)) / 2
    return View(kind, scale, width, scale * (high - low), centre, (spare - scale * left, scale * high))


def classes_for(values: Sequence[Interval], most: int) -> tuple[float, ...]:
    """Where each class begins: 1, 3, 10, 30 … up to the highest number claimed; at most ``most`` classes."""
    numbers = [float(number) for value in values for number in (value.low, value.high) if number]
    highest = max(numbers, default=1.0)
    steps = [step for step in LADDER if step <= highest] or [LADDER[0]]
    lowest = min(numbers, default=steps[0])
    kept = steps[-most:]
    return tuple(step for step in kept if step == kept[-1] or _next(step) > lowest)


def _next(step: float) -> float:
    return LADDER[min(len(LADDER) - 1, LADDER.index(step) + 1)]


def class_of(value: Interval, starts: Sequence[float]) -> tuple[int, bool]:
    """The class of the lowest number that a claim allows, and whether the claim reaches into a higher one.

    Class -1 is zero, stated as such. A claim that only may be zero ("fewer than 10") belongs to the first class, as
    do all numbers below where that begins.
    """
    if value.is_zero:
        return -1, False

    def index(number: float) -> int:
        return max(0, sum(number >= start for start in starts) - 1)

    low = index(float(value.least))
    strict = value.bound is Bound.FEWER_THAN and value.high is not None
    high = len(starts) - 1 if value.high is None else index(float(value.high) - (0.001 if strict else 0))
    return low, high > low


def map_spec(picture: Picture, palette: Palette) -> Spec:
    """The spec of a map: the key beside it, where a phone has room."""
    starts = classes_for([mark.stated for mark in picture.drawn], len(palette.steps))
    sheet = Sheet(replace(picture, notes=tuple(_notes(picture, starts))), palette, EDGE, EDGE)
    entries = _entries(sheet, starts, zero=any(mark.stated.is_zero for mark in picture.drawn))
    beside = max(text_width(text, BODY) for _, text in entries) + SIGN + 12
    sheet.left, sheet.right = (EDGE + beside, EDGE) if sheet.rtl else (EDGE, EDGE + beside)
    places = [mark.place for mark in picture.marks]
    view = view_of(picture.region, places, sheet.plot_width, sheet.height)
    fills = {mark.place: _fill(mark, starts, palette) for mark in picture.drawn}
    empty = _places_without(picture, fills)
    _draw_shapes(sheet, view, fills, empty)
    _draw_circles(sheet, view, fills, empty)
    _draw_reach(sheet, view, picture, starts)
    if view.kind != "equalEarth":
        _write_numbers(sheet, view, picture)
    _write_key(sheet, entries)
    spec = sheet.finished()
    step = HATCH_PIXELS * math.degrees(1) / view.scale * math.sqrt(2)
    spec["usermeta"] = {"hatched": sorted(set(empty) - small_states()), "step": round(max(0.3, step), 1)}
    return spec


def _notes(picture: Picture, starts: Sequence[float]) -> list[str]:
    """What a map's reader must know, most important first: what does not fit stays with the text of the picture."""
    words = picture.words
    notes = [words.say("chart.borders"), picture.main_source, *picture.notes]
    off = [mark.place for mark in picture.drawn if mark.place not in points()]
    if off:
        notes.append(words.say("chart.not_on_map", places=words.several((words.place(place) for place in off), 6)))
    if any(class_of(mark.stated, starts)[1] for mark in picture.drawn):
        notes.append(words.say("chart.reach"))
    return [*notes, words.say("chart.lowest")]


def _fill(mark: Mark, starts: Sequence[float], palette: Palette) -> str:
    index, _ = class_of(mark.stated, starts)
    return palette.zero if index < 0 else _steps(palette, len(starts))[index]


def _steps(palette: Palette, count: int) -> tuple[str, ...]:
    """As many steps as there are classes, spread from the first to the last."""
    if count >= len(palette.steps):
        return palette.steps
    if count == 1:
        return palette.steps[-2:-1]
    return tuple(palette.steps[round(i * (len(palette.steps) - 1) / (count - 1))] for i in range(count))


def _places_without(picture: Picture, fills: Mapping[str, str]) -> list[str]:
    """Places that belong to the question and have no figure; on the world map that is everywhere else."""
    if picture.region == "R:world":
        return sorted(set(points()) - set(fills) - {ANTARCTICA})
    return sorted({mark.place for mark in picture.marks if mark.value is None})


def _draw_shapes(sheet: Sheet, view: View, fills: Mapping[str, str], empty: Sequence[str]) -> None:
    """Land outside of the question, then places without data and their hatching, then a layer for each class.

    Every shape is in one layer only: shapes are what takes the renderer's time.
    """
    palette = sheet.palette
    hollow = {"fill": palette.empty, "stroke": palette.border}
    if sheet.picture.region == "R:world":
        _draw_land(sheet, view, {"not": _is_one_of([ANTARCTICA, *fills])}, hollow)
    else:
        outside = {"not": _is_one_of([ANTARCTICA, *fills, *empty])}
        _draw_land(sheet, view, outside, {"fill": palette.track, "stroke": palette.border})
        if empty:
            _draw_land(sheet, view, _is_one_of(empty), hollow)
    if empty:
        lines = {"type": "geoshape", "filled": False, "stroke": palette.hatch, "strokeWidth": 1.1}
        data = {"name": HATCHING, "format": {"type": "json"}}
        sheet.layers.append({"data": data, "projection": view.spec, "mark": lines})
    for color in sorted(set(fills.values())):
        places = [place for place, fill in fills.items() if fill == color]
        _draw_land(sheet, view, _is_one_of(places), {"fill": color, "stroke": palette.ground})


def _is_one_of(places: Sequence[str]) -> Spec:
    return {"field": "properties.place", "oneOf": sorted(set(places))}


def _draw_land(sheet: Sheet, view: View, which: Spec, look: Spec) -> None:
    sheet.layers.append(
        {
            "data": {"name": SHAPES, "format": {"type": "topojson", "feature": "countries"}},
            "transform": [{"filter": which}],
            "projection": view.spec,
            "mark": {"type": "geoshape", "strokeWidth": 0.8, **look},
        }
    )


def _draw_circles(sheet: Sheet, view: View, fills: Mapping[str, str], empty: Sequence[str]) -> None:
    """Small states, above the shapes; hollow without data."""
    rows = []
    for place in sorted(small_states()):
        if place not in fills and place not in empty:
            continue
        x, y = view.pixel(*points()[place])
        if 0 <= x <= sheet.plot_width and 0 <= y <= view.height:
            fill = fills.get(place, sheet.palette.empty)
            rows.append({"x": round(x, 1), "y": round(y, 1), "fill": fill, "size": 130 if place in fills else 60})
    mark = {"type": "point", "opacity": 1, "strokeWidth": 1.6, "stroke": sheet.palette.border}
    size = {"field": "size", "type": "quantitative", "scale": None, "legend": None}
    sheet.draw(rows, mark, {**at("x", "x"), **at("y", "y"), **own("fill", "fill"), "size": size})


def _draw_reach(sheet: Sheet, view: View, picture: Picture, starts: Sequence[float]) -> None:
    rows = []
    for mark in picture.drawn:
        if mark.place in points() and class_of(mark.stated, starts)[1]:
            x, y = view.pixel(*points()[mark.place])
            rows.append({"x": round(x, 1), "y": round(y, 1)})
    dot = {"type": "point", "opacity": 1, "size": 30, "fill": "#FFFFFF", "stroke": "#000000", "strokeWidth": 1.4}
    sheet.draw(rows, dot, {**at("x", "x"), **at("y", "y")})


def _write_numbers(sheet: Sheet, view: View, picture: Picture) -> None:
    """The values on the map, the largest first, where they do not cover each other."""
    taken: list[Box] = []
    for mark in sorted(picture.drawn, key=lambda mark: -float(mark.stated.least)):
        if mark.place not in points() or mark.place in small_states():
            continue
        x, y = view.pixel(*points()[mark.place])
        text = picture.value_text(mark)
        width = text_width(text, BODY, bold=True)
        box = (x - width / 2, y - LINE, x + width / 2, y)
        inside = box[0] >= 0 and box[2] <= sheet.plot_width and box[1] >= 0 and box[3] <= view.height
        if inside and not any(cover(box, other) for other in taken):
            taken.append(box)
            sheet.write(text, x, y - LINE, bold=True, align="center", halo=True)


def _entries(sheet: Sheet, starts: Sequence[float], *, zero: bool) -> list[tuple[str, str]]:
    """The key: hatched no data, zero, then the classes."""
    words, palette = sheet.picture.words, sheet.palette
    entries = [("hatch", words.say("no_data"))]
    if zero:
        entries.append((palette.zero, words.number(0)))
    for index, (start, color) in enumerate(zip(starts, _steps(palette, len(starts)), strict=True)):
        entries.append((color, _class_name(sheet, starts, index, start)))
    return entries


def _write_key(sheet: Sheet, entries: Sequence[tuple[str, str]]) -> None:
    rows: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    edge = -12.0 if sheet.rtl else sheet.plot_width + 12
    y = max(0.0, (sheet.height - len(entries) * LINE) / 2)
    for color, text in entries:
        x = edge - 34 if sheet.rtl else edge
        rows.append(
            {"x": x, "x2": x + 34, "y": y, "y2": y + 22, "fill": sheet.palette.empty if color == "hatch" else color}
        )
        if color == "hatch":
            lines += [{"x": x + i, "x2": x + i + 11, "y": y + 22, "y2": y} for i in (0, 8, 16, 23)]
        sheet.write(text, edge - SIGN if sheet.rtl else edge + SIGN, y - 3, align="right" if sheet.rtl else "left")
        y += LINE
    box = {**at("x", "x"), "x2": {"field": "x2"}, **at("y", "y"), "y2": {"field": "y2"}}
    field = {"type": "rect", "stroke": sheet.palette.border, "strokeWidth": 1}
    sheet.draw(rows, field, {**box, **own("fill", "fill")})
    sheet.draw(lines, {"type": "rule", "stroke": sheet.palette.hatch, "strokeWidth": 1.4}, box)


def _class_name(sheet: Sheet, starts: Sequence[float], index: int, start: float) -> str:
    """The numbers of a class: whole people from and to, rates up to where the next class begins."""
    words = sheet.picture.words
    counts = all(isinstance(mark.stated.least, int) for mark in sheet.picture.drawn)

    def shown(number: float) -> str:
        return (
            grouped(int(number), words.numerals) if number >= 1 else f"{number:g}".replace(".", words.numerals.decimal)
        )

    if index == len(starts) - 1:
        return words.embed(f"≥ {shown(start if index else LADDER[0] if not counts else 1)}")
    after = starts[index + 1]
    if counts:
        return words.embed(f"{shown(start if index else 1)}–{shown(after - 1)}")
    return words.embed(f"{shown(start)} – < {shown(after)}" if index else f"< {shown(after)}")
