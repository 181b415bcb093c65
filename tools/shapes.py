"""Make the two tables of the map: which shape is which place, and where each place lies.

Run by a developer, never by the bot: ``python -m tools.shapes WORLD_ATLAS_DIRECTORY``. The shapes are those
of the npm package world-atlas (Natural Earth); ISO numeric codes come from CLDR through Babel.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

from bot.charts.shapes.geometry import unwrapped

HERE = Path(__file__).parents[1] / "bot" / "charts" / "shapes"
COARSE, FINE = "countries-110m.json", "countries-50m.json"
WITHOUT_CODE = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}
"""Shapes without an ISO numeric code, by name: drawn with the ISO 3166-1 country that holds the code for the area."""
SMALL = (
    "AD AG BB BH CV DM FM GD KI KM KN LC LI MC MH MT MU MV NR PW SC SG SM ST TO TV VA VC WS"  # sovereign states
).split()


def codes() -> dict[str, str]:
    """ISO 3166-1 alpha-2 by numeric code, from CLDR."""
    from babel.core import get_global

    found = {}
    for numeric, places in get_global("territory_aliases").items():
        if numeric.isdigit() and len(places) == 1 and len(places[0]) == 2:
            found[numeric] = places[0]
    return found


def shape_rows(atlas: dict[str, Any], by_number: dict[str, str]) -> list[tuple[str, str]]:
    """(id or name of the shape, place) of every shape of the coarse map."""
    rows = []
    for shape in atlas["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        key = shape.get("id") or name
        rows.append((key, WITHOUT_CODE.get(name) or by_number[key]))
    return sorted(rows)


def point_rows(atlas: dict[str, Any], by_number: dict[str, str], drawn: set[str]) -> list[tuple[str, str, str, str]]:
    """(place, longitude, latitude, drawn as) of every shape, and of the small states from the finer map."""
    rows = []
    for shape in atlas["objects"]["countries"]["geometries"]:
        place = by_number.get(shape.get("id", "")) or WITHOUT_CODE.get(shape["properties"]["name"], "")
        if shape["properties"]["name"] in WITHOUT_CODE and place != "XK":
            continue
        if place in SMALL or place in drawn:
            longitude, latitude = middle(shape, atlas)
            rows.append((place, f"{longitude:.2f}", f"{latitude:.2f}", "circle" if place in SMALL else "shape"))
    return sorted(set(rows))


def middle(shape: dict[str, Any], atlas: dict[str, Any]) -> tuple[float, float]:
    """The centre of gravity of the largest ring of a shape, in degrees."""
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    rings = []
    for polygon in polygons:
        points: list[tuple[float, float]] = []
        for index in polygon[0]:
            part = arc(index, atlas)
            points += part if index >= 0 else part[::-1]
        rings.append(gravity(unwrapped(points)))
    area, x, y = max(rings)
    assert area > 0
    return (x + 180) % 360 - 180, y


def gravity(points: list[tuple[float, float]]) -> tuple[float, float, float]:
    """(area, x, y) of a closed ring."""
    doubled = x = y = 0.0
    for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
        cross = ax * by - bx * ay
        doubled, x, y = doubled + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    if not doubled:  # an island on the date line that the map cuts to a line
        return 0.0, *points[0]
    return abs(doubled) / 2, x / (3 * doubled), y / (3 * doubled)


def arc(index: int, atlas: dict[str, Any]) -> list[tuple[float, float]]:
    """The points of one arc in degrees, in the stored direction."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    x = y = 0
    points = []
    for dx, dy in atlas["arcs"][index if index >= 0 else ~index]:
        x, y = x + dx, y + dy
        points.append((x * sx + tx, y * sy + ty))
    return points


def write(name: str, header: tuple[str, ...], rows: list[Any]) -> None:
    """Write one table beside this file."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    """Write both tables."""
    source, by_number = Path(sys.argv[1]), codes()
    coarse = json.loads((source / COARSE).read_text(encoding="utf-8"))
    fine = json.loads((source / FINE).read_text(encoding="utf-8"))
    write("shapes.csv", ("shape", "place"), shape_rows(coarse, by_number))
    drawn = {place for _, place in shape_rows(coarse, by_number)}
    write("points.csv", ("place", "longitude", "latitude", "drawn"), point_rows(fine, by_number, drawn))


if __name__ == "__main__":
    main()
