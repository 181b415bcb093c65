"""Sums of stored rows, each shown, with their coverage: what may be added, and what must not be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from bot.answers.answer import OfferBlock, Outcome, Row, TotalBlock
from bot.answers.draft import Draft
from bot.answers.entries import Entry
from bot.answers.headline import Selection
from bot.answers.leads import leading
from bot.answers.notes import Note, NoteKind
from bot.answers.regions import countries_of, is_region, membership_notes
from bot.answers.remarks import row_notes
from bot.answers.selection import scopes_of
from bot.answers.times import Asked, newest
from db.model.records import Kind
from db.model.values import Bound, Interval, Period, between

YEAR_DAYS = 366
"""People who are somewhere are counted together only as of dates that lie no further apart."""
LEAST_PARTS = 2
"""A sum of one row would be that row under another name."""


def add_up(draft: Draft, places: Sequence[str]) -> bool:
    """Add the members' figures and show the sum with its coverage; False, with the reason, when they must not be."""
    block = summed(draft, places)
    if block is not None:
        draft.outcome = Outcome.ANSWERED
        draft.blocks.append(block)
    return block is not None


def add_newer(draft: Draft, published: Selection) -> bool:
    """Add the members of a region where most of their figures are newer by a year than what was published of it.

    What was published is offered beside the sum.
    """
    notes = list(draft.notes)
    block = summed(draft, (published.place,))
    since = newest(published.headline, draft.asked) + YEAR_DAYS
    dated = [row.claim.figure.as_of or row.claim.figure.period.end for row in block.parts] if block else []
    if block is None or 2 * sum(day is not None and day.last.toordinal() > since for day in dated) <= block.of:
        draft.notes = notes
        return False
    draft.outcome = Outcome.ANSWERED
    shown = published.show(draft.shelf, published.headline)
    draft.blocks += [block, OfferBlock(shown, ("period",), replace(draft.query, places=(published.place,)))]
    return True


def summed(draft: Draft, places: Sequence[str]) -> TotalBlock | None:
    """The sum of the members' figures with its coverage; None, with the reason, when they must not be added.

    Only figures of one measure, who, theatre and, for flows, one period are added.
    """
    measure = draft.shelf.measure(draft.measure)
    if not measure.summable:
        draft.remark([Note(NoteKind.NOT_ADDED, {"why": "sample" if measure.kind is Kind.SAMPLE else "mixed"})])
        return None
    countries = draft.countries(places)
    # What is added of a country does not hang on which others are left out: a sum never grows by leaving out.
    everybody = countries_of(draft.shelf, places, draft.asked)
    found, unfit = _at_one_time(draft, everybody) if measure.kind is Kind.STOCK else _addable(draft, everybody)
    picked = [(selection, entry) for selection, entry in found if selection.place in countries]
    left_out = [place for place in unfit if place in countries]
    if len(picked) == len(found) and len(countries) < len(everybody):
        without = ",".join(place for place in everybody if place not in countries)
        draft.remark([Note(NoteKind.NOT_ADDED, {"why": "nothing", "places": without})])
    if left_out:
        why = "dates" if measure.kind is Kind.STOCK else "periods"
        draft.remark([Note(NoteKind.NOT_ADDED, {"why": why, "places": ",".join(sorted(left_out))})])
    if len(picked) < LEAST_PARTS:
        return None
    rows = tuple(
        selection.row(draft.shelf)
        if entry is selection.headline
        else Row(selection.place, selection.show(draft.shelf, entry), entry.figure.value)
        for selection, entry in picked
    )
    added = {row.place for row in rows}
    draft.remark(row_notes([entry for _, entry in picked], draft.query.destination))
    draft.remark(membership_notes(draft.shelf, places, draft.asked))
    return TotalBlock(
        places=tuple(places),
        measure=draft.measure,
        who=draft.query.who,
        parts=rows,
        missing=tuple(country for country in countries if country not in added),
        region=places[0] if len(places) == 1 and is_region(places[0]) else None,
    )


def floor_while_partial(block: TotalBlock) -> Interval:
    """What a sum may mean beside other numbers: a floor, while countries or years of it are missing."""
    ends, years = block.value, block.years
    if not block.missing and (years is None or years[0] == years[1]):
        return ends
    return between(ends.least, None, strict_low=ends.bound is Bound.MORE_THAN)


