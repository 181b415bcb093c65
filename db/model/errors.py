"""What can go wrong with the dataset, as data: the edges turn these into words.

DatasetError
├── DatabaseRefused
│   ├── DatabaseCorrupted
│   ├── DatabaseNewer
│   ├── DatabaseForeign
│   ├── DatabaseUnreachable
│   └── DriverMissing
├── WriteUncertain
├── PackageFaults
└── RevisionUnknown
"""

from __future__ import annotations

from dataclasses import dataclass


class DatasetError(Exception):
    """Any broken promise of the dataset; its fields say which."""

    def __str__(self) -> str:
        """What is wrong and what to do (the first line of the class's own documentation), then the fields."""
        advice = (type(self).__doc__ or type(self).__name__).partition("\n")[0]
        fields = "; ".join(f"{name}: {value}" for name, value in vars(self).items())
        return f"{advice} ({fields})" if fields else advice


class DatabaseRefused(DatasetError):
    """The database cannot be used as it is; nothing was written to it."""


class DatabaseCorrupted(DatabaseRefused):
    """The file is damaged or is no database: restore a backup, or move it away to start anew."""

    def __init__(self, place: str, detail: str) -> None:
        super().__init__(place, detail)
        self.place = place
        self.detail = detail


class DatabaseNewer(DatabaseRefused):
    """A newer program made the database: upgrade the program, or restore a backup made before."""

    def __init__(self, place: str, found: str, known: str) -> None:
        super().__init__(place, found, known)
        self.place = place
        self.found = found
        self.known = known


class DatabaseForeign(DatabaseRefused):
    """The database holds another program's tables: point the database URL elsewhere."""

    def __init__(self, place: str, tables: tuple[str, ...]) -> None:
        super().__init__(place, tables)
        self.place = place
        self.tables = tables


class DatabaseUnreachable(DatabaseRefused):
    """The file or server cannot be opened: check the URL, the rights and that the server runs."""

    def __init__(self, place: str, detail: str) -> None:
        super().__init__(place, detail)
        self.place = place
        self.detail = detail


class DriverMissing(DatabaseRefused):
    """The URL needs a driver that is not installed: install the extra that brings it."""

    def __init__(self, module: str, extra: str) -> None:
        super().__init__(module, extra)
        self.module = module
        self.extra = extra


class WriteUncertain(DatasetError):
    """The server went away while it kept a change: look whether it stands before you try again."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong in a data file, where it is, and what to do about it."""

    file: str
    line: int
    """The line in the file, 1 for the header, 0 when the whole file is meant."""
    column: str
    wrong: str
    advice: str

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return f"{where}: {self.wrong}; {self.advice}"


class PackageFaults(DatasetError):
    """A data package is refused; every fault in it is listed."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class RevisionUnknown(DatasetError):
    """No such revision was recorded."""

    def __init__(self, revision: int) -> None:
        super().__init__(revision)
        self.revision = revision
