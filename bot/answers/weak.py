"""Where the dataset is thin: topics that members ask for whose figures are old, or rest on one origin alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.answers.conflicts import independent
from bot.answers.draft import DEFAULT_MEASURE
from bot.answers.entries import Entry
from bot.answers.shelf import Shelf
from db.desk.gap_board import SINGLE_ORIGIN, STALE, Demand, Noticed, most_asked, notice
from db.model.records import Holdings, Status, Who
from db.store.engine import Database

if TYPE_CHECKING:
    from db.store.figures import FigureStore

OLDER_BY_YEARS = 2
"""A topic is stale when the place's newest figure of any measure is at least this much newer."""


async def notice_weak_spots(database: Database, dataset: FigureStore, *, at: datetime) -> None:
    """Bring the gap board up to date with what is thin among the topics that members ask for most."""
    demands = await most_asked(database)
    holdings = await dataset.holdings({demand.place for demand in demands})
    await notice(database, await asyncio.to_thread(weak_spots, holdings, demands), at=at)


def weak_spots(holdings: Holdings, demands: Iterable[Demand]) -> list[Noticed]:
    """What is thin among the topics asked for; the holdings hold all their places. Each is told once a kind."""
    shelf = Shelf(holdings)
    asked: dict[tuple[str, str], int] = {}
    for demand in demands:
        topic = (demand.place, demand.measure or DEFAULT_MEASURE)
        asked[topic] = asked.get(topic, 0) + demand.asked
    return [spot for (place, measure), times in asked.items() for spot in _of(shelf, place, measure, times)]


def _of(shelf: Shelf, place: str, measure: str, times: int) -> Iterator[Noticed]:
    entries = _official(shelf.entries(place, measure, Who.EVERYONE))
    if not entries:
        return
    newest = _newest(entries)
    latest = _newest([entry for topic in shelf.topics(place) for entry in _official(shelf.entries(place, *topic))])
    if newest is not None and latest is not None and latest.year - newest.year >= OLDER_BY_YEARS:
        text = f"The newest figure speaks of {newest:%B %Y}; others of this place reach {latest:%B %Y}."
        yield Noticed(STALE, f"{place}|{measure}|{newest}", text, place, measure, times)
    claims = [shelf.claim(entry) for entry in entries]
    origins = sorted({origin for claim in claims for origin in claim.origins})
    if independent(claims) == 1:
        only = shelf.source(origins[0]).publisher
        many = "Both" if len(claims) == 2 else f"All {len(claims)}"
        reports = "The one report held leads" if len(claims) == 1 else f"{many} figures lead"
        yield Noticed(SINGLE_ORIGIN, f"{place}|{measure}|{origins[0]}", f"{reports} to {only}.", place, measure, times)


def _official(entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.figure.status is Status.CURRENT]


def _newest(entries: Iterable[Entry]) -> date | None:
    return max((last for entry in entries if (last := entry.figure.speaks_of.last) is not None), default=None)
