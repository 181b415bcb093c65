"""The small parts of the JSON form: numbers, intervals, periods, queries and claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from bot.answers.answer import Claim
from bot.questions.query import Query
from db.model.values import Interval, Number, PartialDate, Period

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
JsonObject: TypeAlias = "dict[str, Json]"

_SIGNIFICANT = 6
_OPTIONS = (
    *("destination", "per_million", "top", "bottom", "known_on", "style", "publisher", "value", "chart", "peak"),
    *("without", "measures", "groups", "times", "publishers", "values"),
)
"""Parts of a query that most questions do not use."""


def number_payload(number: Number | None) -> int | float | None:
    """A count as it is; a computed rate with six significant digits."""
    if number is None or isinstance(number, int):
        return number
    return float(f"{number:.{_SIGNIFICANT}g}") if isinstance(number, Decimal) else number


@lru_cache(maxsize=4096)
def date_payload(day: PartialDate | None) -> str | None:
    """A date with the precision at which it was stated."""
    return None if day is None else str(day)


def interval_payload(value: Interval) -> JsonObject:
    """Low end, high end and bound; an end that nobody stated is null."""
    return {"low": number_payload(value.low), "high": number_payload(value.high), "bound": value.bound}


def period_payload(period: Period) -> JsonObject:
    """Start and end with the precision at which they were stated; an open end is null."""
    return {
        "period_start": date_payload(period.start),
        "period_end": date_payload(period.end),
    }


def claim_payload(claim: Claim) -> JsonObject:
    """One stored figure with what stands behind it."""
    figure, source = claim.figure, claim.source
    return {
        "figure": figure.id,
        "place": figure.place,
        "measure": figure.measure,
        "who": figure.who,
        "destination": figure.destination,
        **interval_payload(figure.value),
        **period_payload(figure.period),
        "as_of": date_payload(figure.as_of),
        "exact_period": claim.exact_period,
        "source": source.id,
        "publisher": source.publisher,
        "title": source.title,
        "published": date_payload(source.published),
        "url": source.url or None,
        "archive_url": source.archive_url or None,
        "locator": figure.locator or None,
        "origins": list(claim.origins),
        "bodies": list(claim.bodies),
        "relay_chain": list(claim.relay_chain),
        "basis": figure.basis or None,
        "zero": figure.zero.value or None,
        "counts": figure.counts.value or None,
        "official": figure.official.value,
        "seen": figure.seen,
        "status": figure.status,
        "reliability": source.reliability,
        "credibility": figure.credibility,
        "note": figure.note or None,
    }


def query_payload(query: Query) -> JsonObject:
    """A query; options that were not used are left out."""
    payload: JsonObject = {
        "intent": query.intent,
        "places": list(query.places),
        "measure": query.measure,
        "who": query.who,
        **period_payload(query.period),
    }
    for name in _OPTIONS:
        option = getattr(query, name)
        if option is not None and option is not False and option != ():
            payload[name] = _option(option)
    return payload


def _option(value: Any) -> Json:
    """What was chosen: a list, the ends of a time, a day, or a word or number as it is."""
    if isinstance(value, tuple):
        return [_option(part) for part in value]
    if isinstance(value, Period):
        return [date_payload(value.start), date_payload(value.end)]
    chosen: Json = value.isoformat() if isinstance(value, date) else value
    return chosen
