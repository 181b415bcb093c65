"""The acts that put in order: so many of a ranking, and sorted or turned round."""

from __future__ import annotations

from dataclasses import replace

from bot.questions.dialogue.merging import beside, gathered, merged, one_country
from bot.questions.dialogue.said import Said, place_in_list
from bot.questions.dialogue.state import State
from bot.questions.numbers import small_number
from bot.questions.query import Intent, Query
from bot.questions.tokens import folded

_MOST = 250


def top(query: Query, said: Said, state: State) -> Query:
    """So many of a ranking, from above or below."""
    found = _rankable(merged(query, said), said, state)
    if said.places and not any(one.startswith("R:") for one in said.places) and len(said.places) == 1:
        found = replace(found, places=tuple(dict.fromkeys((*said.places, *query.places))))
    if said.measure == "origin_countries":  # "the main countries of origin"
        found = replace(found, measure=query.measure)
    number = _number_of(said, query)
    listed = not any(one.startswith("R:") for one in found.places)
    if (number is None and not said.has("both")) or (listed and number == len(found.places)):  # "the higher of the two"
        number = 1
    low = "rank_low" in said.tags or (query.bottom is not None and "rank" not in said.tags)
    return replace(found, intent=Intent.RANK, top=None if low else number, bottom=number if low else None)


def sort(query: Query, said: Said, state: State) -> Query:
    """In order; a ranking is turned round."""
    if said.numbers and query.intent is Intent.RANK:
        return top(query, said, state)
    found = _rankable(beside(query, said), said, state)
    if query.intent is Intent.RANK and (query.top or query.bottom):
        turned = found == query
        first, last = (query.bottom, query.top) if turned else (query.top, query.bottom)
        return replace(found, intent=Intent.RANK, top=first, bottom=last)
    one = 1 if "asking" in said.tags else None
    low = one is not None and "rank_low" in said.tags
    return replace(found, intent=Intent.RANK, top=None if low else one, bottom=one if low else None)


def _number_of(said: Said, query: Query) -> int | None:
    """How many are asked for: of several numbers the first that is new ("two instead of three"); "second" is two."""
    spoken = (small_number(folded(token.given)) or 0 for token in said.heard.spans.tokens)
    told = [one for one in (*said.numbers, *spoken) if 0 < one <= _MOST]
    fresh = [one for one in told if one not in (query.top, query.bottom)]
    at = place_in_list(said)
    return next(iter(fresh or told), at + 1 if at is not None and at > 0 else None)


def _rankable(query: Query, said: Said, state: State) -> Query:
    """The query for all that were asked for one by one, where only the last of them would be put in order."""
    several = gathered(state, max(said.numbers) if said.numbers and max(said.numbers) > 1 else None)
    return replace(query, places=several) if one_country(query) and not said.named and len(several) > 1 else query
