"""One number with all that stands against it, for each place that was asked."""

from __future__ import annotations

from bot.answers.conflicts import claims_block
from bot.answers.draft import Draft
from bot.answers.offers import beside, instead, other_sides
from bot.answers.rates import rate_block
from bot.answers.regions import WORLD, is_region
from bot.answers.relays import Mismatch
from bot.answers.remarks import claim_notes
from bot.answers.selection import Selection, of_one_time, select
from bot.answers.sums import add_tiles, add_up
from bot.answers.times import Fit, fit

MOST_CHANGES = 4


def lookup(draft: Draft) -> None:
    """Answer each place by itself; a region without a published figure is added up from its members."""
    for place in draft.query.places or (WORLD,):
        selection = select(draft.shelf, draft.query, place, draft.measure, draft.asked)
        stated = selection is not None and fit(selection.headline, draft.asked) is Fit.STATED
        if not stated and add_tiles(draft, place):
            continue
        if selection is not None:
            answer_place(draft, selection if draft.query.peak else of_one_time(draft.shelf, selection))
        elif not (_is_named_region(place) and add_up(draft, (place,))):
            instead(draft, place, draft.measure)


def answer_place(draft: Draft, selection: Selection, *, offers: bool = True) -> None:
    """Show the claims of one place with every remark on them, and offer what is held beside."""
    draft.open_with(selection, earlier_too=True)
    draft.blocks.append(claims_block(draft.shelf, selection, peak=draft.query.peak))
    if draft.query.per_million:
        rate_block(draft, selection)
    changes = changes_of(draft, selection)
    draft.remark(claim_notes(draft.shelf, selection, changes, draft.query.destination))
    if offers:
        beside(draft, selection, changes)
    else:
        other_sides(draft, selection.claims, changes)


def _is_named_region(place: str) -> bool:
    """The whole world is added up on request only: the sum would rest on a third of its countries."""
    return is_region(place) and place != WORLD


def changes_of(draft: Draft, selection: Selection) -> tuple[Mismatch, ...]:
    """The relays among the claims that changed what they relay, the weightiest first."""
    return draft.shelf.changes(selection.place, selection.claims)[:MOST_CHANGES]
