"""One value as a percentage of another, by interval arithmetic, both shown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.answers.answer import Note, NoteKind, ShareBlock
from bot.answers.draft import DEFAULT_MEASURE, Draft
from bot.answers.entries import Entry
from bot.answers.lookup import answer_place
from bot.answers.offers import instead
from bot.answers.regions import WORLD, countries_of, is_region
from bot.answers.remarks import row_notes
from bot.answers.selection import Selection, select
from bot.answers.times import LATEST
from db.records import Kind, Who
from db.values import Bound, Interval

PARTS_OF_TRAVELLED = ("returned", "killed", "present")
"""Measures of people who are among those who had travelled."""
WHOLE = Decimal(100)
QUARTER = 92
SAME_TIME = 2
"""Quarters within which one source's part and whole are taken together."""


@dataclass(frozen=True, slots=True)
class _Sides:
    """What is divided by what: (place, measure, who) of the part and of the whole."""

    part: tuple[str, str, Who]
    whole: tuple[str, str, Who]


def share(draft: Draft) -> None:
    """Divide a part by its whole, from one source and date where there is one; else show the sides, undivided."""
    sides = _sides(draft)
    if sides is None:
        instead(draft, (draft.query.places or (WORLD,))[0], draft.measure)
        return
    part = _side(draft, sides.part)
    whole = _side(draft, sides.whole)
    pair = _best_pair(part, whole) if part and whole else None
    if pair is not None and part and whole:
        _show(draft, part, whole, *pair)
    elif _is_named_region(sides.part[0]) and part is None and _by_members(draft, sides):
        return
    elif part is not None:
        draft.remark([Note(NoteKind.NOT_ADDED, {"why": "mixed"})] if whole else [])
        answer_place(draft, part)
    else:
        instead(draft, sides.part[0], sides.part[1])


def percentage(part: Interval, whole: Interval) -> Interval | None:
    """The percent that one count is of another; None when neither end can be told.

    The lowest is the least part of the most whole; an open whole leaves it open, and an open part the highest.
    Raises ValueError when the part is surely above the whole: it cannot be a part of it.
    """
    if whole.surely_below(part):
        raise ValueError("a part cannot be above its whole")
    low = None if part.low is None or not whole.most else _percent(part.low, whole.most)
    high = None if part.high is None or not whole.least else _percent(part.high, whole.least)
    if low is None and high is None:
        return None
    if low is not None and low > WHOLE:
        return None
    if high is not None and high > WHOLE:
        high = WHOLE
    if high is None:
        strict = part.bound is Bound.MORE_THAN or whole.bound is Bound.FEWER_THAN
        return Interval(low, None, Bound.MORE_THAN if strict else Bound.AT_LEAST)
    if low is None:
        strict = part.bound is Bound.FEWER_THAN or whole.bound is Bound.MORE_THAN
        return Interval(None, high, Bound.FEWER_THAN if strict else Bound.AT_MOST)
    if low == high:
        exact = part.bound is Bound.EXACT and whole.bound is Bound.EXACT
        return Interval(low, high, Bound.EXACT if exact else Bound.ABOUT)
    return Interval(low, high, Bound.RANGE)


def is_capped(part: Interval, whole: Interval) -> bool:
    """Whether the ranges would allow more than the whole."""
    return part.high is not None and whole.least > 0 and part.high > whole.least


def _percent(part: int | Decimal, whole: int | Decimal) -> Decimal:
    return Decimal(part) * WHOLE / Decimal(whole)


def _sides(draft: Draft) -> _Sides | None:
    """What the question divides by what.

    Two places: the first by the second, or the member by its region. A who: by everyone. A fate: by those who
    travelled. A country: by the world.
    """
    query, measure = draft.query, draft.measure
    places = query.places or (WORLD,)
    if len(places) > 1:
        part, whole = places[:2]
        if whole in countries_of(draft.shelf, (part,), draft.asked):
            part, whole = whole, part
        return _Sides((part, measure, query.who), (whole, measure, query.who))
    place = places[0]
    if query.who is not Who.EVERYONE:
        return _Sides((place, measure, query.who), (place, measure, Who.EVERYONE))
    if measure in PARTS_OF_TRAVELLED:
        return _Sides((place, measure, query.who), (place, DEFAULT_MEASURE, query.who))
    can_be_part = draft.shelf.measure(measure).kind is not Kind.COUNTRIES and measure != "prevented"
    if place != WORLD and can_be_part:
        return _Sides((place, measure, query.who), (WORLD, measure, query.who))
    return None


def _side(draft: Draft, side: tuple[str, str, Who]) -> Selection | None:
    place, measure, who = side
    return select(draft.shelf, draft.query, place, measure, draft.asked, who=who)


def _best_pair(part: Selection, whole: Selection) -> tuple[Entry, Entry, Interval] | None:
    """The pair of one source and about one date, else of dates as near as can be; then by the headline rule.

    A pair whose part could be above its whole gives way to one that fits.
    """
    best: tuple[tuple[int, int, int, int, int], Entry, Entry, Interval] | None = None
    for index, mine in enumerate((*part.claims, *part.earlier)):
        for position, other in enumerate((*whole.claims, *whole.earlier)):
            if mine.scope is not other.scope or mine.attempts != other.attempts:
                continue
            apart = _quarters_apart(mine, other)
            key = (
                0 if apart <= SAME_TIME and mine.figure.source == other.figure.source else 1,
                int(is_capped(mine.figure.value, other.figure.value)),
                apart,
                index,
                position,
            )
            if best is not None and key >= best[0]:
                continue
            if other.figure.value.surely_below(mine.figure.value):
                continue
            percent = percentage(mine.figure.value, other.figure.value)
            if percent is not None:
                best = (key, mine, other, percent)
    return best[1:] if best else None


def _is_named_region(place: str) -> bool:
    return is_region(place) and place != WORLD


def _quarters_apart(mine: Entry, other: Entry) -> int:
    """Dates of one quarter count as one date; an undated side is further away than any other."""
    one, two = mine.moment, other.moment
    if one is None or two is None:
        return LATEST
    return max(0, one[0] - two[1], two[0] - one[1]) // QUARTER


def _show(draft: Draft, part: Selection, whole: Selection, mine: Entry, other: Entry, percent: Interval) -> None:
    draft.open_with(part)
    draft.headline = part.show(draft.shelf, mine)
    draft.rule = None  # chosen as one half of a pair, not by the headline rule
    draft.blocks.append(ShareBlock(part.place, draft.headline, whole.show(draft.shelf, other), None, percent))
    if is_capped(mine.figure.value, other.figure.value):
        draft.remark([Note(NoteKind.CAPPED)])
    draft.remark(row_notes([mine, other], draft.query.destination))


def _by_members(draft: Draft, sides: _Sides) -> bool:
    """A region's share from the members that have both sides: each member's own, and none for the region as a whole."""
    region, measure, who = sides.part
    for country in countries_of(draft.shelf, (region,), draft.asked):
        part = _side(draft, (country, measure, who))
        whole = _side(draft, (country, *sides.whole[1:]))
        pair = _best_pair(part, whole) if part and whole else None
        if pair is not None and part and whole:
            _show(draft, part, whole, *pair)
    return any(isinstance(block, ShareBlock) for block in draft.blocks)
