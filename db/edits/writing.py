"""Writing checked changes as versions of one revision, inside a write transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.edits.change import Change, FigureChange, HeadlineChange, SourceChange
from db.store import recording


async def write_changes(
    writer: recording.Writer, changes: Sequence[Change], revision: int, told: int | None = None
) -> tuple[Change, ...]:
    """Write the changes, sources first, since figures point to them; give them, or the first, with their revision."""
    sources = [change for change in changes if isinstance(change, SourceChange)]
    figures = [change for change in changes if isinstance(change, FigureChange)]
    await recording.supersede_sources(writer, [change.id for change in sources if change.before], revision)
    await recording.insert_sources(writer, [change.after for change in sources], revision)
    await recording.supersede_figures(writer, [change.id for change in figures if change.before], revision)
    await recording.insert_figures(writer, [change.after for change in figures], revision)
    for change in changes:
        if isinstance(change, HeadlineChange):
            if change.before is not None:
                before = change.before
                await recording.supersede_headline(writer, before.place, before.measure, before.who, revision)
            if change.after is not None:
                await recording.insert_headline(writer, replace(change.after, revision=revision))
    return tuple(_recorded(change, revision) for change in changes[:told])


def _recorded(change: Change, revision: int) -> Change:
    if isinstance(change, FigureChange):
        return FigureChange(change.before, replace(change.after, revision=revision))
    if isinstance(change, SourceChange):
        return SourceChange(change.before, replace(change.after, revision=revision))
    return change if change.after is None else replace(change, after=replace(change.after, revision=revision))
