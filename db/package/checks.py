"""The checks that need the whole package: unique keys, links that lead somewhere, relays without a circle."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from db.model.columns import is_figure_id
from db.model.errors import Fault
from db.model.records import Figure, Measure, Membership, Place, Population, Source, Status
from db.model.relays import leads_back

R = TypeVar("R")
Lined = Sequence[tuple[R, int]]
"""Records, each with the line that it was read from."""


def check_links(
    *,
    measures: Lined[Measure],
    places: Lined[Place],
    memberships: Lined[Membership],
    sources: Lined[Source],
    figures: Lined[Figure],
    populations: Lined[Population],
) -> list[Fault]:
    """Every fault between the rows of a package."""
    faults: list[Fault] = []
    measure_ids = _unique("measures.csv", measures, lambda row: row.id, faults)
    for measure, line in measures:
        if measure.part_of:
            _known("measures.csv", line, "part_of", measure.part_of, measure_ids - {measure.id}, faults)
    place_ids = _unique("places.csv", places, lambda row: row.id, faults)
    countries = {place.id for place, _ in places if place.kind == "country"}
    source_ids = _unique("sources.csv", sources, lambda row: row.id, faults)
    for membership, line in memberships:
        _known("region_members.csv", line, "region", membership.region, place_ids - countries, faults)
        _known("region_members.csv", line, "place", membership.place, countries, faults)
    for source, line in sources:
        for relay in source.relays:
            _known("sources.csv", line, "relays", relay, source_ids, faults)
    faults += _circles(sources)
    _unique("figures.csv", figures, lambda row: row.id, faults)
    for figure, line in figures:
        _known("figures.csv", line, "place", figure.place, place_ids, faults)
        _known("figures.csv", line, "measure", figure.measure, measure_ids, faults)
        _known("figures.csv", line, "source", figure.source, source_ids, faults)
        if figure.relays is not None and not is_figure_id(figure.relays):
            _known("figures.csv", line, "relays", figure.relays, source_ids, faults)
    faults += _relayed_figures(figures)
    _unique("population.csv", populations, lambda row: (row.place, row.year), faults)
    for population, line in populations:
        _known("population.csv", line, "place", population.place, place_ids, faults)
        _known("population.csv", line, "source", population.source, source_ids, faults)
    return faults


def _relayed_figures(figures: Lined[Figure]) -> list[Fault]:
    """A figure that is relayed is held, stands, speaks of the same place, and does not lead back."""
    held = {figure.id: figure for figure, _ in figures}
    faults = []
    for figure, line in figures:
        path, at = {figure.id}, figure
        while at.relays is not None and is_figure_id(at.relays):
            upstream = held.get(at.relays)
            if upstream is None or upstream.status is Status.WITHDRAWN or upstream.place != figure.place:
                wrong = f"{at.relays!r} is not known, withdrawn, or of another place"
                faults.append(Fault("figures.csv", line, "relays", wrong, "name a figure that stands, or the document"))
                break
            if upstream.id in path:
                wrong = "relays lead back to this figure"
                faults.append(Fault("figures.csv", line, "relays", wrong, "remove the link that closes the circle"))
                break
            path.add(upstream.id)
            at = upstream
    return faults


def _unique(file: str, rows: Lined[R], key: Callable[[R], Hashable], faults: list[Fault]) -> set[Hashable]:
    seen: dict[Hashable, int] = {}
    for row, line in rows:
        known = seen.setdefault(key(row), line)
        if known != line:
            wrong = f"{key(row)!r} stands in line {known} already"
            faults.append(Fault(file, line, "id", wrong, "give each row its own key"))
    return set(seen)


def _known(file: str, line: int, column: str, value: str, known: Iterable[Hashable], faults: list[Fault]) -> None:
    if value not in known:
        faults.append(Fault(file, line, column, f"{value!r} is not known", "add its row or correct the key"))


def _circles(sources: Lined[Source]) -> list[Fault]:
    """Relays that lead back to where they started, reported once a source on the circle."""
    held = {source.id: source for source, _ in sources}
    advice = "remove the link that closes the circle"
    return [
        Fault("sources.csv", line, "relays", "relays lead back to this source", advice)
        for source, line in sources
        if leads_back(source.id, source.relays, held)
    ]
