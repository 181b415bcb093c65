"""The words for every change that the store refuses: what is wrong, what stands now, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.chat.documents import by_text
from bot.chat.views import cut
from bot.render.markdown import escaped
from db.edits.errors import (
    ChangeRefused,
    DatasetMoved,
    FaultsFound,
    NotHeld,
    NothingChanges,
    NotPending,
    OwnProposal,
    Stale,
    StillCited,
    UndoBlocked,
)
from db.model import rows
from db.model.errors import DatasetError, PackageFaults
from db.model.records import Figure, Headline, Source

if TYPE_CHECKING:
    from db.model.cells import CellFault

NOTHING_WRITTEN = "-# Nothing was written."
LIMIT = 1800
_SHOWN = 8
COLUMN_NAMES = {
    "low": "value",
    "high": "value",
    "bound": "value",
    "as_of": "as of",
    "period_start": "period",
    "period_end": "period",
    "because": "reason",
    "by": "who",
    "status_reason": "reason",
    "archive_url": "archive link",
    "url": "link",
}
"""How cards call the columns that have other names in the data."""
_VALUE = "write it as the source states it: 4, 420-516, about 2,000, more than 300, none"


def words_for_refusal(error: BaseException) -> str | None:
    """The words for a refusal of the store; None when the error is none."""
    if isinstance(error, PackageFaults):
        shown = [f"- {escaped(str(fault)[:200])}" for fault in error.faults[:_SHOWN]]
        return _told(["### That file does not fit", *shown, *_more(len(error.faults) - _SHOWN)])
    if isinstance(error, ChangeRefused):
        return _told(_refused(error))
    return None


def _refused(error: DatasetError) -> list[str]:
    match error:
        case FaultsFound():
            return ["### That does not fit yet", *fault_lines(error.faults)]
        case NotHeld():
            close = f"Close to it: {_codes(error.close)}" if error.close else _where(error.kind)
            return [
                f"### There is no such {escaped(error.kind)}",
                f"I hold no {error.kind} `{_code(error.id)}`.",
                close,
            ]
        case Stale():
            return _stale(error)
        case NothingChanges():
            return ["### Nothing would change", f"`{_code(error.id)}` stands like that already."]
        case StillCited():
            count = len(error.figures)
            return [
                "### Figures still cite that source",
                f"{count} figure{'' if count == 1 else 's'} cite `{_code(error.source)}`: {_codes(error.figures)}",
                "Move or retract them first, or retract all together with `with_figures: True`.",
            ]
        case UndoBlocked():
            return _undo_blocked(error)
        case DatasetMoved():
            return [
                "### The dataset has changed meanwhile",
                f"The preview was made on data revision {error.planned}; now there is revision {error.current}. "
                "Please give the command again and look at the new preview.",
            ]
        case NotPending():
            who = f" by {by_text(error.by)}" if error.by else ""
            return ["### Decided already", f"Proposal {error.proposal} is {escaped(error.state)}{who}."]
        case OwnProposal():
            return [
                "### A second person decides",
                f"Proposal {error.proposal} is your own; another moderator has to approve it. You may withdraw it "
                "with `/reject`.",
            ]
        case _:
            return ["### That change is refused", escaped(str(error))]


def fault_lines(faults: Iterable[CellFault]) -> list[str]:
    """Every fault on its line, in the words of the form; several of one value are one."""
    lines: dict[str, None] = {}
    for fault in faults:
        name = COLUMN_NAMES.get(fault.column, fault.column.replace("_", " "))
        advice = _VALUE if fault.column in ("low", "high", "bound") else fault.advice
        lines.setdefault(f"- **{escaped(name)}** {escaped(fault.wrong)}: {escaped(advice)}")
    return list(lines)


def _stale(error: Stale) -> list[str]:
    lines = ["### Somebody changed it meanwhile"]
    revision = error.revision
    if revision is not None:
        day = f"{revision.at:%Y-%m-%d %H:%M} UTC"
        lines.append(f"{by_text(revision.by)} on {day} (revision {revision.id}): {escaped(revision.because[:200])}")
    if error.current is None:
        return [*lines, "The pick that you saw was dropped: the rule chooses again."]
    cells = _cells(error.current)
    lines += [
        f"- **{escaped(COLUMN_NAMES.get(column, column.replace('_', ' ')))}** ({column}) is now: "
        f"{escaped(cells.get(column, '')[:200]) or '∅'}"
        for column in error.changed[:_SHOWN]
    ]
    return [*lines, "Look at what stands now, then decide again."]


def _cells(current: Figure | Source | Headline) -> dict[str, str]:
    if isinstance(current, Figure):
        return rows.figure_cells(current)
    if isinstance(current, Source):
        return rows.source_cells(current)
    return {"figure": current.figure, "reason": current.reason}


def _undo_blocked(error: UndoBlocked) -> list[str]:
    lines = [f"### Revision {error.revision} cannot be undone"]
    if error.later:
        later = ", ".join(str(number) for number in error.later[:_SHOWN])
        lines.append(f"Later revisions touched the same rows; undo them first, newest first: {later}.")
    else:
        lines.append(escaped(error.reason).capitalize() + ".")
    if error.ids:
        lines.append(f"They touched: {_codes(error.ids)}")
    return lines


def _where(kind: str) -> str:
    return {
        "figure": "Type a place or a source, and pick one of the suggestions.",
        "source": "Type a word of its title or publisher, and pick one of the suggestions.",
        "revision": "`/history` lists the revisions.",
        "proposal": "`/pending` lists what waits.",
        "headline": "There is no pick to drop: the rule chooses already.",
    }.get(kind, "Please pick one of the suggestions.")


def _codes(ids: Iterable[str]) -> str:
    listed = list(ids)
    shown = ", ".join(f"`{_code(id)}`" for id in listed[:_SHOWN])
    return shown + (f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else "")


def _code(id: str) -> str:
    return id.replace("`", "'").replace("\n", " ")[:120]


def _more(number: int) -> list[str]:
    return [f"-# and {number} more"] if number > 0 else []


def _told(lines: list[str]) -> str:
    return f"{cut(chr(10).join(lines), LIMIT)}\n{NOTHING_WRITTEN}"
