"""What would be held after changes that are not written yet: for showing what they would do to answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.shelf import Shelf
from db.model.records import Figure, Headline, Source, Status, Who
from db.store.topics import Held, Topic, Topics, Years

if TYPE_CHECKING:
    from db.edits.change import Change


def foreseen(before: Shelf, changes: Iterable[Change], more: Mapping[str, Source] | None = None) -> Shelf:
    """The evidence as it would be after some changes; what is given stays as it is.

    ``more`` are sources that the changed figures cite and that nothing else held cites yet.
    """
    from db.edits.change import FigureChange, HeadlineChange, SourceChange

    holdings = before.holdings
    sources = {**(more or {}), **holdings.sources}
    picks: dict[str, Headline | None] = {HeadlineChange(None, pick).id: pick for pick in holdings.headlines}
    gone: dict[str, Figure | None] = {}
    added: dict[str, Figure] = {}
    for change in changes:
        if isinstance(change, FigureChange):
            gone.setdefault(change.id, change.before)
            added[change.id] = change.after
        elif isinstance(change, SourceChange):
            sources[change.id] = change.after
        else:
            picks[change.id] = change.after
    relayed = {id: figure for id, figure in holdings.relayed.items() if id not in gone}
    relayed |= {id: figure for id, figure in added.items() if figure.status is not Status.WITHDRAWN}
    figures = {place: tuple(row for row in rows if row.id not in gone) for place, rows in holdings.figures.items()}
    headlines = tuple(pick for pick in picks.values() if pick is not None)
    return Shelf(
        replace(holdings, figures=figures, sources=sources, headlines=headlines, relayed=relayed),
        topics=_Changed(before.figures, gone, added.values()),
    )


class _Changed:
    """Figures by topic, of which some are others."""

    def __init__(self, held: Topics, gone: Mapping[str, Figure | None], added: Iterable[Figure]) -> None:
        by_place: dict[str, list[Figure]] = {}
        for figure in added:
            by_place.setdefault(figure.place, []).append(figure)
        self._held, self._gone, self._added = held, gone, Held(by_place)
        self._places = by_place.keys() | {figure.place for figure in gone.values() if figure}

    def topics(self, place: str) -> tuple[Topic, ...]:
        """The topics of which any figure of a place is held, sorted."""
        found = self._held.topics(place)
        if place not in self._places:
            return found
        named = {*found, *self._added.topics(place)}
        return tuple(topic for topic in sorted(named) if self.figures(place, topic))

    def figures(self, place: str, topic: Topic, years: Years | None = None) -> tuple[Figure, ...]:
        """The figures of a place and a topic, in the order of their ids."""
        return self._both(place, self._held.figures(place, topic, years), self._added.figures(place, topic))

    def read_ahead(
        self, places: Collection[str], measures: Collection[str], who: Who, years: Years | None = None
    ) -> None:
        """Read at once what is about to be asked of many places, or in many measures."""
        self._held.read_ahead(places, measures, who, years)

    def newest_years(self, places: Sequence[str], topic: Topic) -> Mapping[str, int]:
        """The last year that any figure of a topic speaks of; not of what changes, which is looked at as a whole."""
        return self._held.newest_years([place for place in places if place not in self._places], topic)

    def of_sources(self, place: str, keys: Collection[str]) -> tuple[Figure, ...]:
        """The figures of a place that some sources state."""
        return self._both(place, self._held.of_sources(place, keys), self._added.of_sources(place, keys))

    def relaying(self, place: str, keys: Collection[str]) -> tuple[Figure, ...]:
        """The figures of a place that name one of some sources as the one that they relay."""
        return self._both(place, self._held.relaying(place, keys), self._added.relaying(place, keys))

    def pause(self) -> None:
        """Let others be answered during a long work."""
        self._held.pause()

    def _both(self, place: str, held: Sequence[Figure], added: Sequence[Figure]) -> tuple[Figure, ...]:
        if place not in self._places:
            return tuple(held)
        lasting = [figure for figure in held if figure.id not in self._gone]
        return tuple(sorted([*lasting, *added], key=lambda figure: figure.id))
