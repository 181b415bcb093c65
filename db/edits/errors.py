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


@dataclass(eq=False)
class FaultsFound(ChangeRefused):
    """What was given does not fit; every fault is listed."""

    faults: Sequence[CellFault]

    def __str__(self) -> str:
        return "\n".join(f"{fault.column}: {fault.wrong}; {fault.advice}" for fault in self.faults)


@dataclass(eq=False)
class NotHeld(ChangeRefused):
    """Nothing of that id is held: look at the ids that come close."""

    kind: str
    """``figure``, ``source``, ``headline``, ``revision``, ``proposal``, ``watch``, ``gap`` …"""
    id: str
    close: Sequence[str] = ()


@dataclass(eq=False)
class Stale(ChangeRefused):
    """Somebody changed it meanwhile: look at what stands now, then decide again."""

    current: Figure | Source | Headline | None
    """What stands now; None when a headline was dropped meanwhile."""
    yours: int
    """The version that the change was made for."""
    changed: Sequence[str]
    """The columns that differ between that version and what stands now."""
    revision: Revision | None
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


@dataclass(eq=False)
class StillCited(ChangeRefused):
    """Figures still cite the source: retract or move them first, or retract all together."""

    source: str
    figures: Sequence[str]


@dataclass(eq=False)
class UndoBlocked(ChangeRefused):
    """It cannot be undone: later revisions touched the same rows, or nothing of it can be taken back."""

    revision: int
    later: Sequence[int]
    """The later revisions to undo first, newest first."""
    ids: Sequence[str]
    """Some of the rows that they touched."""
    reason: str = "later changes"


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
