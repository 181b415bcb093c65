"""Permanent names: a query as canonical text and back, and the short id of an answer."""

from __future__ import annotations

import json
from base64 import b32encode
from datetime import date
from hashlib import blake2b

from bot.questions.query import Intent, Query
from db.records import Destination, Who
from db.values import PartialDate, Period

ID_BYTES = 5
"""Forty bits, eight characters: with ten thousand kept answers two share an id once in 20,000 such stores; the store
keeps the canonical text beside the id, so that even then the right one is found."""


def canonical(query: Query) -> str:
    """The query as text: equal queries have equal texts, and ``read_canonical`` gives the query back."""
    known: dict[str, object] = {
        "intent": query.intent.value,
        "places": list(query.places),
        "measure": query.measure,
        "who": None if query.who is Who.EVERYONE else query.who.value,
        "destination": query.destination.value if query.destination else None,
        "start": str(query.period.start) if query.period.start else None,
        "end": str(query.period.end) if query.period.end else None,
        "per_million": query.per_million,
        "top": query.top,
        "bottom": query.bottom,
        "known_on": query.known_on.isoformat() if query.known_on else None,
        "style": query.style,
        "publisher": query.publisher,
        "value": query.value,
        "chart": query.chart,
        "peak": query.peak,
    }
    stated = {key: value for key, value in known.items() if value is not None and value is not False and value != []}
    return json.dumps(stated, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def read_canonical(text: str) -> Query:
    """The query of a canonical text; raises ValueError, KeyError or TypeError on any other text."""
    stated = json.loads(text)
    start, end, known_on = stated.get("start"), stated.get("end"), stated.get("known_on")
    return Query(
        intent=Intent(stated["intent"]),
        places=tuple(stated.get("places", ())),
        measure=stated.get("measure"),
        who=Who(stated.get("who", Who.EVERYONE)),
        destination=Destination(stated["destination"]) if stated.get("destination") else None,
        period=Period(PartialDate.parse(start) if start else None, PartialDate.parse(end) if end else None),
        per_million=stated.get("per_million", False),
        top=stated.get("top"),
        bottom=stated.get("bottom"),
        known_on=date.fromisoformat(known_on) if known_on else None,
        style=stated.get("style"),
        publisher=stated.get("publisher"),
        value=stated.get("value"),
        chart=stated.get("chart", False),
        peak=stated.get("peak", False),
    )


def answer_id(subject: str, revision: int) -> str:
    """The short id of the answer to a canonical query (or to a text that was not read as one) on a revision.

    >>> answer_id("{}", 1) == answer_id("{}", 1), len(answer_id("{}", 1))
    (True, 8)
    """
    digest = blake2b(f"{revision}\n{subject}".encode(errors="surrogatepass"), digest_size=ID_BYTES).digest()
    return b32encode(digest).decode().lower()
