"""The claims that open the answers of many places: for ranks, comparisons and sums, which show no more of each place.

From a large dataset they are worked out once for each place and kept until that place changes; and as the newest claims
open an answer, the figures of years long before are read only where those of the last years do not settle it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.answers.selection import Selection, scopes_of, select, select_from
from bot.answers.shelf import Shelf
from bot.answers.times import LAST_YEAR, Asked, newest
from bot.questions.query import Query
from db.pieces import Pieces

YEARS_BACK = 2
"""Years before a place's newest one that are read first: claims of one time lie within one year of each other."""
PAUSE_AFTER = 20
"""Places after which others are answered."""
_NOTHING = "nothing"


def leading(
    shelf: Shelf, query: Query, places: Sequence[str], measure: str, asked: Asked, *, strict: bool = False
) -> list[Selection]:
    """What ``select`` finds for each place that has anything; older claims and those aside may be left out."""
    if shelf.pieces is None or shelf.is_narrowed:
        found = (select(shelf, query, place, measure, asked, strict=strict) for place in places)
        return [selection for selection in found if selection is not None]
    return _Leads(shelf, shelf.pieces, query, measure, asked, strict).of(places)


class _Leads:
    """One question's leading claims."""

    def __init__(self, shelf: Shelf, pieces: Pieces, query: Query, measure: str, asked: Asked, strict: bool) -> None:
        self._shelf, self._pieces, self._query = shelf, pieces, query
        self._measure, self._asked, self._strict = measure, asked, strict
        filters = (query.destination, query.publisher, query.value, query.peak)
        self._kind = ("lead", measure, query.who, asked.period, *filters, strict)

    def of(self, places: Sequence[str]) -> list[Selection]:
        kept = {place: self._pieces.worked_out.get((place, *self._kind)) for place in places}
        kept |= self._work_out([place for place, held in kept.items() if held is None])
        return [held for held in kept.values() if isinstance(held, Selection)]

    def _work_out(self, places: Sequence[str]) -> dict[str, Selection | str]:
        topic = (self._measure, self._query.who)
        since: dict[str, int] = {}
        if self._asked.is_open and not self._query.peak:
            newest_years = self._pieces.newest_years(topic, places) if places else {}
            since = {place: year - YEARS_BACK for place, year in newest_years.items() if year}
            for year in sorted(set(since.values())):
                self._pieces.prepare(topic, (year, LAST_YEAR), [place for place in places if since.get(place) == year])
        else:
            self._pieces.prepare(topic, self._asked.years, places)
        made: dict[str, Selection | str] = {}
        for number, place in enumerate(places, start=1):
            selection = self._recent(place, since[place]) if place in since else None
            made[place] = self._keep(place, selection or self._whole(place))
            if number % PAUSE_AFTER == 0:
                self._pieces.pause()
        return made

    def _whole(self, place: str) -> Selection | None:
        return select(self._shelf, self._query, place, self._measure, self._asked, strict=self._strict)

    def _recent(self, place: str, since: int) -> Selection | None:
        """The selection from the last years; None where older figures may have a part in it."""
        entries = self._shelf.newest_entries(place, self._measure, self._query.who, since)
        found = select_from(entries, self._shelf, self._query, self._asked, strict=self._strict)
        if found is None:
            return None
        if found.headline.window or found.headline.scope is not scopes_of(self._query.destination)[0]:
            return None  # an older figure may be of a theatre or a stretch that comes first
        latest = max(newest(entry, self._asked) for entry in found.claims)
        reach = latest - (self._asked.same_time or 0)
        return found if reach >= date(since, 1, 1).toordinal() else None

    def _keep(self, place: str, selection: Selection | None) -> Selection | str:
        """Keep it without the claims that no lead is asked for: they would hold on to a whole place."""
        lead = _NOTHING if selection is None else replace(selection, earlier=(), aside=())
        weight = 1 if isinstance(lead, str) else 1 + len(lead.claims)
        self._pieces.worked_out.put((place, *self._kind), lead, weight)
        return lead
