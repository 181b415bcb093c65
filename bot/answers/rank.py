"""Places of a region by value; a rank whose ranges overlap is itself a range."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.answers.answer import RankBlock, Row
from bot.answers.draft import Draft
from bot.answers.headline import Selection
from bot.answers.leads import leading
from bot.answers.notes import Note, NoteKind
from bot.answers.offers import instead
from bot.answers.rates import missing_denominator, row
from bot.answers.regions import WORLD, is_region, membership_notes
from bot.answers.remarks import row_notes
from db.model.values import Bound, Interval

SHOWN = 5
"""Places shown when no number is asked."""
MOST_TIES = 5
"""Places that tie with the last one shown beyond the number asked; more are only counted."""
MOST_NAMED = 8
"""Contenders that are named; there may be many more."""
ENDLESS = Decimal("Infinity")

Edge = tuple[Decimal, int]


def with_ranks(rows: Sequence[Row], *, from_bottom: bool = False) -> list[Row]:
    """The rows, each with its best and its worst rank: behind those that every claim of the time sets before it."""
    reaches = [edges(made, from_bottom=from_bottom) for made in rows]
    lows, highs = sorted(low for low, _ in reaches), sorted(high for _, high in reaches)
    found: list[Row] = []
    for made, (low, high) in zip(rows, reaches, strict=True):
        above, below = len(rows) - bisect_right(lows, high), bisect_left(highs, low)
        first, last = (below, above) if from_bottom else (above, below)
        found.append(replace(made, rank_from=first + 1, rank_to=len(rows) - last))
    return found


def edges(made: Row, *, from_bottom: bool = False) -> tuple[Edge, Edge]:
    """The ends of what claims of the time state; one place is surely below another when its high one sorts first.

    A floor alone ("at least 158") says nothing of more, so it never turns an order of the most round; among the fewest
    it may be any larger number. A sum that lacks countries has no upper end, since they are known to be missing.
    """
    value = made.reach or made.value
    low = Decimal(value.least), 1 if value.bound is Bound.MORE_THAN else 0
    if value.most is None:
        return low, low if made.covered is None and not from_bottom else (ENDLESS, 0)
    return low, (Decimal(value.most), -1 if value.bound is Bound.FEWER_THAN else 0)


def rank(draft: Draft) -> None:
    """Rank the countries of a region (or of a list) by the claim that opens each one's answer.

    Countries beside a region are those whose place in it is asked for: they are shown wherever they stand.
    """
    query = draft.query
    places = query.places or (WORLD,)
    sought = tuple(place for place in places if not is_region(place))
    if len(places) == 1 and sought:
        places = (WORLD, *sought)
    if len(sought) == len(places):
        sought = ()  # a list of countries is ranked in itself
    countries = draft.countries(places)
    selections, tried = _arrivals(_selections(draft, countries))
    if tried:
        draft.remark([Note(NoteKind.NOT_RANKED, {"places": ",".join(tried)})])
    rows = [made for one in selections if (made := row(draft.shelf, one, per_million=query.per_million)) is not None]
    held = {made.place for made in rows}
    without = tuple(one.place for one in selections if one.place not in held)
    draft.remark([missing_denominator(without)] if without else [])
    if not rows:
        for place in places:
            instead(draft, place, draft.measure)
        return
    inside = draft.countries([place for place in places if is_region(place)])
    if sought and set(sought) <= set(inside):  # else the list is the region's countries and one that is none of them
        places = tuple(place for place in places if is_region(place))
    _show(draft, places, countries, selections, rows, sought)


def _show(
    draft: Draft,
    places: Sequence[str],
    countries: Sequence[str],
    selections: Sequence[Selection],
    rows: Sequence[Row],
    sought: Sequence[str],
) -> None:
    query = draft.query
    from_bottom = query.bottom is not None
    wanted = max(1, query.bottom or query.top or SHOWN)
    ranked = _ranked(rows, from_bottom=from_bottom)
    shown = _cut(ranked, wanted)
    shown = [*shown, *(made for made in ranked if made.place in sought and made not in shown)]
    opening = next(selection for selection in selections if selection.place == shown[0].place)
    draft.open_with(opening)
    held = {made.place for made in rows}
    draft.blocks.append(
        RankBlock(
            region=places[0] if len(places) == 1 and is_region(places[0]) else "",
            measure=draft.measure,
            who=query.who,
            per_million=query.per_million,
            rows=tuple(shown),
            ranked=len(rows),
            of=len(countries),
            missing=tuple(country for country in countries if country not in held),
            from_bottom=from_bottom,
        )
    )
    could = [made.place for made in ranked if made.rank_from is not None and made.rank_from <= wanted]
    if len(could) > wanted:
        first = {made.place for made in ranked[:wanted]}
        named = ",".join([place for place in could if place not in first][:MOST_NAMED])
        values = {"shown": str(min(wanted, len(shown))), "could": str(len(could)), "places": named}
        draft.remark([Note(NoteKind.TIES, values)])
    draft.remark(row_notes([draft.shelf.entry(made.claim.figure) for made in shown], query.destination))
    draft.remark(membership_notes(draft.shelf, places, draft.asked))


def _selections(draft: Draft, countries: Sequence[str]) -> list[Selection]:
    """Each country's claim of one theatre; figures of every theatre only where nothing else is held at all."""
    for strict in (True, False):
        found = leading(draft.shelf, draft.query, countries, draft.measure, draft.asked, strict=strict)
        if found:
            return found
    return []


def _arrivals(selections: Sequence[Selection]) -> tuple[list[Selection], list[str]]:
    """The places to rank, and those of which only counts with attempts are held, which would rank too high."""
    arrived = [selection for selection in selections if not selection.headline.attempts]
    if not arrived:
        return list(selections), []
    return arrived, [selection.place for selection in selections if selection.headline.attempts]


def _ranked(rows: Sequence[Row], *, from_bottom: bool) -> list[Row]:
    """The rows in order, each with the best and the worst rank that all claims of its time allow."""
    ranked = sorted(with_ranks(rows, from_bottom=from_bottom), key=lambda made: made.place)
    ranked.sort(key=lambda made: sum(map(Decimal, made.value.printed)), reverse=not from_bottom)  # shown nowhere
    # A ceiling alone is no value to rank by, nor is a floor alone one to rank the fewest by.
    ranked.sort(key=lambda made: made.value.low is None or (from_bottom and made.value.high is None))
    return ranked


def _cut(ranked: Sequence[Row], wanted: int) -> Sequence[Row]:
    """The rows asked for, and those after them that cannot be told from the last of them."""
    if len(ranked) <= wanted:
        return ranked
    last = ranked[wanted - 1]
    end = wanted
    while end < len(ranked) and end - wanted < MOST_TIES and _ties(ranked[end].value, last.value):
        end += 1
    return ranked[:end]


def _ties(one: Interval, other: Interval) -> bool:
    """Whether the printed numbers meet; an open end alone makes no tie at the cut, or everything would tie."""
    mine, theirs = one.printed, other.printed
    return mine[0] <= theirs[1] and theirs[0] <= mine[1]
