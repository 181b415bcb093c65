"""A count without some group: a subtraction of one source's rows, where it counts both at one time, and else none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from bot.answers.answer import DifferenceBlock, OfferBlock, Outcome, RefusalBlock
from bot.answers.draft import Draft
from bot.answers.entries import Entry
from bot.answers.regions import WORLD, groups_in
from bot.answers.selection import select
from bot.answers.times import is_exact
from bot.questions.query import Refusal
from db.model.records import Counts, Who
from db.model.values import Bound, Interval, between, total

GROUPED = {frozenset((Who.WOMEN, Who.MINORS)): ((Who.WOMEN_AND_MINORS,),)}
"""Groups that sources also count as one."""


def remainder(draft: Draft) -> bool:
    """Answer each place without the groups that the query leaves out; False when it leaves out none.

    Only figures of one source, theatre and time are subtracted. Where none are held, the answer says so and offers what
    is.
    """
    groups = groups_in(draft.query.without)
    if not groups:
        return False
    for place in draft.query.places or (WORLD,):
        found = next(_subtractions(draft, place, groups), None)
        if found is None:
            _refuse(draft, place, groups)
            continue
        draft.outcome = Outcome.ANSWERED
        draft.blocks.append(found)
    return True


def _subtractions(draft: Draft, place: str, groups: Sequence[Who]) -> Iterator[DifferenceBlock]:
    """Every subtraction that the rows allow, the best whole first."""
    selection = select(draft.shelf, draft.query, place, draft.measure, draft.asked)
    for whole in (*selection.claims, *selection.earlier) if selection else ():
        for parts in (*GROUPED.get(frozenset(groups), ()), tuple(groups)):
            for taken in product(*(_matching(draft, whole, who) for who in parts)):
                value = difference(whole.figure.value, total(entry.figure.value for entry in taken))
                if value is not None:
                    claims = tuple(draft.shelf.claim(entry, exact=is_exact(entry, draft.asked)) for entry in taken)
                    shown = draft.shelf.claim(whole, exact=is_exact(whole, draft.asked))
                    yield DifferenceBlock(place, draft.measure, shown, claims, value)


def _matching(draft: Draft, whole: Entry, who: Who) -> list[Entry]:
    """One source's counts of a group of the very time and theatre of its count of the whole."""
    held = draft.shelf.of_source(whole.figure.place, who, whole.figure.source)
    return [
        entry
        for entry in held
        if entry.figure.measure == whole.figure.measure
        and entry.figure.destination is whole.figure.destination
        and (entry.moment, entry.period) == (whole.moment, whole.period)
        and entry.figure.official is whole.figure.official
        and entry.figure.counts in (whole.figure.counts, *_plain(whole))
    ]


def _plain(whole: Entry) -> tuple[Counts, ...]:
    """A count with families holds their women and minors, whom their own counts call just so."""
    return (Counts.AS_MEASURED,) if whole.figure.counts is Counts.WITH_FAMILIES else ()


def difference(whole: Interval, part: Interval) -> Interval | None:
    """What is left of a count without a part of it; None where the part may be all of it, or more.

    >>> str(difference(Interval(10, 10, Bound.EXACT), Interval(3, 3, Bound.EXACT)).low)
    '7'
    """
    low = None if part.most is None or whole.low is None else whole.low - part.most
    high = None if whole.most is None else whole.most - part.least
    if low is None or low < 0 or (high is not None and high < low):
        return None
    strict = whole.bound is Bound.MORE_THAN or part.bound is Bound.FEWER_THAN
    return between(low, high, strict_low=strict, exact=whole.bound is Bound.EXACT and part.bound is Bound.EXACT)


def _refuse(draft: Draft, place: str, groups: Sequence[Who]) -> None:
    """Say that the group cannot be taken out, and offer the count with it and those of the groups."""
    if draft.outcome is Outcome.NO_DATA:
        draft.outcome = Outcome.REFUSED
    draft.blocks.append(RefusalBlock(Refusal.NOT_SEPARABLE, ""))
    for who in (draft.query.who, *groups):
        query = replace(draft.query, places=(place,), who=who, without=())
        found = select(draft.shelf, query, place, draft.measure, draft.asked, who=who)
        if found is not None:
            draft.blocks.append(OfferBlock(found.show(draft.shelf, found.headline), ("who",), query))
