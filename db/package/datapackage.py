"""The data package: CSV files with a schema; read and checked as a whole, or written out again."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from db.model import rows
from db.model.cells import CellFault
from db.model.doubts import Doubt, doubts
from db.model.errors import Fault, PackageFaults
from db.model.records import Figure, Holdings, Measure, Membership, Place, Population, Source, Status
from db.model.spreadsheets import guarded_row, unguarded
from db.package.checks import check_links

DESCRIPTOR = "datapackage.json"
CHANGELOG = "CHANGELOG.md"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Package:
    """Everything that a data package holds, checked."""

    measures: tuple[Measure, ...]
    places: tuple[Place, ...]
    memberships: tuple[Membership, ...]
    sources: tuple[Source, ...]
    figures: tuple[Figure, ...]
    populations: tuple[Population, ...]
    changelog: str = field(default="", compare=False)
    """What changed, for readers; it goes along with an export and is no part of the data."""

    def holdings(self, *, revision: int = 1, recorded_at: datetime = _EPOCH, known_on: date | None = None) -> Holdings:
        """What answers read, without a database: withdrawn figures left out, as the store does."""
        by_place: dict[str, list[Figure]] = {}
        for figure in sorted(self.figures, key=lambda figure: figure.id):
            if figure.status is not Status.WITHDRAWN:
                by_place.setdefault(figure.place, []).append(figure)
        return Holdings(
            revision=revision,
            recorded_at=recorded_at,
            known_on=known_on,
            figures={place: tuple(figures) for place, figures in by_place.items()},
            sources={source.id: source for source in self.sources},
            measures={measure.id: measure for measure in self.measures},
            places={place.id: place for place in self.places},
            memberships=self.memberships,
            populations={(row.place, row.year): row for row in self.populations},
        )

    def doubts(self) -> list[Doubt]:
        """What should be looked at twice, and was not yet: nothing is wrong with it for certain."""
        held = self.holdings()
        return doubts(self.figures, held.sources, held.measures, held.authorities)


def built_in() -> Traversable:
    """The package that comes with the program."""
    return files("db") / "data"


def read_package(path: Path | None = None) -> Package:
    """Read a data package from a directory or a zip file; the one that comes with the program when no path is given.

    Raises PackageFaults with every fault of every file, never just the first.
    """
    root = _root(path)
    faults: list[Fault] = []
    measures, measure_lines = _read(root, "measures.csv", rows.MEASURE_COLUMNS, rows.read_measure, faults)
    places, place_lines = _read(root, "places.csv", rows.PLACE_COLUMNS, rows.read_place, faults)
    members, member_lines = _read(root, "region_members.csv", rows.MEMBERSHIP_COLUMNS, rows.read_membership, faults)
    sources, source_lines = _read(root, "sources.csv", rows.SOURCE_COLUMNS, rows.read_source, faults)
    figures, figure_lines = _read(root, "figures.csv", rows.FIGURE_COLUMNS, rows.read_figure, faults)
    populations, population_lines = _read(root, "population.csv", rows.POPULATION_COLUMNS, rows.read_population, faults)
    faults += check_links(
        measures=zip(measures, measure_lines, strict=True),
        places=zip(places, place_lines, strict=True),
        memberships=zip(members, member_lines, strict=True),
        sources=zip(sources, source_lines, strict=True),
        figures=zip(figures, figure_lines, strict=True),
        populations=zip(populations, population_lines, strict=True),
    )
    if faults:
        raise PackageFaults(tuple(sorted(faults)))
    return Package(tuple(measures), tuple(places), tuple(members), tuple(sources), tuple(figures), tuple(populations))


def write_package(package: Package, path: Path) -> None:
    """Write a package into a directory (made when missing): sorted rows, and the descriptor beside them.

    Reading it again gives an equal package.
    """
    path.mkdir(parents=True, exist_ok=True)
    _write(path / "measures.csv", rows.MEASURE_COLUMNS, map(rows.measure_cells, package.measures))
    _write(path / "places.csv", rows.PLACE_COLUMNS, map(rows.place_cells, package.places))
    _write(path / "region_members.csv", rows.MEMBERSHIP_COLUMNS, map(rows.membership_cells, package.memberships))
    sources = sorted(package.sources, key=lambda source: source.id)
    _write(path / "sources.csv", rows.SOURCE_COLUMNS, map(rows.source_cells, sources))
    figures = sorted(package.figures, key=lambda figure: figure.id)
    _write(path / "figures.csv", rows.FIGURE_COLUMNS, map(rows.figure_cells, figures))
    _write(path / "population.csv", rows.POPULATION_COLUMNS, map(rows.population_cells, package.populations))
    if package.changelog:
        (path / CHANGELOG).write_text(package.changelog, encoding="utf-8")
    with (built_in() / DESCRIPTOR).open("rb") as source, (path / DESCRIPTOR).open("wb") as target:
        shutil.copyfileobj(source, target)


def read_table(
    name: str,
    text: io.TextIOBase,
    columns: tuple[str, ...],
    read_row: Callable[[Mapping[str, str]], R | tuple[CellFault, ...]],
    faults: list[Fault],
) -> Iterator[tuple[R, int]]:
    """Each sound record of a CSV text with its line; what is wrong is added to ``faults``."""
    reader = csv.reader(text, strict=True)
    try:
        header = next(reader, [])
        if not _header_is_sound(name, header, columns, faults):
            return
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                wrong = f"has {len(cells)} cells, the header has {len(header)}"
                faults.append(Fault(name, reader.line_num, "", wrong, "quote cells that hold a comma"))
                continue
            outcome = read_row(dict(zip(header, map(unguarded, cells), strict=True)))
            if isinstance(outcome, tuple):
                faults += [Fault(name, reader.line_num, fault.column, fault.wrong, fault.advice) for fault in outcome]
            else:
                yield outcome, reader.line_num
    except csv.Error as problem:
        faults.append(Fault(name, reader.line_num, "", f"is not CSV: {problem}", "correct the quotes"))
    except UnicodeDecodeError as problem:
        faults.append(Fault(name, reader.line_num, "", f"is not UTF-8: {problem.reason}", "save it as UTF-8"))


def _root(path: Path | None) -> Traversable:
    if path is None:
        return built_in()
    if path.suffix == ".zip" and path.is_file():
        return zipfile.Path(path)
    return path


def _read(
    root: Traversable,
    name: str,
    columns: tuple[str, ...],
    read_row: Callable[[Mapping[str, str]], R | tuple[CellFault, ...]],
    faults: list[Fault],
) -> tuple[list[R], list[int]]:
    source = root / name
    if not source.is_file():
        faults.append(Fault(name, 0, "", "is missing", "put it beside the other files"))
        return [], []
    with source.open("rb") as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
        found = list(read_table(name, text, columns, read_row, faults))
    return [record for record, _ in found], [line for _, line in found]


def _header_is_sound(name: str, header: list[str], columns: tuple[str, ...], faults: list[Fault]) -> bool:
    before = len(faults)
    faults += [Fault(name, 1, column, "is missing", "add the column") for column in columns if column not in header]
    faults += [
        Fault(name, 1, column, "is no column of this file", "remove or rename it")
        for column in sorted(set(header) - set(columns))
    ]
    faults += [
        Fault(name, 1, column, "stands twice", "keep one of them")
        for column in sorted({column for column in header if header.count(column) > 1})
    ]
    return len(faults) == before


def _write(path: Path, columns: tuple[str, ...], cells: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(map(guarded_row, cells))
