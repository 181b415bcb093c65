"""Questions that lean on the one before: "and Germany?", "source?", "per capita pls"."""

from __future__ import annotations

import dataclasses
from itertools import pairwise

from bot.questions import deciding
from bot.questions.hearing import Heard
from bot.questions.query import Intent, Query
from bot.questions.refusing import MEASURES, WHO
from bot.questions.rolling import leaned, shifted
from db.records import Destination, Who
from db.values import Period

_LEANING = frozenset({"follow", "pronoun"})
_ADDING = frozenset("add plus include including also".split())
_ALONE = frozenset("only just alone solely".split())
_LONGEST_LIST = 250
_LONGEST_LEANING = 6
"""Tokens; a longer question that names a measure and no place is about everybody."""
_EMPTY = frozenset({"function", "greeting", "follow"})
"""What may stand around a lone name without making it a question of its own: "ok and the yanks pls"."""


def continues(heard: Heard) -> bool:
    """Whether a text leaves out what only the question before can give."""
    if heard.shift is not None and heard.period.is_open:
        return True
    if heard.has("define", "help") and not heard.has(*_LEANING):
        return False
    if heard.has("coverage") and heard.places:
        return False
    if heard.has("compare") and len(heard.places) == 1 and not heard.has("domain", "rank", "rank_low", "trend"):
        return True
    if heard.has(*_LEANING) and not (heard.places and heard.tags & MEASURES and not heard.has("pronoun")):
        return True
    if _adds(heard):
        return True
    if not heard.places:
        return not (heard.has("domain") and heard.tags & MEASURES and len(heard.tokens) > _LONGEST_LEANING)
    said = {index for sense in heard.senses if sense.tags <= _EMPTY for index in range(sense.first, sense.last)}
    words = [token for index, token in enumerate(heard.tokens) if index not in said]
    return not words and heard.period.is_open


def says_something(heard: Heard) -> bool:
    """Whether a text says more than a greeting or a word that is not known: such a text repeats no answer."""
    if heard.places or heard.shift is not None or not heard.period.is_open or heard.tags - _EMPTY:
        return True
    return bool(heard.numbers or heard.known_on) or (not heard.leftover and heard.has("follow"))


def follow(new: Query, heard: Heard, previous: Query) -> Query:
    """The new question completed from the one before."""
    named = tuple(place.place for place in heard.places)
    if named == ("SY",):
        named = ()  # behind another question Syria is where those went
    intent = _intent(new, heard, previous, named)
    places = previous.places
    if named:
        joined = (*previous.places, *(place for place in named if place not in previous.places))
        together = new.intent is Intent.COMPARE or heard.has("compare") or _adds(heard)
        places = joined if together and "R:world" not in previous.places else named
    if together_again(heard, named, previous):
        intent = Intent.COMPARE
    if intent is Intent.RANK and not named and heard.has("rank", "rank_low") and not heard.has("pronoun"):
        places = places if any(place.startswith("R:") for place in places) else ("R:world",)
    top, bottom = _rank(new, heard, previous)
    ranked = intent is Intent.RANK
    period = new.period if not new.period.is_open else previous.period
    if heard.shift is not None:
        period = _moved(previous.period, heard.shift)
    if heard.lean is not None:
        period = leaned(previous.period, heard.lean) or previous.period
    if intent is Intent.TOTAL and _only_sums_up(heard, places, previous):
        intent, period = previous.intent, new.period
    if intent is Intent.TREND and previous.intent is not Intent.TREND and new.period.is_open:
        period = Period()
    return dataclasses.replace(
        new,
        intent=intent,
        places=places,
        measure=_measure(new, heard, previous, intent),
        who=new.who if heard.tags & WHO else previous.who if not heard.has("men") else Who.MEN,
        destination=_destination(new, heard, previous),
        period=period,
        per_million=new.per_million or previous.per_million,
        top=top if ranked else None,
        bottom=bottom if ranked else None,
        known_on=new.known_on or previous.known_on,
        style=new.style if intent is Intent.SOURCES else None,
        chart=new.chart or (previous.chart and intent is previous.intent),
    )


