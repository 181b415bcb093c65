"""What is left of the query before when a turn names new parts of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.questions.dialogue.said import THERE, Said
from bot.questions.dialogue.state import State
from bot.questions.drafting import WORLD
from bot.questions.query import Intent, Query
from bot.questions.times import LAST_DAY, Time, spanned, times_of
from bot.questions.tokens import tokens_of
from db.model.records import Who
from db.model.values import Period

ONE_TURN = frozenset({Intent.SOURCES, Intent.DISPUTES})
"""What holds for one turn: the next one asks for the number again."""
NO_COUNT = frozenset({Intent.DEFINE, Intent.HELP, Intent.COVERAGE})
_SEVERAL = frozenset({Intent.COMPARE, Intent.TOTAL, Intent.RANK})
FLOW = "travelled_in_period"
_SHORT_YEARS = range(11, 21)
_FEW = 3
"""Words of a turn that may be a year in two digits."""


def base(state: State) -> Query | None:
    """The query that a turn leans on, without what held for one turn."""
    last = state.last
    if last is None:
        return None
    intent = last.intent
    if intent in ONE_TURN:
        counted = (one.intent for one in reversed(state.queries) if one.intent not in ONE_TURN | NO_COUNT)
        intent = next(counted, Intent.LOOKUP)
    if intent in (Intent.DEFINE, Intent.HELP):
        intent = Intent.LOOKUP
    if not last.places:
        last = replace(last, places=(WORLD,))
    kept = replace(
        last, intent=intent, style=None, value=None, values=(), publisher=None, publishers=(), chart=False, peak=False
    )
    return settled(kept)


def merged(query: Query, said: Said) -> Query:
    """The query with every part replaced that the turn names."""
    places = tuple(one for one in said.places if one not in THERE or said.places == (one,))
    if places and places != (WORLD,):
        query = placed(query, places)
    elif WORLD in said.places:
        query = replace(query, places=(WORLD,), without=())
    if said.out:
        query = left_out(query, said.out)
    return with_parts(query, said)


def with_parts(query: Query, said: Said) -> Query:
    """The query with the parts that the turn names, its places left as they are."""
    counted = said.measure or said.who or said.rate or said.has("absolute")
    if query.intent is Intent.COVERAGE and (counted or not time_of(said).is_open):
        query = replace(query, intent=Intent.LOOKUP)
    if said.measure is not None:
        query = replace(query, measure=None if said.measure == "travelled" else said.measure, measures=())
    if said.rate or said.has("absolute"):
        shared = query.intent is Intent.SHARE and not said.rate
        query = replace(query, per_million=said.rate, intent=Intent.LOOKUP if shared else query.intent)
    if said.query.destination is not None:
        query = replace(query, destination=said.query.destination)
    if said.query.chart:
        query = replace(query, chart=True)
    return _timed(_grouped(query, said), said)


def _grouped(query: Query, said: Said) -> Query:
    if said.has("everyone"):
        return of_everyone(query)
    if said.who:
        return replace(of_everyone(query), who=said.who[0], groups=said.who[1:])
    return grouped_out(query, tuple(Who(one) for one in said.groups_out))


def grouped_out(query: Query, groups: Sequence[Who]) -> Query:
    """The query without some groups: of two that are asked together the other is left."""
    if not groups:
        return query
    if query.who is Who.WOMEN_AND_MINORS and groups[0] in (Who.WOMEN, Who.MINORS):
        return replace(query, who=Who.MINORS if groups[0] is Who.WOMEN else Who.WOMEN, groups=())
    if query.who is not Who.EVERYONE and query.who not in groups:  # "no, the women", of the men
        return replace(query, who=groups[0], groups=())
    return replace(query, who=Who.EVERYONE, groups=(), without=tuple(dict.fromkeys((*query.without, *groups))))


def of_everyone(query: Query) -> Query:
    """The query for all people, whichever group was asked or left out."""
    without = tuple(one for one in query.without if one not in set(Who))
    return replace(query, who=Who.EVERYONE, groups=(), without=without)


def undated(query: Query) -> Query:
    """The query for all time: departures are counted within one, so all who ever went are asked for."""
    return replace(query, period=Period(), times=(), measure=None if query.measure == FLOW else query.measure)


def _timed(query: Query, said: Said) -> Query:
    known = said.query.known_on
    told = said.has("known_on") or "known" in said.tags
    if known is not None and told:
        query = replace(query, known_on=known)
    if not said.query.period.is_open:
        return replace(query, period=said.query.period, times=said.query.times)
    if said.has("anytime") and not said.times:
        return undated(query)
    return query if known is None or told else replace(query, period=time_of(said), times=())


def placed(query: Query, places: Sequence[str]) -> Query:
    """The query for other places; what was left out of the old ones is forgotten."""
    groups = tuple(one for one in query.without if one in set(Who))
    return settled(replace(query, places=tuple(dict.fromkeys(places)), without=groups))


def settled(query: Query) -> Query:
    """The query with an intent that its places allow: one country is neither compared, ranked nor added up."""
    one = one_country(query)
    apart = query.measures or query.groups or query.times
    if (one and query.intent in _SEVERAL and not apart) or (
        len(query.places) == 1 and query.intent is Intent.COMPARE and not apart
    ):
        query = replace(query, intent=Intent.LOOKUP)
    if query.intent is not Intent.RANK:
        query = replace(query, top=None, bottom=None)
    return query


def left_out(query: Query, places: Sequence[str]) -> Query:
    """The query without some places: taken off its list, or left out of its regions."""
    kept = tuple(one for one in query.places if one not in places)
    if len(kept) != len(query.places) and kept:
        return settled(replace(query, places=kept))
    if not any(one.startswith("R:") for one in query.places):
        return query
    without = tuple(dict.fromkeys((*query.without, *(one for one in places if one not in query.places))))
    return replace(query, without=without)


def time_of(said: Said) -> Period:
    """The times that the turn names, whatever they do in it."""
    period = said.query.period
    return period if not period.is_open else spanned([time for time in said.times if isinstance(time, Time)])


def gathered(state: State, count: int | None = None) -> tuple[str, ...]:
    """The places asked for last in the order asked: so many, or all since the last list of places."""
    found: list[str] = []
    for query in reversed(state.queries):
        found.extend(one for one in reversed(query.places) if one not in found and one != WORLD)
        if len(query.places) > 1 if count is None else len(found) >= count:
            break
    return tuple(reversed(found[:count]))


def dated(state: State, count: int | None = None) -> tuple[Period, ...]:
    """The times asked for one by one of the same places, in the order asked: so many, or all."""
    found: list[Period] = []
    for query in reversed(state.queries):
        closed = query.period.first is not None and query.period.last is not None
        if not closed or query.places != state.queries[-1].places or len(found) == count:
            break
        if query.period not in found:
            found.append(query.period)
    return tuple(reversed(found))


def short_year(query: Query, said: Said) -> Period:
    """The year that two digits alone name behind a question of some time: "16?", "until 16"; open where none is."""
    years = [one for one in said.numbers if one in _SHORT_YEARS]
    tokens = said.heard.spans.tokens
    if query.period.is_open or len(years) != 1 or len(said.numbers) > 1 or len(tokens) > _FEW:
        return Period()
    text = re.sub(rf"(?<!\d){years[0]}(?!\d)", str(2000 + years[0]), said.heard.spans.text)
    return spanned(times_of(tokens_of(text), LAST_DAY))


def meant(query: Query, said: Said, state: State) -> Query:
    """The query for all that a turn means which speaks of several, where only one was asked for last.

    "both", "the three", "all of them": so many of the countries that were asked for one by one.
    """
    count = max(said.numbers, default=0)
    several = said.has("every", "both") or (said.has("refer") and count > 1)
    if not several or said.named or not one_country(query):
        return query
    places = gathered(state, count if count > 1 else None if said.has("every") else 2)
    return replace(query, places=places) if len(places) > 1 else query


def one_country(query: Query) -> bool:
    """Whether a query is of a single country, so that nothing in it can be set beside each other."""
    return len(query.places) == 1 and not query.places[0].startswith("R:")


def beside(query: Query, said: Said) -> Query:
    """The query with the parts that the turn names; a place that is added stands beside those of before."""
    found = merged(query, said)
    if said.has("add") and said.places and WORLD not in query.places:
        found = replace(found, places=tuple(dict.fromkeys((*query.places, *said.places))))
    return found
