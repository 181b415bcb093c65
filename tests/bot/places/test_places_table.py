"""The tables of places and of regions' members."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from bot.places.catalogue import places

DATA = Path(__file__).parents[3] / "db" / "data"


def members() -> list[dict[str, str]]:
    with (DATA / "region_members.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_place_of_a_figure_is_held() -> None:
    with (DATA / "figures.csv").open(encoding="utf-8", newline="") as file:
        assert {row["place"] for row in csv.DictReader(file)} - set(places()) == set()


def test_members_are_countries_of_regions_held_each_once() -> None:
    pairs = [(row["region"], row["place"]) for row in members()]
    assert len(pairs) == len(set(pairs))
    assert {places()[region].kind for region, _ in pairs} == {"region"}
    assert {places()[place].kind for _, place in pairs} == {"country"}


def test_a_region_without_members_says_why() -> None:
    with_members = {row["region"] for row in members()}
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as file:
        bare = [row for row in csv.DictReader(file) if row["kind"] == "region" and row["id"] not in with_members]
    assert [row["id"] for row in bare] == ["R:north_caucasus"]
    assert all(row["note"] for row in bare)


def test_membership_of_the_european_union_is_dated() -> None:
    held = {row["place"]: row for row in members() if row["region"] == "R:european_union"}
    assert len(held) == 28
    assert held["HR"]["member_from"] == "2013-07-01"
    assert held["GB"]["member_until"] == "2020-01-31"
    assert all(date.fromisoformat(row["member_from"]) for row in held.values())
