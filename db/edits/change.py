"""A change as old → new: what previews show, what is written, and what history tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Generic, TypeVar

from db.edits.entry.cells import Reading
from db.model import rows
from db.model.cells import CellFault
from db.model.records import Figure, Headline, Source, Status


class Cause(StrEnum):
    """Why a value changes although the source stays."""

    TYPO = "typo"
    RE_READ = "re_read"
    NEW_SOURCE = "new_source"


class Action(StrEnum):
    """What happens to a figure, a source or a headline."""

    ADDED = "added"
    CHANGED = "changed"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    PICKED = "picked"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column, old → new, in the words of the data package; an empty text is a cell without a value."""

    column: str
    old: str
    new: str


R = TypeVar("R", Figure, Source)


@dataclass(frozen=True, slots=True)
class _VersionChange(Generic[R]):
    """A record before and after; before is None for a new one."""

    before: R | None
    after: R

    @property
    def id(self) -> str:
        """The id of the figure, or the key of the source."""
        return self.after.id

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """What differs, column by column."""
        return differences(record_cells(self.before) if self.before else {}, record_cells(self.after))

    @property
    def action(self) -> Action:
        """What happens to the record."""
        if self.before is None:
            return Action.ADDED
        if self.before.status is self.after.status:
            return Action.CHANGED
        return {
            Status.WITHDRAWN: Action.WITHDRAWN,
            Status.DISPUTED: Action.DISPUTED,
            Status.CURRENT: Action.RESTORED,
        }[self.after.status]


class FigureChange(_VersionChange[Figure]):
    """A figure before and after."""

    __slots__ = ()
    subject: ClassVar = "figure"


class SourceChange(_VersionChange[Source]):
    """A source before and after."""

    __slots__ = ()
    subject: ClassVar = "source"


@dataclass(frozen=True, slots=True)
class HeadlineChange:
    """A moderator's pick before and after; after is None when the rule chooses again."""

    before: Headline | None
    after: Headline | None
    subject: ClassVar = "headline"

    @property
    def pick(self) -> Headline:
        """What stands afterwards, else what stood before."""
        either = self.after or self.before
        assert either is not None  # a change has at least one side
        return either

    @property
    def id(self) -> str:
        """Place, measure and who, joined by ``/``."""
        return f"{self.pick.place}/{self.pick.measure}/{self.pick.who}"

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """What differs, column by column."""
        return differences(headline_cells(self.before), headline_cells(self.after))

    @property
    def action(self) -> Action:
        """What happens to the pick."""
        return Action.DROPPED if self.after is None else Action.PICKED


Change = FigureChange | SourceChange | HeadlineChange


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """The cells that differ, in the order of the columns.

    >>> differences({"low": "4", "high": "4"}, {"low": "4", "high": "7", "note": "x"})
    (FieldChange(column='high', old='4', new='7'), FieldChange(column='note', old='', new='x'))
    """
    columns = dict.fromkeys([*new, *old])
    return tuple(
        FieldChange(column, old.get(column, ""), new.get(column, ""))
        for column in columns
        if old.get(column, "") != new.get(column, "")
    )


def headline_cells(headline: Headline | None) -> dict[str, str]:
    """What a pick says, as cells."""
    if headline is None:
        return {}
    return {"figure": headline.figure, "reason": headline.reason}


def record_cells(record: Figure | Source) -> dict[str, str]:
    """A figure or a source as cells of the data package."""
    return rows.figure_cells(record) if isinstance(record, Figure) else rows.source_cells(record)


@dataclass(frozen=True, slots=True)
class Planned:
    """The changes that a request means, checked, and what speaks for a second look at them."""

    changes: tuple[Change, ...]
    cautions: tuple[CellFault, ...] = ()
    """Nothing wrong, yet worth reading before confirming."""
    cells: Mapping[str, str] | None = None
    """The cells that were written, as they were read: what is confirmed needs no second reading."""
    readings: tuple[Reading, ...] = ()
    """Names that were taken for something."""
