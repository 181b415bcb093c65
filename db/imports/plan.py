"""What importing a file would do: everything is checked, nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from db.edits.change import Action, Cause, Change
from db.edits.entry.cells import Reading
from db.edits.summary import shortened
from db.imports.layout import Wishes
from db.model.cells import CellFault
from db.model.errors import Fault

MOST_BYTES = 50_000_000
"""The largest file that is read."""


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A moderator's file, and what was said of it."""

    data: bytes
    name: str
    cause: Cause | None = None
    """Why values change where rows do not say it themselves."""
    wishes: Wishes = field(default_factory=Wishes)
    """How its columns are to be read."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes that a file means, or why it is refused; a file with a single fault changes nothing."""

    name: str
    """The file."""
    revision: int
    """The revision of the dataset that this was planned on."""
    changes: tuple[Change, ...]
    """Sources, then figures, then picks that no longer fit; empty when anything is refused."""
    unchanged: int
    """Rows that stand like that already."""
    refused: tuple[Fault, ...]
    """Every fault, by line."""
    rows: int
    """The rows that were read."""
    ignored: tuple[str, ...] = ()
    """Files of a zip that are not imported."""
    cautions: tuple[CellFault, ...] = ()
    """Nothing wrong, yet worth reading before applying."""
    readings: tuple[Reading, ...] = ()
    """Names that were taken for something, each once."""
    remarks: tuple[str, ...] = ()
    """How the file was read, as far as that is not plain from the file: what was guessed, left out, passed over."""
    corrected: bytes = b""
    """Of a refused table of figures: as it was read, with what is wrong beside each row; empty for a large one."""

    @property
    def added(self) -> tuple[Change, ...]:
        """The figures and sources that are new."""
        return tuple(change for change in self.changes if change.action is Action.ADDED)

    @property
    def changed(self) -> tuple[Change, ...]:
        """What is held already and changes, withdrawn and restored ones included."""
        return tuple(change for change in self.changes if change.action is not Action.ADDED)

    @property
    def summary(self) -> str:
        """The plan in one line."""
        return shortened(f"import of {self.name[:80]}: {counted(self.changes) or 'nothing new'}")


def counted(changes: Iterable[Change]) -> str:
    """Changes by what happens to them, such as ``2 sources added, 1 figure changed``."""
    counts = Counter((change.subject, change.action.value) for change in changes)
    return ", ".join(
        f"{number} {subject}{'' if number == 1 else 's'} {action}" for (subject, action), number in counts.items()
    )
