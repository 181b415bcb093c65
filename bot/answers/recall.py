"""An earlier answer's question from what was kept of it, or from the question itself: ids are made, not drawn."""

from __future__ import annotations

from bot.answers.ids import answer_id
from bot.questions.canonical import canonical
from bot.questions.query import Query


def revision_of_answer(id: str, query: Query, latest: int) -> int | None:
    """The data revision on which a question has an answer of this id; None when there is none up to the latest."""
    wanted, subject = id.strip().lower(), canonical(query)
    return next((number for number in range(latest, -1, -1) if answer_id(subject, number) == wanted), None)
