"""Which countries a region stands for, and when one place holds another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.answers.notes import Note, NoteKind
from bot.answers.shelf import Shelf
from bot.answers.times import Asked
from db.model.records import Who

WORLD = "R:world"
GROUPS = frozenset(who.value for who in Who)
LAST_DAY = date(2019, 12, 31)
"""The subject ends here; without an asked period, membership is taken on this day."""


def is_region(place: str) -> bool:
    """Whether the place is a region or the world."""
    return place.startswith("R:")


def is_named_region(place: str) -> bool:
    """Whether a place may be added up unasked: the world is on request only, its sum would rest on a few countries."""
    return is_region(place) and place != WORLD


def membership_day(asked: Asked) -> date:
    """The day on which membership is taken: the end of the asked period, the end of the subject's time at the latest.

    Who left a region afterwards did not take those who had gone out of its count.
    """
    return min(asked.period.last or LAST_DAY, LAST_DAY)


def countries_of(shelf: Shelf, places: Iterable[str], asked: Asked, without: Sequence[str] = ()) -> tuple[str, ...]:
    """The countries that some places stand for, each once, in order, without those that were left out."""
    day = membership_day(asked)
    found: dict[str, None] = {}
    for place in places:
        for country in shelf.members(place, day) if is_region(place) else (place,):
            found.setdefault(country)
    if without:
        left_out = set(countries_of(shelf, places_in(without), asked))
        return tuple(country for country in found if country not in left_out)
    return tuple(found)


def places_in(without: Iterable[str]) -> tuple[str, ...]:
    """The places among what a query leaves out; the others are groups."""
    return tuple(item for item in without if item not in GROUPS)


def groups_in(without: Iterable[str]) -> tuple[Who, ...]:
    """The groups among what a query leaves out."""
    return tuple(Who(item) for item in without if item in GROUPS)


def holding(shelf: Shelf, places: Sequence[str], asked: Asked) -> tuple[str, ...]:
    """The places that share a country with another one of them, so that both can never be added."""
    held = {place: set(countries_of(shelf, (place,), asked)) for place in places}
    return tuple(
        place
        for index, place in enumerate(places)
        if any(held[place] & held[other] for position, other in enumerate(places) if position != index)
    )


def membership_notes(shelf: Shelf, places: Iterable[str], asked: Asked) -> list[Note]:
    """That a region's membership changed over the years, and the day on which it was taken."""
    day = membership_day(asked)
    return [
        Note(NoteKind.MEMBERSHIP, {"region": place, "date": day.isoformat()})
        for place in places
        if is_region(place) and place != WORLD and shelf.members(place, day) != shelf.members(place, None)
    ]
