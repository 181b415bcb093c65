"""Questions in, readings out, one JSON object a line: how `inflow read --jsonl` shows what was understood."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from datetime import date
from typing import Any, TextIO

from bot.questions.parse import Reader
from bot.questions.query import Query, Read, Reading, Refusal, Refused, Unclear
from db.records import Who

_OFF_TOPIC = (Refusal.OFF_TOPIC, Refusal.EMPTY, Refusal.TOO_LONG, Refusal.NOT_A_COUNTRY)


def read_lines(lines: Iterable[str], out: TextIO, *, today: date) -> None:
    """Read each line, plain text or a JSON object {id, text, today, follow_up_of}, and write its reading."""
    reader = Reader.load()
    earlier: dict[str, Query] = {}
    for line in lines:
        line = line.rstrip("\r\n")
        if not line.strip():
            continue
        fields = _fields(line)
        text = str(fields.get("text", fields.get("question", "")))
        day = _day(fields.get("today"), today)
        previous = earlier.get(str(fields["follow_up_of"])) if fields.get("follow_up_of") else None
        started = time.perf_counter_ns()
        reading = reader.read(text, today=day, previous=previous)
        spent = (time.perf_counter_ns() - started) / 1000
        if isinstance(reading, Read) and fields.get("id"):
            earlier[str(fields["id"])] = reading.query
        shown = {key: fields[key] for key in ("id",) if key in fields}
        out.write(json.dumps({**shown, "text": text, **as_fields(reading), "us": round(spent, 1)}, ensure_ascii=False))
        out.write("\n")


def _fields(line: str) -> dict[str, Any]:
    if line.lstrip().startswith("{"):
        try:
            found = json.loads(line)
        except ValueError:
            return {"text": line}
        if isinstance(found, dict):
            return found
    return {"text": line}


def _day(value: object, today: date) -> date:
    try:
        return date.fromisoformat(str(value)) if value else today
    except ValueError:
        return today


def as_fields(reading: Reading) -> dict[str, Any]:
    """A reading as plain fields (see docs/reading.md)."""
    if isinstance(reading, Refused):
        intent = "off_topic" if reading.refusal in _OFF_TOPIC else "unanswerable"
        return {**_query_fields(None), "outcome": "refuse", "intent": intent, "places": list(reading.places)}
    if isinstance(reading, Unclear):
        fields = _query_fields(reading.partial)
        return {**fields, "outcome": "ask", "intent": "ambiguous", "places": [], "candidates": list(reading.candidates)}
    return {**_query_fields(reading.query), "outcome": "read", "flagged": reading.flagged}


def _query_fields(query: Query | None) -> dict[str, Any]:
    if query is None:
        query_fields: dict[str, Any] = {"intent": None, "places": [], "measure": None, "who": "everyone"}
        return {"outcome": "", **query_fields, "period_start": None, "period_end": None, "flags": []}
    first, last = query.period.first, query.period.last
    return {
        "outcome": "",
        "intent": query.intent.value,
        "places": list(query.places),
        "measure": query.measure,
        "who": query.who.value,
        "period_start": first.isoformat() if first else None,
        "period_end": last.isoformat() if last else None,
        "flags": flags_of(query),
    }


def flags_of(query: Query) -> list[str]:
    """What modifies a query, as short marks."""
    marks = [
        f"top={query.top}" if query.top else "",
        f"bottom={query.bottom}" if query.bottom else "",
        "per_capita" if query.per_million else "",
        f"who={query.who.value}" if query.who is not Who.EVERYONE else "",
        f"known_on={query.known_on}" if query.known_on else "",
        f"style={query.style}" if query.style else "",
        f"publisher={query.publisher}" if query.publisher else "",
        f"value={query.value}" if query.value else "",
        "chart" if query.chart else "",
    ]
    return [mark for mark in marks if mark]
