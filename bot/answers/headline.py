"""The rule that chooses the claim which opens an answer, and the name of what decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.answers.answer import HeadlineRule
from bot.answers.entries import Entry
from bot.answers.shelf import Shelf
from bot.answers.times import Asked, Fit, fit, newest

Key = tuple[int, int, int, int, int, str, int, int, str]

DECIDERS = (
    HeadlineRule.OFFICIAL,
    HeadlineRule.ORIGIN,
    HeadlineRule.PERIOD,
    HeadlineRule.NEWEST,
    HeadlineRule.FIRST_HAND,
    HeadlineRule.RELIABILITY,
    HeadlineRule.CREDIBILITY,
    HeadlineRule.ORIGIN,
    HeadlineRule.LISTED,
)
"""What each part of the key stands for, in the order in which it decides."""
AGE: Final = 3
"""The part of the key that holds the date: that of ``NEWEST`` above."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """Comparable claims, the one that opens the answer first, and why it does."""

    entries: tuple[Entry, ...]
    rule: HeadlineRule
    reason: str = ""


def order(entries: Sequence[Entry], asked: Asked, shelf: Shelf, *, peak: bool = False) -> Ordered:
    """Put comparable claims in the order of the headline rule; a moderator's pick goes before it.

    Nothing else opens the answer than: not the unofficial of two counts in one source; not a relay when the source
    that it relays stands beside it; who states exactly the asked period; the newest as-of; who was read at first hand;
    the more reliable source; the more credible information; who is closer to the origin.
    """
    keys = _keys(entries, asked)
    ranked = sorted(entries, key=keys.__getitem__)
    first = ranked[0].figure
    pick = shelf.pick(first.place, first.measure, first.who)
    if pick is not None and any(entry.figure.id == pick.figure for entry in ranked):
        ranked.sort(key=lambda entry: entry.figure.id != pick.figure)
        return Ordered(tuple(ranked), HeadlineRule.MODERATOR, pick.reason)
    if len(ranked) == 1:
        return Ordered(tuple(ranked), HeadlineRule.ONLY)
    if peak:
        ranked.sort(key=lambda entry: (keys[entry][:2], entry.rank))  # a peak is as old as it is
        ranked.sort(key=_height, reverse=True)
        return Ordered(tuple(ranked), HeadlineRule.PEAK)
    decider = _decider([keys[entry] for entry in ranked])
    source = first.source
    ranked.sort(key=lambda entry: entry.figure.source != source)  # two counts of one source stand together
    return Ordered(tuple(ranked), decider)


def shadowed(entries: Iterable[Entry]) -> frozenset[Entry]:
    """Claims that another one present stands for: relays of a source that speaks itself, unofficial twins."""
    listed = list(entries)
    sources = {entry.figure.source for entry in listed}
    official = {entry.figure.source for entry in listed if not entry.unofficial}
    return frozenset(entry for entry in listed if _relays_one_of(entry, sources) or _is_twin(entry, official))


def _keys(entries: Sequence[Entry], asked: Asked) -> dict[Entry, Key]:
    sources = {entry.figure.source for entry in entries}
    official = {entry.figure.source for entry in entries if not entry.unofficial}
    keys: dict[Entry, Key] = {}
    for entry in entries:
        keys[entry] = (
            int(_is_twin(entry, official)),
            int(_relays_one_of(entry, sources)),
            int(fit(entry, asked) is not Fit.STATED),
            -newest(entry, asked),
            *entry.rank,
        )
    return keys


def _relays_one_of(entry: Entry, sources: set[str]) -> bool:
    return len(entry.chain) > 1 and any(key in sources for key in entry.chain[1:])


def _is_twin(entry: Entry, official: set[str]) -> bool:
    return entry.unofficial and entry.figure.source in official


def _decider(ranked: Sequence[Key]) -> HeadlineRule:
    """What put the first before the second; not "newest" where a newer one was put behind for another reason."""
    winner, runner_up, *others = ranked
    decider = _between(winner, runner_up)
    newer = [key for key in others if key[AGE] < winner[AGE]] if decider is HeadlineRule.NEWEST else []
    return _between(winner, newer[0]) if newer else decider


def _between(winner: Key, other: Key) -> HeadlineRule:
    for decider, mine, theirs in zip(DECIDERS, winner, other, strict=True):
        if mine != theirs:
            return decider
    return HeadlineRule.LISTED


def _height(entry: Entry) -> tuple[int | float, int | float]:
    value = entry.figure.value
    return float(value.least), float(value.most if value.most is not None else value.least)
