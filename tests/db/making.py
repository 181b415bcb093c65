"""Figures, sources and packages for tests: plain ones, changed with ``dataclasses.replace``."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from db.model.records import Destination, Figure, Source, Who, Zero
from db.model.values import Bound, Interval, PartialDate, Period
from db.package.datapackage import Package, read_package
from db.store.figures import FigureStore
from db.store.reading import Versions

R = TypeVar("R")


def a_figure(id: str = "be-travelled-a", place: str = "BE", low: int = 10, source: str = "tsg_2015") -> Figure:
    """A figure that fits the built-in package."""
    return Figure(
        id=id,
        place=place,
        measure="travelled",
        who=Who.EVERYONE,
        destination=Destination.SY_IQ,
        value=Interval(low, low, Bound.EXACT),
        as_of=PartialDate(2015, 12),
        period=Period(),
        source=source,
        relays=None,
        basis="",
        locator="table 1",
        seen="primary",
        evidence=("https://example.org/a", "https://example.org/b"),
        credibility=3,
        zero=Zero.NONE if low == 0 else Zero.NOT_ZERO,
    )


def a_source(id: str = "some_report", relays: tuple[str, ...] = ()) -> Source:
    """A source that fits the built-in package."""
    return Source(
        id=id,
        title="A report",
        publisher="An institute",
        authors=("Ada Lovelace", "Alan Turing"),
        published=PartialDate(2016, 3),
        accessed=None,
        kind="think_tank",
        url="https://example.org/report",
        archive_url="",
        language="en",
        reliability="C",
        relays=relays,
    )


built_in = cache(read_package)
"""The built-in package, read once: it is never changed, and most of a small package is its tables of places."""


def a_package(figures: tuple[Figure, ...] = (), sources: tuple[Source, ...] = ()) -> Package:
    """The built-in package with other figures, and more sources."""
    whole = built_in()
    return Package(whole.measures, whole.places, whole.memberships, whole.sources + sources, figures, whole.populations)


async def versions_of(dataset: FigureStore, kind: Versions[R], id: str) -> list[R]:
    """Every version of a record, oldest first."""
    async with dataset._database.reading() as connection:
        return await kind.read(connection, kind.select().where(kind.key == id).order_by(kind.table.c.version))