def _adds(heard: Heard) -> bool:
    """ "add Kuwait", "plus the Danes": the new places join the old ones."""
    adding = heard.tokens[:1] and heard.tokens[0].word in _ADDING and heard.tokens[0].start < 1
    return bool(adding and heard.places and not heard.leftover and not heard.tags & (MEASURES | WHO))


def together_again(heard: Heard, named: tuple[str, ...], previous: Query) -> bool:
    """Whether new places are set beside the old ones."""
    return bool(named) and heard.has("compare") and heard.has("pronoun")


def _intent(new: Query, heard: Heard, previous: Query, named: tuple[str, ...]) -> Intent:
    if _adds(heard):
        several = (Intent.COMPARE, Intent.TOTAL, Intent.TREND, Intent.SHARE)
        return previous.intent if previous.intent in several else Intent.COMPARE
    said = (
        heard.has("sources", "disputes", "coverage", "define", "rank", "rank_low", "trend", "share", "total", "compare")
        or deciding.style_of(heard) is not None
    )
    if said and new.intent is not Intent.LOOKUP:
        return new.intent
    if heard.has("chart") and previous.intent is Intent.LOOKUP and len(named or previous.places) == 1:
        return Intent.TREND  # one number makes no chart
    if named and heard.has("compare") and previous.intent is not Intent.RANK:
        return Intent.COMPARE
    if previous.intent in (Intent.SOURCES, Intent.DISPUTES) and (heard.tags & MEASURES or heard.tags & WHO):
        return Intent.LOOKUP
    if previous.intent is Intent.RANK and named and not named[0].startswith("R:"):
        return Intent.LOOKUP
    if previous.intent is Intent.COMPARE and len(named) == 1 and not heard.has("compare"):
        return Intent.LOOKUP
    return previous.intent


def _only_sums_up(heard: Heard, places: tuple[str, ...], previous: Query) -> bool:
    """ "and in total" behind a number of one country asks for all of its time; there is nothing to add up."""
    single = len(places) == 1 and not places[0].startswith("R:")
    return single and previous.intent is Intent.LOOKUP and heard.has("total")


def _destination(new: Query, heard: Heard, previous: Query) -> Destination | None:
    """Iraq or Syria alone; "and Syria?" behind Iraq is the other one, elsewhere it is both."""
    syria = "SY" in heard.destinations or any(place.place == "SY" for place in heard.places)
    if not syria:
        return new.destination or previous.destination
    alone = previous.destination is Destination.IQ or any(token.word in _ALONE for token in heard.tokens)
    return Destination.SY if alone and "IQ" not in heard.destinations else None


def _rank(new: Query, heard: Heard, previous: Query) -> tuple[int | None, int | None]:
    """(top, bottom); "lowest" and "flip it" turn the list that was asked for before around."""
    if new.top or new.bottom:
        return new.top, new.bottom
    further = next((later.word for one, later in pairwise(heard.tokens) if one.word == "next"), "")
    if previous.top and further.isdigit():
        return min(previous.top + int(further), _LONGEST_LIST), None
    number = previous.top or previous.bottom
    if heard.has("rank_low"):
        return None, number
    return (number, None) if heard.has("rank") else (previous.top, previous.bottom)


def _moved(period: Period, years: int) -> Period:
    first, last = period.first, period.last
    return Period.between(first and shifted(first, years), last and shifted(last, years))


def _measure(new: Query, heard: Heard, previous: Query, intent: Intent) -> str | None:
    counted = {"returned", "killed", "prevented", "present"}
    if intent is Intent.SHARE and previous.measure in counted and new.measure in (None, "travelled"):
        return previous.measure  # "as a share of those who went"
    if heard.tags & MEASURES:
        return new.measure
    if intent is Intent.TREND and previous.measure is None:
        return "travelled"
    return previous.measure
