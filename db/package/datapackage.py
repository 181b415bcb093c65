"""The data package: CSV files with a schema; read and checked as a whole, or written out again."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from db.model import rows
from db.model.doubts import Doubt, doubts
from db.model.errors import Fault, PackageFaults
from db.model.layout import Layout
from db.model.records import Figure, Holdings, Measure, Membership, Place, Population, Source, Status
from db.model.spreadsheets import table_text, unguarded
from db.package.checks import check_links

DESCRIPTOR = "datapackage.json"
CHANGELOG = "CHANGELOG.md"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

R = TypeVar("R")
FILES: dict[str, tuple[str, Layout[Any]]] = {
    "measures": ("measures.csv", rows.MEASURES),
    "places": ("places.csv", rows.PLACES),
    "memberships": ("region_members.csv", rows.MEMBERSHIPS),
    "sources": ("sources.csv", rows.SOURCES),
    "figures": ("figures.csv", rows.FIGURES),
    "populations": ("population.csv", rows.POPULATIONS),
}
"""The parts of a package, each with its file and its columns."""


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
    read = {part: _read(root, file, layout, faults) for part, (file, layout) in FILES.items()}
    faults += check_links(**read)
    if faults:
        raise PackageFaults(tuple(sorted(faults)))
    parts: dict[str, Any] = {part: tuple(record for record, _ in lined) for part, lined in read.items()}
    return Package(**parts)


def write_package(package: Package, path: Path) -> None:
    """Write a package into a directory (made when missing): sorted rows, and the descriptor beside them.

    Reading it again gives an equal package.
    """
    path.mkdir(parents=True, exist_ok=True)
    for part, (file, layout) in FILES.items():
        records = getattr(package, part)
        if part in ("sources", "figures"):
            records = sorted(records, key=lambda record: record.id)
        text = table_text(layout.columns, map(layout.cells, records))
        (path / file).write_text(text, encoding="utf-8", newline="")
    if package.changelog:
        (path / CHANGELOG).write_text(package.changelog, encoding="utf-8")
    with (built_in() / DESCRIPTOR).open("rb") as source, (path / DESCRIPTOR).open("wb") as target:
        shutil.copyfileobj(source, target)


def read_table(name: str, text: io.TextIOBase, layout: Layout[R], faults: list[Fault]) -> Iterator[tuple[R, int]]:
    """Each sound record of a CSV text with its line; what is wrong is added to ``faults``."""
    reader = csv.reader(text, strict=True)
    try:
        header = next(reader, [])
        if not _header_is_sound(name, header, layout.columns, faults):
            return
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                wrong = f"has {len(cells)} cells, the header has {len(header)}"
                faults.append(Fault(name, reader.line_num, "", wrong, "quote cells that hold a comma"))
                continue
            outcome = layout.read(dict(zip(header, map(unguarded, cells), strict=True)))
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


def _read(root: Traversable, name: str, layout: Layout[Any], faults: list[Fault]) -> list[tuple[Any, int]]:
    source = root / name
    if not source.is_file():
        faults.append(Fault(name, 0, "", "is missing", "put it beside the other files"))
        return []
    with source.open("rb") as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
        return list(read_table(name, text, layout, faults))


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
