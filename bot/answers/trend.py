"""Claims in time: each body that counts is its own series, and change is read within one series only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.answers.answer import TrendBlock, TrendPoint
from bot.answers.draft import Draft
from bot.answers.entries import EARLIEST, Entry
from bot.answers.headline import Selection, is_unconfirmed, may_be_older, order, shadowed
from bot.answers.lookup import changes_of
from bot.answers.notes import NoteKind
from bot.answers.offers import beside, instead, other_sides
from bot.answers.regions import WORLD
from bot.answers.remainder import difference
from bot.answers.remarks import claim_notes
from bot.answers.selection import in_one_scope, matching
from bot.answers.shelf import Shelf
from bot.answers.times import lies_within
from db.model.records import Kind, Status
from db.model.values import Interval, stated

FLOW = "travelled_in_period"
RATE = "monthly_rate"
LENGTHS = (("years", 400), ("year", 300), ("half", 150), ("quarter", 75), ("month", 25))
"""Stretches of time by the least number of their days; one that lacks a few weeks is still called so."""


def trend(draft: Draft) -> None:
    """The claims of each place on the time axis; yearly departures too when no measure was named.

    A peak is one of departures, where those are held: of all who ever went the newest count is the highest.
    """
    for place in draft.query.places or (WORLD,):
        lines = [found for measure in _measures(draft) if (found := _points(draft, place, measure)) is not None]
        if draft.query.measure is None:
            lines = _chosen(draft.shelf, lines, peak=draft.query.peak)
        if len(lines) == 1 and draft.query.measure is None:
            draft.measure = lines[0].measure
        if not lines:
            instead(draft, place, draft.measure)
        for found in lines:
            _show(draft, found, offers=len(lines) == 1)


def _chosen(shelf: Shelf, lines: list[Selection], *, peak: bool) -> list[Selection]:
    """Of a peak, the departures with the most points; else all who went, and the departures that make a series."""
    if peak:
        flows = [line for line in lines if line.measure in (FLOW, RATE)] or lines
        return sorted(flows, key=lambda line: -len(line.claims))[:1]
    return [line for line in lines if line.measure != FLOW or len(_longest(shelf, line.claims)) > 1] or lines


def _measures(draft: Draft) -> tuple[str, ...]:
    if draft.query.measure is not None or draft.measure == FLOW:
        return (draft.measure,)
    return (FLOW, RATE, draft.measure) if draft.query.peak else (draft.measure, FLOW)


def _points(draft: Draft, place: str, measure: str) -> Selection | None:
    """Every claim whose own time lies in what was asked, in the order of the headline rule."""
    query, asked = draft.query, draft.asked
    entries = matching(draft.shelf, query, draft.shelf.entries(place, measure, query.who, asked.years))
    points = in_one_scope([entry for entry in entries if lies_within(entry, asked)], query.destination)
    return order(points, asked, draft.shelf, peak=query.peak) if points else None


def _show(draft: Draft, selection: Selection, *, offers: bool) -> None:
    entries = sorted(selection.claims, key=lambda entry: (_when(entry), entry.period[0] or 0, entry.figure.id))
    shelf = draft.shelf
    longest = _longest(shelf, entries)
    first, last = (longest[0], longest[-1]) if len(longest) > 1 else (None, None)
    turn = _turn(longest)
    direction, change = _change(first, last) if first and last else ("unclear", None)
    highest = order(_of_one_length(entries), selection.asked, draft.shelf, peak=True)
    draft.open_with(selection)
    draft.blocks.append(
        TrendBlock(
            place=selection.place,
            measure=selection.measure,
            who=selection.who,
            points=tuple(
                TrendPoint(selection.show(draft.shelf, entry), series(draft.shelf, entry)) for entry in entries
            ),
            change=change,
            first=selection.show(draft.shelf, first) if first else None,
            last=selection.show(draft.shelf, last) if last else None,
            direction=direction,
            peak=selection.show(draft.shelf, highest.headline),
            turn=selection.show(draft.shelf, turn) if turn else None,
        )
    )
    changes = changes_of(draft, selection)
    remarks = claim_notes(draft.shelf, selection, changes, draft.query.destination)
    remarks = [note for note in remarks if note.kind is not NoteKind.PERIOD_DIFFERS]  # a point is of a part by nature
    fall = {"earlier": turn.figure.id, "later": last.figure.id} if turn and last else None
    draft.remark(  # the fall that the sentence tells, not one to a headline that it does not name
        replace(note, values=fall) if fall and note.kind is NoteKind.FALLING_CUMULATIVE else note
        for note in remarks
        if note.kind is not NoteKind.FALLING_CUMULATIVE or fall or not last or note.values["later"] == last.figure.id
    )
    if offers:
        beside(draft, replace(selection, claims=tuple(entries)), changes)
    else:
        other_sides(draft, entries, changes)


def series(shelf: Shelf, entry: Entry) -> str:
    """What may be joined by a line: one body's claims on one measure, counted in one way, whoever prints them.

    A claim that several bodies stand behind is of the document that states it.
    """
    figure, bodies = entry.figure, shelf.claim(entry).bodies
    body = bodies[0] if len(bodies) == 1 else figure.source
    counted = (figure.measure, figure.who, entry.scope.name, figure.counts, "unofficial" if entry.unofficial else "")
    return "|".join((body, *counted, _length(entry)))


def _length(entry: Entry) -> str:
    """About how long a time departures are counted over: those of a half-year are not set against those of a year."""
    if entry.kind is not Kind.FLOW or entry.stretch is None:
        return ""
    days = entry.stretch[1] - entry.stretch[0] + 1
    return next((name for name, least in LENGTHS if days >= least), "days")


def _of_one_length(entries: Sequence[Entry]) -> list[Entry]:
    """Those counted over the commonest length of time: a count over four years is no peak of counts over one."""
    lengths = [_length(entry) for entry in entries]
    commonest = max(lengths, key=lambda length: (lengths.count(length), length))
    return [entry for entry, length in zip(entries, lengths, strict=True) if length == commonest]


def _longest(shelf: Shelf, entries: Iterable[Entry]) -> list[Entry]:
    """The series with the most points of different dates, the newest of equals; in order of time.

    What is disputed or unconfirmed, and a relay of a count that stands there itself, moves no line; nor does a bare
    year in which the same body dates another count more exactly, since it may be of before that.
    """
    listed = list(entries)
    relayed = shadowed(listed)
    lines: dict[str, list[Entry]] = {}
    for entry in listed:
        doubted = entry.figure.status is Status.DISPUTED or is_unconfirmed(entry)
        if _when(entry) > EARLIEST and not doubted and entry not in relayed:
            lines.setdefault(series(shelf, entry), []).append(entry)
    dated = [[entry for entry in line if not _is_vague(entry, line)] for _, line in sorted(lines.items())]

    def weight(line: Sequence[Entry]) -> tuple[int, int]:
        moments = {_when(entry) for entry in line}
        return len(moments), max(moments)

    chosen: dict[int, Entry] = {}
    for entry in sorted(max(dated, key=weight, default=()), key=lambda one: (_when(one), len(one.chain), one.rank)):
        chosen.setdefault(_when(entry), entry)  # of several of one date the one closest to the count
    return list(chosen.values()) if len(chosen) > 1 else []


def _is_vague(entry: Entry, line: Iterable[Entry]) -> bool:
    """Whether a count is dated by a bare year in which another one is dated more exactly."""
    days = entry.moment
    if days is None or not may_be_older(entry):
        return False
    moments = (other.moment for other in line if other.moment and not may_be_older(other))
    return any(days[0] <= moment[1] <= days[1] for moment in moments)


def _when(entry: Entry) -> int:
    """The day that places a claim on the axis: the last of its stretch or date, so a bare year stands at its end."""
    return entry.own_days[1] if entry.own_days else EARLIEST


def _change(first: Entry, last: Entry) -> tuple[str, Interval | None]:
    """Which way a series went by the numbers that it states, and by how much where its values have ends."""
    before, after = first.figure.value, last.figure.value
    if before == after and before.low == before.high:
        return "flat", None
    if stated(before).surely_below(stated(after)):
        return "up", difference(after, before) if before.surely_below(after) else None
    if stated(after).surely_below(stated(before)):
        return "down", difference(before, after) if after.surely_below(before) else None
    return "unclear", None


def _turn(points: Sequence[Entry]) -> Entry | None:
    """The highest point of a series, where it is surely above both of its ends."""
    if len(points) < 3:
        return None
    top = max(points, key=lambda entry: (entry.figure.value.least, entry.figure.value.most or 0))
    ends = (points[0], points[-1])
    return top if all(stated(end.figure.value).surely_below(stated(top.figure.value)) for end in ends) else None
