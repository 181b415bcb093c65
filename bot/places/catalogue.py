"""The places and the measures held, read once from the dataset's own tables."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from db.model.records import Kind


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One row of `db/data/places.csv`."""

    id: str
    kind: str
    name: str
    iso3: str


@cache
def places() -> dict[str, PlaceRow]:
    """Every place by its id, in the order of the table."""
    return {row["id"]: PlaceRow(row["id"], row["kind"], row["name"], row["iso3"]) for row in _rows("places.csv")}


@cache
def measures() -> dict[str, Kind]:
    """What each measure counts, in the order in which they are offered: that of the table."""
    return {row["id"]: Kind(row["kind"]) for row in _rows("measures.csv")}


@cache
def members() -> dict[str, frozenset[str]]:
    """The countries of each region, whenever they were part of it."""
    found: dict[str, set[str]] = {}
    for row in _rows("region_members.csv"):
        found.setdefault(row["region"], set()).add(row["place"])
    return {region: frozenset(countries) for region, countries in found.items()}


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((files("db") / "data" / name).read_text(encoding="utf-8").splitlines()))
