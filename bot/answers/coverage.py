"""What is held, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.answers.answer import CoverageBlock, CoverageRow, Outcome
from bot.answers.draft import Draft
from bot.answers.entries import Entry
from bot.answers.offers import NEAR_MEASURES, instead
from bot.answers.regions import WORLD, is_region, membership_notes
from bot.answers.selection import answering
from db.model.records import Figure
from db.model.values import PartialDate

MEASURE_ORDER = ("travelled", *(measure for measure in NEAR_MEASURES if measure != "travelled"))


@dataclass(slots=True)
class _Counted:
    """What is held of one measure, counted figure by figure: a large dataset is never in memory as a whole."""

    figures: int = 0
    sources: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    first: PartialDate | None = None
    last: PartialDate | None = None

    def add(self, figure: Figure) -> None:
        """Count one figure."""
        self.figures += 1
        self.sources.add(figure.source)
        self.places.add(figure.place)
        stated = figure.as_of or figure.period.end
        if stated is None:
            return
        if self.first is None or (stated.first, str(stated)) < (self.first.first, str(self.first)):
            self.first = stated
        if self.last is None or (stated.last, str(stated)) > (self.last.last, str(self.last)):
            self.last = stated


def coverage(draft: Draft) -> None:
    """Count the figures of each place (with its members, for a region), by measure; with no place, of everything."""
    for place in draft.query.places or (WORLD,):
        members = draft.countries((place,)) if is_region(place) else (place,)
        searched = (place, *members) if is_region(place) else members
        if place == WORLD:
            searched = draft.shelf.held_places
        counted: dict[str, _Counted] = {}
        for key in searched:
            for entry in _entries(draft, key):
                counted.setdefault(entry.figure.measure, _Counted()).add(entry.figure)
        if not counted:
            instead(draft, place, draft.measure)
            continue
        draft.outcome = Outcome.ANSWERED
        sources = set[str]().union(*(measure.sources for measure in counted.values()))
        dates = [date for key in sources if (date := draft.shelf.source(key).published)]
        held = set[str]().union(*(measure.places for measure in counted.values()))
        draft.blocks.append(
            CoverageBlock(
                place=None if place == WORLD else place,
                rows=_rows(counted),
                figures=sum(measure.figures for measure in counted.values()),
                sources=len(sources),
                places=tuple(dict.fromkeys(key for key in searched if key in held and not is_region(key))),
                missing=tuple(country for country in members if country not in held),
                newest=max(dates, key=lambda date: (date.last, str(date)), default=None),
            )
        )
        draft.remark(membership_notes(draft.shelf, (place,), draft.asked))


def _entries(draft: Draft, place: str) -> Iterator[Entry]:
    """What answers the query's measure, who, publisher and period; each of them counts only where it was asked."""
    query, shelf = draft.query, draft.shelf
    for measure, who in tuple(shelf.topics(place)):
        if query.measure not in (None, measure) or (query.who is not who and query.who.value != "everyone"):
            continue
        yield from answering(shelf, replace(query, who=who), place, measure, draft.asked)
        shelf.pause()


def _rows(counted: Mapping[str, _Counted]) -> tuple[CoverageRow, ...]:
    listed = [measure for measure in MEASURE_ORDER if measure in counted]
    listed += sorted(set(counted) - set(listed))
    return tuple(
        CoverageRow(
            measure=measure,
            figures=counted[measure].figures,
            sources=len(counted[measure].sources),
            first=str(counted[measure].first or ""),
            last=str(counted[measure].last or ""),
            places=len(counted[measure].places),
        )
        for measure in listed
    )
