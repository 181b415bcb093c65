"""Places side by side in one measure: like with like first, certain only where no claim of the time turns the order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from bot.answers.answer import CompareBlock, OfferBlock, Outcome, Row
from bot.answers.draft import Draft
from bot.answers.entries import Entry
from bot.answers.headline import Selection, may_be_older, off_definition, reach
from bot.answers.notes import Note, NoteKind
from bot.answers.offers import instead
from bot.answers.rank import rank, with_ranks
from bot.answers.rates import missing_denominator, row
from bot.answers.regions import is_named_region, is_region
from bot.answers.remarks import FAR_APART_DAYS, row_notes
from bot.answers.selection import select
from bot.answers.sums import floor_while_partial, summed
from bot.answers.times import LATEST, QUARTER_DAYS, newest, quarter
from bot.answers.trend import trend
from db.model.records import Kind
from db.model.values import Bound, Interval, span, widened

GROWN = 2
"""How many times its number a count may be after half a year."""


def compare(draft: Draft) -> None:
    """Set the places asked against each other; one region is ranked, one country is compared with itself in time."""
    places = [place for place in draft.query.places if place not in draft.query.without]
    if len(places) < 2:
        if not places or is_region(places[0]):
            rank(draft)
        else:
            trend(draft)
        return
    found = {
        place: selection
        for place in places
        if not draft.leaves_out(place)
        and (selection := select(draft.shelf, draft.query, place, draft.measure, draft.asked)) is not None
    }
    alike = _alike(draft, list(found.values()))
    rows: dict[str, Row] = {}
    without: list[str] = []
    for place in places:
        if place in found:
            chosen = _with_floors(alike.get(place, found[place]))
            made = row(draft.shelf, chosen, per_million=draft.query.per_million)
            if made is None:
                without.append(place)
        else:
            made = _of_members(draft, place)
        if made is not None:
            rows[place] = made
    if without:
        draft.remark([missing_denominator(tuple(without))])
    if rows:
        _show(draft, list(rows.values()), found, alike)
    for place in places:
        if place not in rows and place not in without:
            instead(draft, place, draft.measure)


def _alike(draft: Draft, selections: Sequence[Selection]) -> dict[str, Selection]:
    """Each place's claim by the newest source that speaks of all of them as of one time; empty where none need or can.

    What opens each answer is compared as it is where all of that is of one source or one quarter.
    """
    heads = [selection.headline for selection in selections]
    quarters = {quarter(head, draft.asked) for head in heads}
    if len(heads) < 2 or len(quarters) == 1 or len({head.figure.source for head in heads}) == 1:
        return {}
    # Where a time is asked, what speaks of all of them half a year before the rest speaks of another time.
    since = 0 if draft.asked.is_open else min(newest(head, draft.asked) for head in heads) - FAR_APART_DAYS
    by_source: dict[str, dict[str, Entry]] = {}
    for selection in selections:
        for entry in (*selection.claims, *selection.earlier):
            if not off_definition(entry.figure):
                known = by_source.setdefault(entry.figure.source, {}).get(selection.place)
                if known is None or newest(entry, draft.asked) > newest(known, draft.asked):
                    by_source[entry.figure.source][selection.place] = entry
    best: tuple[int, dict[str, Entry]] | None = None
    for entries in by_source.values():
        days = [newest(entry, draft.asked) for entry in entries.values()]
        if len(entries) == len(selections) and max(days) - min(days) <= FAR_APART_DAYS and min(days) >= since:
            best = max(best or (min(days), entries), (min(days), entries), key=lambda pair: pair[0])
    chosen = best[1] if best else _of_one_date(selections)
    return {
        selection.place: replace(
            selection, claims=(chosen[selection.place],), apart=0, set_reach=_reach(selection, chosen[selection.place])
        )
        for selection in selections
        if chosen
    }


def _of_one_date(selections: Sequence[Selection]) -> dict[str, Entry]:
    """Each place's claim of about the date of the oldest one that opens, where the others speak of other times."""
    heads = [selection.headline for selection in selections]
    days = [newest(head, selection.asked) for head, selection in zip(heads, selections, strict=True)]
    if any(head.is_stretch for head in heads) or max(days) - min(days) <= FAR_APART_DAYS:
        return {}
    found: dict[str, Entry] = {}
    for selection in selections:
        away = {
            entry: abs(newest(entry, selection.asked) - min(days))
            for entry in (*selection.claims, *selection.earlier)
            if not (off_definition(entry.figure) or entry.is_stretch or may_be_older(entry))
        }
        nearest = min(away, key=lambda entry: away[entry] // QUARTER_DAYS, default=selection.headline)
        if away.get(nearest, LATEST) > FAR_APART_DAYS:
            return {}
        found[selection.place] = nearest
    return found


def _reach(selection: Selection, chosen: Entry) -> Interval:
    """What claims of the time of the claim that is compared state: growth since then turns no order of that time."""
    day = newest(chosen, selection.asked)
    beside = [
        entry.figure
        for entry in (*selection.claims, *selection.earlier)
        if entry is not chosen and abs(newest(entry, selection.asked) - day) <= FAR_APART_DAYS
    ]
    return reach([chosen.figure, *beside])


def _with_floors(selection: Selection) -> Selection:
    """Who had gone stays gone: of all who ever went an earlier count is a floor, and may turn an order round."""
    head, reached = selection.headline, selection.reach
    if head.kind is not Kind.CUMULATIVE or head.window:
        return selection
    day = newest(head, selection.asked)
    counts = [
        entry
        for entry in selection.earlier
        if not off_definition(entry.figure) and entry.scope is head.scope and newest(entry, selection.asked) <= day
    ]
    floor = max((widened(entry.figure.value).least for entry in counts), default=0)
    return (
        replace(selection, set_reach=span([reached, Interval(floor, floor, Bound.ABOUT)]))
        if floor > (reached.least if reached.most is None else reached.most)
        else selection
    )


def _of_members(draft: Draft, place: str) -> Row | None:
    """A region of which nothing was published stands there with the sum of its members, a floor while some are missing.

    The world does not: the sum would rest on a few of its countries.
    """
    block = summed(draft, (place,)) if is_named_region(place) and not draft.query.per_million else None
    if block is None:
        return None
    first, *others = (claim for part in block.parts for claim in (part.claim, *part.others))
    covered = (len(block.parts), block.of)
    return Row(place, first, block.value, others=tuple(others), reach=floor_while_partial(block), covered=covered)


def _show(draft: Draft, rows: Sequence[Row], found: dict[str, Selection], alike: dict[str, Selection]) -> None:
    held = {made.place for made in rows}
    ranked = with_ranks(rows)
    leading = max(range(len(rows)), key=lambda index: (-(ranked[index].rank_from or 0), -index))
    draft.outcome = Outcome.ANSWERED
    place = ranked[leading].place
    if place in alike:
        draft.headline = ranked[leading].claim  # chosen as one of a pair, not by the headline rule
    elif place in found:
        draft.open_with(found[place])
    contenders = [made.place for made in ranked if made.rank_from == 1]
    shown = {place: alike.get(place, found[place]).headline for place in held if place in found}
    doubts = list(_doubts(draft, ranked, shown))
    draft.blocks.append(
        CompareBlock(
            measure=draft.measure,
            who=draft.query.who,
            per_million=draft.query.per_million,
            rows=tuple(ranked),
            missing=tuple(place for place in draft.query.places if place not in held),
            certain=len(rows) > 1 and not doubts and all(made.rank_from == made.rank_to for made in ranked),
            leads=len(contenders) == 1 and all(above.place != contenders[0] for above, _ in doubts),
        )
    )
    if len(contenders) > 1:
        draft.remark([Note(NoteKind.NOT_CERTAIN, {"places": ",".join(contenders)})])
    if shown:
        draft.remark(row_notes(list(shown.values()), draft.query.destination))
    _offer_newer(draft, found, alike)


def _doubts(draft: Draft, ranked: Sequence[Row], shown: Mapping[str, Entry]) -> Iterator[tuple[Row, Row]]:
    """The places whose order time or a floor may turn: not all over one stretch, nor up to about one date.

    In half a year a number may double, while who had gone stays gone, so that what is newer stays above what was above
    it before. A floor may mean up to twice its number; how far it has grown in a quarter nobody knows.
    """
    ordered = sorted((made for made in ranked if made.place in shown), key=lambda made: made.rank_from or 0)
    over = {entry.period if entry.is_stretch else None for entry in shown.values()}
    for above, below in combinations(ordered, 2):
        days = newest(shown[above.place], draft.asked) - newest(shown[below.place], draft.asked)
        grows_only = shown[below.place].kind is Kind.CUMULATIVE
        is_floor = below.value.most is None
        far = (days if grows_only else abs(days)) > (QUARTER_DAYS if is_floor else FAR_APART_DAYS)
        near_in_size = GROWN * (below.value.most or below.value.least) >= above.value.least
        if len(over) > 1 or (far and is_floor) or ((far or is_floor) and near_in_size):
            yield above, below


def _offer_newer(draft: Draft, found: dict[str, Selection], alike: dict[str, Selection]) -> None:
    """What would open each place's own answer, where another claim was set beside those of the other places."""
    for place, selection in alike.items():
        head = found[place].headline
        if head is not selection.headline:
            query = replace(draft.query, intent=draft.query.intent.LOOKUP, places=(place,), per_million=False)
            draft.blocks.append(OfferBlock(found[place].show(draft.shelf, head), ("period",), query))
