"""Texts that lean on the question before."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

from bot.places.resolve import Resolver
from bot.questions import deciding
from bot.questions.following import continues, follow, says_something
from bot.questions.framing import unframed
from bot.questions.hearing import Heard, hear
from bot.questions.query import Choice, Doubt, Intent, Query, Read, Reading, Refusal, Unclear
from bot.questions.refusing import refusal_of
from bot.questions.rolling import leaned
from db.records import Destination

_NOISE = re.compile(r"<(?:@[!&]?|#|a?:\w+:)\d+>|https?://\S+|@(?:bot|inflow|everyone|here)\b|[\x00-\x1f\x7f]")
_BY_PUBLISHER = (Intent.LOOKUP, Intent.SOURCES, Intent.DISPUTES, Intent.TREND)


class FollowUps:
    """Reads texts that lean on the question before."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    def read(self, text: str, *, today: date, previous: Query) -> Reading | None:
        """What a text that leans on the query before asks; None when it stands by itself."""
        clean = unframed(_NOISE.sub(" ", text).strip())
        heard = hear(clean, self._resolver, today)
        if heard.doubtful and not heard.places and continues(heard):
            first, partial = heard.doubtful[0], follow(self._query(heard), heard, previous)
            if not heard.has("compare"):
                partial = dataclasses.replace(partial, places=())
            return _ask_place(first.text, first.candidates, partial)
        if heard.lean is not None and leaned(previous.period, heard.lean) is None:
            return Unclear(Doubt.PERIOD, text=clean, partial=follow(self._query(heard), heard, previous))
        if says_something(heard) and continues(heard):
            refusal = refusal_of(heard, today) if not heard.has("pronoun", "follow") else None
            if refusal in (None, Refusal.OFF_TOPIC) and not heard.has("off_topic"):
                return Read(follow(self._query(heard), heard, previous), heard.corrections)
        return None

    def _query(self, heard: Heard) -> Query:
        intent = deciding.intent_of(heard)
        places = tuple(place.place for place in heard.places)
        if len(places) > 1 and "R:world" in places and intent is not Intent.COMPARE:
            places = tuple(place for place in places if place != "R:world")
        if not places and intent not in (Intent.DEFINE, Intent.HELP):
            places = ("R:world",)
        top, bottom = deciding.number_of_rank(heard) if intent is Intent.RANK else (None, None)
        value = None
        if intent in (Intent.SOURCES, Intent.DISPUTES):
            value = deciding.value_of(heard)
        placeless = intent is Intent.HELP or (intent is Intent.DEFINE and not deciding.asks_members(heard))
        only_iraq = heard.destinations == {"IQ"}
        return Query(
            intent,
            places=() if placeless else places,
            measure=deciding.measure_of(heard, intent),
            who=deciding.who_of(heard, intent),
            destination=Destination.IQ if only_iraq else None,
            period=heard.period,
            per_million=heard.has("per_million"),
            top=top,
            bottom=bottom,
            known_on=heard.known_on,
            style=deciding.style_of(heard),
            publisher=deciding.publisher_of(heard) if intent in _BY_PUBLISHER else None,
            value=value,
            chart=heard.has("chart"),
            peak=heard.has("peak"),
        )


def _ask_place(text: str, candidates: tuple[str, ...], partial: Query) -> Unclear:
    rest = tuple(place for place in partial.places if place != "R:world")
    choices = tuple(
        Choice(candidate, dataclasses.replace(partial, places=(*rest, candidate))) for candidate in candidates[:5]
    )
    return Unclear(Doubt.PLACE, choices, text, partial, candidates)
