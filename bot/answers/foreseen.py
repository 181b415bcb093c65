"""What would be held after changes that are not written yet: for showing what they would do to answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from db.records import Figure, Headline, Holdings, Source, Status, Who

if TYPE_CHECKING:
    from db.edits.change import Change, FigureChange, HeadlineChange


def foreseen(holdings: Holdings, changes: Iterable[Change], more: Mapping[str, Source] | None = None) -> Holdings:
    """The holdings as they would be after some changes; the given ones stay as they are.

    ``more`` are sources that the changed figures cite and that nothing else held cites yet.
    """
    from db.edits.change import FigureChange, SourceChange

    figures = {place: {figure.id: figure for figure in listed} for place, listed in holdings.figures.items()}
    sources = {**(more or {}), **holdings.sources}
    picks = {(pick.place, pick.measure, pick.who): pick for pick in holdings.headlines}
    for change in changes:
        if isinstance(change, FigureChange):
            _change_figure(figures, change)
        elif isinstance(change, SourceChange):
            sources[change.id] = change.after
        else:
            _change_pick(picks, change)
    return replace(
        holdings,
        figures={
            place: tuple(sorted(listed.values(), key=lambda figure: figure.id))
            for place, listed in sorted(figures.items())
            if listed
        },
        sources=sources,
        headlines=tuple(picks.values()),
    )


def _change_figure(figures: dict[str, dict[str, Figure]], change: FigureChange) -> None:
    if change.before is not None:
        figures.get(change.before.place, {}).pop(change.id, None)
    if change.after.status is not Status.WITHDRAWN:
        figures.setdefault(change.after.place, {})[change.id] = change.after


def _change_pick(picks: dict[tuple[str, str, Who], Headline], change: HeadlineChange) -> None:
    either = change.after or change.before
    assert either is not None  # a change has at least one side
    key = (either.place, either.measure, either.who)
    if change.after is None:
        picks.pop(key, None)
    else:
        picks[key] = change.after
