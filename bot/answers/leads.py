"""The claims that open the answers of many places: for ranks, comparisons and sums, which show no more of each place.

From a large dataset they are worked out once for each place and kept until that place changes; and as the newest claims
open an answer, the figures of years long before are read only where those of the last years do not settle it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.answers.recent import is_settled
from bot.answers.selection import Selection, scopes_of, select, select_from
from bot.answers.shelf import Shelf
from bot.answers.times import LAST_YEAR, Asked
from bot.questions.query import Query
from db.pieces import Pieces, Topic, Years
from db.records import Figure

YEARS_BACK = 1
"""Years before the newest one that are read first: claims of one time lie within one year of each other."""
_NOTHING = "nothing"


def leading(
    shelf: Shelf, query: Query, places: Sequence[str], measure: str, asked: Asked, *, strict: bool = False
) -> list[Selection]:
    """What ``select`` finds for each place that has anything; older claims and those aside may be left out."""
    return _found(shelf, query, places, measure, asked, strict=strict, only_first=False)


def heading(
    shelf: Shelf, query: Query, places: Sequence[str], measure: str, asked: Asked, *, strict: bool = False
) -> list[Selection]:
    """The same, of which nothing but the headline and why it opens the answer may be used."""
    return _found(shelf, query, places, measure, asked, strict=strict, only_first=True)


def _found(
    shelf: Shelf, query: Query, places: Sequence[str], measure: str, asked: Asked, *, strict: bool, only_first: bool
) -> list[Selection]:
    if shelf.pieces is None or shelf.is_narrowed:
        found = (select(shelf, query, place, measure, asked, strict=strict) for place in places)
        return [selection for selection in found if selection is not None]
    return _Leads(shelf, shelf.pieces, query, measure, asked, strict=strict, only_first=only_first).of(places)


class _Leads:
    """One question's leading claims."""

    def __init__(
        self,
        shelf: Shelf,
        pieces: Pieces,
        query: Query,
        measure: str,
        asked: Asked,
        *,
        strict: bool,
        only_first: bool,
    ) -> None:
        self._shelf, self._pieces, self._query = shelf, pieces, query
        self._measure, self._asked, self._strict, self._only_first = measure, asked, strict, only_first
        filters = (query.destination, query.publisher, query.value, query.peak)
        self._kind = ("head" if only_first else "lead", measure, query.who, asked.period, *filters)

    def of(self, places: Sequence[str]) -> list[Selection]:
        """The leads of some places, in their order."""
        kept = {place: self._kept(place) for place in places}
        missing = [place for place, held in kept.items() if held is None]
        for place, selection in self._worked_out(missing):
            kept[place] = self._keep(place, selection)
        return [held for held in kept.values() if isinstance(held, Selection)]

    def _kept(self, place: str) -> object:
        """What was kept of a place; what keeps to the first theatre is the same as what need not."""
        found = self._pieces.leads.get((place, *self._kind, True))
        if self._strict or isinstance(found, Selection):
            return found
        return self._pieces.leads.get((place, *self._kind, False))

    def _worked_out(self, places: Sequence[str]) -> Iterator[tuple[str, Selection | None]]:
        """First from the last years; then from all, for the places where those do not settle it."""
        topic = (self._measure, self._query.who)
        left = list(places)
        for since, (years, some) in self._recent_years(topic, left).items():
            for place, figures in self._pieces.of_many(topic, years, some):
                found = self._selected(figures)
                if found is not None and is_settled(found, self._query, date(since, 1, 1)):
                    left.remove(place)
                    yield place, found
        for place, figures in self._pieces.of_many(topic, self._asked.years, left):
            yield place, self._selected(figures)

    def _recent_years(self, topic: Topic, places: Sequence[str]) -> dict[int, tuple[Years, list[str]]]:
        """The last years of each place, or those before the asked end, by the first of them."""
        found: dict[int, tuple[Years, list[str]]] = {}
        if self._query.peak or not places:
            return found
        if self._asked.is_by:
            end = self._asked.years[1] if self._asked.years else LAST_YEAR
            return {end - YEARS_BACK: ((end - YEARS_BACK, end), list(places))}
        if self._asked.is_open:
            for place, year in self._pieces.newest_years(topic, places).items():
                if year:
                    since = year - YEARS_BACK
                    found.setdefault(since, ((since, LAST_YEAR), []))[1].append(place)
        return found

    def _selected(self, figures: Iterable[Figure]) -> Selection | None:
        entries = self._shelf.made_of(figures)
        return select_from(entries, self._shelf, self._query, self._asked, strict=self._strict)

    def _keep(self, place: str, selection: Selection | None) -> Selection | str:
        """Keep it without the claims that no lead is asked for: they would hold on to a whole place."""
        if selection is None:
            self._pieces.leads.put((place, *self._kind, self._strict), _NOTHING)
            return _NOTHING
        lead = replace(selection, earlier=(), aside=())
        if self._only_first:
            lead = replace(lead, claims=lead.claims[:1])
        is_first_theatre = lead.headline.scope is scopes_of(self._query.destination)[0]
        key = (place, *self._kind, self._strict or is_first_theatre)
        self._pieces.leads.put(key, lead, 1 if self._only_first else 1 + len(lead.claims))
        return lead
