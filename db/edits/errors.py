"""Why a change of the dataset is not made, as data; nothing was written when one of these is raised.

DatasetError
└── ChangeRefused
    ├── FaultsFound
    ├── NotHeld
    ├── Stale
    ├── NothingChanges
    ├── StillCited
    ├── UndoBlocked
    ├── DatasetMoved
    ├── NotPending
    └── OwnProposal
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.model.cells import CellFault
from db.model.errors import DatasetError

if TYPE_CHECKING:
    from db.model.records import Figure, Headline, Revision, Source


class ChangeRefused(DatasetError):
    """A change is not made; nothing was written."""


class FaultsFound(ChangeRefused):
    """What was given does not fit; every fault is listed."""

    def __init__(self, faults: Sequence[CellFault]) -> None:
        super().__init__(tuple(faults))
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join(f"{fault.column}: {fault.wrong}; {fault.advice}" for fault in self.faults)


class NotHeld(ChangeRefused):
    """Nothing of that id is held: look at the ids that come close."""

    def __init__(self, kind: str, id: str, close: Sequence[str] = ()) -> None:
        super().__init__(kind, id, tuple(close))
        self.kind = kind
        """``figure``, ``source``, ``headline``, ``revision``, ``proposal``, ``watch``, ``gap`` …"""
        self.id = id
        self.close = tuple(close)


class Stale(ChangeRefused):
    """Somebody changed it meanwhile: look at what stands now, then decide again."""

    def __init__(
        self, current: Figure | Source | Headline | None, yours: int, changed: Sequence[str], revision: Revision | None
    ) -> None:
        super().__init__(current, yours, tuple(changed))
        self.current = current
        """What stands now; None when a headline was dropped meanwhile."""
        self.yours = yours
        """The version that the change was made for."""
        self.changed = tuple(changed)
        """The columns that differ between that version and what stands now."""
        self.revision = revision
        """Who changed it last, when and why."""

    def __str__(self) -> str:
        who = f" by {self.revision.by} (revision {self.revision.id})" if self.revision else ""
        columns = ", ".join(self.changed) or "nothing visible"
        advice = (type(self).__doc__ or "").partition("\n")[0]
        return f"{advice} (changed since version {self.yours}{who}: {columns})"


@dataclass(eq=False)
class NothingChanges(ChangeRefused):
    """It stands like that already."""

    id: str


class StillCited(ChangeRefused):
    """Figures still cite the source: retract or move them first, or retract all together."""

    def __init__(self, source: str, figures: Sequence[str]) -> None:
        super().__init__(source, tuple(figures))
        self.source = source
        self.figures = tuple(figures)


class UndoBlocked(ChangeRefused):
    """It cannot be undone: later revisions touched the same rows, or nothing of it can be taken back."""

    def __init__(self, revision: int, later: Sequence[int], ids: Sequence[str], reason: str = "later changes") -> None:
        super().__init__(revision, tuple(later), tuple(ids))
        self.revision = revision
        self.later = tuple(later)
        """The later revisions to undo first, newest first."""
        self.ids = tuple(ids)
        """Some of the rows that they touched."""
        self.reason = reason


@dataclass(eq=False)
class DatasetMoved(ChangeRefused):
    """The dataset was changed since the plan was made: read the file again."""

    planned: int
    current: int


@dataclass(eq=False)
class NotPending(ChangeRefused):
    """The proposal was decided already."""

    proposal: int
    state: str
    by: str


@dataclass(eq=False)
class OwnProposal(ChangeRefused):
    """A second person has to approve: nobody decides on a proposal of their own."""

    proposal: int
