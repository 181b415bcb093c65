"""Phrases of several words with what each stands for, found at a place in a text by their first word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, TypeVar

Phrase = tuple[str, ...]
T = TypeVar("T")


class PhraseTable(Generic[T]):
    """A table of folded phrases."""

    def __init__(self, phrases: Mapping[Phrase, T]) -> None:
        self.phrases = phrases
        self._opened: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            self._opened.setdefault(phrase[0], []).append(phrase)
        for opened in self._opened.values():
            opened.sort(key=lambda phrase: -len(phrase))

    def opened_by(self, word: str) -> Sequence[tuple[Phrase, T]]:
        """The phrases that begin with a word, those of most words first."""
        return [(phrase, self.phrases[phrase]) for phrase in self._opened.get(word, ())]

    def at(self, words: Sequence[str], at: int) -> Iterator[tuple[T, int]]:
        """What stands at a word, the longest phrase first, each with the index behind it."""
        for phrase, value in self.opened_by(words[at]):
            if len(phrase) == 1 or tuple(words[at : at + len(phrase)]) == phrase:
                yield value, at + len(phrase)
