"""Relays that change what they relay: the same number for another thing, another number, or another time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.answers.entries import Entry
from bot.answers.times import days_apart
from db.model.columns import is_figure_id
from db.model.records import Figure, Source, Who
from db.model.values import Interval

SAME_TIME_DAYS = 92
"""Report month against month of the count: closer than this is no change of period."""
NEARLY = 20
"""Two numbers are the same print when they differ by at most a twentieth of the larger."""
ROUNDED_FROM = 100


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A figure that does not say what the source that it relays says."""

    relaying: Entry
    relayed: Entry
    what: str
    """``kind``, ``value``, ``bound`` or ``period``."""


def mismatches(held: Mapping[tuple[str, Who], Sequence[Entry]], sources: Mapping[str, Source]) -> tuple[Mismatch, ...]:
    """Every relay among the figures of one place that changed the kind, value, bound or period of what it relays."""
    entries = [entry for topic in held.values() for entry in topic]
    by_id = {entry.figure.id: entry for entry in entries}
    by_source: dict[str, list[Entry]] = {}
    for entry in entries:
        by_source.setdefault(entry.figure.source, []).append(entry)
    found: list[Mismatch] = []
    for entry in entries:
        claimed = by_id.get(entry.figure.relays or "")
        relayed = [
            other
            for key in upstream_of(entry.figure, sources)
            for other in by_source.get(key, ())
            if other.figure.who is entry.figure.who and other is not entry
        ]
        relayed = relayed if claimed is None else [claimed]
        change = _change(entry, relayed) if relayed else None
        if change is not None:
            found.append(change)
    return tuple(sorted(found, key=lambda change: (_WEIGHT[change.what], change.relaying.figure.id)))


def touching(changes: Iterable[Mismatch], shown: Iterable[Entry]) -> tuple[Mismatch, ...]:
    """The changes in which a claim that is shown has a part, on either side."""
    present = {entry.figure.id for entry in shown}
    return tuple(
        change for change in changes if change.relaying.figure.id in present or change.relayed.figure.id in present
    )


_WEIGHT = {"kind": 0, "value": 1, "period": 2, "bound": 3}


def upstream_of(figure: Figure, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """The sources that a figure relays by itself, else those that its document relays; none where it names a figure."""
    if figure.relays is None:
        return sources[figure.source].relays
    return () if is_figure_id(figure.relays) else (figure.relays,)


def _change(entry: Entry, relayed: list[Entry]) -> Mismatch | None:
    """How a figure differs from what its source's source says; None when that says the same, or nothing like it."""
    mine = entry.figure
    alike = [other for other in relayed if other.figure.measure == mine.measure]
    same_number = [other for other in alike if _same_number(mine.value, other.figure.value)]
    near = [other for other in same_number if (days_apart(entry, other) or 0) <= SAME_TIME_DAYS]
    open_ends = mine.value.low is None, mine.value.high is None
    if any((other.figure.value.low is None, other.figure.value.high is None) == open_ends for other in near):
        return None
    if near:
        return Mismatch(entry, near[0], "bound")
    if not mine.value.is_zero:
        for other in relayed:
            # Another measure with about the same number is another count; only the very number was taken over.
            same = mine.value.printed == other.figure.value.printed
            if same and other.figure.measure != mine.measure and (days_apart(entry, other) or 0) <= SAME_TIME_DAYS:
                return Mismatch(entry, other, "kind")
    if same_number:
        return Mismatch(entry, same_number[0], "period")
    rivals = [other for other in alike if other.scope is entry.scope and _is_same_time(entry, other)]
    if not rivals:
        return None
    return Mismatch(entry, min(rivals, key=lambda other: _distance(mine.value, other.figure.value)), "value")


def _is_same_time(mine: Entry, other: Entry) -> bool:
    if mine.is_stretch or other.is_stretch:
        return mine.figure.period.same_days(other.figure.period)
    return (days_apart(mine, other) or 0) <= SAME_TIME_DAYS


def _same_number(mine: Interval, other: Interval) -> bool:
    """Whether both print the same number, give or take rounding; below a hundred nothing is rounded."""
    one, two = mine.printed, other.printed
    if max(*one, *two) < ROUNDED_FROM:
        return one == two
    return all(abs(Decimal(left) - right) * NEARLY <= max(left, right) for left, right in zip(one, two, strict=True))


def _distance(mine: Interval, other: Interval) -> Decimal:
    pairs = zip(mine.printed, other.printed, strict=True)
    return sum((abs(Decimal(one) - two) for one, two in pairs), start=Decimal(0))
