"""What is held, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answers.answer import CoverageBlock, CoverageRow, Outcome
from bot.answers.draft import Draft
from bot.answers.entries import Entry
from bot.answers.offers import NEAR_MEASURES, instead
from bot.answers.regions import WORLD, countries_of, is_region, membership_notes
from bot.answers.selection import matching
from bot.answers.times import fit
from db.values import PartialDate

MEASURE_ORDER = ("travelled", *(measure for measure in NEAR_MEASURES if measure != "travelled"))


def coverage(draft: Draft) -> None:
    """Count the figures of each place (with its members, for a region), by measure; with no place, of everything."""
    for place in draft.query.places or (WORLD,):
        members = countries_of(draft.shelf, (place,), draft.asked) if is_region(place) else (place,)
        searched = (place, *members) if is_region(place) else members
        if place == WORLD:
            searched = tuple(draft.shelf.holdings.figures)
        held = {key: entries for key in searched if (entries := _entries(draft, key))}
        if not held:
            instead(draft, place, draft.measure)
            continue
        draft.outcome = Outcome.ANSWERED
        everything = [entry for entries in held.values() for entry in entries]
        draft.blocks.append(
            CoverageBlock(
                place=None if place == WORLD else place,
                rows=_rows(everything),
                figures=len(everything),
                sources=len({entry.figure.source for entry in everything}),
                places=tuple(key for key in held if not is_region(key)),
                missing=tuple(country for country in members if country not in held),
            )
        )
        draft.remark(membership_notes(draft.shelf, (place,), draft.asked))


def _entries(draft: Draft, place: str) -> list[Entry]:
    """What answers the query's measure, who, publisher and period; each of them counts only where it was asked."""
    query = draft.query
    return [
        entry
        for (measure, who), entries in draft.shelf.of(place).items()
        if query.measure in (None, measure) and (query.who is who or query.who.value == "everyone")
        for entry in matching(draft.shelf, query, entries)
        if fit(entry, draft.asked) is not None
    ]


def _rows(entries: Iterable[Entry]) -> tuple[CoverageRow, ...]:
    by_measure: dict[str, list[Entry]] = {}
    for entry in entries:
        by_measure.setdefault(entry.figure.measure, []).append(entry)
    listed = [measure for measure in MEASURE_ORDER if measure in by_measure]
    listed += sorted(set(by_measure) - set(listed))
    return tuple(_row(measure, by_measure[measure]) for measure in listed)


def _row(measure: str, entries: list[Entry]) -> CoverageRow:
    stated = [date for entry in entries if (date := entry.figure.as_of or entry.figure.period.end)]
    first: PartialDate | None = min(stated, key=lambda date: (date.first, str(date)), default=None)
    last: PartialDate | None = max(stated, key=lambda date: (date.last, str(date)), default=None)
    return CoverageRow(
        measure=measure,
        figures=len(entries),
        sources=len({entry.figure.source for entry in entries}),
        first=str(first) if first else "",
        last=str(last) if last else "",
        places=len({entry.figure.place for entry in entries}),
    )
