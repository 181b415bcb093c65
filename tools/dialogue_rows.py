"""The labelled dialogues that acts are learned from, and when a reading of a turn is right."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from bot.questions.dialogue.state import Open
from bot.questions.query import Doubt, Intent, Query
from db.model.records import Destination, Who
from db.model.values import Period
from tools.reader_rows import alternatives_of

EXAMPLES = Path(__file__).parents[1] / "bot" / "questions" / "examples"
_COLUMNS = ("outcome", "intent", "places", "measure", "period_start", "period_end", "flags")
_UNREAD = ("ask", "refuse", "social")


@dataclass(frozen=True)
class LabelledTurn:
    """One turn of a dialogue with its label."""

    text: str
    act: str
    label: dict[str, str]
    alternatives: tuple[dict[str, str], ...]
    asks: str


@dataclass(frozen=True)
class LabelledDialogue:
    """A dialogue with its turns."""

    id: str
    today: date
    language: str
    turns: tuple[LabelledTurn, ...]

    @property
    def fold(self) -> int:
        """Which of five parts the dialogue is held back with."""
        return zlib.crc32(self.id.encode()) % 5


def read_dialogues(path: Path) -> list[LabelledDialogue]:
    """The dialogues of one file."""
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        LabelledDialogue(
            str(one["id"]), date.fromisoformat(one["today"]), one.get("lang", "en"), tuple(map(_turn, one["turns"]))
        )
        for one in found
    ]


def _turn(fields: dict[str, Any]) -> LabelledTurn:
    label = {column: str(fields.get(column) or "") for column in _COLUMNS}
    others = tuple(_alternatives(label, str(fields.get("acceptable_alternatives") or "")))
    return LabelledTurn(fields["text"], fields.get("act") or "", label, (label, *others), str(fields.get("asks") or ""))


def _alternatives(label: dict[str, str], text: str) -> Iterator[dict[str, str]]:
    for changed in alternatives_of(label, text):
        if changed["intent"] in ("ambiguous", "unanswerable", "off_topic", "social"):
            changed["outcome"] = {"ambiguous": "ask", "social": "social"}.get(changed["intent"], "refuse")
        elif changed["outcome"] in _UNREAD:
            changed["outcome"] = "read"
        yield changed


def wrong_parts(turn: LabelledTurn, fields: dict[str, Any]) -> list[str]:
    """The parts of a reading, as plain fields, that no acceptable label has; none where it is right."""
    return min((_wrong(label, fields) for label in turn.alternatives), key=len)


def _wrong(label: dict[str, str], fields: dict[str, Any]) -> list[str]:
    if label["outcome"] != fields["outcome"]:
        return ["outcome"]
    if label["outcome"] in _UNREAD:
        return []
    pair = {label["intent"], fields["intent"]}
    one_region = label["places"].startswith("R:") and label["places"].count(";") == label["places"].count(";-")
    found = [] if len(pair) == 1 or (pair == {"lookup", "total"} and one_region) else ["intent"]
    if label["intent"] in ("define", "help"):
        return found
    places = set(fields["places"]) | {f"-{one}" for one in fields["without"] if not one.islower()}
    if _set(label["places"]) != places:
        found.append("places")
    if (label["measure"] or "travelled") != (fields["measure"] or "travelled"):
        found.append("measure")
    if (label["period_start"], label["period_end"]) != (fields["period_start"] or "", fields["period_end"] or ""):
        found.append("period")
    if _set(label["flags"]) != set(fields["flags"]):
        found.append("flags")
    return found


def _set(text: str) -> set[str]:
    return {part for part in text.split(";") if part}


def query_of(label: dict[str, str]) -> Query:
    """The query that a label describes."""
    flags = [part.partition("=")[::2] for part in label["flags"].split(";") if part]
    one = dict(flags)
    named = [part for part in label["places"].split(";") if part]
    groups = [Who(value) for name, value in flags if name == "who"]
    intent = Intent(label["intent"]) if label["intent"] in set(Intent) else Intent.LOOKUP
    left = [part[1:] for part in named if part.startswith("-")]
    return Query(
        intent,
        places=tuple(part for part in named if not part.startswith("-")),
        measure=None if label["measure"] in ("", "travelled") else label["measure"],
        who=groups[0] if groups else Who.EVERYONE,
        groups=tuple(groups[1:]),
        destination=Destination(one["destination"]) if one.get("destination") in set(Destination) else None,
        period=Period.between(_day(label["period_start"]), _day(label["period_end"])),
        per_million="per_capita" in one,
        top=_number(one.get("top")),
        bottom=_number(one.get("bottom")),
        known_on=_day(one.get("known_on", "")),
        style=one.get("style"),
        publisher=one.get("publisher"),
        value=_number(one.get("value")),
        chart="chart" in one,
        without=(*left, *(value for name, value in flags if name == "without")),
    )


def open_of(turn: LabelledTurn) -> Open:
    """The bot's question that a turn leads to."""
    candidates = tuple(part for part in turn.asks.split(";") if part and not part.islower())
    query = query_of(turn.label)
    doubt = Doubt.PLACE if candidates else Doubt.PLACE_MISSING
    return Open(doubt, replace(query, places=tuple(one for one in query.places if one not in candidates)), candidates)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None
