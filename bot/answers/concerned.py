"""The part of a large dataset that some changes concern: what they would do is seen there as in the whole of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from bot.answers.impact import MOST_TOPICS, topics_of
from db.pieces import Piece, Pieces
from db.records import Figure, Holdings, Status

if TYPE_CHECKING:
    from db.edits.change import Change

T = TypeVar("T")


class Running(Pieces, Protocol):
    """A large dataset in which work that reads can run."""

    async def run(self, work: Callable[[], T]) -> T:
        """Do some work that reads."""
        ...


async def concerned_by(
    slices: Running, holdings: Holdings, changes: Sequence[Change], citing: Iterable[Figure]
) -> Holdings:
    """The holdings with all figures of the first places that are touched, and their topics everywhere else.

    ``citing`` are the figures of changed sources, which touch places too.
    """
    listed = [figure for figure in citing if figure.status is not Status.WITHDRAWN]
    looked_at = topics_of(changes, replace(holdings, figures=_by_place(listed)))[:MOST_TOPICS]
    places = {place for place, _, _ in looked_at}
    topics = dict.fromkeys((measure, who) for _, measure, who in looked_at)
    others = [place for place in holdings.places if place not in places]

    def read() -> dict[str, tuple[Figure, ...]]:
        found = {figure.id: figure for figure in listed}
        for place in sorted(places):
            for measure, who in sorted(slices.topics(place)):
                found |= {figure.id: figure for figure in slices.each(Piece(place, measure, who))}
            slices.pause()
        for topic in topics:
            for _, figures in slices.of_many(topic, None, others):
                found |= {figure.id: figure for figure in figures}
        return _by_place(found.values())

    return replace(holdings, figures=await slices.run(read))


def _by_place(figures: Iterable[Figure]) -> dict[str, tuple[Figure, ...]]:
    gathered: dict[str, list[Figure]] = {}
    for figure in sorted(figures, key=lambda figure: (figure.place, figure.id)):
        gathered.setdefault(figure.place, []).append(figure)
    return {place: tuple(listed) for place, listed in gathered.items()}
