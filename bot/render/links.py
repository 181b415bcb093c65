"""The address that opens an answer's figures again in the page of ``inflow browse``."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from bot.answers.answer import Answer
from bot.questions.canonical import canonical

_NAMED = 60
"""Figures that an address names one by one; of more it names places and measures."""


class Reopened(NamedTuple):
    """What brings an answer back: its id, its question as the program keeps it, and its figures' address."""

    answer: str
    query: str
    view: str
    """Below the address of the page that ``inflow browse`` serves."""


def reopened(answer: Answer) -> Reopened:
    """The address of a view of an answer's figures; it carries the answer's id and its query."""
    figures = [claim.figure for claim in answer.claims]
    query = canonical(answer.reading.query) if answer.reading.query else ""
    if len(figures) <= _NAMED:
        chosen = {"figure__in": ",".join(figure.id for figure in figures)}
    else:
        held = {"place": {figure.place for figure in figures}, "measure": {figure.measure for figure in figures}}
        chosen = {f"{column}__in": ",".join(sorted(keys)) for column, keys in held.items()}
    carried = {"_answer": answer.id, "_revision": str(answer.revision), "_query": query}
    return Reopened(answer.id, query, f"inflow/claims?{urlencode({**chosen, **carried})}")
