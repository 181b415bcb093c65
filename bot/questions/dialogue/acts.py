"""The acts of a dialogue: one small pure function each, from the state and what a turn says to a query or a state.

None says that an act cannot be done here, because it lacks something; then the bot asks back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.questions.dialogue.merging import (
    FLOW,
    NO_COUNT,
    base,
    gathered,
    left_out,
    merged,
    placed,
    settled,
    time_of,
    with_parts,
)  # fmt: skip
from bot.questions.dialogue.said import THERE, Said, place_in_list
from bot.questions.dialogue.shifting import shift
from bot.questions.dialogue.state import State
from bot.questions.dialogue.turning_back import back, other, undo
from bot.questions.drafting import WORLD
from bot.questions.query import Intent, Query
from bot.questions.times import around, leaned
from db.model.records import Destination, Who
from db.model.values import Period

Done = Query | State | None
Act = Callable[[State, Said], Done]
_CHARTED = frozenset({Intent.LOOKUP, Intent.DISPUTES, Intent.SOURCES, Intent.COVERAGE})
_MOST = 250


def new(state: State, said: Said) -> Done:
    """A question of its own: nothing is carried."""
    return said.query


def replacing(state: State, said: Said) -> Done:
    """A part is replaced: "and Germany?", "the women", "in 2015", "killed instead"."""
    query = base(state)
    if query is None:
        return None
    found = merged(query, said)
    if "share" in said.tags and not said.has("rate") and said.alone.outcome == "share":
        return replace(found, intent=Intent.SHARE)
    if said.measure and found.intent is Intent.SHARE and "share" not in said.tags:
        found = replace(found, intent=Intent.LOOKUP)
    return found


def measure(state: State, said: Said) -> Done:
    """Another measure: "killed?"; what was asked of time stays."""
    return replacing(state, said)


def period(state: State, said: Said) -> Done:
    """Another time, however it is bound: "in 2015", "by then"."""
    found = replacing(state, said)
    time = time_of(said)
    if not isinstance(found, Query) or time.is_open:
        return found
    return replace(found, period=time, times=said.query.times)


def rate(state: State, said: Said) -> Done:
    """Per million people, or as a share, or in plain numbers again."""
    found = replacing(state, said)
    if not isinstance(found, Query):
        return None
    if said.has("absolute"):
        return replace(found, per_million=False)
    if "monthly_rate" in said.tags:
        return found
    if "share" in said.tags and not said.has("rate"):
        return replace(found, intent=Intent.SHARE)
    return replace(found, per_million=True)


def add(state: State, said: Said) -> Done:
    """Places, groups or measures beside those asked before."""
    query = base(state)
    if query is None:
        return None
    named = [one for one in said.named if one != WORLD]
    if named:
        back_in = tuple(one for one in query.without if one not in named)
        beside = tuple(one for one in named if one not in query.without)
        kept = () if query.places == (WORLD,) and beside else query.places
        query = replace(query, places=tuple(dict.fromkeys((*kept, *beside))), without=back_in)
    elif said.who:
        query = replace(query, groups=tuple(one for one in said.who if one is not query.who))
        return query if query.who is not Who.EVERYONE else replace(query, who=said.who[0], groups=said.who[1:])
    elif said.measure:
        return replace(query, measures=(*query.measures, said.measure), intent=Intent.COMPARE)
    return with_parts(query, said)


def drop(state: State, said: Said) -> Done:
    """Places or a group are left out."""
    query = base(state)
    if query is None:
        return None
    inside = [one for one in said.places if said.out]
    out = tuple(one for one in said.named if one not in inside and one != WORLD)
    if inside and not set(inside) & set(query.places):
        query = replace(query, places=(*query.places, *inside))
    if out:
        return left_out(query, out)
    groups = said.who or tuple(Who(one) for one in said.groups_out)
    if groups:
        if query.who in groups:
            return replace(query, who=Who.EVERYONE, groups=())
        return replace(query, without=tuple(dict.fromkeys((*query.without, *groups))))
    if said.has("rate"):
        return replace(query, per_million=False)
    at = place_in_list(said)
    return left_out(query, [query.places[at]]) if at is not None and at < len(query.places) > 1 else None


def only(state: State, said: Said) -> Done:
    """Nothing but what is named."""
    query = base(state)
    if query is None:
        return None
    places = [one for one in said.named if one not in THERE and one != WORLD and one not in said.out]
    at = place_in_list(said)
    if query.intent is Intent.RANK and said.numbers and not places:
        return top(state, said)
    if at is not None and at < len(query.places) > 1 and not places and not said.times:
        return with_parts(placed(query, [query.places[at]]), said)
    if places:
        query = placed(query, places)
    elif said.destination is not None and said.named:
        query = replace(query, destination=said.destination)
    if said.out:
        query = left_out(query, said.out)
    return settled(with_parts(query, said))


def destination(state: State, said: Said) -> Done:
    """Syria or Iraq alone."""
    query = base(state)
    there = said.destination
    if query is None or there is None:
        return None
    return replace(query, destination=Destination(there))


def split(state: State, said: Said) -> Done:
    """Country by country, or year by year."""
    query = base(state)
    if query is None:
        return None
    query = merged(query, said)
    one = len(query.places) == 1
    if "trend" in said.tags or (one and not query.places[0].startswith("R:")):
        return replace(settled(replace(query, intent=Intent.TREND)), period=Period(), times=())
    if one:
        return replace(query, intent=Intent.RANK)
    return settled(replace(query, intent=Intent.LOOKUP))


def sum_up(state: State, said: Said) -> Done:
    """One number for all of the places."""
    query = base(state)
    if query is None:
        return None
    places = tuple(one for one in said.places if one != WORLD)
    if len(places) == 1 and not places[0].startswith("R:"):
        places = tuple(dict.fromkeys((*query.places, *places)))
    if not places:
        single = len(query.places) == 1 and not query.places[0].startswith("R:")
        places = gathered(state, max((2, *said.numbers))) if single else query.places
    found = with_parts(replace(query, places=places), said)
    return replace(found, intent=Intent.TOTAL, top=None, bottom=None)


def compare_with(state: State, said: Said) -> Done:
    """What is named beside what was asked before."""
    query = base(state)
    if query is None:
        return None
    named = tuple(one for one in said.named if one != WORLD or len(said.named) == 1)
    if named:
        query = replace(query, places=tuple(dict.fromkeys((*query.places, *named))))
        query = with_parts(query, said)
    elif said.who:
        query = replace(query, groups=tuple(one for one in said.who if one is not query.who))
    elif not time_of(said).is_open and not query.period.is_open:
        times = (query.period, time_of(said))
        query = replace(query, times=times, period=around(times))
    elif len(query.places) < 2:
        places = gathered(state, max((2, *said.numbers)))
        if len(places) < 2:
            return None
        query = replace(query, places=places)
    return replace(query, intent=Intent.COMPARE, top=None, bottom=None)


def top(state: State, said: Said) -> Done:
    """So many of a ranking, from above or below."""
    query = base(state)
    if query is None:
        return None
    found = merged(query, said)
    if said.places and not any(one.startswith("R:") for one in said.places) and len(said.places) == 1:
        found = replace(found, places=tuple(dict.fromkeys((*said.places, *query.places))))
    number = next((one for one in said.numbers if 0 < one <= _MOST), None)
    if number is None and not said.has("both"):
        number = 1
    low = "rank_low" in said.tags or (query.bottom is not None and "rank" not in said.tags)
    return replace(found, intent=Intent.RANK, top=None if low else number, bottom=number if low else None)


def sort(state: State, said: Said) -> Done:
    """In order; a ranking is turned round."""
    query = base(state)
    if query is None:
        return None
    found = merged(query, said) if said.places else with_parts(query, said)
    if query.intent is Intent.RANK and (query.top or query.bottom) and not said.numbers:
        return replace(found, intent=Intent.RANK, top=query.bottom, bottom=query.top)
    one = 1 if "asking" in said.tags else None
    low = one is not None and "rank_low" in said.tags
    return replace(found, intent=Intent.RANK, top=None if low else one, bottom=one if low else None)


def chart(state: State, said: Said) -> Done:
    """A picture of what was asked; of one place, its course."""
    query = base(state)
    if query is None:
        return None
    found = merged(query, said)
    if found.intent in _CHARTED:
        found = replace(found, intent=Intent.TREND)
    return replace(found, chart=True)


def sources(state: State, said: Said) -> Done:
    """Who says so."""
    query = base(state)
    if query is None:
        return None
    found = merged(query, said) if said.places else with_parts(query, said)
    value = said.query.value if said.numbers else None
    return replace(found, intent=Intent.SOURCES, style=said.query.style, value=value, chart=False)


def disputes(state: State, said: Said) -> Done:
    """Do they agree; is that number right."""
    query = base(state)
    if query is None:
        return None
    values = tuple(one for one in said.numbers if one > 1 or said.query.value == one)
    found = merged(query, said)
    return replace(
        found, intent=Intent.DISPUTES, value=values[0] if values else None, values=values[1:], top=None, bottom=None,
        publisher=said.query.publisher, publishers=said.query.publishers, per_million=False,
    )  # fmt: skip


def why_differ(state: State, said: Said) -> Done:
    """Why the figures differ."""
    query = base(state)
    if query is None:
        return None
    return replace(merged(query, said), intent=Intent.DISPUTES, publisher=said.query.publisher, top=None, bottom=None)


def coverage(state: State, said: Said) -> Done:
    """What is held at all."""
    query = base(state)
    if query is None:
        return None
    if said.places:
        return Query(Intent.COVERAGE, places=said.places, who=said.query.who, measure=said.query.measure)
    bare = replace(query, intent=Intent.COVERAGE, top=None, bottom=None, per_million=False)
    return with_parts(bare, said) if said.who or said.measure else bare


def known_on(state: State, said: Said) -> Done:
    """As known on a day."""
    query = base(state)
    if query is None:
        return None
    time = time_of(said)
    day = said.query.known_on or time.last or time.first
    if day is None:
        day = query.period.last or query.known_on
    query = merged(replace(query, intent=_kept(state, query)), said) if said.places else query
    return None if day is None else replace(query, known_on=day)


def unknown_on(state: State, said: Said) -> Done:
    """As known today again."""
    query = base(state)
    return None if query is None else replace(query, intent=_kept(state, query), known_on=None)


def _kept(state: State, query: Query) -> Intent:
    """What a turn about knowledge goes on asking."""
    last = state.last
    return last.intent if last is not None and last.intent not in NO_COUNT else query.intent


def before(state: State, said: Said) -> Done:
    """The time before the one asked, or before one that is named."""
    found = _leaned(state, said, "before")
    return replace(found, measure=None) if isinstance(found, Query) and found.measure == FLOW else found


def after(state: State, said: Said) -> Done:
    """The time after the one asked, or since one that is named."""
    way = "since" if {"since"} & {token.word for token in said.heard.spans.tokens} else "after"
    found = _leaned(state, said, way)
    if isinstance(found, Query) and found.measure is None and not found.period.is_open:
        return replace(found, measure=FLOW)
    return found


def _leaned(state: State, said: Said, way: str) -> Done:
    query = base(state)
    if query is None:
        return None
    found = merged(query, said)
    time = time_of(said)
    if not time.is_open:
        return replace(found, period=time, times=())
    moved = leaned(query.period, way)
    if moved is None and way == "before" and query.period.last is not None:
        moved = query.period
    return None if moved is None else replace(found, period=moved, times=())


def correct(state: State, said: Said) -> Done:
    """ "no, I meant …": what the last turn brought in is replaced."""
    query = base(state)
    last = state.last
    if query is None or last is None:
        return None
    query = replace(query, intent=last.intent if last.intent not in NO_COUNT else query.intent)
    held = [one for one in said.named if one in query.places]
    fresh = tuple(one for one in said.named if one not in query.places and one not in said.out)
    if held and fresh:  # "not Ghana, Guyana"
        return with_parts(placed(query, [one for one in query.places if one not in held] + list(fresh)), said)
    asked = tuple(one for one in said.places if one not in said.out)
    if not asked:
        return merged(query, said)
    earlier = state.queries[-2].places if len(state.queries) > 1 else ()
    brought = [one for one in query.places if one not in earlier] if set(earlier) & set(query.places) else []
    wrong = [one for one in query.places if one in said.out] or brought
    if wrong and len(wrong) < len(query.places):
        at = query.places.index(wrong[0])
        kept = [one for one in query.places if one not in wrong]
        places = (*kept[:at], *asked, *kept[at:])
        return with_parts(replace(query, places=tuple(dict.fromkeys(places))), said)
    return with_parts(placed(query, asked), said)


ACTS: Mapping[str, Act] = {
    "new": new, "topic_change": new, "coverage": coverage,
    "place": replacing, "same_for": replacing, "who": replacing, "measure": measure, "period": period, "rate": rate,
    "since": after, "after": after, "before": before, "shift": shift,
    "add": add, "drop": drop, "only": only, "destination": destination, "split": split, "sum": sum_up,
    "compare_with": compare_with, "top": top, "sort": sort, "chart": chart, "sources": sources, "cite": sources,
    "disputes": disputes, "why_differ": why_differ, "known_on": known_on, "unknown_on": unknown_on,
    "correct": correct, "undo": undo, "back": back, "other": other,
}  # fmt: skip
"""What each act does; ``answer_back``, ``confirm``, ``thanks``, ``reset`` and ``out_of_scope`` stand in ``talking``."""
