"""One number with all that stands against it, for each place that was asked."""

from __future__ import annotations

from bot.answers.conflicts import claims_block
from bot.answers.draft import DEFAULT_MEASURE, Draft
from bot.answers.entries import Entry
from bot.answers.headline import Selection
from bot.answers.notes import Note, NoteKind
from bot.answers.offers import beside, instead, other_sides
from bot.answers.rates import rate_block
from bot.answers.regions import WORLD, is_named_region
from bot.answers.relays import Mismatch
from bot.answers.remarks import claim_notes
from bot.answers.selection import of_one_time, select
from bot.answers.sums import YEAR_DAYS, add_newer, add_tiles, add_up
from bot.answers.times import MONTH_DAYS, Asked, is_stated, newest
from db.model.records import Kind

MOST_CHANGES = 4
RATE = "monthly_rate"


def lookup(draft: Draft) -> None:
    """Answer each place by itself; a region without a published figure is added up from its members."""
    for place in draft.query.places or (WORLD,):
        if draft.leaves_out(place):  # what was published of the region holds what is to be left out
            if not add_up(draft, (place,)):
                instead(draft, place, draft.measure)
            continue
        selection = select(draft.shelf, draft.query, place, draft.measure, draft.asked)
        if selection is not None and selection.is_disputed and _by_another_count(draft, place):
            continue
        if _is_of_parts(draft, selection) and add_tiles(draft, place):
            continue
        if selection is not None and _is_old(draft, selection) and add_newer(draft, selection):
            continue
        if selection is not None:
            answer_place(draft, selection if draft.query.peak else of_one_time(draft.shelf, selection))
        elif not (is_named_region(place) and add_up(draft, (place,))) and not _by_another_count(draft, place):
            instead(draft, place, draft.measure)


def _is_of_parts(draft: Draft, selection: Selection | None) -> bool:
    """Whether the asked time may be told by counts over its parts: none over just that, nor up to a date, is held."""
    if selection is None or is_stated(selection.headline, draft.asked):
        return selection is None
    return selection.headline.is_stretch


def _is_old(draft: Draft, selection: Selection) -> bool:
    """Whether what was published of a region by the asked day speaks of a year before it, or longer ago."""
    if not is_named_region(selection.place) or not draft.asked.is_by:
        return False
    return draft.asked.last - newest(selection.headline, draft.asked) > YEAR_DAYS


def _by_another_count(draft: Draft, place: str) -> bool:
    """Answer a question for departures in a time with some of its years, a month's rate or all who had gone by then.

    The answer says that it does: nobody takes one for the other.
    """
    asked = draft.asked
    if draft.shelf.measure(draft.measure).kind is not Kind.FLOW or asked.is_open or asked.is_by or draft.query.peak:
        return False
    if add_tiles(draft, place, gaps=True):
        return True
    is_month = asked.last - asked.first <= MONTH_DAYS
    for measure in (RATE, DEFAULT_MEASURE) if is_month else (DEFAULT_MEASURE,):
        found = select(draft.shelf, draft.query, place, measure, asked)
        if found is not None:
            # What does not open stands under its own measure's name.
            if draft.opens_nothing and not _is_of(asked, found.headline):
                draft.remark([Note(NoteKind.OTHER_COUNT_ONLY, {"asked": draft.measure, "given": measure})])
            answer_place(draft, found)
            return True
    return False


def _is_of(asked: Asked, entry: Entry) -> bool:
    """Whether a count of all who had gone states just the asked time, give or take a month at its ends."""
    pairs = zip(entry.period, (asked.first, asked.last), strict=True)
    return entry.kind is not Kind.RATE and all(
        mine is not None and abs(mine - theirs) <= MONTH_DAYS for mine, theirs in pairs
    )


def answer_place(draft: Draft, selection: Selection, *, offers: bool = True) -> None:
    """Show the claims of one place with every remark on them, and offer what is held beside."""
    draft.open_with(selection, earlier_too=True)
    if draft.query.per_million:  # asked for a rate, the answer opens with it
        rate_block(draft, selection)
    draft.blocks.append(claims_block(draft.shelf, selection, peak=draft.query.peak))
    changes = changes_of(draft, selection)
    draft.remark(claim_notes(draft.shelf, selection, changes, draft.query.destination))
    if offers:
        beside(draft, selection, changes)
    else:
        other_sides(draft, selection.claims, changes)


def changes_of(draft: Draft, selection: Selection) -> tuple[Mismatch, ...]:
    """The relays among the claims that changed what they relay, the weightiest first."""
    return draft.shelf.changes(selection.place, selection.claims)[:MOST_CHANGES]
