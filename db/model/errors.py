"""What can go wrong with the dataset, as data: the edges turn these into words.

DatasetError
├── DatabaseRefused
│   ├── DatabaseCorrupted
│   ├── DatabaseNewer
│   ├── DatabaseTooOld
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


@dataclass(eq=False)
class DatabaseCorrupted(DatabaseRefused):
    """The file is damaged or is no database: restore a backup, or move it away to start anew."""

    place: str
    detail: str


@dataclass(eq=False)
class DatabaseNewer(DatabaseRefused):
    """A newer program made the database: upgrade the program, or restore a backup made before."""

    place: str
    found: str
    known: str


@dataclass(eq=False)
class DatabaseTooOld(DatabaseRefused):
    """A program of before the first release made the database: export from there, and import the file here."""

    place: str
    found: str


@dataclass(eq=False)
class DatabaseForeign(DatabaseRefused):
    """The database holds another program's tables: point the database URL elsewhere."""

    place: str
    tables: tuple[str, ...]


@dataclass(eq=False)
class DatabaseUnreachable(DatabaseRefused):
    """The file or server cannot be opened: check the URL, the rights and that the server runs."""

    place: str
    detail: str


@dataclass(eq=False)
class DriverMissing(DatabaseRefused):
    """The URL needs a driver that is not installed: install the extra that brings it."""

    module: str
    extra: str


@dataclass(eq=False)
class WriteUncertain(DatasetError):
    """The server went away while it kept a change: look whether it stands before you try again."""

    place: str


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


@dataclass(eq=False)
class PackageFaults(DatasetError):
    """A data package is refused; every fault in it is listed."""

    faults: tuple[Fault, ...]

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


@dataclass(eq=False)
class RevisionUnknown(DatasetError):
    """No such revision was recorded."""

    revision: int
