"""What can be read of a large dataset one by one, and the door through which composing asks for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from db.bounded import Stamped
from db.records import Destination, Figure, Who

LARGE = 20_000
"""Versions from which on answers read pieces of places, not whole ones: less is read as quickly as asked about."""
Years = tuple[int, int]
"""The first and the last year; what speaks of neither them nor any between is left out, and so is what has no date."""
Topic = tuple[str, Who]
"""A measure, and whom it counts."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The figures of a place and a topic within some years; of any time and none when no years are named."""

    place: str
    measure: str
    who: Who
    years: Years | None = None


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest figures of a piece that count the same thing, and all the others of it."""

    piece: Piece
    destinations: tuple[Destination, ...]
    """Figures of these are wanted as far as they are among the newest."""
    is_whole: bool
    """Whether those that count over a stretch with both ends stated are others, too."""
    most: int
    """How many of the newest are read."""


class Pieces(Protocol):
    """One revision of the dataset, read as it is asked for."""

    @property
    def revision(self) -> int:
        """Which revision."""
        ...

    @property
    def recorded_at(self) -> datetime:
        """When it was recorded."""
        ...

    @property
    def worked_out(self) -> Stamped[Any]:
        """What a caller keeps for as long as a place stays as it is; the key begins with the place."""
        ...

    def figures(self, piece: Piece) -> tuple[Figure, ...]:
        """The figures of a piece, in the order of their ids."""
        ...

    @property
    def leads(self) -> Stamped[Any]:
        """The same for what is small and asked for many places at once, so that nothing else pushes it out."""
        ...

    def newest(self, wanted: Newest) -> tuple[tuple[Figure, ...], int]:
        """Those figures in the order of their ids, and the first year of which none is missing; 0 where none is."""
        ...

    def sample(self, piece: Piece) -> tuple[Figure, ...]:
        """A few figures of a piece, any; not kept."""
        ...

    def each(self, piece: Piece) -> Iterator[Figure]:
        """The figures of a piece, in no order, made ready one by one and not kept."""
        ...

    def of_many(
        self, topic: Topic, years: Years | None, places: Sequence[str]
    ) -> Iterator[tuple[str, tuple[Figure, ...]]]:
        """The same piece of many places, place by place, not kept."""
        ...

    def newest_years(self, topic: Topic, places: Sequence[str]) -> dict[str, int]:
        """The last year that any figure of a topic speaks of, for each place; 0 where none says."""
        ...

    def topics(self, place: str) -> frozenset[Topic]:
        """The topics of which any figure of a place is held."""
        ...

    def of_sources(self, place: str, keys: Collection[str], who: Collection[Who]) -> tuple[Figure, ...]:
        """The figures of a place from some sources that count some people."""
        ...

    def relaying(self, place: str, keys: Collection[str], who: Collection[Who]) -> tuple[Figure, ...]:
        """The figures of a place that name one of some sources as the one that they relay, and count some people."""
        ...

    def pause(self) -> None:
        """Let others be answered before going on."""
        ...
