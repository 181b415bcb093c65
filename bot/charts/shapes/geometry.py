"""The shapes of the map as the renderer needs them: loaded once, hatched where there is no data."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

Point = tuple[float, float]


@cache
def world() -> dict[str, Any]:
    """The TopoJSON of the world, each shape marked with its place id."""
    atlas: dict[str, Any] = json.loads((files(__package__) / "countries-110m.json").read_text(encoding="utf-8"))
    of_shape = places_of_shapes()
    shapes = atlas["objects"]["countries"]["geometries"]
    for shape in shapes:
        name = shape["properties"]["name"]
        shape["properties"] = {"place": of_shape[shape.get("id") or name]}
    shapes.append(_french_guiana(atlas))
    return atlas


def _french_guiana(atlas: dict[str, Any]) -> dict[str, Any]:
    """A shape of its own for GF: the atlas draws it as a part of France, which figures on France do not say."""
    shapes = atlas["objects"]["countries"]["geometries"]
    france = next(shape for shape in shapes if shape["properties"]["place"] == "FR")
    arcs = _arcs(atlas)
    overseas = [part for part in france["arcs"] if max(x for x, _ in _ring(part[0], arcs)) < -30]
    france["arcs"] = [part for part in france["arcs"] if part not in overseas]
    return {"type": "MultiPolygon", "arcs": overseas, "properties": {"place": "GF"}}


@cache
def places_of_shapes() -> dict[str, str]:
    """The place of each shape, by its ISO numeric code or, where it has none, by its name."""
    return {row["shape"]: row["place"] for row in _table("shapes.csv")}


@cache
def points() -> dict[str, Point]:
    """Longitude and latitude of the middle of each place."""
    return {row["place"]: (float(row["longitude"]), float(row["latitude"])) for row in _table("points.csv")}


@cache
def small_states() -> frozenset[str]:
    """The states that are too small for a shape and are drawn as circles."""
    return frozenset(row["place"] for row in _table("points.csv") if row["drawn"] == "circle")


@cache
def views() -> dict[str, tuple[float, float, float, float]]:
    """What a map of each region shows: west, south, east and north edge in degrees."""
    return {
        row["region"]: (float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"]))
        for row in _table("views.csv")
    }


def _table(name: str) -> list[dict[str, str]]:
    text = (files(__package__) / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def hatching(places: Iterable[str], step: float) -> dict[str, Any]:
    """Diagonal lines inside the shapes of some places, every ``step`` degrees, as one GeoJSON feature.

    The renderer has no patterns to fill with, so the lines are cut to the shapes here.
    """
    lines = [line for place in sorted(set(places)) for line in _lines_of(place, step)]
    return {"type": "Feature", "properties": {}, "geometry": {"type": "MultiLineString", "coordinates": lines}}


@cache
def _lines_of(place: str, step: float) -> tuple[tuple[Point, Point], ...]:
    crossings: dict[int, list[float]] = {}
    for ring in _rings().get(place, ()):
        for (ax, ay), (bx, by) in pairwise(ring):
            _cross(ax + ay, ax - ay, bx + by, bx - by, step, crossings)
    lines = []
    for level, along in crossings.items():
        along.sort()
        u = level * step
        for start, end in zip(along[::2], along[1::2], strict=False):
            lines.append((_degrees(u, start), _degrees(u, end)))
    return tuple(lines)


def _cross(u0: float, v0: float, u1: float, v1: float, step: float, found: dict[int, list[float]]) -> None:
    """Where an edge crosses the diagonals; u runs across the lines, v along them."""
    if u0 == u1:
        return
    low, high = min(u0, u1), max(u0, u1)
    level = int(low // step) + 1
    while level * step <= high:
        part = (level * step - u0) / (u1 - u0)
        found.setdefault(level, []).append(v0 + part * (v1 - v0))
        level += 1


def _degrees(u: float, v: float) -> Point:
    return round((u + v) / 2, 2), round((u - v) / 2, 2)


@cache
def _rings() -> dict[str, list[list[Point]]]:
    atlas = world()
    arcs = _arcs(atlas)
    found: dict[str, list[list[Point]]] = {}
    for shape in atlas["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for polygon in polygons:
            for ring in polygon:
                found.setdefault(shape["properties"]["place"], []).append(unwrapped(_ring(ring, arcs)))
    return found


def _arcs(atlas: dict[str, Any]) -> list[list[Point]]:
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs: list[list[Point]] = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def _ring(indexes: list[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for index in indexes:
        part = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += part[1:] if points else part
    return points


def unwrapped(points: list[Point]) -> list[Point]:
    """A ring that crosses the date line, made to run on beyond 180 degrees instead of jumping back."""
    shift = 0.0
    found: list[Point] = []
    for x, y in points:
        if found:
            jump = x + shift - found[-1][0]
            shift -= 360.0 * round(jump / 360.0)
        found.append((x + shift, y))
    return found
