"""The grades that the written rule gives the figures of a whole dataset."""

from __future__ import annotations

from db.model.grading import Voice, credibility
from db.model.records import Holdings


def credibilities(holdings: Holdings) -> dict[str, int]:
    """The grade of each figure that is held: by the rule, or a moderator's where one is given with its reason."""
    grades = {}
    for figures in holdings.figures.values():
        topics: dict[tuple[str, str], list[Voice]] = {}
        for figure in figures:
            topics.setdefault((figure.measure, figure.who), []).append((figure, holdings.authorities(figure)))
        for voices in topics.values():
            for figure, bodies in voices:
                kind = holdings.measures[figure.measure].kind
                by_rule = not figure.grade_reason
                grades[figure.id] = credibility(figure, bodies, voices, kind) if by_rule else figure.credibility
    return grades
