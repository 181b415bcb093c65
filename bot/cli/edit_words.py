"""Changes as lines for the terminal: old → new, what to look at twice, and the revision that was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from db.edits.change import Action, Change
from db.edits.entry.cells import Reading
from db.edits.making import Preview, Recorded
from db.model.cells import CellFault
from db.model.records import Revision

LISTED = 30
"""Changes that are listed unless all are wanted."""
_EMPTY = "∅"


def preview_lines(seen: Preview) -> Iterator[str]:
    """What a request would do."""
    yield from reading_lines(seen.readings)
    yield from change_lines(seen.changes, seen.total)
    yield from caution_lines(seen.cautions)


def change_lines(changes: Sequence[Change], total: int, listed: int | None = LISTED) -> Iterator[str]:
    """Each change with its columns, old → new; the rest is counted."""
    shown = changes[:listed]
    for change in shown:
        yield f"{change.subject} {clean(change.id)}: {change.action}"
        fields = [part for part in change.fields if part.column != "id"]
        width = max((len(part.column) for part in fields), default=0)
        for part in fields:
            new = clean(part.new) or _EMPTY
            old = "" if change.action is Action.ADDED else f"{clean(part.old) or _EMPTY} → "
            yield f"  {part.column:<{width}}  {old}{new}"
    if total > len(shown):
        yield f"… and {total - len(shown)} more"


def reading_lines(readings: Iterable[Reading]) -> Iterator[str]:
    """The names that were taken for something, each once."""
    for reading in dict.fromkeys(readings):
        yield f"Read: {reading.column} {clean(reading.written)!r} as {reading.meant} ({reading.name})"


def caution_lines(cautions: Iterable[CellFault]) -> Iterator[str]:
    """What is allowed, yet worth a second look."""
    for caution in cautions:
        yield f"Look twice: {caution.column}: {clean(caution.wrong)}; {clean(caution.advice)}"


def recorded_line(made: Recorded) -> str:
    """What was written, and how to take it back."""
    back = f'inflow undo {made.revision.id} --by … --because "…"'
    return f"Written as revision {made.revision.id}. To take it back: {back}"


def revision_line(revision: Revision) -> str:
    """A revision with who and when."""
    return f"revision {revision.id} · {revision.at:%Y-%m-%d %H:%M} UTC · {clean(revision.by)}"


def clean(text: str) -> str:
    """A stored text on one line, without signs that would steer a terminal.

    >>> clean("two" + chr(10) + "lines" + chr(27) + "[2J")
    'two lines[2J'
    """
    return "".join(letter if letter.isprintable() else " " if letter.isspace() else "" for letter in text)
