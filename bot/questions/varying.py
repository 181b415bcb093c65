"""Other roles for the spans of a text than the likeliest: for one, for two, for a list, for all that is aside."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from bot.questions import roles
from bot.questions.hearing import Heard

_HOPELESS = math.log(0.05)
"""A role less likely than this, beside the best, is not tried."""
_SINGLES = 6
_PAIRED = 3
Change = tuple[str, int, str]
"""A kind of spans, the number of one of them, and another role for it."""


def varied(heard: Heard, *, pairs: bool) -> Iterator[tuple[float, Mapping[str, Sequence[str]]]]:
    """The roles of all spans with some of them changed, and by how much less likely they are: a logarithm."""
    singles = sorted(_singles(heard), key=lambda one: -heard.less(*one))[:_SINGLES]
    together = combinations(singles[:_PAIRED], 2) if pairs else ()
    for changes in (*((one,) for one in singles), *together, *_whole_lists(heard), *_asides(heard)):
        given = {kind: list(found) for kind, found in heard.roles.items()}
        for kind, at, role in changes:
            given[kind][at] = role
        yield _less(heard, changes), given


def _less(heard: Heard, changes: Iterable[Change]) -> float:
    return sum(heard.less(*one) for one in changes)


def _singles(heard: Heard) -> Iterator[Change]:
    """Each span in its next best role, where that is not hopeless."""
    for kind, given in heard.roles.items():
        for at, chosen in enumerate(given):
            odds = heard.odds[kind][at]
            role = max(odds.keys() - {chosen}, key=lambda one: (odds[one], one))
            if heard.less(kind, at, role) > _HOPELESS:
                yield kind, at, role


def _whole_lists(heard: Heard) -> Iterator[Sequence[Change]]:
    """Each list with one role for all of it: "Tunisia and Saudi Arabia excepted"."""
    for kind, lists in heard.lists.items():
        for first, last in dict.fromkeys(lists):
            inside = range(first, last + 1)
            for role in sorted({role for at in inside for role in heard.odds[kind][at]}):
                yield from _hopeful(heard, [(kind, at, role) for at in inside if heard.roles[kind][at] != role])


def _asides(heard: Heard) -> Iterator[Sequence[Change]]:
    """All that stands outside the question proper as context only: what a pasted sentence names."""
    outside = [
        (kind, at, roles.OTHER)
        for kind, slots in heard.slots.items()
        for at, span in enumerate(slots)
        if heard.roles[kind][at] != roles.OTHER and heard.spans.clause_with(span) != heard.spans.proper
    ]
    yield from _hopeful(heard, outside)


def _hopeful(heard: Heard, changes: Sequence[Change]) -> Iterator[Sequence[Change]]:
    if len(changes) > 1 and _less(heard, changes) > len(changes) * _HOPELESS:
        yield changes
