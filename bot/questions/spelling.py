"""Slips of the keyboard in question words, mended against the lexicon."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.questions.calendar_words import calendar_vocabulary
from bot.questions.lexicon import Lexicon, lexicon
from bot.questions.query import Correction
from bot.questions.tokens import Token

SHORTEST = 4
"""Shorter words have too many neighbours to be mended."""
LONG = 7
"""From this length on, two slips are mended."""


def mend(tokens: Sequence[Token], words: Lexicon) -> tuple[Correction, ...]:
    """Replace misspelt words in place by the lexicon's, and return what was changed."""
    corrections = []
    calendar = calendar_vocabulary()
    for token in tokens:
        word = token.word
        if len(word) < SHORTEST or token.is_number or word in words.vocabulary or word in calendar:
            continue
        better = _nearest(word, words)
        if better is not None:
            corrections.append(Correction(token.given, better, "word"))
            token.word = better
    return tuple(corrections)


def _nearest(word: str, words: Lexicon) -> str | None:
    """The one closest word within the allowed slips that starts alike; None when it is not clear."""
    allowed = 2 if len(word) >= LONG else 1
    # An Arabic word carries its article and prepositions in front.
    if "\u0600" <= word[0] <= "\u06ff":
        for prefix in ("ال", "وال", "بال", "لل", "و", "ب", "ل", "ف"):
            if word.startswith(prefix) and word[len(prefix) :] in words.vocabulary:
                return word[len(prefix) :]
    matches = process.extract(word, _candidates(words.language), scorer=OSA.distance, score_cutoff=allowed, limit=4)
    best = [found for found, distance, _ in matches if distance == matches[0][1] and _alike(word, found)]
    return best[0] if best else None


def _alike(word: str, other: str) -> bool:
    """Slips rarely touch the first letter; a swap of the first two is the exception."""
    return word[0] == other[0] or word[:2] == other[1::-1] or word[1:] == other


@cache
def _candidates(language: str) -> list[str]:
    words = {word for word in lexicon(language).vocabulary if len(word) >= SHORTEST}
    return sorted(words | {word for word in calendar_vocabulary() if len(word) >= SHORTEST and word.isascii()})
