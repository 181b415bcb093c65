"""The tables without versions (measures, places, memberships, populations): how a package renews them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, Table, delete, insert, update

from db.model import rows
from db.model.records import Measure, Place, Population
from db.model.tables import MEASURE, MEMBERSHIP, PLACE, POPULATION
from db.package.datapackage import Package
from db.store import reading
from db.store.recording import Row, Writer, batches

TABLES = (MEASURE, PLACE, MEMBERSHIP, POPULATION)


async def renewed_tables(reader: Writer, package: Package) -> tuple[str, ...]:
    """The reference tables in which a package brings something new or different."""
    found = []
    if set(package.measures) - set(await _read(reader, reading.select_measures(), reading.measure_of)):
        found.append(MEASURE.name)
    if set(package.places) - set(await _read(reader, reading.select_places(), reading.place_of)):
        found.append(PLACE.name)
    if list(package.memberships) != await _read(reader, reading.select_memberships(), reading.membership_of):
        found.append(MEMBERSHIP.name)
    if set(package.populations) != set(await _read(reader, reading.select_populations(), reading.population_of)):
        found.append(POPULATION.name)
    return tuple(found)


async def renew_table(writer: Writer, table: str, package: Package) -> None:
    """Bring one reference table to the package's rows.

    Measures and places are added and corrected, never removed, since figures hold on to them; memberships and
    populations are replaced. Populations need the keys of their sources first.
    """
    if table == MEASURE.name:
        stored = await _read(writer, reading.select_measures(), reading.measure_of)
        known = {measure.id: measure for measure in stored}
        await _merge(writer, MEASURE, known, {row.id: row for row in package.measures}, _measure_values)
    elif table == PLACE.name:
        places = {place.id: place for place in await _read(writer, reading.select_places(), reading.place_of)}
        await _merge(writer, PLACE, places, {row.id: row for row in package.places}, _place_values)
    elif table == MEMBERSHIP.name:
        members: list[Row] = [dict(rows.membership_cells(row)) for row in package.memberships]
        await _replace(writer, MEMBERSHIP, members)
    elif table == POPULATION.name:
        await _replace(writer, POPULATION, [_population_values(row) for row in package.populations])


async def _read(
    reader: Writer, statement: Select[*tuple[Any, ...]], record: Callable[[reading.AnyRow], Any]
) -> list[Any]:
    return [record(row) for row in await reader.execute(statement)]


async def _merge(
    writer: Writer,
    table: Table,
    known: Mapping[str, object],
    wanted: Mapping[str, Any],
    values: Callable[[Any], Row],
) -> None:
    new = [values(row) for id_, row in wanted.items() if id_ not in known]
    if new:
        await writer.execute(insert(table), new)
    for id_, row in wanted.items():
        if id_ in known and known[id_] != row:
            await writer.execute(update(table).where(table.c.id == id_).values(values(row)))


async def _replace(writer: Writer, table: Table, values: Sequence[Row]) -> None:
    await writer.execute(delete(table))
    for batch in batches(values):
        await writer.execute(insert(table), batch)


def _measure_values(measure: Measure) -> Row:
    return {**rows.measure_cells(measure), "summable": measure.summable}


def _place_values(place: Place) -> Row:
    return {**rows.place_cells(place), "iso3": place.iso3}


def _population_values(row: Population) -> Row:
    return {"place": row.place, "year": row.year, "inhabitants": row.inhabitants, "source": row.source}
