"""Questions in, readings out, one JSON object a line: how `inflow read --jsonl` shows what was understood."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from datetime import date
from typing import Any, TextIO

from bot.questions.dialogue.state import State
from bot.questions.dialogue.talking import Dialogue
from bot.questions.drafting import NO_PLACES
from bot.questions.query import Alternative, Query, Reading, Refusal, Refused, Unclear
from bot.questions.reader import Reader
from db.model.records import Who

_OFF_TOPIC = (Refusal.OFF_TOPIC, Refusal.EMPTY, Refusal.TOO_LONG, Refusal.NOT_A_COUNTRY)


def read_lines(lines: Iterable[str], out: TextIO, *, today: date) -> None:
    """Read each line, plain text or a JSON object {id, text, today, dialogue, follow_up_of}, and write its reading.

    The lines of one dialogue, in their order, share its state; ``follow_up_of`` goes on from the state after a line.
    """
    dialogue = Dialogue(Reader.load())
    after: dict[str, State] = {}
    together: dict[str, State] = {}
    for line in lines:
        line = line.rstrip("\r\n")
        if not line.strip():
            continue
        fields = _fields(line)
        text = str(fields.get("text", fields.get("question", "")))
        day = _day(fields.get("today"), today)
        name, behind = str(fields.get("dialogue") or ""), str(fields.get("follow_up_of") or "")
        state = after.get(behind) if behind else together.get(name) if name else None
        started = time.perf_counter_ns()
        turn = dialogue.turn(text, today=day, state=state)
        spent = (time.perf_counter_ns() - started) / 1000
        if name:
            together[name] = turn.state
        if fields.get("id"):
            after[str(fields["id"])] = turn.state
        shown = {key: fields[key] for key in ("id", "dialogue") if key in fields}
        told = {**as_fields(turn.reading), "act": turn.act, "us": round(spent, 1)}
        out.write(json.dumps({**shown, "text": text, **told}, ensure_ascii=False))
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
    """A reading as plain fields (see docs/json.md)."""
    if isinstance(reading, Refused):
        outcome, intent = _refused(reading)
        fields = {**_query_fields(None), "outcome": outcome, "intent": intent, "places": list(reading.places)}
    elif isinstance(reading, Unclear):
        fields = {**_query_fields(reading.partial), "outcome": "ask", "intent": "ambiguous", "places": []}
        fields["candidates"] = list(reading.candidates)
    else:
        fields = {**_query_fields(reading.query), "outcome": "read", "flagged": reading.flagged}
        fields["dropped"] = list(reading.dropped)
        fields["carried"] = list(reading.carried)
    fields["confidence"] = round(reading.confidence, 3)
    if reading.alternatives:
        fields["alternatives"] = [alternative_fields(other) for other in reading.alternatives]
    return fields


def alternative_fields(other: Alternative) -> dict[str, Any]:
    """Another reading with the keys of a reading."""
    kinds = {"ambiguous": "ask", "unanswerable": "refuse", "off_topic": "refuse", "social": "social"}
    return {**_query_fields(other.query), "outcome": kinds.get(other.outcome, "read"), "intent": other.outcome}


def _refused(reading: Refused) -> tuple[str, str]:
    if reading.refusal is Refusal.SOCIAL:
        return "social", "social"
    return "refuse", "off_topic" if reading.refusal in _OFF_TOPIC else "unanswerable"


def _query_fields(query: Query | None) -> dict[str, Any]:
    first, last = (query.period.first, query.period.last) if query else (None, None)
    return {
        "outcome": "",
        "intent": query.intent.value if query else None,
        "places": list(query.places) if query and query.intent not in NO_PLACES else [],
        "without": list(query.without) if query else [],
        "measure": query.measure if query else None,
        "who": query.who.value if query else "everyone",
        "destination": query.destination.value if query and query.destination else None,
        "period_start": first.isoformat() if first else None,
        "period_end": last.isoformat() if last else None,
        "flags": flags_of(query) if query else [],
    }


def flags_of(query: Query) -> list[str]:
    """What modifies a query, as short marks."""
    publishers = query.all_publishers
    values = [query.value, *query.values] if query.value is not None else []
    groups = [query.who, *query.groups] if query.who is not Who.EVERYONE else []
    marks = [
        f"top={query.top}" if query.top else "",
        f"bottom={query.bottom}" if query.bottom else "",
        "per_capita" if query.per_million else "",
        *(f"who={group.value}" for group in groups),
        *(f"without={group}" for group in query.without if group in set(Who)),
        f"destination={query.destination.value}" if query.destination else "",
        f"known_on={query.known_on}" if query.known_on else "",
        f"style={query.style}" if query.style else "",
        *(f"publisher={publisher}" for publisher in publishers),
        *(f"value={value}" for value in values),
        "chart" if query.chart else "",
    ]
    return [mark for mark in marks if mark]
