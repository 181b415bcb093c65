"""A query as short, stable text and back: what answer ids are made of and what old answers are re-run from."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl, quote, urlencode

from bot.questions.query import Intent, Query
from db.model.records import Destination, Who
from db.model.values import PartialDate, Period


def canonical(query: Query) -> str:
    """The query as text; equal queries give equal text, and parts at their default are left out.

    >>> canonical(Query(Intent.LOOKUP, ("BE",), "travelled_in_period", period=Period.year(2016)))
    'i=lookup&p=BE&m=travelled_in_period&f=2016&t=2016'
    """
    parts: list[tuple[str, str]] = [("i", query.intent.value)]
    optional: list[tuple[str, object]] = [
        ("p", ",".join(query.places)),
        ("m", query.measure),
        ("w", None if query.who is Who.EVERYONE else query.who.value),
        ("d", query.destination.value if query.destination else None),
        ("f", query.period.start),
        ("t", query.period.end),
        ("c", 1 if query.per_million else None),
        ("n", query.top),
        ("b", query.bottom),
        ("k", query.known_on),
        ("s", query.style),
        ("u", query.publisher),
        ("v", query.value),
        ("g", 1 if query.chart else None),
        ("x", 1 if query.peak else None),
        ("o", ",".join(query.without)),
        ("mm", ",".join(query.measures)),
        ("ww", ",".join(group.value for group in query.groups)),
        ("ff", ",".join(f"{time.start or ''}/{time.end or ''}" for time in query.times)),
        ("uu", "|".join(query.publishers)),
        ("vv", ",".join(map(str, query.values))),
    ]
    parts += [(key, str(value)) for key, value in optional if value not in (None, "")]
    return urlencode(parts, safe=",:/+-", quote_via=quote)


def from_canonical(text: str) -> Query:
    """The query of a canonical text; raise ValueError when it is none (stored or pressed text may be forged)."""
    fields = dict(parse_qsl(text.replace("+", "%2B"), strict_parsing=True, max_num_fields=30))
    try:
        intent = Intent(fields.pop("i"))
        query = Query(
            intent,
            places=_several(fields.pop("p", "")),
            measure=fields.pop("m", None),
            who=Who(fields.pop("w", Who.EVERYONE.value)),
            destination=Destination(fields.pop("d")) if "d" in fields else None,
            period=Period(_date(fields.pop("f", "")), _date(fields.pop("t", ""))),
            per_million=fields.pop("c", "") == "1",
            top=_number(fields.pop("n", None)),
            bottom=_number(fields.pop("b", None)),
            known_on=date.fromisoformat(fields.pop("k")) if "k" in fields else None,
            style=fields.pop("s", None),
            publisher=fields.pop("u", None),
            value=_number(fields.pop("v", None)),
            chart=fields.pop("g", "") == "1",
            peak=fields.pop("x", "") == "1",
            without=_several(fields.pop("o", "")),
            measures=_several(fields.pop("mm", "")),
            groups=tuple(Who(group) for group in _several(fields.pop("ww", ""))),
            times=tuple(_period(time) for time in _several(fields.pop("ff", ""))),
            publishers=_several(fields.pop("uu", ""), "|"),
            values=tuple(int(value) for value in _several(fields.pop("vv", ""))),
        )
    except KeyError as error:
        raise ValueError("a query needs an intent") from error
    if fields:
        raise ValueError(f"unknown parts of a query: {sorted(fields)}")
    return query


def _date(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _several(text: str, mark: str = ",") -> tuple[str, ...]:
    return tuple(part for part in text.split(mark) if part)


def _period(text: str) -> Period:
    start, _, end = text.partition("/")
    return Period(_date(start), _date(end))


def _number(text: str | None) -> int | None:
    return int(text) if text else None
