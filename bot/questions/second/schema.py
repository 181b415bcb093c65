"""What a second reader may say, and the query that it comes to: read like what a stranger sent."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from bot.places.catalogue import places
from bot.questions.query import Intent, Query, Read, Reading, Refusal, Refused, Unclear
from bot.questions.reader import REFUSALS, Judged
from bot.questions.times import FIRST_DAY, LAST_DAY
from db.model.records import Destination, Who
from db.model.values import PartialDate, Period

INTENTS = tuple(intent.value for intent in Intent if intent is not Intent.HELP)
LONGEST = 8_000
"""Characters of an answer that is looked at."""
_PLACES, _SEVERAL, _TOP = 10, 3, 50
_PLACELESS = (Intent.DEFINE, Intent.COVERAGE)


class Unfit(ValueError):
    """An answer that is no query under the schema."""


def schema(measures: Collection[str]) -> dict[str, Any]:
    """The JSON schema that an answer stands under."""

    def several(most: int, **item: Any) -> dict[str, Any]:
        return {"type": "array", "maxItems": most, "items": {"type": "string", **item}}

    day = {"anyOf": [{"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}, {"type": "null"}]}
    properties: dict[str, Any] = {
        "understood": {"type": "boolean"},
        "intent": {"type": "string", "enum": list(INTENTS)},
        "places": several(_PLACES),
        "without": several(_PLACES),
        "measures": several(_SEVERAL, enum=list(measures)),
        "who": several(_SEVERAL, enum=[who.value for who in Who]),
        "destination": {"anyOf": [{"type": "string", "enum": [one.value for one in Destination]}, {"type": "null"}]},
        "start": day,
        "end": day,
        "per_million": {"type": "boolean"},
        "top": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


def is_due(reading: Reading) -> bool:
    """Whether a second reader may be asked: the built-in one asks back, finds no subject of ours, or is unsure."""
    if isinstance(reading, Refused):
        return reading.refusal is Refusal.OFF_TOPIC
    return isinstance(reading, Unclear) or reading.flagged


def is_barred(judged: Judged) -> bool:
    """Whether a text names what is never answered (a person, a forecast, another war), whoever reads it."""
    tags = {tag for sense in judged.heard.spans.senses for tag in sense.tags}
    return any(tag in tags for tag, _ in REFUSALS)


def query_of(answer: str, text: str, reading: Reading, measures: Collection[str]) -> Query | None:
    """The query that an answer means; None where it understood nothing, Unfit where any part of it does not fit.

    No number of it reaches the query but dates within the subject, and the length of a list that the text states.
    """
    given = _object(answer, schema(measures)["properties"])
    if given.get("understood") is not True:
        return None
    heard = _heard(reading)
    intent = _one(given, "intent", INTENTS)
    if intent is None:
        raise Unfit("intent")
    who = [Who(one) for one in _several(given, "who", _SEVERAL, set(Who))] or [Who.EVERYONE]
    counted = _several(given, "measures", _SEVERAL, measures)
    query = Query(
        Intent(intent),
        places=_several(given, "places", _PLACES, places()),
        without=_several(given, "without", _PLACES, {*places(), *Who}),
        measure=counted[0] if counted else None,
        measures=counted[1:],
        who=who[0],
        groups=tuple(who[1:]),
        destination=_destination(_one(given, "destination", set(Destination))),
        period=_period(given),
        per_million=_flag(given, "per_million"),
        top=_top(given, text, heard),
    )
    if not query.places and query.intent not in _PLACELESS:
        raise Unfit("places")
    if isinstance(reading, Unclear) and reading.candidates and not set(reading.candidates) & set(query.places):
        raise Unfit("places")  # a doubt between some is not settled by another
    if heard is None:
        return query
    # What the schema leaves out stands as the built-in reader heard it.
    return replace(
        query, known_on=heard.known_on, style=heard.style, value=heard.value, values=heard.values,
        publisher=heard.publisher, publishers=heard.publishers, chart=heard.chart,
    )  # fmt: skip


def _heard(reading: Reading) -> Query | None:
    if isinstance(reading, Read):
        return reading.query
    return reading.partial if isinstance(reading, Unclear) else None


def _object(answer: str, known: Collection[str]) -> dict[str, Any]:
    if len(answer) > LONGEST:
        raise Unfit("length")
    try:
        given = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise Unfit("form") from error
    if not isinstance(given, dict) or not set(given) <= set(known):
        raise Unfit("form")
    return given


def _several(given: dict[str, Any], key: str, most: int, known: Collection[str]) -> tuple[str, ...]:
    found = given.get(key) or []
    if not isinstance(found, list) or len(found) > most:
        raise Unfit(key)
    if not all(isinstance(one, str) and one in known for one in found):
        raise Unfit(key)
    return tuple(dict.fromkeys(found))


def _one(given: dict[str, Any], key: str, known: Collection[str]) -> str | None:
    found = given.get(key)
    if found is not None and not (isinstance(found, str) and found in known):
        raise Unfit(key)
    return found


def _destination(found: str | None) -> Destination | None:
    return None if found is None else Destination(found)


def _flag(given: dict[str, Any], key: str) -> bool:
    found = given.get(key, False)
    if not isinstance(found, bool):
        raise Unfit(key)
    return found


def _top(given: dict[str, Any], text: str, heard: Query | None) -> int | None:
    """The length of a list: one, or a number that stands in the text; any other is left out."""
    found = given.get("top")
    if found is None:
        return None
    if type(found) is not int or not 1 <= found <= _TOP:
        raise Unfit("top")
    stated = {int(digits) for digits in re.findall(r"(?<!\d)[0-9]{1,2}(?!\d)", text)} | {
        1,
        heard.top if heard else None,
    }
    return found if found in stated else None


def _period(given: dict[str, Any]) -> Period:
    try:
        return Period(*(_date(given.get(key)) for key in ("start", "end")))
    except (ValueError, TypeError) as error:
        raise Unfit("period") from error


def _date(found: object) -> PartialDate | None:
    if found is None:
        return None
    if not isinstance(found, str):
        raise TypeError(found)
    day = PartialDate.parse(found)
    if not (day.first >= FIRST_DAY and day.last <= LAST_DAY):
        raise ValueError(found)
    return day


def said(query: Query) -> dict[str, Any]:
    """A query in the words of the schema: how examples and the query before are shown."""
    everyone = query.who is Who.EVERYONE
    start, end = query.period.start, query.period.end
    return {
        "understood": True,
        "intent": query.intent.value,
        "places": list(query.places),
        "without": list(query.without),
        "measures": [one for one in (query.measure, *query.measures) if one],
        "who": [] if everyone else [one.value for one in (query.who, *query.groups)],
        "destination": query.destination.value if query.destination else None,
        "start": str(start) if start else None,
        "end": str(end) if end else None,
        "per_million": query.per_million,
        "top": query.top,
    }