def add_tiles(draft: Draft, place: str, *, gaps: bool = False) -> bool:
    """Add one source's consecutive counts over stretches that together are the asked period; False when none are.

    An open end ("since 2014") is met by the counts that follow each other from its start, however far they reach; one
    before them is none of departures, which began before anybody counted. With ``gaps`` they may leave out up to half
    of the asked years, and the sum says how many it has.
    """
    asked, kind = draft.asked, draft.shelf.measure(draft.measure).kind
    if kind is Kind.RATE or (kind is Kind.FLOW and asked.period.start is None) or (gaps and not asked.is_closed):
        return False
    by_source: dict[tuple[object, ...], list[Entry]] = {}
    for entry in draft.shelf.entries(place, draft.measure, draft.query.who, asked.years):
        if (entry.kind is Kind.FLOW or entry.window) and entry.scope in scopes_of(draft.query.destination)[:1]:
            key = (entry.figure.source, entry.figure.counts, entry.figure.official, entry.figure.destination)
            by_source.setdefault(key, []).append(entry)
    found = [_tile(entries, asked, gaps=gaps) for entries in by_source.values()]
    tilings = [
        tiles for tiles in found if tiles and (not gaps or 2 * _years(tiles, asked)[0] >= _years(tiles, asked)[1])
    ]
    if not tilings:
        return False
    tiles = min(tilings, key=lambda entries: (-(entries[-1].period[1] or 0), len(entries), entries[0].rank))
    rows = tuple(Row(place, draft.shelf.claim(entry, exact=False), entry.figure.value) for entry in tiles)
    draft.outcome = Outcome.ANSWERED
    draft.blocks.append(
        TotalBlock(
            places=(place,),
            measure=draft.measure,
            who=draft.query.who,
            parts=rows,
            missing=(),
            period=Period(tiles[0].figure.period.start, tiles[-1].figure.period.end),
            years=_years(tiles, asked) if gaps else None,
        )
    )
    draft.remark(row_notes(tiles, draft.query.destination)[1:])
    return True


def _years(tiles: Iterable[Entry], asked: Asked) -> tuple[int, int]:
    """Of how many asked years the flows count at least half, and how many years were asked."""
    days = {
        day
        for entry in tiles
        for day in range(max(asked.first, entry.period[0] or 0), min(asked.last, entry.period[1] or 0) + 1)
    }
    counted = Counter(date.fromordinal(day).year for day in days)
    years = range(date.fromordinal(asked.first).year, date.fromordinal(asked.last).year + 1)
    return sum(2 * counted[year] >= YEAR_DAYS - 1 for year in years), len(years)


def _at_one_time(draft: Draft, countries: Iterable[str]) -> tuple[list[tuple[Selection, Entry]], list[str]]:
    """Each country's count of those who were there within one year, and the countries with counts of other years only.

    People who were there in one year and in another are no sum. The year is that which most countries speak of.
    """
    asked = tuple(countries)
    found = leading(draft.shelf, draft.query, asked, draft.measure, draft.asked, strict=True)
    days = sorted((newest(selection.headline, draft.asked) for selection in found), reverse=True)
    if days and days[0] - days[-1] > YEAR_DAYS:
        last = max(days, key=lambda day: (sum(0 <= day - other <= YEAR_DAYS for other in days), day))
        first = max(1, last - YEAR_DAYS)
        year = Asked.of(Period.between(date.fromordinal(first), date.fromordinal(max(1, last))))
        within = leading(draft.shelf, draft.query, asked, draft.measure, year, strict=True)
    else:
        within = found
    kept = {selection.place for selection in within}
    left_out = [selection.place for selection in found if selection.place not in kept]
    return [(selection, selection.headline) for selection in within], left_out


def _addable(draft: Draft, countries: Iterable[str]) -> tuple[list[tuple[Selection, Entry]], list[str]]:
    """Each country's figure that may be added to the others, and the countries whose only figures may not."""
    asked = (draft.shelf, draft.query, tuple(countries), draft.measure, draft.asked)
    found = leading(*asked, strict=True)
    stretches = [selection for selection in found if selection.headline.is_stretch]
    is_flow = draft.shelf.measure(draft.measure).kind is Kind.FLOW
    if not stretches or (not is_flow and 2 * len(stretches) <= len(found)):
        # A count over a part of the time is none of all who ever went.
        whole = [(selection, selection.headline) for selection in found if not selection.headline.is_stretch]
        return whole, [selection.place for selection in stretches]
    period = draft.asked.period if draft.asked.is_closed else _commonest_period(stretches)
    picked: list[tuple[Selection, Entry]] = []
    left_out: list[str] = []
    for selection in found:
        same = [entry for entry in selection.claims if entry.figure.period.same_days(period)]
        if same:
            picked.append((selection, same[0]))
        else:
            left_out.append(selection.place)
    return picked, left_out


def _commonest_period(found: Iterable[Selection]) -> Period:
    counted: dict[Period, int] = {}
    for selection in found:
        for period in {entry.figure.period for entry in selection.claims}:
            counted[period] = counted.get(period, 0) + 1
    return max(counted, key=lambda period: (counted[period], str(period)))


def _tile(entries: Iterable[Entry], asked: Asked, *, gaps: bool = False) -> list[Entry]:
    """The entries that follow each other without gap or overlap over just the asked time, else none.

    Where the asked time lacks an end they may stop anywhere; with ``gaps`` they need not meet.
    """
    stretches = ((*entry.period, entry) for entry in entries if asked.period.contains(entry.figure.period))
    inside = [(start, end, entry) for start, end, entry in stretches if start is not None and end is not None]
    tiles: list[Entry] = []
    reached: int | None = None
    for start, end, entry in sorted(inside, key=lambda one: (one[0], -one[1], one[2].figure.id)):
        if reached is None:
            follows = gaps or asked.period.start is None or start == asked.first
        else:
            follows = start > reached if gaps else start == reached + 1
        if follows:
            tiles.append(entry)
            reached = end
    ends = gaps or not asked.is_closed or reached == asked.last
    return tiles if ends and len(tiles) >= LEAST_PARTS else []
