"""The selection of a look-up from the newest figures alone, where the older ones could change nothing that it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.answers.conflicts import EARLIER_SHOWN
from bot.answers.entries import SCOPES
from bot.answers.selection import Selection, scopes_of, select, select_from
from bot.answers.shelf import Shelf
from bot.answers.times import Asked, newest
from bot.questions.query import Query
from db.pieces import Piece
from db.records import Destination, Kind

NEWEST_READ = 48
"""Figures that are looked at first: the claims of one time and the earlier ones shown are seldom more."""


def select_recent(shelf: Shelf, query: Query, place: str, measure: str, asked: Asked) -> Selection | None:
    """What ``select`` finds, of whose earlier claims those that no look-up shows may be left out."""
    filtered = query.publisher or query.value is not None or query.peak
    if shelf.pieces is None or shelf.is_narrowed or filtered or not (asked.is_open or asked.is_by):
        return select(shelf, query, place, measure, asked)
    entries, since = shelf.newest(
        Piece(place, measure, query.who, asked.years),
        _destinations(query),
        is_whole=shelf.measure(measure).kind is Kind.CUMULATIVE,
        most=NEWEST_READ,
    )
    found = select_from(entries, shelf, query, asked)
    if not since:
        return found
    if found is not None and is_settled(found, query, date(since, 1, 1)):
        first_left_out = date(since, 1, 1).toordinal()
        if sum(newest(entry, asked) >= first_left_out for entry in found.earlier) >= EARLIER_SHOWN:
            return replace(found, earlier=found.earlier[:EARLIER_SHOWN])
    return select(shelf, query, place, measure, asked)


def is_settled(found: Selection, query: Query, since: date) -> bool:
    """Whether no figure from before a day can have a part in the claims."""
    if found.headline.window or found.headline.scope is not scopes_of(query.destination)[0]:
        return False  # an older figure may be of a theatre or a stretch that comes first
    latest = max(newest(entry, found.asked) for entry in found.claims)
    return latest - (found.asked.same_time or 0) >= since.toordinal()


def _destinations(query: Query) -> tuple[Destination, ...]:
    """Those of the theatre that is asked about first."""
    scope = scopes_of(query.destination)[0]
    return tuple(destination for destination, of in SCOPES.items() if of is scope)
