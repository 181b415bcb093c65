"""Which countries a region stands for, and when one place holds another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.answers.answer import Note, NoteKind
from bot.answers.shelf import Shelf
from bot.answers.times import Asked

WORLD = "R:world"
LAST_DAY = date(2019, 12, 31)
"""The subject ends here; without an asked period, membership is taken on this day."""


def is_region(place: str) -> bool:
    """Whether the place is a region or the world."""
    return place.startswith("R:")


def membership_day(asked: Asked) -> date:
    """The day on which membership is taken: the end of the asked period, else the end of the subject's time."""
    return asked.period.last or LAST_DAY


def countries_of(shelf: Shelf, places: Iterable[str], asked: Asked) -> tuple[str, ...]:
    """The countries that some places stand for, each once, in order."""
    day = membership_day(asked)
    found: dict[str, None] = {}
    for place in places:
        for country in shelf.members(place, day) if is_region(place) else (place,):
            found.setdefault(country)
    return tuple(found)


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
