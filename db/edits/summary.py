"""A change in one line, as revisions keep it: ids, columns and values, no sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from db.edits.change import Action, Cause, Change, FigureChange, HeadlineChange
from db.model.records import Figure

LONGEST = 400


def summarise(changes: Sequence[Change], cause: Cause | None = None) -> str:
    """The summary of a revision.

    One change is told column by column; several are counted by what happens to them.
    """
    if len(changes) == 1:
        told = _told(changes[0])
    else:
        first = changes[0]
        counts = Counter((change.subject, change.action) for change in changes[1:])
        rest = ", ".join(f"{number} {subject}s {action}" for (subject, action), number in counts.items())
        told = f"{_told(first)}; {rest}"
    if cause is not None:
        told = f"{told} ({cause})"
    return shortened(told)


def shortened(text: str) -> str:
    """The text, cut to what a summary may hold."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def value_text(figure: Figure) -> str:
    """A value in the signs of the data: ``450``, ``~450``, ``≥300``, ``>300``, ``≤50``, ``<10`` or ``300–350``."""
    value = figure.value
    if value.low is not None and value.high is not None:
        sign = "~" if value.bound == "about" else ""
        return f"{sign}{value.low}" if value.low == value.high else f"{value.low}–{value.high}"
    signs = {"at_least": "≥", "more_than": ">", "at_most": "≤", "fewer_than": "<"}
    return f"{signs[value.bound]}{value.low if value.low is not None else value.high}"


def _told(change: Change) -> str:
    if isinstance(change, HeadlineChange):
        before = change.before.figure if change.before else "by rule"
        after = change.after.figure if change.after else "by rule"
        return f"headline {change.id}: {before} → {after}"
    subject = f"{change.subject} {change.id}"
    if change.action is Action.ADDED:
        value = f": {value_text(change.after)}" if isinstance(change, FigureChange) else f": {change.after.title}"
        return f"{subject} added{value}"
    if change.action is not Action.CHANGED:
        others = [part.column for part in change.fields if part.column not in ("status", "status_reason")]
        return f"{subject} {change.action}" + (f" ({', '.join(others)} changed too)" if others else "")
    parts = [f"{part.column} {_cell(part.old)} → {_cell(part.new)}" for part in change.fields]
    return f"{subject}: {', '.join(parts)}"


def _cell(text: str) -> str:
    if not text:
        return "∅"
    return text if len(text) <= 60 else text[:59] + "…"
