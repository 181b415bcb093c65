"""A change as lines for moderators: on one line for lists, or column by column, old → new, for previews."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.chat.documents import by_text
from bot.chat.refusals import COLUMN_NAMES
from bot.render.changed import change_spans
from bot.render.markdown import escaped, marked
from bot.words.names import cut as shortened
from bot.words.words import Words
from db.edits.change import Action, Change, FieldChange, FigureChange, HeadlineChange
from db.model.records import Figure

if TYPE_CHECKING:
    from db.edits.history import Entry

NOTHING = "∅"
_LONGEST_CELL = 160
_OF_VALUE = ("low", "high", "bound")
_QUIET_WHEN_NEW = {
    "id": "",
    "place": "",
    "measure": "",
    "who": "everyone",
    "destination": "SY+IQ",
    "status": "current",
    "title": "",
}
"""Columns of a new row that its first line tells, or whose usual value needs no line."""


def change_line(change: Change, words: Words) -> str:
    """One change on one line: what happened, to what, old → new."""
    return marked(change_spans(change, words))


def change_text(change: Change, words: Words) -> str:
    """One change on one line without markup, for files."""
    return "".join(span.text for span in change_spans(change, words)).replace("\n", " ")


def change_lines(change: Change, words: Words) -> list[str]:
    """One change with every column that differs."""
    lines = [f"**{change.action.value.capitalize()}**: {_subject(change, words)}"]
    lines += [_field_line(part, change) for part in _fields(change, words)]
    return lines


def entry_lines(entry: Entry, words: Words) -> list[str]:
    """One revision: who, when, why, and some of what it changed."""
    revision = entry.revision
    marks = [] if entry.via == "edit" else [entry.via]
    if entry.approved_by:
        marks.append(f"approved by {by_text(entry.approved_by)}")
    if revision.undoes is not None:
        marks.append(f"undoes {revision.undoes}")
    if entry.undone_by is not None:
        marks.append(f"undone by {entry.undone_by}")
    head = f"**{revision.id}** · {revision.at:%Y-%m-%d %H:%M} UTC · {by_text(revision.by)}"
    lines = [" · ".join([head, *marks]), f"> {escaped(shortened(revision.because, 200))}"]
    lines += [f"- {change_line(change, words)}" for change in entry.changes]
    if entry.total > len(entry.changes):
        lines.append(f"-# and {entry.total - len(entry.changes)} more")
    return lines


def listed(changes: Iterable[Change], words: Words, *, most: int, total: int) -> list[str]:
    """Some changes on a line each, and how many more there are."""
    lines = [f"- {change_line(change, words)}" for change, _ in zip(changes, range(most), strict=False)]
    return lines + ([f"-# and {total - len(lines)} more"] if total > len(lines) else [])


def _subject(change: Change, words: Words) -> str:
    if isinstance(change, FigureChange):
        figure = change.after
        who = "" if figure.who == "everyone" else f" · {words.who(figure.who)}"
        return f"{escaped(f'{words.place(figure.place)} · {words.measure(figure.measure)}{who}')} · `{figure.id}`"
    if isinstance(change, HeadlineChange):
        either = change.after or change.before
        assert either is not None  # a change has at least one side
        return f"headline of {escaped(f'{words.place(either.place)} · {words.measure(either.measure)}')}"
    return f"source {escaped(shortened(change.after.title, 120))} · `{change.id}`"


def _fields(change: Change, words: Words) -> list[FieldChange]:
    """What differs; the three columns of a value as one, and of a new row only what says something."""
    parts = [part for part in change.fields if part.column not in _OF_VALUE]
    if change.action is Action.ADDED:
        parts = [part for part in parts if part.new and _is_told(part)]
    if isinstance(change, FigureChange):
        old, new = _value(change.before, words), _value(change.after, words)
        if old != new:
            parts.insert(0, FieldChange("value", old, new))
    return parts


def _is_told(part: FieldChange) -> bool:
    usual = _QUIET_WHEN_NEW.get(part.column)
    return usual is None or usual not in ("", part.new)


def _field_line(part: FieldChange, change: Change) -> str:
    name = COLUMN_NAMES.get(part.column, part.column.replace("_", " "))
    if part.column in ("period_start", "period_end"):
        name = "period from" if part.column == "period_start" else "period until"
    new = _cell(part.new)
    is_new = change.action is Action.ADDED or (isinstance(change, HeadlineChange) and change.before is None)
    return f"- {name}: {new}" if is_new else f"- {name}: {_cell(part.old)} → **{new}**"


def _cell(text: str) -> str:
    return escaped(shortened(text, _LONGEST_CELL)) if text else NOTHING


def _value(figure: Figure | None, words: Words) -> str:
    return words.value(figure.value) if figure else ""
