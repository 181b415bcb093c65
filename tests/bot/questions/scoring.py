"""Scores readings against a table of questions: which columns are right, and which whole readings are wrong."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from bot.questions.dialogue.state import State
from bot.questions.dialogue.talking import Dialogue
from bot.questions.jsonl import as_fields
from bot.questions.reader import Reader

Row = dict[str, str]
_REFUSED = {"unanswerable", "off_topic"}


@dataclass(slots=True)
class Score:
    """How a table of questions was read."""

    rows: int = 0
    right: dict[str, int] = field(default_factory=dict)
    exact: int = 0
    silently_wrong: list[str] = field(default_factory=list)
    not_refused: list[str] = field(default_factory=list)
    refusable: int = 0
    mistakes: list[str] = field(default_factory=list)

    def percent(self, column: str) -> float:
        """How often one column was right."""
        return 100 * self.right.get(column, 0) / self.rows


def read_table(path: Path) -> list[Row]:
    """The rows of a table of questions."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def score(rows: Iterable[Row], reader: Reader, today: date = date(2026, 11, 23)) -> Score:
    """Read every question, follow-ups after the questions that they follow, and compare."""
    result = Score()
    after: dict[str, State] = {}
    dialogue = Dialogue(reader)
    for row in sorted(rows, key=lambda row: row["id"]):
        notes = dict(part.strip().split("=", 1) for part in row["note"].split(";") if "=" in part)
        day = date.fromisoformat(notes["today"]) if "today" in notes else today
        turn = dialogue.turn(row["question"], today=day, state=after.get(notes.get("follow_up_of", "")))
        after[row["id"]] = turn.state
        compare(row, as_fields(turn.reading), result)
    return result


def compare(row: Row, got: dict[str, Any], result: Score) -> None:
    """Count what of one row was read right."""
    result.rows += 1
    best: set[str] = set()
    for wanted in _acceptable(row):
        right = {column for column in ("intent", "places", "measure", "period", "flags") if _same(column, wanted, got)}
        if len(right) > len(best):
            best = right
    for column in best:
        result.right[column] = result.right.get(column, 0) + 1
    if row["intent"] in _REFUSED:
        result.refusable += 1
        if got["outcome"] != "refuse":
            result.not_refused.append(row["question"])
    whole = len(best) == 5
    result.exact += whole
    if not whole:
        shown = {key: value for key, value in got.items() if value not in (None, [], "everyone")}
        wrong = sorted({"intent", "places", "measure", "period", "flags"} - best)
        result.mistakes.append(f"{row['id']} {row['question']!r}: {wrong} got {shown}")
        if got["outcome"] == "read":
            result.silently_wrong.append(row["id"])


def _acceptable(row: Row) -> list[Row]:
    wanted = [row]
    for alternative in filter(None, row["acceptable_alternatives"].split(" // ")):
        changes = dict(part.split("=", 1) for part in alternative.split(",") if "=" in part)
        wanted.append({**row, **changes})
    return wanted


def _same(column: str, wanted: Row, got: dict[str, Any]) -> bool:
    if wanted["intent"] in _REFUSED | {"ambiguous", "social"} and column != "intent":
        return True  # what matters is that nothing is answered
    if column == "intent":
        pair = {wanted["intent"], got["intent"]}
        region = wanted["places"].startswith("R:") and ";" not in wanted["places"]
        return len(pair) == 1 or (pair == {"lookup", "total"} and region)
    if column == "places":
        left_out = {f"-{one}" for one in got["without"] if not one.islower()}
        named = set(filter(None, wanted["places"].split(";")))
        return wanted["intent"] == "define" or named == set(got["places"]) | left_out
    if column == "measure":
        plain = {"", "travelled", None}
        return wanted["measure"] == got["measure"] or {wanted["measure"], got["measure"]} <= plain
    if column == "period":
        return (wanted["period_start"], wanted["period_end"]) == (got["period_start"] or "", got["period_end"] or "")
    return set(filter(None, wanted["flags"].split(";"))) == set(got["flags"])
