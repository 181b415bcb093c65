"""Questions that have an answer, about some places: what is offered while a member types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answers.draft import DEFAULT_MEASURE, Draft
from bot.answers.onward import is_held, steps
from bot.answers.regions import WORLD
from bot.answers.shelf import Shelf
from bot.answers.times import Asked
from bot.answers.trend import FLOW
from bot.questions.query import Intent, Query
from db.model.records import Who
from db.model.values import Period

YEARS = range(2019, 2010, -1)
"""The years of the subject, the last one first."""


def known_questions(shelf: Shelf, places: Sequence[str]) -> list[Query]:
    """For each place its numbers and what may be asked next; the first two places also beside each other."""
    found = [query for place in places for query in _of_place(shelf, place)]
    pair = Query(Intent.COMPARE, tuple(place for place in places if place != WORLD)[:2])
    if len(pair.places) == 2 and all(is_held(shelf, pair, place, DEFAULT_MEASURE) for place in pair.places):
        found.append(pair)
    return list(dict.fromkeys(found))


def _of_place(shelf: Shelf, place: str) -> Iterator[Query]:
    topics = shelf.topics(place)
    if (DEFAULT_MEASURE, Who.EVERYONE) in topics:
        query = Query(Intent.LOOKUP, (place,))
        yield query
        yield from (step.query for step in steps(Draft(shelf, query, DEFAULT_MEASURE, Asked.of(query.period))))
    for measure, who in sorted(topics, key=lambda topic: (topic[1] is not Who.EVERYONE, topic[0])):
        query = Query(Intent.LOOKUP, (place,), None if measure == DEFAULT_MEASURE else measure, who)
        if measure != FLOW:  # departures are asked of a time
            yield query
        elif who is Who.EVERYONE:
            times = (replace(query, period=Period.year(year)) for year in YEARS)
            yield from (timed for timed in times if is_held(shelf, timed, place, FLOW))
