"""The senses of words: no phrase reaches over a name, a time or a comma, but for what is counted "in Syria"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.questions.lexicon import GOING, MEASURES, Lexicon, Sense
from bot.questions.tokens import Token

_PARTING = frozenset(",;")
"""The marks that part what stands beside each other."""


def senses_of(tokens: Sequence[Token], free: Sequence[int], there: set[int], words: Lexicon) -> list[Sense]:
    """The senses of the free tokens, and what is counted where the name of Syria or Iraq is in it: "were in Syria".

    ``there`` are the tokens of these names.
    """
    over = [
        sense
        for sense in (_senses(tokens, sorted({*free, *there}), words) if there else ())
        if not sense.tags.isdisjoint(MEASURES | GOING) and not there.isdisjoint(range(sense.first, sense.last))
    ]
    covered = {at for sense in over for at in range(sense.first, sense.last)}
    return [*over, *_senses(tokens, [at for at in free if at not in covered], words)]


def _senses(tokens: Sequence[Token], free: Sequence[int], words: Lexicon) -> Iterator[Sense]:
    """The senses of the free tokens; no phrase reaches over a place, a time or a comma."""
    runs: list[list[int]] = []
    for at in free:
        if runs and runs[-1][-1] == at - 1 and _PARTING.isdisjoint(tokens[at].mark):
            runs[-1].append(at)
        else:
            runs.append([at])
    for run in runs:
        for sense in words.senses([tokens[at] for at in run]):
            yield Sense(sense.tags, run[0] + sense.first, run[0] + sense.last, sense.phrase)
