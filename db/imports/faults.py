"""The faults of a file while it is read: every one is kept, up to a bound that only a hopeless file meets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from db.model.cells import CellFault
from db.model.errors import Fault

MOST_FAULTS = 100_000
LINES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """One fault with every line that has it."""

    fault: Fault
    lines: tuple[int, ...]

    def __str__(self) -> str:
        if len(self.lines) == 1:
            return str(self.fault)
        shown = ", ".join(map(str, self.lines[:LINES_SHOWN])) + (" …" if len(self.lines) > LINES_SHOWN else "")
        where = f"{self.fault.file}: {len(self.lines)} rows (lines {shown})"
        column = f": {self.fault.column}" if self.fault.column else ""
        return f"{where}{column}: {self.fault.wrong}; {self.fault.advice}"


def grouped(faults: Iterable[Fault]) -> tuple[FaultGroup, ...]:
    """The same fault of many rows once, with its lines; by the first line of each."""
    found: dict[tuple[str, str, str, str], list[Fault]] = {}
    for fault in faults:
        found.setdefault((fault.file, fault.column, fault.wrong, fault.advice), []).append(fault)
    return tuple(FaultGroup(group[0], tuple(fault.line for fault in group)) for group in found.values())


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
