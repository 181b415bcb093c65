"""The places held: countries, regions and the world, read once from the dataset's own table."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


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
    text = (files("db") / "data" / "places.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["id"]: PlaceRow(row["id"], row["kind"], row["name"], row["iso3"]) for row in rows}
