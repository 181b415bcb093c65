"""The words around numbers in a text, from their table: "about", "more than", "thousand", months and units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.questions.calendar_words import calendar_phrases
from bot.questions.tokens import folded

_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+(?=\S)|;\s+|\n+")
_MONTHS = frozenset({"month", "monthword"})
_TOKEN = re.compile(r"[^\W\d_]+(?:\.[^\W\d_](?!\w))*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text, folded, with its place in the text."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """The table: phrases by what they do, as tuples of folded words, and the words that are numbers."""

    phrases: Mapping[str, frozenset[tuple[str, ...]]]
    values: Mapping[str, Mapping[str, int]]
    longest: int

    def at(self, kind: str, words: list[Word], first: int, text: str) -> int:
        """How many words from one on are the longest phrase of a kind; 0 when none is."""
        for count in range(min(self.longest, len(words) - first), 0, -1):
            if self._is(kind, words, first, first + count, text):
                return count
        return 0

    def ending(self, kind: str, words: list[Word], end: int, text: str) -> int:
        """How many words before a position are the longest phrase of a kind; 0 when none is."""
        for count in range(min(self.longest, end), 0, -1):
            if self._is(kind, words, end - count, end, text):
                return count
        return 0

    def has(self, kind: str, key: str) -> bool:
        """Whether one word is a phrase of a kind."""
        return (key,) in self.phrases[kind]

    def _is(self, kind: str, words: list[Word], first: int, end: int, text: str) -> bool:
        keys = tuple(word.key for word in words[first:end])
        between = (
            text[one.end : two.start] for one, two in zip(words[first:end], words[first + 1 : end], strict=False)
        )
        return keys in self.phrases[kind] and all(len(gap) <= 1 for gap in between)


@cache
def claim_words() -> Words:
    """The table, read once."""
    phrases: dict[str, frozenset[tuple[str, ...]]] = {}
    values: dict[str, dict[str, int]] = {}
    table = files("bot.answers").joinpath("claim_words.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        kind, _, listed = line.partition("\t")
        if not listed:
            continue
        items = listed.split("|")
        if "=" in items[0]:
            values[kind] = {folded(word): int(value) for word, _, value in (item.partition("=") for item in items)}
        else:
            phrases[kind] = frozenset(tuple(map(folded, item.replace(".", " ").split())) for item in items)
    phrases["month"] = frozenset(
        phrase[:1]
        for phrase, named in calendar_phrases().phrases.items()
        if _MONTHS.intersection(kind for kind, _ in named)
    )
    longest = max(len(phrase) for kind in phrases.values() for phrase in kind)
    return Words(phrases, values, longest)


def sentences(text: str) -> list[str]:
    """The sentences of a text; a full stop behind an abbreviation ends none.

    >>> sentences("Some ca. 900 left. In 2016 4 left.")
    ['Some ca. 900 left.', 'In 2016 4 left.']
    """
    found: list[str] = []
    for part in _SENTENCE.split(text):
        last = words_in(found[-1])[-1:] if found and found[-1].endswith(".") else []
        if last and last[0].end == len(found[-1]) - 1 and claim_words().has("abbreviation", last[0].key):
            found[-1] += " " + part.strip()
        elif part.strip():
            found.append(part.strip())
    return found


def words_in(text: str) -> list[Word]:
    """The words of a text in order, numbers left out."""
    return [Word(folded(match[0]), match.start(), match.end()) for match in _TOKEN.finditer(text)]
