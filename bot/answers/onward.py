"""The questions that are one tap away from an answer: other readings of the same words, and what may be asked next.

Each has an answer: it is offered only where the evidence at hand, or an index of it, says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from bot.answers.answer import ClaimsBlock, CompareBlock, OfferBlock, Outcome, RankBlock, SourcesBlock, claims_of
from bot.answers.draft import DEFAULT_MEASURE, Draft
from bot.answers.notes import NoteKind
from bot.answers.regions import WORLD, is_region
from bot.answers.selection import select
from bot.answers.shelf import Shelf
from bot.answers.times import LAST_YEAR, Asked
from bot.answers.trend import FLOW
from bot.answers.ways import Step, Way
from bot.questions.query import Intent, Query, Read
from db.model.records import Figure, Who
from db.model.values import Period

MOST_FURTHER = 3
MOST_READINGS = 2
"""Alternative readings that are tried; the likeliest that has an answer of its own is offered."""
PEERS = 4
"""Neighbours that are tried, the most populous first."""
AROUND = 3
"""Years around an asked time in which another year is looked for; of a million figures not all are read."""
PEOPLED = 2016
"""The year whose inhabitants decide which neighbour is the nearest by size."""
ASKED_OF_FIGURES = frozenset(Intent) - {Intent.DEFINE, Intent.HELP}
_OF_MANY = frozenset({Intent.RANK, Intent.TOTAL, Intent.COMPARE, Intent.SHARE, Intent.COVERAGE})

_NEXT: Mapping[Intent, tuple[Way, ...]] = {
    Intent.LOOKUP: (Way.BY_YEAR, Way.AGAINST, Way.COUNTRIES, Way.RETURNED, Way.SOURCES),
    Intent.COMPARE: (Way.PER_MILLION, Way.SOURCES),
    Intent.RANK: (Way.PER_MILLION, Way.NUMBER, Way.BY_YEAR),
    Intent.TREND: (Way.AGAINST, Way.NUMBER, Way.COUNTRIES, Way.SOURCES),
    Intent.SOURCES: (Way.NUMBER, Way.CLAIMS, Way.BY_YEAR),
    Intent.DEFINE: (Way.COUNTRIES, Way.NUMBER),
    Intent.HELP: (),
}
_ELSE = (Way.NUMBER, Way.BY_YEAR, Way.COUNTRIES, Way.SOURCES)
"""What is offered after an answer of each kind, the first that are held."""


_UNSAID: Mapping[str, Mapping[str, Any]] = {
    "place": {"places": (WORLD,), "without": ()},
    "measure": {"measure": None, "measures": ()},
    "who": {"who": Who.EVERYONE, "groups": ()},
    "time": {"period": Period(), "times": ()},
    "rate": {"per_million": False},
}
"""What a query asks where a part of it is not said."""


def otherwise(draft: Draft, reading: Read, answered: Callable[[Query], Draft]) -> tuple[Step, ...]:
    """The question without what was carried into it, and another reading, where they have an answer of their own.

    The other reading is the other count, or what the reader doubted.
    """
    alone = next(_alone(draft, reading, answered), None)
    other = next(_other_count(draft), None) or next(_other_reading(draft, reading, answered), None)
    return tuple(step for step in (alone, other) if step is not None)


def further(draft: Draft) -> tuple[Step, ...]:
    """What may be asked next; nothing after a question that has no answer."""
    if draft.outcome is not Outcome.ANSWERED:
        return ()
    known = {_plain(step.query) for step in draft.otherwise}
    return tuple(islice((step for step in steps(draft) if _plain(step.query) not in known), MOST_FURTHER))


def steps(draft: Draft) -> Iterator[Step]:
    """Every question that may follow an answer, and is held."""
    base = _base(draft)
    for way in _NEXT.get(draft.query.intent, _ELSE):
        query = _WAYS[way](draft, base)
        if query is not None and _plain(query) != _plain(draft.query):
            yield Step(way, query)


def _other_count(draft: Draft) -> Iterator[Step]:
    """Departures where all who had gone are told, or the reverse, where the two differ by more than a tenth."""
    figures = {note.values["figure"] for note in draft.notes if note.kind is NoteKind.OTHER_COUNT}
    for block in draft.blocks:
        if isinstance(block, OfferBlock) and block.claim.figure.id in figures:
            yield Step(Way.IN_TIME if block.query.measure == FLOW else Way.IN_TOTAL, block.query)


def _alone(draft: Draft, reading: Read, answered: Callable[[Query], Draft]) -> Iterator[Step]:
    """What a turn asks when nothing of the turns before is carried into it."""
    some = len(draft.query.places) > 1  # some of them were said, and which is not known
    asked = let_go(draft.query, [part for part in reading.carried if part != "place" or not some])
    if _plain(asked) != _plain(draft.query) and answered(asked).outcome is Outcome.ANSWERED:
        yield Step(Way.ALONE, asked)


def let_go(query: Query, carried: Collection[str]) -> Query:
    """A query without the parts that were carried into it; of no place it asks the world."""
    bare = replace(query, **{field: value for part in carried for field, value in _UNSAID[part].items()})
    return replace(bare, intent=Intent.LOOKUP) if bare.intent is Intent.COMPARE and "place" in carried else bare


def _other_reading(draft: Draft, reading: Read, answered: Callable[[Query], Draft]) -> Iterator[Step]:
    tried = [
        other.query
        for other in reading.alternatives
        if other.outcome in ASKED_OF_FIGURES and _is_alike(other.query, draft.query)
    ]
    for query in list(dict.fromkeys(tried))[:MOST_READINGS]:
        other = answered(query)
        if other.outcome is Outcome.ANSWERED and _essence(other) != _essence(draft):
            yield Step(Way.READ, query)


def _is_alike(other: Query, query: Query) -> bool:
    """Whether another reading is of the same state of the data, and no more work than the first one was."""
    wide = other.intent in _OF_MANY and (not other.places or any(map(is_region, other.places)))
    return (
        other.known_on == query.known_on and (query.intent in _OF_MANY or not wide) and _plain(other) != _plain(query)
    )


def _essence(draft: Draft) -> tuple[object, ...]:
    """What an answer shows: of two readings with the same, one is enough."""
    return tuple((type(block), *(claim.figure.id for claim in claims_of(block))) for block in draft.blocks)


def _plain(query: Query) -> Query:
    """What a query asks for, however much of it is to be shown: a bare question counts those who ever went."""
    return replace(query, measure=query.measure or DEFAULT_MEASURE, top=None, bottom=None, chart=False, style=None)


def _base(draft: Draft) -> Query:
    """The look-up of what an answer is about: one place, or those that were asked, in the measure that it shows."""
    query, claim = draft.query, draft.headline or next(iter(draft.disagreement), None)
    measure = claim.figure.measure if claim else draft.measure
    return Query(
        Intent.LOOKUP,
        places=query.places or (WORLD,),
        measure=None if measure == DEFAULT_MEASURE else measure,
        who=query.who,
        destination=query.destination,
        period=query.period,
        known_on=query.known_on,
    )


def is_held(shelf: Shelf, query: Query, place: str, measure: str) -> bool:
    """Whether a look-up of one place has an answer; without a time the index of what is held says so."""
    if (measure, query.who) not in shelf.topics(place):
        return False
    asked = Asked.of(query.period)
    if asked.is_open and query.destination is None:
        return True
    return select(shelf, query, place, measure, asked) is not None


def _is_held(draft: Draft, query: Query) -> bool:
    """Whether one place is asked for, and a look-up of it has an answer."""
    return len(query.places) == 1 and is_held(draft.shelf, query, query.places[0], query.measure or DEFAULT_MEASURE)


def _number(draft: Draft, base: Query) -> Query | None:
    """The number of the place itself."""
    return base if _is_held(draft, base) else None


def _by_year(draft: Draft, base: Query) -> Query | None:
    """The claims in time, where they speak of more than one year."""
    if len(base.places) > 1:
        return None
    asked = Asked.of(base.period).years
    around = (max(1, asked[0] - AROUND), min(asked[1] + AROUND, LAST_YEAR)) if asked else None
    entries = draft.shelf.entries(base.places[0], base.measure or DEFAULT_MEASURE, base.who, around)
    years = {_year(entry.figure) for entry in entries if entry.scope is entries[0].scope} - {None}
    if around:
        years = {year for year in years if year is not None and around[0] <= year <= around[1]}
    return replace(base, intent=Intent.TREND, period=Period()) if len(years) > 1 else None


def _year(figure: Figure) -> int | None:
    stated = figure.period.end or figure.as_of
    return stated.year if stated else None


def _against(draft: Draft, base: Query) -> Query | None:
    """The place beside its most populous neighbour of which as much is held."""
    if is_region(base.places[0]) or not _is_held(draft, base):
        return None
    peers = _peers(draft.shelf, base.places[0])[:PEERS]
    held = (peer for peer in peers if _is_held(draft, replace(base, places=(peer,))))
    return next((replace(base, intent=Intent.COMPARE, places=(*base.places, peer)) for peer in held), None)


def _peers(shelf: Shelf, place: str) -> list[str]:
    """The other countries of the smallest region around a place, the most populous first."""
    around = {membership.region for membership in shelf.holdings.memberships if membership.place == place} - {WORLD}
    if not around:
        return []
    region = min(around, key=lambda region: (len(shelf.members(region, None)), region))
    return sorted((peer for peer in shelf.members(region, None) if peer != place), key=lambda peer: -_size(shelf, peer))


def _size(shelf: Shelf, place: str) -> int:
    found = shelf.population(place, PEOPLED)
    return found.inhabitants if found else 0


def _countries(draft: Draft, base: Query) -> Query | None:
    """A region's countries by their numbers, where two of them have one."""
    place = base.places[0]
    if len(base.places) > 1 or not is_region(place):
        return None
    held = (one for one in draft.countries((place,)) if _is_held(draft, replace(base, places=(one,))))
    return replace(base, intent=Intent.RANK) if len(list(islice(held, 2))) > 1 else None


