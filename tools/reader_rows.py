"""The labelled rows that the reader learns from, with what each label says of the spans of its text."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bot.questions import roles
from bot.questions.drafting import Draft, publishers_of
from bot.questions.jsonl import flags_of
from bot.questions.lexicon import Sense
from bot.questions.reader import cleaned
from bot.questions.roles import ASKED, BOTTOM, KNOWN, ONLY, OTHER, THERE, TOP, VALUE, WITHOUT
from bot.questions.spans import Number, Place, Span, Spans
from bot.questions.times import Time
from bot.questions.tokens import folded

EXAMPLES = Path(__file__).parents[1] / "bot" / "questions" / "examples"
DEFAULT_TODAY = date(2026, 11, 29)
FREE = frozenset({"define", "help", "off_topic", "social", "ambiguous"})
"""Outcomes whose labels say nothing of the spans in the text."""
_COLUMNS = ("intent", "places", "measure", "period_start", "period_end", "flags")


@dataclass(frozen=True)
class Row:
    """One labelled question."""

    file: str
    id: str
    text: str
    label: dict[str, str]
    alternatives: tuple[dict[str, str], ...]
    """All acceptable labels, the first included."""
    today: date
    measures: tuple[str, ...]
    """The measures that stand beside each other; none for a question of one."""
    group: str
    """Rows of one group are near each other and are never parted between learning and judging."""

    @property
    def fold(self) -> int:
        """Which of five parts the row is held back with."""
        return zlib.crc32(f"{self.file}{self.group or self.id}".encode()) % 5


def read_rows(path: Path) -> list[Row]:
    """The rows of one file, follow-ups left out."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [_row(path.stem, fields) for fields in csv.DictReader(stream) if "follow_up_of" not in fields["note"]]


def _row(file: str, fields: dict[str, str]) -> Row:
    notes = dict(part.strip().split("=", 1) for part in fields["note"].split(";") if "=" in part)
    label = {column: fields[column] for column in _COLUMNS}
    today = date.fromisoformat(notes["today"][:10]) if "today" in notes else DEFAULT_TODAY
    alternatives = (label, *alternatives_of(label, fields["acceptable_alternatives"]))
    measures = tuple(filter(None, (one.strip() for one in notes.get("measures", "").split(","))))
    text = cleaned(fields["question"])
    return Row(file, fields["id"], text, label, alternatives, today, measures, notes.get("group", ""))


def alternatives_of(label: dict[str, str], text: str) -> Iterator[dict[str, str]]:
    """The other acceptable labels that a cell writes: ` // ` between them, each naming only what it changes."""
    for alternative in filter(None, (part.strip() for part in text.split("//"))):
        changed = dict(label)
        column = ""
        for part in alternative.split(","):
            name, mark, value = part.partition("=")
            if mark and name.strip() in label:
                column = name.strip()
                changed[column] = value
            elif column:
                changed[column] += f",{part}"
        yield changed


def gold_roles(row: Row, spans: Spans) -> dict[str, list[str | None]] | None:
    """For each span the role that the label gives it; None where the label does not say."""
    if row.label["intent"] == "define":  # only what is defined is labelled
        slots = roles.slots_of(spans)
        return {
            kind: [_measured_role(row, span) if kind == "measured" else None for span in slots[kind]] for kind in slots
        }
    if row.label["intent"] in FREE:
        return None
    if row.label["intent"] == "unanswerable" and not row.label["places"]:
        return None
    slots = roles.slots_of(spans)
    flags = dict(part.partition("=")[::2] for part in row.label["flags"].split(";") if part)
    several = [part.partition("=")[::2] for part in row.label["flags"].split(";") if part]
    free = row.label["intent"] == "unanswerable"
    grouped = _grouped(row.label, slots["place"])
    return {
        "place": [_place_role(row.label, several, span, grouped) for span in slots["place"]],
        "time": [None if free else _time_role(row, flags, span) for span in slots["time"]],
        "number": [None if free else _number_role(several, span) for span in slots["number"]],
        "group": [None if free else _group_role(several, span) for span in slots["group"]],
        "publisher": [None if free else _publisher_role(several, span) for span in slots["publisher"]],
        "measured": [None if free else _measured_role(row, span) for span in slots["measured"]],
    }


def _grouped(label: dict[str, str], spans: Sequence[Span]) -> set[str]:
    """The countries of the groups that are asked for: "Scandinavia"."""
    named = _set(label["places"])
    groups = (set(span.ids) for span in spans if isinstance(span, Place) and len(span.ids) > 1)
    return {one for group in groups if group & named for one in group}


