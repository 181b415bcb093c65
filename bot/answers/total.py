"""Totals: a region's published ones and, apart from them, the sum of its members; or the sum of the places asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import OfferBlock, Outcome
from bot.answers.compare import compare
from bot.answers.draft import Draft
from bot.answers.lookup import answer_place, lookup
from bot.answers.notes import Note, NoteKind
from bot.answers.offers import instead, offer_parts
from bot.answers.regions import WORLD, countries_of, holding, is_region
from bot.answers.selection import select
from bot.answers.sums import add_up


def total(draft: Draft) -> None:
    """Give published totals as claims and the sum of members as a separate thing; never add one to the other.

    Places of which one holds another are not added: each is shown by itself, and the whole is offered.
    """
    places = draft.query.places or (WORLD,)
    if len(places) == 1 and not is_region(places[0]):
        lookup(draft)
        return
    tangled = holding(draft.shelf, places, draft.asked)
    published: list[str] = []
    for place in places:
        selection = select(draft.shelf, draft.query, place, draft.measure, draft.asked)
        if selection is not None and (tangled or is_region(place)) and not draft.leaves_out(place):
            published.append(place)
            answer_place(draft, selection, offers=len(places) == 1)
    if tangled:
        draft.remark([Note(NoteKind.NOT_ADDED, {"why": "parent_child", "places": ",".join(tangled)})])
        _offer_the_whole(draft, tangled)
    elif add_up(draft, places) and published:
        draft.remark([Note(NoteKind.PUBLISHED_AND_SUM, {"region": place}) for place in published])
    if draft.outcome is Outcome.NO_DATA and not any(map(is_region, places)):
        compare(draft)  # what cannot be added stands side by side
        return
    if draft.outcome is Outcome.NO_DATA:
        offer_parts(draft, places)
    if draft.outcome is Outcome.NO_DATA:
        for place in places:
            instead(draft, place, draft.measure)


def _offer_the_whole(draft: Draft, tangled: Sequence[str]) -> None:
    """The valid question instead of a sum of whole and part: the whole alone, published or added up."""
    whole = max(tangled, key=lambda place: len(countries_of(draft.shelf, (place,), draft.asked)))
    selection = select(draft.shelf, draft.query, whole, draft.measure, draft.asked)
    if selection is None:
        add_up(draft, (whole,))
    else:
        claim = selection.show(draft.shelf, selection.headline)
        draft.blocks.append(OfferBlock(claim, ("place",), replace(draft.query, places=(whole,))))
