"""Claims in time: each source is its own series, and change is read within one series only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.answers.answer import TrendBlock, TrendPoint
from bot.answers.draft import Draft
from bot.answers.entries import EARLIEST, Entry
from bot.answers.headline import Ordered, order
from bot.answers.lookup import changes_of
from bot.answers.offers import beside, instead, other_sides
from bot.answers.regions import WORLD
from bot.answers.remarks import claim_notes
from bot.answers.selection import Selection, select
from db.records import Kind
from db.values import Bound, Interval

FLOW = "travelled_in_period"


def trend(draft: Draft) -> None:
    """The claims of each place on the time axis; yearly departures too when no measure was named."""
    for place in draft.query.places or (WORLD,):
        selection = select(draft.shelf, draft.query, place, draft.measure, draft.asked)
        yearly = _yearly(draft, place)
        if selection is None and yearly is None:
            instead(draft, place, draft.measure)
            continue
        lines = [found for found in (selection, yearly) if found is not None]
        for found in lines:
            _show(draft, found, offers=len(lines) == 1)


def _yearly(draft: Draft, place: str) -> Selection | None:
    """Departures by period, when they make a series and the question left the measure open."""
    if draft.query.measure is not None or draft.measure == FLOW:
        return None
    selection = select(draft.shelf, draft.query, place, FLOW, draft.asked)
    return selection if selection is not None and len(_longest(_all(selection))) > 1 else None


def _show(draft: Draft, selection: Selection, *, offers: bool) -> None:
    entries = sorted(_all(selection), key=lambda entry: (_when(entry), entry.figure.id))
    longest = _longest(entries)
    first, last = (longest[0], longest[-1]) if len(longest) > 1 else (None, None)
    direction, change = _change(first, last) if first and last else (None, None)
    highest = _highest(draft, entries, selection)
    if draft.headline is None and draft.query.peak:
        draft.open_with(_opened_by(selection, highest))
    else:
        draft.open_with(selection, earlier_too=True)
    draft.blocks.append(
        TrendBlock(
            place=selection.place,
            measure=selection.measure,
            who=selection.who,
            points=tuple(TrendPoint(selection.show(draft.shelf, entry), series(entry)) for entry in entries),
            change=change,
            first=selection.show(draft.shelf, first) if first else None,
            last=selection.show(draft.shelf, last) if last else None,
            direction=direction or "unclear",
            peak=selection.show(draft.shelf, highest.entries[0]),
        )
    )
    changes = changes_of(draft, selection)
    draft.remark(claim_notes(draft.shelf, selection, changes, draft.query.destination))
    if not offers:
        other_sides(draft, entries, changes)
    else:
        beside(draft, _opened_by(selection, Ordered(tuple(entries), selection.rule)), changes)


def series(entry: Entry) -> str:
    """What may be joined by a line: one source's claims on one measure, counted in one way."""
    figure = entry.figure
    way = (figure.counts, figure.official)
    return "|".join((figure.source, figure.measure, figure.who, figure.destination, *way))


def _all(selection: Selection) -> tuple[Entry, ...]:
    return (*selection.claims, *selection.earlier)


def _longest(entries: Iterable[Entry]) -> list[Entry]:
    """The series with the most points of different dates, the newest of equals; in order of time."""
    lines: dict[str, list[Entry]] = {}
    for entry in entries:
        if _when(entry) > EARLIEST:
            lines.setdefault(series(entry), []).append(entry)
    if not lines:
        return []

    def weight(name: str) -> tuple[int, int, str]:
        moments = {_when(entry) for entry in lines[name]}
        return len(moments), max(moments), name

    chosen = sorted(lines[max(lines, key=weight)], key=lambda entry: (_when(entry), entry.figure.id))
    return chosen if len({_when(entry) for entry in chosen}) > 1 else []


def _when(entry: Entry) -> int:
    """The day that places a claim on the axis: the end of a stretch, else the first day of the as-of date."""
    if entry.kind in (Kind.FLOW, Kind.RATE) or entry.window:
        days = entry.stretch
        return days[1] if days else EARLIEST
    return entry.moment[0] if entry.moment else EARLIEST


def _change(first: Entry, last: Entry) -> tuple[str, Interval | None]:
    """Which way a series went and by how much, by interval arithmetic."""
    before, after = first.figure.value, last.figure.value
    if before == after and before.low == before.high:
        return "flat", None
    if before.surely_below(after):
        return "up", _difference(after, before)
    if after.surely_below(before):
        return "down", _difference(before, after)
    return "unclear", None


def _difference(larger: Interval, smaller: Interval) -> Interval:
    """How far one value is surely above another; its own end stays open where theirs are."""
    low = larger.least - (smaller.most if smaller.most is not None else 0)
    if larger.most is None:
        strict = larger.bound is Bound.MORE_THAN or smaller.bound is Bound.FEWER_THAN
        return Interval(low, None, Bound.MORE_THAN if strict else Bound.AT_LEAST)
    high = larger.most - smaller.least
    if low == high:
        exact = larger.bound is Bound.EXACT and smaller.bound is Bound.EXACT
        return Interval(low, high, Bound.EXACT if exact else Bound.ABOUT)
    return Interval(low, high, Bound.RANGE)


def _highest(draft: Draft, entries: Sequence[Entry], selection: Selection) -> Ordered:
    return order(entries, selection.asked, draft.shelf, peak=True)


def _opened_by(selection: Selection, ordered: Ordered) -> Selection:
    return Selection(
        place=selection.place,
        measure=selection.measure,
        who=selection.who,
        asked=selection.asked,
        claims=ordered.entries,
        rule=ordered.rule,
        reason=ordered.reason,
    )
