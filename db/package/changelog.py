"""The dataset's changelog: every change on a line, newest first, as a Markdown file that goes with the data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from db.edits.history import Entry, history
from db.edits.summary import summarise
from db.store.engine import Database

MOST_REVISIONS = 1_000
"""Revisions that a changelog tells; older ones are counted."""
MOST_EACH = 50
"""Changes told of one revision; a bulk import is counted."""
SOMEBODY = "a moderator"
"""Whoever is known by the number of an account only: it stays in the database."""


async def changelog(database: Database, *, until: int | None = None) -> str:
    """The Markdown text of what changed, why and by whom, up to a revision."""
    before = None if until is None else until + 1
    entries = await history(database, limit=MOST_REVISIONS, changes_each=MOST_EACH, before=before)
    return "\n".join(["# Changes of the dataset", "", *_lines(entries)]).rstrip() + "\n"


def _lines(entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries:
        revision = entry.revision
        yield f"## Revision {revision.id} · {revision.at:%Y-%m-%d}"
        yield ""
        marks = [f"Undoes revision {revision.undoes}."] if revision.undoes is not None else []
        marks += [f"Approved by {_who(entry.approved_by)}."] if entry.approved_by else []
        yield " ".join([f"{_who(revision.by).capitalize()}: {_line(revision.because)}", *marks])
        yield ""
        yield from (f"- {_line(summarise((change,)))}" for change in entry.changes)
        if entry.total > len(entry.changes):
            yield f"- and {entry.total - len(entry.changes):,} more changes"
        yield ""
    if entries and entries[-1].revision.id > 1:
        yield f"{entries[-1].revision.id - 1:,} older revisions are not told here."


def _who(by: str) -> str:
    return SOMEBODY if by.isdecimal() else _line(by)


def _line(text: str) -> str:
    """A stored text on one line, without signs that Markdown or HTML would take."""
    flat = " ".join(text.split())
    return "".join(f"\\{sign}" if sign in "*_`[]<>#|~\\" else sign for sign in flat if sign.isprintable())
