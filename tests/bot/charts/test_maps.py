"""Maps: every place where it belongs, and no place taken for zero."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.chart import Chart
from bot.charts.maps import class_of, classes_for, view_of
from bot.charts.shapes.geometry import hatching, places_of_shapes, points, small_states, unwrapped, views, world
from bot.charts.specs import map_for
from tests.bot.charts.made import about, at_least, between, exact, fewer_than, rank_answer, world_answer


def places(kind: str) -> list[str]:
    text = (files("db") / "data" / "places.csv").read_text(encoding="utf-8")
    return [row["id"] for row in csv.DictReader(text.splitlines()) if row["kind"] == kind]


def members() -> dict[str, list[str]]:
    text = (files("db") / "data" / "region_members.csv").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["region"], []).append(row["place"])
    return found


def map_of_the_world() -> Chart:
    chart = map_for(world_answer())
    assert chart is not None
    return chart


def filled(chart: Chart) -> dict[str, str]:
    """Color by place of the shapes that have one."""
    found = {}
    for layer in chart.spec["layer"]:
        if layer["mark"]["type"] == "geoshape" and "transform" in layer:
            which = layer["transform"][0]["filter"]
            found.update(dict.fromkeys(which.get("oneOf", ()), layer["mark"]["fill"]))
    return found


def known_places() -> frozenset[str]:
    """Every place that the map can show."""
    return frozenset(places_of_shapes().values()) | small_states()


def test_every_shape_belongs_to_a_place_of_the_dataset() -> None:
    assert known_places() <= set(places("country"))


def test_every_place_with_a_figure_can_be_shown() -> None:
    text = (files("db") / "data" / "figures.csv").read_text(encoding="utf-8")
    held = {row["place"] for row in csv.DictReader(text.splitlines())} & set(places("country"))
    assert held - {"YT"} <= known_places()  # Mayotte has no shape of its own in the outlines
    assert known_places() - {"GF"} <= set(points())


def test_every_region_has_a_view_that_shows_its_members() -> None:
    missing = set(places("region")) - set(views()) - {"R:western_countries"}
    assert not missing, "western countries lie on four continents: their map is the world"
    for region, (west, south, east, north) in views().items():
        for place in members().get(region, ()):
            if place in points() and place != "US":
                x, y = points()[place]
                assert west <= x <= east, (region, place)
                assert south <= y <= north, (region, place)


def test_kosovo_is_drawn_though_it_has_no_numeric_code() -> None:
    assert "XK" in filled(map_of_the_world())


def test_french_guiana_is_not_coloured_as_france() -> None:
    shapes = {shape["properties"]["place"]: shape for shape in world()["objects"]["countries"]["geometries"]}
    assert shapes["GF"]["arcs"]
    assert not [arc for part in shapes["GF"]["arcs"] for arc in part if part in shapes["FR"]["arcs"]]


def test_places_without_data_are_hatched_on_the_world_map() -> None:
    chart = map_of_the_world()
    hatched = set(chart.spec["usermeta"]["hatched"])
    assert {"IS", "BR", "US"} <= hatched
    assert not hatched & {"TN", "PL", "LT", "XK"}


def test_on_a_region_map_only_its_own_places_are_hatched() -> None:
    chart = map_for(rank_answer())
    assert chart is not None
    assert chart.spec["usermeta"]["hatched"] == ["IS"]


def test_zero_has_a_colour_of_its_own() -> None:
    colors = filled(map_of_the_world())
    assert colors["LT"] not in {colors["TN"], colors["PL"], colors["XK"]}


def test_small_states_are_circles_and_hollow_without_data() -> None:
    layer = next(layer for layer in map_of_the_world().spec["layer"] if "size" in layer.get("encoding", {}))
    rows = layer["data"]["values"]
    assert len([row for row in rows if row["size"] == 130]) == 1, "Bahrain has a figure"
    assert len([row for row in rows if row["size"] == 60]) == len(small_states()) - 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (exact(0), (-1, False)),
        (exact(4), (0, False)),
        (exact(10), (1, False)),
        (between(5, 200), (0, True)),
        (at_least(5), (0, True)),
        (at_least(1000), (3, False)),
        (fewer_than(10), (0, False)),
        (fewer_than(11), (0, True)),
        (between(0, 5), (0, False)),
        (about(99), (1, False)),
    ],
)
def test_a_claim_is_classed_by_its_lowest_number(value: object, expected: tuple[int, bool]) -> None:
    assert class_of(value, (1, 10, 100, 1000)) == expected  # type: ignore[arg-type]


def test_classes_reach_to_the_highest_number() -> None:
    assert classes_for([exact(2), exact(6000)], 6)[-1] == 3000
    assert classes_for([exact(0)], 6)[-1] == 1


@given(st.floats(-179, 179), st.floats(-55, 83))
def test_every_point_of_the_world_lies_on_the_sheet(longitude: float, latitude: float) -> None:
    view = view_of("R:world", (), 768)
    x, y = view.pixel(longitude, latitude)
    assert -1 <= x <= 769
    assert -1 <= y <= view.height + 1


def test_the_middle_of_a_region_is_the_middle_of_its_map() -> None:
    view = view_of("R:europe", (), 768)
    west, south, east, north = views()["R:europe"]
    x, _ = view.pixel((west + east) / 2, (south + north) / 2)
    assert abs(x - 384) < 1


def test_places_named_one_by_one_get_the_closest_view() -> None:
    near = view_of("", ("BE", "FR"), 768)
    far = view_of("", ("BE", "AU"), 768)
    assert near.kind == "azimuthalEqualArea"
    assert far.kind == "equalEarth"


def test_hatching_stays_inside_of_its_place() -> None:
    lines = hatching(["FR"], 1.0)["geometry"]["coordinates"]
    assert len(lines) > 10
    for start, end in lines:
        for x, y in (start, end):
            assert -6 <= x <= 10
            assert 41 <= y <= 52


def test_a_ring_over_the_date_line_runs_on() -> None:
    assert unwrapped([(170.0, 0.0), (-170.0, 1.0), (-160.0, 2.0)]) == [(170.0, 0.0), (190.0, 1.0), (200.0, 2.0)]