def _place_role(label: dict[str, str], flags: Sequence[tuple[str, str]], span: Span, grouped: set[str]) -> str | None:
    assert isinstance(span, Place)
    named = {part for part in label["places"].split(";") if part}
    ids = set(span.ids)
    if ids and ids < grouped and not ids & named:
        return WITHOUT
    if label["intent"] == "unanswerable" and ids <= {"SY", "IQ"}:
        return None  # of what is refused no label tells who went there from who is from there
    if ids & named:
        return ASKED
    if ids & {part[1:] for part in named if part.startswith("-")}:
        return WITHOUT
    if span.candidates:
        return ASKED if set(span.candidates) & named else OTHER
    if ids <= {"SY", "IQ"}:
        only = [value for name, value in flags if name == "destination"]
        return ONLY if ids <= set(only) else OTHER if only else THERE
    return OTHER


def _time_role(row: Row, flags: dict[str, str], span: Span) -> str | None:
    assert isinstance(span, Time)
    if span.start is None and span.stop is None:
        return OTHER
    known = flags.get("known_on")
    if known and any(_near(day, known) for day in (span.start, span.stop)):
        return KNOWN
    starts = {label["period_start"] for label in row.alternatives}
    stops = {label["period_end"] for label in row.alternatives}
    own = (row.label["period_start"], row.label["period_end"])
    if own == ("", ""):
        said = (_iso(span.start), _iso(span.stop))
        alternative = any(said == (label["period_start"], label["period_end"]) for label in row.alternatives)
        return None if alternative else OTHER
    if (span.start and _iso(span.start) in starts) or (span.stop and _iso(span.stop) in stops):
        return ASKED
    inside = (not own[0] or (span.start or span.stop or date.min).isoformat() >= own[0]) and (
        not own[1] or (span.stop or span.start or date.max).isoformat() <= own[1]
    )
    return ASKED if inside and own[0] and own[1] else None


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _near(day: date | None, known: str) -> bool:
    return day is not None and abs((day - date.fromisoformat(known)).days) <= 1 * timedelta(days=1).days


def _number_role(flags: Sequence[tuple[str, str]], span: Span) -> str | None:
    assert isinstance(span, Number)
    for name, role in (("top", TOP), ("bottom", BOTTOM), ("value", VALUE)):
        if (name, str(span.value)) in flags and not (role != VALUE and span.value == 1 and span.last == span.first):
            return role
    return OTHER


def _group_role(flags: Sequence[tuple[str, str]], span: Span) -> str | None:
    assert isinstance(span, Sense)
    group = next(name for name in roles.GROUPS if name in span.tags)
    if ("who", group) in flags or (group == roles.ADULTS and ("without", "minors") in flags):
        return ASKED
    sides = {roles.SEXES: ("women", "men"), "women_and_minors": ("women", "minors")}.get(group)
    if sides and {("who", side) for side in sides} <= set(flags):
        return ASKED
    if ("without", group) in flags:
        return WITHOUT
    if ("who", "women_and_minors") in flags and group in ("women", "minors"):
        return ASKED
    return OTHER


def _publisher_role(flags: Sequence[tuple[str, str]], span: Span) -> str:
    assert isinstance(span, Sense)
    named = {folded(value) for name, value in flags if name == "publisher"}
    return ASKED if named & set(map(folded, publishers_of(span))) else OTHER


def _measured_role(row: Row, span: Span) -> str:
    assert isinstance(span, Sense)
    unnamed = "" if row.label["intent"] == "define" else "travelled"
    wanted = set(row.measures) or {row.label["measure"] or unnamed}
    going = span.tags & roles.GOING and not span.tags & roles.MEASURES
    return ASKED if (wanted & {"travelled", "travelled_in_period"} if going else wanted & span.tags) else OTHER


def faults(row: Row, draft: Draft) -> list[str]:
    """The parts of a reading that no acceptable label has; none where it is right."""
    return min((_faults(label, draft) for label in row.alternatives), key=len)


def _faults(label: dict[str, str], draft: Draft) -> list[str]:
    query = draft.query
    pair = {label["intent"], draft.outcome}
    one_region = label["places"].startswith("R:") and ";" not in label["places"]
    found = [] if len(pair) == 1 or (pair == {"lookup", "total"} and one_region) else ["intent"]
    if label["intent"] in ("unanswerable", "off_topic", "ambiguous", "social", "define", "help"):
        return found  # what matters is that nothing is answered, or that it is explained
    places = set(query.places) | {f"-{one}" for one in query.without if not one.islower()}
    if _set(label["places"]) != places:
        found.append("places")
    if (label["measure"] or "travelled") != (query.measure or "travelled"):
        found.append("measure")
    if (label["period_start"], label["period_end"]) != (_iso(query.period.first), _iso(query.period.last)):
        found.append("period")
    if _set(label["flags"]) != set(flags_of(query)):
        found.append("flags")
    return found


def _set(text: str) -> set[str]:
    return {part for part in text.split(";") if part}
