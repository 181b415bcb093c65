"""The acts that take up what was asked earlier: undo, back to, the other one."""

from __future__ import annotations

from dataclasses import replace

from bot.questions.dialogue.merging import base, left_out, merged, placed, with_parts
from bot.questions.dialogue.said import Said, place_in_list
from bot.questions.dialogue.state import State
from bot.questions.drafting import WORLD
from bot.questions.query import Query
from db.model.records import Who
from db.model.values import Period

_OTHER = {Who.WOMEN: Who.MEN, Who.MEN: Who.WOMEN}


def undo(state: State, said: Said) -> Query | State | None:
    """The last step is taken back; or the part of it that is named."""
    query = base(state)
    if query is None:
        return None
    named = [one for one in said.named if one != WORLD]
    if named and set(named) & set(query.without):
        return replace(query, without=tuple(one for one in query.without if one not in named))
    if named and set(named) < set(query.places):
        return left_out(query, named)
    if said.who and query.who in said.who:
        return replace(query, who=Who.EVERYONE, groups=())
    before = state.undone()
    if named and before.last is not None and set(named) <= set(before.last.places):
        return before
    if named:
        return with_parts(placed(query, named), said)
    if not query.period.is_open and said.tags & {"when"}:
        return replace(query, period=Period(), times=())
    return before


def back(state: State, said: Said) -> Query | State | None:
    """An earlier query is taken up again: the one that is described, the first, or the one before."""
    query = base(state)
    if query is None:
        return None
    earlier = state.queries[:-1]
    if not (said.named or said.who or said.measure or said.numbers):
        if said.has("first") and earlier:
            return state.queries[0]
        return state.queries[-2] if earlier else None
    for one in reversed(earlier):
        if _fits(one, said):
            return with_parts(one, said)
    return merged(query, said)


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


def other(state: State, said: Said) -> Query | State | None:
    """The place or group that was asked beside or before this one."""
    query = base(state)
    if query is None:
        return None
    if said.places and WORLD not in said.places:
        return with_parts(placed(query, said.places), said)
    at = place_in_list(said)
    listed = next((one.places for one in reversed(state.queries) if len(one.places) > 1), ())
    if at is not None and at < len(listed) > 1:
        return with_parts(placed(query, [listed[at]]), said)
    for moment in reversed(state.moments):
        beside = moment.open.candidates if moment.open else moment.query.places if moment.query else ()
        rest = tuple(one for one in beside if one not in query.places and one != WORLD)
        if rest:
            return with_parts(placed(query, rest), said)
    if len(query.places) == 2:
        return with_parts(placed(query, query.places[1:]), said)
    return replace(query, who=_OTHER[query.who], groups=()) if query.who in _OTHER else None
