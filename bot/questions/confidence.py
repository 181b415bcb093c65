"""How sure a reading is: one probability for the whole of it, from what the models said and what was left over.

The features are bins of a few dozen numbers; their weights are fitted on rows that the models had not seen, so that of
the readings said to be 80 % sure about 80 % are right.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.questions.drafting import Draft
from bot.questions.hearing import Heard
from bot.questions.ledger import DROPPED, Entry

_ODDS = (0.3, 0.45, 0.6, 0.7, 0.8, 0.87, 0.93, 0.97, 0.99)
_LENGTHS = (2, 4, 7, 11, 16, 24, 40)
_DROPS = ("place", "time", "number", "group", "publisher", "measure", "word")


def features(heard: Heard, drafts: Sequence[Draft], entries: Sequence[Entry]) -> set[str]:
    """What the confidence in the best draft rests on."""
    best = drafts[0]
    found = {"bias", f"outcome:{best.outcome}"}
    odds = sorted(heard.intents.values(), reverse=True)
    found.update(_at_least("intent", odds[0], _ODDS))
    found.add(f"intent:{_bin(odds[0])}&{best.outcome}")
    found.update(_at_least("margin", odds[0] - odds[1], (0.1, 0.25, 0.5, 0.75, 0.9)))
    found.update(_at_least("whole", math.exp(best.score), _ODDS))
    found.add(f"whole:{_bin(math.exp(best.score))}&{best.outcome}")
    own = heard.intents.get(best.outcome, 0.0)
    found.update(_at_least("own", own, _ODDS))
    found.update(_at_least("own_whole", own * math.exp(best.score), _ODDS))
    found.add(f"likeliest:{own == odds[0]}")
    found.update(_at_least("next", math.exp(drafts[1].score - best.score) if drafts[1:] else 0.0, _ODDS))
    measures = [draft for draft in drafts[1:] if draft.query.measure != best.query.measure]
    if measures:
        found.update(_at_least("measure", 1 / (1 + math.exp(measures[0].score - best.score)), _ODDS))
    found.add(f"measure:{best.query.measure}")
    for kind, sure in heard.sure.items():
        if sure:
            found.update(_at_least(kind, min(sure), _ODDS))
            found.add(f"{kind}s:{min(len(sure), 4)}")
    found.update(_of_ledger(entries))
    found.update(_at_least("length", len(heard.spans.tokens), _LENGTHS))
    found.add(f"clauses:{min(len(heard.spans.clauses), 4)}")
    found.add(f"language:{heard.spans.language == 'en'}")
    found.update(f"how:{place.how}" for place in heard.spans.places)
    found.add(f"mended:{min(sum(one.kind == 'word' for one in heard.spans.corrections), 2)}")
    return found


def _of_ledger(entries: Sequence[Entry]) -> Iterator[str]:
    for kind in _DROPS:
        lost = [entry for entry in entries if entry.kind == kind and entry.fate == DROPPED]
        inside = sum(entry.proper for entry in lost)
        yield f"lost:{kind}:{min(len(lost), 4)}"
        yield f"lost_in:{kind}:{min(inside, 4)}"


def _at_least(name: str, value: float, limits: Sequence[float]) -> Iterator[str]:
    """A step for each limit that a number reaches, and the bin that it lies in."""
    yield from (f"{name}>={limit}" for limit in limits if value >= limit)
    for low, high in pairwise((-math.inf, *limits, math.inf)):
        if low <= value < high:
            yield f"{name}={low}"


def _bin(odds: float) -> int:
    return sum(odds >= limit for limit in _ODDS)
