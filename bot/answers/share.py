"""A part as a percentage of its whole, by interval arithmetic, both shown; what is no part of the other is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import OfferBlock, ShareBlock
from bot.answers.draft import Draft
from bot.answers.entries import Entry
from bot.answers.headline import Selection
from bot.answers.lookup import answer_place
from bot.answers.notes import Note, NoteKind
from bot.answers.offers import instead
from bot.answers.percent import is_capped
from bot.answers.regions import WORLD, countries_of, holding, is_region
from bot.answers.remarks import row_notes
from bot.answers.selection import select
from bot.answers.share_pairs import Side, Sides, best_pair
from bot.answers.share_sums import divide_by_sum, divide_members, divide_sum
from bot.questions.query import Intent
from db.model.records import Kind, Who
from db.model.values import Interval


def share(draft: Draft) -> None:
    """Divide a part by its whole, from one source or one date where there is one; else show the part, undivided."""
    places = draft.query.places or (WORLD,)
    pairs = _sides(draft, places)
    if pairs is None:
        _refuse(draft, places)
        return
    for sides in pairs:
        if not _divide(draft, sides):
            _undivided(draft, sides.part)


def _sides(draft: Draft, places: tuple[str, ...]) -> list[Sides] | None:
    """What the question divides by what; None where one is no part of the other.

    Of several places the one that holds all others is the whole. A who is divided by everyone, a fate by those who
    travelled, and places by the world.
    """
    query, measure = draft.query, draft.measure
    kind = draft.shelf.measure(measure).kind
    whole = next((place for place in places if _holds(draft, place, places)), None)
    parts = tuple(place for place in places if place != whole)
    if whole is not None:
        divisible = kind is not Kind.COUNTRIES and not holding(draft.shelf, parts, draft.asked)
        return [Sides(Side(parts, measure, query.who), Side((whole,), measure, query.who))] if divisible else None
    if query.who is not Who.EVERYONE:
        return [Sides(Side((one,), measure, query.who), Side((one,), measure, Who.EVERYONE)) for one in places]
    if whole_measure := draft.shelf.measure(measure).part_of:
        return [Sides(Side((one,), measure, query.who), Side((one,), whole_measure, query.who)) for one in places]
    mixed = len(places) > 1 and any(map(is_region, places))  # "Norway in the EU", of which it is no part
    can_be_part = kind is not Kind.COUNTRIES and measure != "prevented" and WORLD not in places
    if mixed or not can_be_part:
        return None
    return [Sides(Side(places, measure, query.who), Side((WORLD,), measure, query.who))]


def _holds(draft: Draft, whole: str, places: Sequence[str]) -> bool:
    """Whether a place strictly contains each of the others."""
    others = [place for place in places if place != whole]
    if not others or whole == WORLD:
        return bool(others)
    held = set(countries_of(draft.shelf, (whole,), draft.asked))
    return all(place != WORLD and set(countries_of(draft.shelf, (place,), draft.asked)) < held for place in others)


def _divide(draft: Draft, sides: Sides) -> bool:
    """Show the share of one part; False where no two figures allow it."""
    wholes = _published(draft, sides.whole)
    parts = _published(draft, sides.part)
    pair = best_pair(parts, wholes) if parts and wholes else None
    is_loose = pair is not None and is_capped(pair[0].figure.value, pair[1].figure.value)
    if (pair is None or is_loose) and _divide_sums(draft, sides, parts, wholes):
        return True
    if parts and wholes and pair:
        _show_pair(draft, parts, wholes, *pair)
    return pair is not None


def _divide_sums(draft: Draft, sides: Sides, parts: Selection | None, wholes: Selection | None) -> bool:
    """Show the share of a sum, or in one; False where nothing may be added up."""
    if not draft.shelf.measure(sides.part.measure).summable:
        return False
    if sides.part.places == sides.whole.places:
        return divide_members(draft, sides)
    if len(sides.part.places) > 1 or is_region(sides.part.places[0]):
        return divide_sum(draft, sides, wholes)
    return parts is not None and wholes is None and divide_by_sum(draft, sides, parts)


def _published(draft: Draft, side: Side) -> Selection | None:
    """What sources say of one place; of several places together they say nothing."""
    if len(side.places) > 1:
        return None
    return select(draft.shelf, draft.query, side.places[0], side.measure, draft.asked, who=side.who)


def _show_pair(draft: Draft, part: Selection, whole: Selection, mine: Entry, other: Entry, percent: Interval) -> None:
    draft.open_with(part)
    shown = part.show(draft.shelf, mine)
    if not any(isinstance(block, ShareBlock) for block in draft.blocks):
        draft.headline, draft.rule = shown, None  # chosen as one half of a pair, not by the headline rule
    draft.blocks.append(ShareBlock(part.place, shown, whole.show(draft.shelf, other), None, percent))
    if is_capped(mine.figure.value, other.figure.value):
        draft.remark([Note(NoteKind.CAPPED)])
    draft.remark(row_notes([mine, other], draft.query.destination))


def _undivided(draft: Draft, part: Side) -> None:
    """The part as it is held, where it cannot be divided; else what comes near."""
    found = [one for place in part.places if (one := _published(draft, replace(part, places=(place,))))]
    if not found:
        instead(draft, part.places[0], part.measure)
        return
    draft.remark([Note(NoteKind.NOT_DIVIDED)])
    for selection in found:
        answer_place(draft, selection, offers=len(found) == 1)


def _refuse(draft: Draft, places: tuple[str, ...]) -> None:
    """Show what is no part of anything undivided; of several places say so, and offer each one's share of the world."""
    if len(places) == 1:
        _undivided(draft, Side(places, draft.measure, draft.query.who))
        return
    draft.remark([Note(NoteKind.NOT_A_PART, {"places": ",".join(places)})])
    for place in places:
        selection = select(draft.shelf, draft.query, place, draft.measure, draft.asked)
        if place != WORLD and selection is not None:
            query = replace(draft.query, intent=Intent.SHARE, places=(place,))
            draft.blocks.append(OfferBlock(selection.show(draft.shelf, selection.headline), ("place",), query))
    if not draft.blocks:
        instead(draft, places[0], draft.measure)
