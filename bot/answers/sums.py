"""Sums of stored rows, each shown, with their coverage: what may be added, and what must not be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.answers.answer import Note, NoteKind, Outcome, Row, TotalBlock
from bot.answers.draft import Draft
from bot.answers.entries import Entry
from bot.answers.leads import leading
from bot.answers.regions import countries_of, is_region, membership_notes
from bot.answers.remarks import row_notes
from bot.answers.selection import Selection, scopes_of
from db.records import Kind
from db.values import Period, day_before, total

LEAST_PARTS = 2
"""A sum of one row would be that row under another name."""


def add_up(draft: Draft, places: Sequence[str]) -> bool:
    """Add the members' figures and show the sum with its coverage; False, with the reason, when they must not be.

    Only figures of one measure, who, theatre and, for flows, one period are added.
    """
    measure = draft.shelf.measure(draft.measure)
    if not measure.summable:
        draft.remark([Note(NoteKind.NOT_ADDED, {"why": "sample" if measure.kind is Kind.SAMPLE else "mixed"})])
        return False
    countries = countries_of(draft.shelf, places, draft.asked)
    picked, left_out = _addable(draft, countries)
    if left_out:
        draft.remark([Note(NoteKind.NOT_ADDED, {"why": "periods", "places": ",".join(sorted(left_out))})])
    if len(picked) < LEAST_PARTS:
        return False
    rows = tuple(
        Row(selection.place, selection.show(draft.shelf, entry), entry.figure.value) for selection, entry in picked
    )
    added = {row.place for row in rows}
    draft.outcome = Outcome.ANSWERED
    draft.blocks.append(
        TotalBlock(
            places=tuple(places),
            measure=draft.measure,
            who=draft.query.who,
            value=total(row.value for row in rows),
            parts=rows,
            missing=tuple(country for country in countries if country not in added),
            of=len(countries),
            region=places[0] if len(places) == 1 and is_region(places[0]) else None,
        )
    )
    draft.remark(row_notes([entry for _, entry in picked], draft.query.destination))
    draft.remark(membership_notes(draft.shelf, places, draft.asked))
    return True


def add_tiles(draft: Draft, place: str) -> bool:
    """Add one source's consecutive flows that together are the asked period; False when none are.

    An open end ("since 2014") is met by the counts that follow each other from its start, however far they reach.
    """
    asked = draft.asked
    if draft.shelf.measure(draft.measure).kind is not Kind.FLOW or asked.is_open or asked.is_by:
        return False
    by_source: dict[tuple[object, ...], list[Entry]] = {}
    for entry in draft.shelf.entries(place, draft.measure, draft.query.who, asked):
        if entry.scope in scopes_of(draft.query.destination)[:1]:
            key = (entry.figure.source, entry.figure.counts, entry.figure.official, entry.figure.destination)
            by_source.setdefault(key, []).append(entry)
    tilings = [tiles for entries in by_source.values() if (tiles := _tile(entries, draft.asked.period))]
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
            value=total(row.value for row in rows),
            parts=rows,
            missing=(),
            of=len(rows),
            period=Period(tiles[0].figure.period.start, tiles[-1].figure.period.end),
        )
    )
    draft.remark(row_notes(tiles, draft.query.destination)[1:])
    return True


def _addable(draft: Draft, countries: Iterable[str]) -> tuple[list[tuple[Selection, Entry]], list[str]]:
    """Each country's figure that may be added to the others, and the countries whose only figures may not."""
    asked = (draft.shelf, draft.query, tuple(countries), draft.measure, draft.asked)
    found = leading(*asked, strict=True)
    if not any(selection.headline.is_stretch for selection in found):  # then none of its claims is
        return [(selection, selection.headline) for selection in found], []
    period = draft.asked.period if draft.asked.is_closed else _commonest_period(found)
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


def _tile(entries: Iterable[Entry], asked: Period) -> list[Entry]:
    """The entries that follow each other without gap or overlap over just the asked period, else none.

    Where the asked period has no end they may stop anywhere.
    """
    inside = sorted(
        (entry for entry in entries if not entry.figure.period.is_open and asked.contains(entry.figure.period)),
        key=lambda entry: (entry.period[0] or 0, -(entry.period[1] or 0), entry.figure.id),
    )
    tiles: list[Entry] = []
    for entry in inside:
        start = entry.figure.period.first
        if start is None:
            continue
        previous = tiles[-1].figure.period.last if tiles else None
        begins = start == asked.first if previous is None else day_before(start) == previous
        if begins:
            tiles.append(entry)
    ends = asked.last is None or (bool(tiles) and tiles[-1].figure.period.last == asked.last)
    return tiles if ends and len(tiles) >= LEAST_PARTS else []
