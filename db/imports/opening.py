"""A file as the tables that it holds: one table, or the figures and sources of a data package in a zip."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from db.edits.entry.names import PlaceNames
from db.imports.decoding import decode
from db.imports.faults import Faults
from db.imports.grid import MOST_UNPACKED, BrokenGrid, Grid, csv_grid, unpacked_size, workbook_grid
from db.imports.layout import FIGURES, SOURCES, Sketch, Wishes, find_layout, sketch
from db.imports.plan import MOST_BYTES, ImportFile
from db.imports.sheets import Sheet
from db.model.cells import CellFault

MOST_ENTRIES = 1_000
MOST_LINES = 2_000_000
"""Lines of a file, empty ones among them: nobody reads a table of millions of blank lines."""
_DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)
"""What a damaged zip raises; a RuntimeError is how zipfile says that a password is needed."""
_TABLES = {"figures.csv": FIGURES, "sources.csv": SOURCES}


@dataclass(frozen=True, slots=True)
class Opened:
    """The tables of a file."""

    figures: Sheet | None = None
    sources: Sheet | None = None
    ignored: tuple[str, ...] = ()
    """Files of a zip that are not imported."""


def open_file(file: ImportFile, faults: Faults, names: PlaceNames | None, measures: Mapping[str, str]) -> Opened:
    """The tables of a file; what is wrong with it is noted, and then nothing of it is given."""
    name, data, wishes = file.name, file.data, file.wishes
    if len(data) > MOST_BYTES:
        wrong = f"has {len(data):,} bytes, the limit is {MOST_BYTES:,}"
        faults.add(name, 0, "", wrong, "split it into several files")
        return Opened()
    if not data.strip():
        faults.add(name, 0, "", "is empty", "choose the file with the rows")
        return Opened()
    try:
        if _is_package(data):
            return _open_package(name, data, faults)
        grid = _grid(file, faults)
    except _DAMAGED as problem:
        faults.add(name, 0, "", f"is a damaged or locked zip file: {problem}", "pack it again, without a password")
        return Opened()
    sheet = _sheet(grid, faults, wishes, names, measures) if grid else None
    if sheet is None:
        return Opened()
    return Opened(figures=sheet) if sheet.kind == FIGURES else Opened(sources=sheet)


def sketch_file(file: ImportFile, names: PlaceNames | None) -> Sketch:
    """The columns of a table with a guess each; nothing for what is no single table."""
    if len(file.data) > MOST_BYTES or not file.data.strip():
        return Sketch()
    try:
        grid = None if _is_package(file.data) else _grid(file, Faults())
    except _DAMAGED:
        return Sketch()
    try:
        return sketch(grid, file.wishes, names) if grid else Sketch()
    except BrokenGrid:
        return Sketch()


def _entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [entry for entry in archive.infolist() if not entry.is_dir() and "__MACOSX/" not in entry.filename]


def _is_package(data: bytes) -> bool:
    """Whether a file is a zip and no workbook, which is one too."""
    if not data.startswith(b"PK"):
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return not any(entry.filename.startswith("xl/") for entry in _entries(archive))


def _grid(file: ImportFile, faults: Faults) -> Grid | None:
    """The one table of a text or a workbook."""
    if not file.data.startswith(b"PK"):
        return _text_grid(file.name, file.data, faults)
    if unpacked_size(file.data) > MOST_UNPACKED:
        _refuse_large(file.name, faults)
        return None
    grid = workbook_grid(file.name, file.data, file.wishes.sheet)
    if isinstance(grid, CellFault):
        faults.add_cells(file.name, 0, [grid])
        return None
    return grid


def _open_package(name: str, data: bytes, faults: Faults) -> Opened:
    found: dict[str, zipfile.ZipInfo] = {}
    ignored = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = _entries(archive)
        for entry in entries[:MOST_ENTRIES]:
            table = entry.filename.rpartition("/")[2].lower()
            if table not in _TABLES:
                ignored.append(entry.filename)
            elif table in found:
                faults.add(entry.filename, 0, "", "stands in the zip twice", "keep one of them")
            else:
                found[table] = entry
        if any(entry.filename in ("content.xml", "word/document.xml") for entry in entries):
            advice = "open it in a spreadsheet and save its table as .xlsx"
            faults.add(name, 0, "", "is no Excel workbook", advice)
        elif not found:
            advice = "pack a data package, or import a CSV file"
            faults.add(name, 0, "", "holds no figures.csv and no sources.csv", advice)
        if faults.found or not found:
            return Opened()
        sheets = {table: _unpacked(archive, entry, _TABLES[table], faults) for table, entry in sorted(found.items())}
    if any(sheet is None for sheet in sheets.values()):
        return Opened()
    return Opened(sheets.get("figures.csv"), sheets.get("sources.csv"), tuple(sorted(ignored)))


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, kind: str, faults: Faults) -> Sheet | None:
    if entry.file_size > MOST_UNPACKED:  # before a byte of it is unpacked
        _refuse_large(entry.filename, faults)
        return None
    with archive.open(entry) as packed:
        data = packed.read(MOST_UNPACKED + 1)  # what the entry says of its own size need not be true
    if len(data) > MOST_UNPACKED:
        _refuse_large(entry.filename, faults)
        return None
    grid = _text_grid(entry.filename, data, faults)
    return _sheet(grid, faults, Wishes(), None, {}, kind) if grid else None


def _refuse_large(name: str, faults: Faults) -> None:
    faults.add(name, 0, "", f"unpacks to more than {MOST_UNPACKED:,} bytes", "split it into several files")


def _text_grid(name: str, data: bytes, faults: Faults) -> Grid | None:
    if data.count(b"\n") > MOST_LINES or data.count(b"\r") > MOST_LINES:
        faults.add(name, 0, "", f"has more than {MOST_LINES:,} lines", "remove the empty ones, or split it")
        return None
    decoded = decode(data)
    if isinstance(decoded, CellFault):
        faults.add_cells(name, 0, [decoded])
        return None
    return csv_grid(name, decoded.text, (decoded.remark,) if decoded.remark else ())


def _sheet(
    grid: Grid,
    faults: Faults,
    wishes: Wishes,
    names: PlaceNames | None,
    measures: Mapping[str, str],
    kind: str | None = None,
) -> Sheet | None:
    try:
        layout = find_layout(grid, wishes, names, faults, measures, kind)
    except BrokenGrid as problem:
        faults.add(grid.file, problem.line, "", problem.wrong, problem.advice)
        return None
    return Sheet(grid, layout, wishes) if layout else None
