"""Rows of the tables as records; what repeats (dates, periods, values, words) is made once and shared.

Nothing here knows how a row was fetched: a row is its values, in the order of the columns named beside its reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from sys import intern
from typing import Any

from db.model.columns import date_of as date_of
from db.model.records import (
    FIGURES,
    SOURCES,
    Figure,
    Headline,
    Kind,
    Measure,
    Membership,
    Place,
    Population,
    Revision,
    Source,
    Who,
)
from db.model.rows import MEASURE_COLUMNS as MEASURE_COLUMNS
from db.model.rows import MEMBERSHIP_COLUMNS as MEMBERSHIP_COLUMNS
from db.model.rows import PLACE_COLUMNS as PLACE_COLUMNS

AnyRow = Sequence[Any]

_WHO = {word.value: word for word in Who}

FIGURE_COLUMNS = FIGURES.kept
SOURCE_COLUMNS = SOURCES.kept
REVISION_COLUMNS = ("id", "at", "by", "because", "summary", "undoes")
HEADLINE_COLUMNS = ("place", "measure", "who", "figure_id", "reason", "recorded")
POPULATION_COLUMNS = ("place", "year", "inhabitants", "source")


def figure_of(row: AnyRow) -> Figure:
    """A figure from a row of ``FIGURE_COLUMNS``."""
    return FIGURES.record(row)


def source_of(row: AnyRow) -> Source:
    """A source from a row of ``SOURCE_COLUMNS``."""
    return SOURCES.record(row)


def revision_of(row: AnyRow) -> Revision:
    """A revision from a row of ``REVISION_COLUMNS``."""
    return Revision(*row)


def headline_of(row: AnyRow) -> Headline:
    """A headline from a row of ``HEADLINE_COLUMNS``."""
    place, measure, who, figure, reason, recorded = row
    return Headline(place, measure, _WHO[who], figure, reason, recorded)


def population_of(row: AnyRow) -> Population:
    """A population from a row of ``POPULATION_COLUMNS``."""
    place, year, inhabitants, source = row
    return Population(intern(place), year, inhabitants, intern(source))


def measure_of(row: AnyRow) -> Measure:
    """A measure from a row of ``MEASURE_COLUMNS``."""
    id_, kind, label, unit, definition, summable, part_of = row
    return Measure(intern(id_), Kind(kind), label, unit, definition, bool(summable), part_of)


def place_of(row: AnyRow) -> Place:
    """A place from a row of ``PLACE_COLUMNS``."""
    id_, kind, name, iso3, note = row
    return Place(intern(id_), intern(kind), name, iso3, note)


def membership_of(row: AnyRow) -> Membership:
    """A membership from a row of ``MEMBERSHIP_COLUMNS``."""
    region, place, start, end, note = row
    return Membership(intern(region), intern(place), date_of(start), date_of(end), note)


def sorted_figures(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Figures in the stable order of their ids: databases sort letters in orders of their own."""
    return tuple(sorted(figures, key=lambda figure: figure.id))
