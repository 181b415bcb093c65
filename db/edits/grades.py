"""The credibility of figures as they are entered: by the rule, or a moderator's with its reason."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from db.edits.change import FigureChange
from db.edits.references import Known
from db.model.cells import CellFault
from db.model.grading import Voice, credibility
from db.model.records import Figure, Holdings, Status
from db.model.rows import FIGURES

UNJUDGED = 6
"""The grade of a figure that says none."""
MOST_VOICES = 300
"""So many rows of one topic are compared with a figure, the nearest in time."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def together(figures: Iterable[Figure], known: Known) -> Holdings:
    """Some figures with the sources that are known: enough to tell who counted."""
    places: dict[str, list[Figure]] = {}
    for figure in figures:
        places.setdefault(figure.place, []).append(figure)
    listed = {place: tuple(rows) for place, rows in places.items()}
    return Holdings(0, _NEVER, None, listed, known.sources, known.measures, known.places)


def graded(
    changes: Sequence[FigureChange], rivals: Mapping[str, Figure], known: Known
) -> tuple[list[FigureChange], list[tuple[str, CellFault]]]:
    """The changes with the grade that each figure gets beside its rivals, and what was written and is not taken.

    A grade that a moderator gives stays where its reason is given; a change of nothing but a grade without one is none.
    """
    standing = {**rivals, **{change.id: change.after for change in changes}}
    held = together((row for row in standing.values() if row.status is not Status.WITHDRAWN), known)
    topics: dict[tuple[str, str, str], list[Voice]] = {}
    for rows in held.figures.values():
        for row in sorted(rows, key=_when):
            topics.setdefault((row.place, row.measure, row.who), []).append((row, held.authorities(row)))
    done, told = [], []
    for change in changes:
        figure = change.after
        if figure.grade_reason or figure.status is Status.WITHDRAWN:
            done.append(change)
            continue
        voices = _near(figure, topics[figure.place, figure.measure, figure.who])
        rule = credibility(figure, held.authorities(figure), voices, known.measures[figure.measure].kind)
        before = change.before.credibility if change.before else UNJUDGED
        if figure.credibility not in (rule, before):
            wrong = f"{figure.credibility} is given without a reason: the rule gives {rule}, which is taken"
            told.append((figure.id, CellFault("credibility", wrong, "say why yours is another in grade_reason")))
        after = replace(figure, credibility=rule)
        if change.before is None or FIGURES.content(after) != FIGURES.content(change.before):
            done.append(FigureChange(change.before, after))
    return done, told


def _near(figure: Figure, voices: Sequence[Voice]) -> Sequence[Voice]:
    """Those around a figure in time: of a topic with thousands of rows, all would be more than anybody compares."""
    if len(voices) <= MOST_VOICES:
        return voices
    at = bisect_left(voices, _when(figure), key=lambda voice: _when(voice[0]))
    return voices[max(0, at - MOST_VOICES // 2) : at + MOST_VOICES // 2]


def _when(figure: Figure) -> date:
    when = figure.as_of or figure.period.end
    return when.last if when else date.min
