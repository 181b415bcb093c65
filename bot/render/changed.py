"""What changed, as lines: in the dataset since a day, and in one answer since it was given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.answers.answer import Answer, Claim, Outcome
from bot.answers.changes import Changes
from bot.render.fragments import SEPARATOR, Telling, claim_spans, editor, value_text, when
from bot.render.outline import Line, Role, Span, plain_line
from bot.words.names import cut
from bot.words.words import Words, capital
from db.model.records import Figure
from db.model.values import Interval, PartialDate

if TYPE_CHECKING:
    from db.edits.change import Change
    from db.edits.history import Changed, Entry

_LONGEST_REASON = 160
_VALUE_COLUMNS = frozenset({"low", "high", "bound"})
_QUIET_COLUMNS = _VALUE_COLUMNS | {"status", "status_reason"}
"""Columns that a line tells in other words."""


def tell_changed(changed: Changed, entries: Iterable[Entry], since: str, place: str | None, words: Words) -> list[Line]:
    """The difference between two revisions, figures first, then who made the changes and why.

    ``since`` is the day or revision that was asked for, in words.
    """
    title = words.say("changed.since", date=since)
    lines = [plain_line(Role.HEADLINE, title if place is None else f"{title}{SEPARATOR}{words.place(place)}")]
    lines.append(plain_line(Role.DETAIL, _revisions(changed.since, changed.until, words)))
    if not changed.changes:
        return [*lines, plain_line(Role.TEXT, words.say("changed.unchanged"))]
    figures_first = sorted(changed.changes, key=lambda change: change.subject != "figure")
    lines += [Line(Role.ITEM, change_spans(change, words)) for change in figures_first]
    if changed.total > len(changed.changes):
        lines.append(plain_line(Role.MORE, words.count("more", changed.total - len(changed.changes))))
    lines.append(plain_line(Role.HEADING, words.say("changed.why")))
    lines += [plain_line(Role.ITEM, _entry_text(entry, words)) for entry in entries]
    return lines


def change_spans(change: Change, words: Words) -> tuple[Span, ...]:
    """One change on one line: what happened, to what, old → new."""
    from db.edits.change import FigureChange, SourceChange

    label = Span(words.say(f"changed.{change.action.value}"), strong=True)
    if isinstance(change, FigureChange):
        return (label, Span(SEPARATOR + _figure_change(change.before, change.after, _columns(change), words)))
    if isinstance(change, SourceChange):
        parts = [words.embed(cut(change.after.title, 90)), _also(_columns(change) if change.before else [], words)]
        if change.after.status_reason:
            parts.append(words.original(cut(change.after.status_reason, _LONGEST_REASON)))
        return (label, Span(SEPARATOR + SEPARATOR.join(filter(None, parts))))
    pick = change.pick
    parts = [words.place(pick.place), words.measure(pick.measure), words.embed(pick.figure)]
    return (label, Span(SEPARATOR + SEPARATOR.join([*parts, words.embed(cut(pick.reason, _LONGEST_REASON))])))


def _columns(change: Change) -> list[str]:
    return [field.column for field in change.fields if field.column not in _QUIET_COLUMNS]


def _figure_change(before: Figure | None, after: Figure, columns: list[str], words: Words) -> str:
    parts = [words.place(after.place), words.measure(after.measure), when(after, words, short=True)]
    if after.who != "everyone":
        parts.append(words.who(after.who))
    parts.append(_value(before.value if before else None, after.value, words))
    if before is None:
        parts.append(words.embed(after.source))
    else:
        parts.append(_also(columns, words))
    if after.status_reason:
        parts.append(words.original(cut(after.status_reason, _LONGEST_REASON)))
    return SEPARATOR.join(filter(None, parts))


def _value(old: Interval | None, new: Interval, words: Words) -> str:
    if old is None or old == new:
        return words.value(new)
    return f"{words.value(old)}{_arrow(words)}{words.value(new)}"


def _also(columns: list[str], words: Words) -> str:
    names = [words.embed(column.replace("_", " ")) for column in columns]
    return words.say("changed.also", columns=words.several(names, most=4)) if names else ""


def _entry_text(entry: Entry, words: Words) -> str:
    revision = entry.revision
    names = editor(revision.by, words)
    if entry.approved_by:
        names = f"{names} + {editor(entry.approved_by, words)}"
    day = words.date(PartialDate.of(revision.at.date()), short=True)
    return f"{day}{SEPARATOR}{names}: {words.embed(cut(revision.because, _LONGEST_REASON))}"


def tell_differences(changes: Changes, then: Answer, now: Answer, words: Words) -> list[Line]:
    """What differs between an answer given earlier and the same question answered now."""
    lines = [plain_line(Role.HEADING, words.say("changed.differs"))]
    lines.append(plain_line(Role.DETAIL, _revisions(changes.since, changes.until, words)))
    if not changes:
        return [*lines, plain_line(Role.DETAIL, words.say("changed.same"))]
    if changes.outcome is not None:
        key = "answered" if changes.outcome[1] is Outcome.ANSWERED else "unanswered"
        lines.append(plain_line(Role.DETAIL, words.say(f"changed.{key}")))
    old, new = Telling.of(then, words), Telling.of(now, words)
    if changes.headline is not None and None not in changes.headline:
        before, after = changes.headline
        assert before is not None  # both were looked at above
        assert after is not None
        opens = words.say("changed.opens", now=_opening(after, new), then=_opening(before, old))
        lines.append(plain_line(Role.DETAIL, capital(opens)))
    lines += [_claim_line("added", claim, new) for claim in changes.added]
    lines += [_revised_line(before, after, old, new) for before, after in changes.revised]
    lines += [_claim_line("gone", claim, old) for claim in changes.removed]
    return lines


def _opening(claim: Claim, telling: Telling) -> str:
    return f"{value_text(claim.figure, telling)} ({when(claim.figure, telling.words, short=True)})"


def _claim_line(key: str, claim: Claim, telling: Telling) -> Line:
    label = Span(telling.words.say(f"changed.{key}") + SEPARATOR)
    return Line(Role.ITEM, (label, *claim_spans(claim, None, telling)))


def _revised_line(before: Claim, after: Claim, old: Telling, new: Telling) -> Line:
    words = new.words
    then, now = value_text(before.figure, old), value_text(after.figure, new)
    spans = claim_spans(after, None, new)
    if then != now:
        spans = (Span(f"{then}{_arrow(words)}"), *spans)
    return Line(Role.ITEM, (Span(words.say("changed.changed") + SEPARATOR), *spans))


def _arrow(words: Words) -> str:
    return " ← " if words.rtl else " → "


def _revisions(since: int, until: int, words: Words) -> str:
    return words.say("changed.revisions", since=words.number(since), until=words.number(until))
