"""The claims that open the answers of many places: for ranks, comparisons and sums, which show no more of each place.

The newest claims open an answer: of what is not at hand, figures of years long before are read only where those of the
last years do not settle it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.answers.headline import Selection, level
from bot.answers.selection import latest_count, scopes_of, select, select_from
from bot.answers.shelf import Shelf
from bot.answers.times import LAST_YEAR, Asked
from bot.questions.query import Query
from db.store.topics import Years

YEARS_BACK = 1
"""Years before the newest one that are read first: claims of one time lie within one year of each other."""
AT_ONCE = 25
"""Places that are worked out without a pause."""


def leading(
    shelf: Shelf, query: Query, places: Sequence[str], measure: str, asked: Asked, *, strict: bool = False
) -> list[Selection]:
    """What ``select`` finds for each place that has anything; older claims and those aside may be left out."""
    found: dict[str, Selection] = {}
    for years, some in _last_years(shelf, query, places, measure, asked).items():
        shelf.read_ahead(some, (measure,), query.who, years)
        for place in _unhurried(shelf, some):
            entries = shelf.entries(place, measure, query.who, years)
            recent = select_from(entries, shelf, query, asked, strict=strict)
            if recent is not None and _is_settled(recent, query, date(years[0], 1, 1)):
                found[place] = recent
    left = [place for place in places if place not in found]
    shelf.read_ahead(left, (measure,), query.who, asked.years)
    for place in _unhurried(shelf, left):
        selection = select(shelf, query, place, measure, asked, strict=strict)
        if selection is not None:
            found[place] = selection
    return [found[place] for place in places if place in found]


def _unhurried(shelf: Shelf, places: Sequence[str]) -> Iterator[str]:
    """The places, with a pause for others after every few."""
    for number, place in enumerate(places, start=1):
        yield place
        if number % AT_ONCE == 0:
            shelf.pause()


def _last_years(
    shelf: Shelf, query: Query, places: Sequence[str], measure: str, asked: Asked
) -> dict[Years, list[str]]:
    """The last years of the places of which not everything is at hand; none where a question is of all years."""
    found: dict[Years, list[str]] = {}
    if query.peak or not (asked.is_open or asked.is_by):
        return found
    for place, year in shelf.newest_years(places, measure, query.who).items():
        last = min(year, asked.years[1]) if asked.years else year
        found.setdefault((last - YEARS_BACK, LAST_YEAR if asked.is_open else last), []).append(place)
    return found


def _is_settled(found: Selection, query: Query, since: date) -> bool:
    """Whether no figure from before a day can have a part in the claims."""
    if found.headline.window or found.headline.scope is not scopes_of(query.destination)[0]:
        return False  # an older figure may be of a theatre or a stretch that comes first
    if level(found.headline):
        return False  # an older count of the definition asked, or one that somebody vouches for, may come before it
    return latest_count(found.claims, found.asked) - (found.asked.same_time or 0) >= since.toordinal()
