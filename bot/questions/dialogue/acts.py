"""The acts of a dialogue: one small pure function each, from the state and what a turn says to a query or a state.

None says that an act cannot be done here, because it lacks something; then the bot asks back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.questions.dialogue.answering import part_of_name
from bot.questions.dialogue.merging import (
    FLOW,
    NO_COUNT,
    base,
    beside,
    dated,
    gathered,
    left_out,
    meant,
    merged,
    placed,
    settled,
    short_year,
    time_of,
    undated,
    with_parts,
)  # fmt: skip
from bot.questions.dialogue.ordering import sort, top
from bot.questions.dialogue.said import THERE, Said, place_in_list
from bot.questions.dialogue.shifting import shift, unit_of
from bot.questions.dialogue.state import State
from bot.questions.dialogue.turning_back import back, other, undo
from bot.questions.drafting import WORLD
from bot.questions.query import Intent, Query
from bot.questions.times import around, leaned
from db.model.records import Destination, Who
from db.model.values import Period

Done = Query | State | None
Act = Callable[[Query, Said, State], Done]
_CHARTED = frozenset({Intent.LOOKUP, Intent.DISPUTES, Intent.SOURCES, Intent.COVERAGE})
_MOST = 250
_LARGE = 20
_FEWEST = 5
"""A claim is a greater number: "why do the two differ" names none."""


def new(query: Query, said: Said, state: State) -> Done:
    """A question of its own: nothing is carried."""
    return said.query


def replacing(query: Query, said: Said, state: State) -> Done:
    """A part is replaced: "and Germany?", "the women", "in 2015", "killed instead"."""
    held = [one for one in said.named if one in query.places]
    if held and len(held) < len(said.named) and said.has("swap"):
        return _swapped(query, said, held, [one for one in said.named if one not in held])
    found = merged(query, said)
    if "share" in said.tags and not said.has("rate") and said.alone.outcome == "share":
        return replace(found, intent=Intent.SHARE)
    if said.measure and found.intent is Intent.SHARE and "share" not in said.tags:
        found = replace(found, intent=Intent.LOOKUP)
    return found


def _swapped(query: Query, said: Said, held: Sequence[str], fresh: Sequence[str]) -> Query:
    """The query with fresh places in place of some that it holds."""
    return with_parts(placed(query, [*(one for one in query.places if one not in held), *fresh]), said)


def measure(query: Query, said: Said, state: State) -> Done:
    """Another measure: "killed?"; what was asked of time stays."""
    return replacing(query, said, state)


def period(query: Query, said: Said, state: State) -> Done:
    """Another time, however it is bound: "in 2015", "by then"."""
    found = replacing(query, said, state)
    time = time_of(said)
    short = short_year(query, said) if time.is_open else Period()
    if not isinstance(found, Query) or (time.is_open and short.is_open):
        return found
    if time.is_open:
        return replace(found, period=short, times=(), value=None, values=())
    return replace(found, period=time, times=said.query.times)


def rate(query: Query, said: Said, state: State) -> Done:
    """Per million people, or as a share, or in plain numbers again."""
    found = replacing(meant(query, said, state), said, state)
    if not isinstance(found, Query) or said.has("absolute") or "monthly_rate" in said.tags:
        return found
    if "share" in said.tags and not said.has("rate"):
        whole = said.measure == "travelled"  # "in percent of those who left"
        return replace(found, intent=Intent.SHARE, measure=query.measure if whole else found.measure)
    return replace(found, per_million=True)


def add(query: Query, said: Said, state: State) -> Done:
    """Places, groups or measures beside those asked before."""
    named = [one for one in said.named if one != WORLD]
    if named:
        back_in = tuple(one for one in query.without if one not in named)
        beside = tuple(one for one in named if one not in query.without)
        kept = () if query.places == (WORLD,) and beside else query.places
        query = replace(query, places=tuple(dict.fromkeys((*kept, *beside))), without=back_in)
    elif said.who:
        beside_it = tuple(one for one in said.who if one is not query.who)
        if {query.who, *beside_it} == {Who.WOMEN, Who.MINORS}:
            return replace(query, who=Who.WOMEN_AND_MINORS, groups=())
        everyone = query.who is Who.EVERYONE
        return replace(query, who=said.who[0], groups=said.who[1:]) if everyone else replace(query, groups=beside_it)
    elif said.measure:
        return replace(query, measures=(*query.measures, said.measure), intent=Intent.COMPARE)
    return with_parts(query, said)


def drop(query: Query, said: Said, state: State) -> Done:
    """Places or a group are left out."""
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
    if said.has("anytime"):
        return undated(query)
    at = place_in_list(said)
    return left_out(query, [query.places[at]]) if at is not None and at < len(query.places) > 1 else None


def only(query: Query, said: Said, state: State) -> Done:
    """Nothing but what is named."""
    places = [one for one in said.named if one not in THERE and one != WORLD and one not in said.out]
    if not set(places) & set(query.places):
        places = list(part_of_name(said, query.places)) or places
    at = place_in_list(said)
    if query.intent is Intent.RANK and said.numbers and not places:
        return top(query, said, state)
    if at is not None and at < len(query.places) > 1 and not places and not said.times:
        return with_parts(placed(query, [query.places[at]]), said)
    if places:
        query = placed(query, places)
    elif said.destination is not None and said.named:
        query = replace(query, destination=said.destination)
    if said.out:
        query = left_out(query, said.out)
    return settled(with_parts(query, said))


def destination(query: Query, said: Said, state: State) -> Done:
    """Syria or Iraq alone."""
    there = said.destination
    return None if there is None else replace(query, destination=Destination(there))


def split(query: Query, said: Said, state: State) -> Done:
    """Country by country, or year by year."""
    asked = query.measure
    query = merged(query, said)
    one = len(query.places) == 1
    unit = unit_of(said)
    if unit or "trend" in said.tags or (one and not query.places[0].startswith("R:")):
        one_year = query.period.first is not None and query.period.last is not None and unit != 1
        if one_year and not said.times:
            query = replace(query, period=Period(), times=())
        return settled(replace(query, intent=Intent.TREND, measure=asked or query.measure))
    if one:
        return replace(query, intent=Intent.RANK)
    return settled(replace(query, intent=Intent.LOOKUP))


def sum_up(query: Query, said: Said, state: State) -> Done:
    """One number for all of the places, or for all the times that were asked for one by one."""
    places = beside(query, said).places if said.named and WORLD not in said.named else ()
    if len(places) == 1 and not places[0].startswith("R:"):
        places = tuple(dict.fromkeys((*query.places, *places)))
    times = () if said.named or said.times else dated(state, max(said.numbers, default=0) or None)
    if not places and len(times) > 1:
        query = replace(query, period=around(times), times=())
        places = query.places
    elif not places:
        count = max((2, *(one for one in said.numbers if one < _LARGE)))
        every = said.has("every") and count == 2  # "all of these added up"
        fewer = len(query.places) < count and not any(one.startswith("R:") for one in query.places)
        places = gathered(state, None if every else count) if fewer else query.places
    found = with_parts(replace(query, places=places), said)
    return replace(found, intent=Intent.TOTAL, top=None, bottom=None)


def compare_with(query: Query, said: Said, state: State) -> Done:
    """What is named beside what was asked before."""
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


def chart(query: Query, said: Said, state: State) -> Done:
    """A picture of what was asked; of one place, its course."""
    found = merged(query, said)
    if found.intent in _CHARTED:
        found = replace(found, intent=Intent.TREND)
    return replace(found, chart=True)


def sources(query: Query, said: Said, state: State) -> Done:
    """Who says so."""
    found = merged(query, said) if said.places else with_parts(query, said)
    value = said.query.value if said.numbers else None
    return replace(found, intent=Intent.SOURCES, style=said.query.style, value=value, chart=False)


def disputes(query: Query, said: Said, state: State) -> Done:
    """Do they agree; is that number right."""
    asked = said.query
    numbers = (one for one in said.numbers if one >= _FEWEST)
    values = tuple(dict.fromkeys(one for one in (asked.value, *asked.values, *numbers) if one is not None))
    found = replace(
        merged(query, said), intent=Intent.DISPUTES, value=values[0] if values else None, values=values[1:],
        publisher=asked.publisher, publishers=asked.publishers,
    )  # fmt: skip
    return settled(found) if values else found  # a claim is about one number, and no list


def why_differ(query: Query, said: Said, state: State) -> Done:
    """Why the figures differ."""
    found = disputes(query, said, state)
    return replace(found, value=None, values=()) if isinstance(found, Query) else found


def coverage(query: Query, said: Said, state: State) -> Done:
    """What is held at all."""
    found = merged(meant(query, said, state), said)
    return replace(found, intent=Intent.COVERAGE, top=None, bottom=None)


def known_on(query: Query, said: Said, state: State) -> Done:
    """As known on a day."""
    time = time_of(said)
    day = said.query.known_on or time.last or time.first
    if day is None:
        day = query.period.last or query.known_on
    query = merged(replace(query, intent=_kept(state, query)), said) if said.places else query
    return None if day is None else replace(query, known_on=day)


def unknown_on(query: Query, said: Said, state: State) -> Done:
    """As known today again."""
    return replace(query, intent=_kept(state, query), known_on=None)


def _kept(state: State, query: Query) -> Intent:
    """What a turn about knowledge goes on asking."""
    last = state.last
    return last.intent if last is not None and last.intent not in NO_COUNT else query.intent


def before(query: Query, said: Said, state: State) -> Done:
    """The time before the one asked, or before one that is named."""
    found = _leaned(query, said, state, "before")
    return replace(found, measure=None) if isinstance(found, Query) and found.measure == FLOW else found


def after(query: Query, said: Said, state: State, way: str = "after") -> Done:
    """The time after the one asked, or after one that is named."""
    found = _leaned(query, said, state, way)
    if isinstance(found, Query) and found.measure is None and not found.period.is_open:
        return replace(found, measure=FLOW)
    return found


def since(query: Query, said: Said, state: State) -> Done:
    """The time from the one asked on, or since one that is named."""
    return after(query, said, state, "since")


def _leaned(query: Query, said: Said, state: State, way: str) -> Done:
    found = merged(query, said)
    time = time_of(said)
    if not time.is_open:
        closed = time.first is not None and time.last is not None
        return replace(found, period=(leaned(time, way) if closed else None) or time, times=())
    moved = leaned(query.period, way)
    if moved is None and way == "before" and query.period.last is not None:
        moved = query.period
    return None if moved is None else replace(found, period=moved, times=())


def correct(query: Query, said: Said, state: State) -> Done:
    """ "no, I meant …": what the last turn brought in is replaced."""
    last = state.last or query
    query = replace(query, intent=last.intent if last.intent not in NO_COUNT else query.intent)
    held = [one for one in said.named if one in query.places]
    fresh = tuple(one for one in said.named if one not in query.places and one not in said.out)
    if held and fresh:  # "not Ghana, Guyana"
        return _swapped(query, said, held, fresh)
    asked = tuple(one for one in said.places if one not in said.out)
    if not asked:
        return _retimed(query, said)
    earlier = state.queries[-2].places if len(state.queries) > 1 else ()
    brought = [one for one in query.places if one not in earlier] if set(earlier) & set(query.places) else []
    wrong = [one for one in query.places if one in said.out] or brought
    if wrong and len(wrong) < len(query.places):
        at = query.places.index(wrong[0])
        kept = [one for one in query.places if one not in wrong]
        places = (*kept[:at], *asked, *kept[at:])
        return with_parts(replace(query, places=tuple(dict.fromkeys(places))), said)
    return with_parts(placed(query, asked), said)


def _retimed(query: Query, said: Said) -> Query:
    """The query with what is said; another time is bound as the wrong one was."""
    found = merged(query, said)
    time = time_of(said)
    if time.first is None or time.last is None:
        return found
    if query.period.is_open and query.known_on is not None:
        return replace(found, period=query.period, times=(), known_on=time.last)
    if query.period.first is None and query.period.last is not None:
        return replace(found, period=Period.between(None, time.last), times=())
    if query.period.last is None and query.period.first not in (None, time.first):
        return replace(found, period=Period.between(time.first, None), times=())
    return found


ACTS: Mapping[str, Act] = {
    "new": new, "topic_change": new, "coverage": coverage,
    "place": replacing, "same_for": replacing, "who": replacing, "measure": measure, "period": period, "rate": rate,
    "since": since, "after": after, "before": before, "shift": shift,
    "add": add, "drop": drop, "only": only, "destination": destination, "split": split, "sum": sum_up,
    "compare_with": compare_with, "top": top, "sort": sort, "chart": chart, "sources": sources, "cite": sources,
    "disputes": disputes, "why_differ": why_differ, "known_on": known_on, "unknown_on": unknown_on,
    "correct": correct, "undo": undo, "back": back, "other": other,
}  # fmt: skip
"""What each act does; ``answer_back``, ``confirm``, ``thanks``, ``reset`` and ``out_of_scope`` stand in ``talking``."""


def done(act: str, state: State, said: Said) -> Done:
    """What an act makes of a state; None where there is no query to lean on, or the act lacks something."""
    query = base(state)
    return None if query is None else ACTS[act](query, said, state)
