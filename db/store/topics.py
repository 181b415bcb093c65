"""Figures by topic: what answers ask for, whether it is read from a database or held in memory as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from db.model.records import Figure, Status, Who

Topic = tuple[str, Who]
"""A measure, and whom it counts."""
Years = tuple[int, int]
"""The first and the last year asked; what speaks of neither them nor any between, or of no time, may be left out."""


class Topics(Protocol):
    """The figures of one revision, withdrawn ones left out."""

    def topics(self, place: str) -> tuple[Topic, ...]:
        """The topics of which any figure of a place is held, sorted."""
        ...

    def figures(self, place: str, topic: Topic, years: Years | None = None) -> tuple[Figure, ...]:
        """The figures of a place and a topic, in the order of their ids."""
        ...

    def read_ahead(
        self, places: Collection[str], measures: Collection[str], who: Who, years: Years | None = None
    ) -> None:
        """Read at once what is about to be asked of many places, or in many measures."""
        ...

    def newest_years(self, places: Sequence[str], topic: Topic) -> Mapping[str, int]:
        """The last year that any figure of a topic speaks of, of the places where one states a time."""
        ...

    def of_sources(self, place: str, keys: Collection[str]) -> tuple[Figure, ...]:
        """The figures of a place that some sources state."""
        ...

    def relaying(self, place: str, keys: Collection[str]) -> tuple[Figure, ...]:
        """The figures of a place that name one of some sources as the one that they relay."""
        ...

    def pause(self) -> None:
        """Let others be answered during a long work, where that can be."""
        ...


class Held:
    """The figures of some places as they are held in memory."""

    def __init__(self, figures: Mapping[str, Sequence[Figure]]) -> None:
        self._figures = figures
        self._topics: dict[str, dict[Topic, tuple[Figure, ...]]] = {}

    def topics(self, place: str) -> tuple[Topic, ...]:
        """The topics of which any figure of a place is held, sorted."""
        return tuple(sorted(self._of(place)))

    def figures(self, place: str, topic: Topic, years: Years | None = None) -> tuple[Figure, ...]:
        """The figures of a place and a topic, of all years."""
        return self._of(place).get(topic, ())

    def read_ahead(
        self, places: Collection[str], measures: Collection[str], who: Who, years: Years | None = None
    ) -> None:
        """There is nothing to read."""

    def newest_years(self, places: Sequence[str], topic: Topic) -> Mapping[str, int]:
        """None are told: with everything at hand there is nothing to leave out."""
        return {}

    def of_sources(self, place: str, keys: Collection[str]) -> tuple[Figure, ...]:
        """The figures of a place that some sources state."""
        return tuple(figure for figure in self._shown(place) if figure.source in keys)

    def relaying(self, place: str, keys: Collection[str]) -> tuple[Figure, ...]:
        """The figures of a place that name one of some sources as the one that they relay."""
        return tuple(figure for figure in self._shown(place) if figure.relays in keys)

    def pause(self) -> None:
        """Nobody else waits for this."""

    def _of(self, place: str) -> dict[Topic, tuple[Figure, ...]]:
        found = self._topics.get(place)
        if found is None:
            found = self._topics[place] = by_topic(self._shown(place))
        return found

    def _shown(self, place: str) -> Iterator[Figure]:
        return (figure for figure in self._figures.get(place, ()) if figure.status is not Status.WITHDRAWN)


def by_topic(figures: Iterable[Figure]) -> dict[Topic, tuple[Figure, ...]]:
    """Figures of one place by their topics, in their order."""
    gathered: dict[Topic, list[Figure]] = {}
    for figure in figures:
        gathered.setdefault((figure.measure, figure.who), []).append(figure)
    return {topic: tuple(listed) for topic, listed in gathered.items()}
