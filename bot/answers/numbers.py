"""The numbers that a question names: each is held, and who says it is told, or it is not, and the nearest is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.answers.answer import ClaimsBlock, OfferBlock, Outcome, claims_of
from bot.answers.draft import Draft
from bot.answers.entries import Entry
from bot.answers.notes import Note, NoteKind
from bot.answers.offers import offer_number
from bot.answers.regions import WORLD
from bot.answers.selection import scopes_of
from bot.answers.times import fits, is_exact, newest
from bot.questions.query import Intent, Query
from db.model.values import Number

MOST_SAYING = 3
"""Figures that are named for one number."""


def with_numbers(draft: Draft, fill: Callable[[Query], Draft]) -> Draft:
    """The draft with a word on each number that its query names and that its opening claim does not print.

    Where no figure that was asked states it, what is held without it answers, as ``fill`` answers a query.
    """
    query = draft.query
    if query.value is None:
        return draft
    if draft.outcome is Outcome.NO_DATA:
        found = fill(replace(query, value=None, values=()))
        if found.outcome is not Outcome.ANSWERED:
            return draft
        found.query, draft = query, found
    pool = _pool(draft)
    opens = draft.headline if query.intent in (Intent.LOOKUP, Intent.RANK) else None  # other sentences tell several
    opening = [opens.figure.value] if opens else []
    for number in (query.value, *query.values):
        if not any(number in value.printed for value in opening) and pool:
            _tell(draft, number, pool)
    return draft


def _pool(draft: Draft) -> list[Entry]:
    """Every figure of what was asked, or of what answers it, of the asked time."""
    query, scopes = draft.query, scopes_of(draft.query.destination)
    shown = [claim for block in draft.blocks if not isinstance(block, OfferBlock) for claim in claims_of(block)]
    return [
        entry
        for place in dict.fromkeys((*(query.places or (WORLD,)), *(claim.figure.place for claim in shown)))
        for measure in dict.fromkeys((draft.measure, *(claim.figure.measure for claim in shown)))
        for entry in draft.shelf.entries(place, measure, query.who, draft.asked.years)
        if fits(entry, draft.asked) and entry.scope in scopes
    ]


def _tell(draft: Draft, number: int, pool: Sequence[Entry]) -> None:
    """Who states a number, else what comes nearest to it; both are shown, so that the remark can name them."""
    saying = [entry for entry in pool if number in entry.figure.value.printed][:MOST_SAYING]
    if saying:
        ids = ",".join(entry.figure.id for entry in saying)
        draft.remark([Note(NoteKind.NUMBER_HELD, {"number": str(number), "figures": ids})])
    else:
        for place in draft.query.places or (WORLD,):
            offer_number(draft, place, number)
        saying = [min(pool, key=lambda entry: _distance(number, entry, draft))]
        draft.remark([Note(NoteKind.NUMBER_NOT_HELD, {"number": str(number), "figure": saying[0].figure.id})])
    shown = {claim.figure.id for block in draft.blocks for claim in claims_of(block)}
    shown |= {claim.figure.id for block in draft.blocks if isinstance(block, ClaimsBlock) for claim in block.earlier}
    for entry in saying:
        if entry.figure.id not in shown:
            claim = draft.shelf.claim(entry, exact=is_exact(entry, draft.asked))
            query = replace(draft.query, places=(entry.figure.place,), value=None, values=())
            draft.blocks.append(OfferBlock(claim, ("period",), query))


def _distance(number: int, entry: Entry, draft: Draft) -> tuple[Number, bool, int, str]:
    """How far a number is from what a figure prints: nothing inside of a range; what opens goes first of equals."""
    low, high = entry.figure.value.printed
    away: Number = 0 if low <= number <= high else min(abs(Decimal(end) - number) for end in (low, high))
    opens = draft.headline is not None and draft.headline.figure.id == entry.figure.id
    return away, not opens, -newest(entry, draft.asked), entry.figure.id
