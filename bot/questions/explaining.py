"""Why a question is read as it is: its spans with their roles, the best drafts, the weightiest features, the ledger."""

from __future__ import annotations

import math
from collections.abc import Iterator

from bot.questions.canonical import canonical
from bot.questions.ledger import text_of
from bot.questions.reader import PLAIN, Judged

DRAFTS = 5
REASONS = 8


def explained(judged: Judged) -> Iterator[str]:
    """The lines that ``inflow read --explain`` prints."""
    heard = judged.heard
    yield f"text      {heard.spans.text}"
    proper = heard.spans.clauses[heard.spans.proper] if heard.spans.clauses else None
    if proper is not None and len(heard.spans.clauses) > 1:
        yield f"asks      {heard.spans.text[proper.start : proper.end].strip()}"
    for kind, spans in heard.slots.items():
        for span, role, sure in zip(spans, heard.roles[kind], heard.sure[kind], strict=True):
            yield f"{kind:<9} {text_of(heard, span)!r} {role} ({sure:.0%})"
    for sense in heard.spans.senses:
        yield f"sense     {text_of(heard, sense)!r} {' '.join(sorted(sense.tags))}"
    for draft in judged.drafts[:DRAFTS]:
        yield f"draft     {math.exp(draft.score):.0%} {draft.outcome}: {canonical(draft.query)}"
    yield from _reasons(judged)
    for entry in judged.entries:
        yield f"ledger    {entry.fate} {entry.kind} {entry.text!r}{'' if entry.proper else ' (aside)'}"
    yield f"sure      {judged.confidence:.0%} ({'plain' if judged.confidence >= PLAIN else 'with the other readings'})"


def _reasons(judged: Judged) -> Iterator[str]:
    """The features that speak most for the likeliest outcome over the next, and against it."""
    ranked = sorted(judged.heard.intents, key=lambda name: -judged.heard.intents[name])
    chosen, rival = ranked[:2]
    reasons = judged.models["intent"].reasons(judged.heard.text_features, chosen, rival)
    for name, weight in reasons[:REASONS]:
        yield f"feature   {weight:+.2f} {name} ({chosen if weight > 0 else rival})"
