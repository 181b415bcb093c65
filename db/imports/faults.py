"""The faults of a file while it is read: every one is kept, up to a bound that only a hopeless file meets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from db.cells import CellFault
from db.errors import Fault

MOST_FAULTS = 100_000


class TooManyFaults(Exception):
    """The bound is met: reading on would tell nobody anything."""


@dataclass(slots=True)
class Faults:
    """What was found so far."""

    found: list[Fault] = field(default_factory=list)

    def add(self, file: str, line: int, column: str, wrong: str, advice: str) -> None:
        """Note a fault; raises TooManyFaults when that was one too many."""
        if len(self.found) >= MOST_FAULTS:
            wrong = f"is the last line looked at: {MOST_FAULTS} faults were found up to here"
            self.found.append(Fault(file, line, "", wrong, "mend those first"))
            raise TooManyFaults
        self.found.append(Fault(file, line, column, wrong, advice))

    def add_cells(self, file: str, line: int, faults: Iterable[CellFault]) -> None:
        """Note the faults of one row."""
        for fault in faults:
            self.add(file, line, fault.column, fault.wrong, fault.advice)

    def sorted(self) -> tuple[Fault, ...]:
        """Every fault once, by file and line."""
        return tuple(sorted(set(self.found)))