def _per_million(draft: Draft, base: Query) -> Query | None:
    """The same list per million inhabitants, where there is a population for each row."""
    for block in draft.blocks:
        if isinstance(block, CompareBlock | RankBlock) and not block.per_million:
            countries = [row.place for row in block.rows]
            peopled = all(not is_region(place) and draft.shelf.population(place, PEOPLED) for place in countries)
            dated = all(_year(row.claim.figure) for row in block.rows)
            return replace(draft.query, per_million=True) if peopled and dated and len(countries) > 1 else None
    return None


def _returned(draft: Draft, base: Query) -> Query | None:
    """Those who came back."""
    query = replace(base, measure="returned")
    return query if _is_held(draft, query) else None


def _claims(draft: Draft, base: Query) -> Query | None:
    """Every claim, where there are several of one measure."""
    shown = (claim for block in draft.blocks if isinstance(block, ClaimsBlock | SourcesBlock) for claim in block.claims)
    several = [claim for claim in shown if claim.figure.measure == (base.measure or DEFAULT_MEASURE)]
    return replace(base, intent=Intent.DISPUTES) if len(several) > 1 and _is_held(draft, base) else None


def _sources(draft: Draft, base: Query) -> Query | None:
    """Who says so, of each place that the answer names a figure of."""
    held = all(_is_held(draft, replace(base, places=(place,))) for place in base.places)
    return replace(base, intent=Intent.SOURCES) if held else None


_WAYS: Mapping[Way, Callable[[Draft, Query], Query | None]] = {
    Way.NUMBER: _number,
    Way.BY_YEAR: _by_year,
    Way.AGAINST: _against,
    Way.COUNTRIES: _countries,
    Way.PER_MILLION: _per_million,
    Way.RETURNED: _returned,
    Way.CLAIMS: _claims,
    Way.SOURCES: _sources,
}
