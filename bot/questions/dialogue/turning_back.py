"""The acts that take up what was asked earlier: undo, back to, the other one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.questions.dialogue.answering import part_of_name
from bot.questions.dialogue.merging import (
    base,
    left_out,
    meant,
    merged,
    of_everyone,
    placed,
    time_of,
    undated,
    with_parts,
)
from bot.questions.dialogue.said import Said, place_in_list
from bot.questions.dialogue.state import State
from bot.questions.drafting import WORLD
from bot.questions.query import Query
from db.model.records import Who

_OTHER = {Who.WOMEN: Who.MEN, Who.MEN: Who.WOMEN}


def undo(query: Query, said: Said, state: State) -> Query | State | None:
    """The last step is taken back; or the part of it that is named."""
    named = [one for one in said.named if one != WORLD]
    if named and set(named) & set(query.without):
        return replace(query, without=tuple(one for one in query.without if one not in named))
    if named and set(named) < set(query.places):
        return left_out(query, named)
    if (said.who and query.who in said.who) or set(said.groups_out) & {query.who, *query.without}:
        return of_everyone(query)
    if not query.period.is_open and (said.has("anytime") or time_of(said) == query.period):
        return undated(query)
    if said.rate and query.per_million:
        return replace(query, per_million=False)
    before = state.undone()
    if named and set(named) == set(query.places) and not set(named) & set(_asked(before)):
        return before
    if named and before.last is not None and set(named) <= set(before.last.places):
        return before
    if named:
        return with_parts(placed(query, named), said)
    if before.last is not None and (said.who or said.has("everyone")):
        return with_parts(before.last, said)
    return before


def _asked(state: State) -> tuple[str, ...]:
    return state.last.places if state.last is not None else ()


def back(query: Query, said: Said, state: State) -> Query | State | None:
    """An earlier query is taken up again: the one that is described, the first, or the one before."""
    earlier = list(_bases(state))[:-1]
    all_meant = meant(query, said, state)
    if all_meant != query:
        return with_parts(all_meant, said)
    several = next((one for one in reversed(earlier) if len(one.places) > 1), None)
    if said.has("both") and not said.named and several is not None and len(query.places) == 1:
        return with_parts(several, said)
    if said.has("everyone", "both") and not said.named and of_everyone(query) != query:
        return of_everyone(query)
    if not (said.named or said.who or said.measure or (said.numbers and not said.has("first"))):
        if not earlier:
            return None
        return earlier[0] if said.has("first") else earlier[-1]
    fitting = [one for one in reversed(earlier) if _fits(one, said)]
    if not fitting:
        return merged(query, said)
    named = set(said.named)
    exact = next((one for one in fitting if set(one.places) == named), None)
    if exact is None and named:
        return with_parts(placed(fitting[0], said.named), said)
    return with_parts(exact or fitting[0], said)


def _bases(state: State) -> Iterator[Query]:
    """The queries so far, oldest first, each as a turn right behind it would lean on it."""
    for at, moment in enumerate(state.moments, 1):
        found = base(replace(state, moments=state.moments[:at])) if moment.query is not None else None
        if found is not None:
            yield found


def _fits(query: Query, said: Said) -> bool:
    """Whether a query is the one that a turn describes."""
    if said.named and not set(said.named) <= set(query.places):
        return False
    if said.who and query.who not in said.who:
        return False
    if said.measure and (query.measure or "travelled") != said.measure:
        return False
    if not said.named and said.numbers and said.numbers[0] > 1:
        return len(query.places) == said.numbers[0]
    return True


def other(query: Query, said: Said, state: State) -> Query | State | None:
    """The place or group that was asked beside or before this one."""
    if said.places and WORLD not in said.places:
        return with_parts(placed(query, said.places), said)
    at = place_in_list(said)
    listed = next((one.places for one in reversed(state.queries) if len(one.places) > 1), ())
    if at is not None and at < len(listed) > 1:
        return with_parts(placed(query, [listed[at]]), said)
    for moment in reversed(state.moments):
        beside = moment.open.candidates if moment.open else moment.query.places if moment.query else ()
        rest = tuple(one for one in beside if one not in query.places and one != WORLD)
        rest = part_of_name(said, rest) or rest
        if rest:
            return with_parts(placed(query, rest), said)
    if len(query.places) == 2:
        return with_parts(placed(query, query.places[1:]), said)
    return replace(query, who=_OTHER[query.who], groups=()) if query.who in _OTHER else None
