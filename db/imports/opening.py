"""A file as the tables that it holds: one CSV, or the figures and sources of a data package in a zip."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

from db.cells import CellFault
from db.imports.decoding import decode
from db.imports.faults import Faults
from db.imports.plan import MOST_BYTES
from db.imports.sheets import FIGURES, SOURCES, Sheet, open_sheet

MOST_UNPACKED = 150_000_000
"""What one file of a zip may become: a short zip can unpack to any size."""
MOST_ENTRIES = 1_000
_TABLES = {"figures.csv": FIGURES, "sources.csv": SOURCES}


@dataclass(frozen=True, slots=True)
class Opened:
    """The tables of a file."""

    figures: Sheet | None = None
    sources: Sheet | None = None
    ignored: tuple[str, ...] = ()
    """Files of a zip that are not imported."""


def open_file(name: str, data: bytes, faults: Faults) -> Opened:
    """The tables of a file; what is wrong with it is noted, and then nothing of it is given."""
    if len(data) > MOST_BYTES:
        wrong = f"has {len(data):,} bytes, the limit is {MOST_BYTES:,}"
        faults.add(name, 0, "", wrong, "split it into several files")
        return Opened()
    if not data.strip():
        faults.add(name, 0, "", "is empty", "choose the file with the rows")
        return Opened()
    if data.startswith(b"PK"):
        return _open_zip(name, data, faults)
    sheet = _sheet(name, data, faults)
    if sheet is None:
        return Opened()
    return Opened(figures=sheet) if sheet.kind == FIGURES else Opened(sources=sheet)


def _open_zip(name: str, data: bytes, faults: Faults) -> Opened:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _open_archive(name, archive, faults)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as problem:
        # RuntimeError is how zipfile says that a password is needed.
        faults.add(name, 0, "", f"is a damaged or locked zip file: {problem}", "pack it again, without a password")
        return Opened()


def _open_archive(name: str, archive: zipfile.ZipFile, faults: Faults) -> Opened:
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and "__MACOSX/" not in entry.filename]
    found: dict[str, zipfile.ZipInfo] = {}
    ignored = []
    for entry in entries[:MOST_ENTRIES]:
        table = entry.filename.rpartition("/")[2].lower()
        if table not in _TABLES:
            ignored.append(entry.filename)
        elif table in found:
            faults.add(entry.filename, 0, "", "stands in the zip twice", "keep one of them")
        else:
            found[table] = entry
    if any(entry.filename.startswith("xl/") for entry in entries):
        faults.add(name, 0, "", "is a workbook, not a CSV file", "save it as 'CSV UTF-8' and import that")
        return Opened()
    if not found:
        faults.add(name, 0, "", "holds no figures.csv and no sources.csv", "pack a data package, or import a CSV file")
        return Opened()
    sheets = {table: _unpacked(archive, entry, _TABLES[table], faults) for table, entry in sorted(found.items())}
    if any(sheet is None for sheet in sheets.values()):
        return Opened()
    return Opened(sheets.get("figures.csv"), sheets.get("sources.csv"), tuple(sorted(ignored)))


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, kind: str, faults: Faults) -> Sheet | None:
    with archive.open(entry) as packed:
        data = packed.read(MOST_UNPACKED + 1)  # what the entry says of its own size need not be true
    if len(data) > MOST_UNPACKED:
        wrong = f"unpacks to more than {MOST_UNPACKED:,} bytes"
        faults.add(entry.filename, 0, "", wrong, "split it into several files")
        return None
    return _sheet(entry.filename, data, faults, kind)


def _sheet(name: str, data: bytes, faults: Faults, kind: str | None = None) -> Sheet | None:
    text = decode(data)
    if isinstance(text, CellFault):
        faults.add_cells(name, 0, [text])
        return None
    return open_sheet(name, text, faults, kind)
