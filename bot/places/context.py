"""What stands around a name in a sentence: whether a short code is meant, whether a word is a thing or a person."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

_LONGEST_CODE = 3
_JOINING = ("/", "|", "+", ",")
_NEVER_IN_CHAIN = frozenset("is it in so to by no do me my we he or as at be am an if id ok la".split())
_MONTHS = frozenset({"mar"})
"""Codes that are months before a number: "Mar 2015"."""
_CODES_THAT_CLOSE_A_LIST = frozenset("at be id".split())


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a sentence."""

    start: int
    end: int
    text: str
    key: str


class Words(list[Word]):
    """The words of a sentence, and what is asked of all of them at each of them: worked out once."""

    def __init__(self, words: Iterable[Word], text: str) -> None:
        super().__init__(words)
        self.sentence = text
        self.lists_of_codes: dict[int, bool] = {}
        """Of words that marks join, by the first of them, whether all are codes: whoever finds out says so."""

    @cached_property
    def is_only_codes(self) -> bool:
        """Whether the sentence is nothing but codes: "se/no/fi"."""
        return _ONLY_CODES.fullmatch(self.sentence.strip(" ?!.")) is not None

    @cached_property
    def has_small_letters(self) -> bool:
        """Whether not all of it is shouted."""
        return any(letter.islower() for letter in self.sentence)

    @cached_property
    def is_a_list(self) -> bool:
        """Whether a word of lists is among them."""
        return any(word.key in _kinds()["list_words"] for word in self)

    @cached_property
    def compared_from(self) -> int:
        """The first word that is behind "compare"; behind the last where there is none."""
        compared = _kinds()["compare_words"]
        return next((at + 1 for at, word in enumerate(self) if word.key in compared), len(self))

    @cached_property
    def beside_abbreviations(self) -> list[bool]:
        """Of each word, whether nothing but codes, commas and "and" parts it from an abbreviation: "uk, fr and de"."""
        found = [False] * len(self)
        for step in (-1, 1):
            sure = [False] * len(self)
            for at in range(len(self)) if step < 0 else reversed(range(len(self))):
                there = self._next_in_chain(at, step)
                if there is not None:
                    sure[at] = self[there].key in _kinds()["abbreviations"] or sure[there]
            found = [one or other for one, other in zip(found, sure, strict=True)]
        return found

    def _next_in_chain(self, at: int, step: int) -> int | None:
        there = at + step
        if 0 <= there < len(self) and self[there].key in _kinds()["list_words"]:
            there += step
        elif not 0 <= there < len(self) or "," not in self.between(min(at, there), max(at, there)):
            return None
        return there if 0 <= there < len(self) and len(self[there].key) <= _LONGEST_CODE else None

    @cached_property
    def joined(self) -> list[tuple[int, int]]:
        """Of each word, the first and the last of those that marks without spaces join to it."""
        found: list[tuple[int, int]] = []
        while len(found) < len(self):
            first = last = len(found)
            while last + 1 < len(self) and self.between(last, last + 1) in _JOINING:
                last += 1
            found += [(first, last)] * (last + 1 - first)
        return found

    def between(self, left: int, right: int) -> str:
        """The signs between two words."""
        return self.sentence[self[left].end : self[right].start]


@cache
def _kinds() -> dict[str, frozenset[str]]:
    text = (files("bot.places") / "sources" / "inside.tsv").read_text(encoding="utf-8")
    rows = (line.partition("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {kind: frozenset(word.replace(" ", "") for word in words.split(";")) for kind, _, words in rows}


@cache
def common_words() -> frozenset[str]:
    """Words of questions that no misspelling of a place is read into, folded."""
    from bot.places.fold import fold

    text = (files("bot.places") / "sources" / "common_words.txt").read_text(encoding="utf-8")
    return frozenset(fold(word) for line in text.splitlines() if not line.startswith("#") for word in line.split())


def never_codes() -> frozenset[str]:
    """Codes that are ordinary words or abbreviations as well: by itself none of them is a place inside a sentence."""
    return _kinds()["never"]


def is_marked(written: str) -> bool:
    """Whether the marks of a name tell it from the word that it would be without them: "Isländer", "çin"."""
    return not written.isascii() and written.casefold() in _kinds()["marked"]


_ONLY_CODES = re.compile(r"[a-z]{2,3}(?: ?[/,;&+|] ?[a-z]{2,3})+", re.IGNORECASE)
"""A text that is nothing but short words with list marks between them: "se/no/fi"."""


def short_is_meant(words: Words, at: int) -> bool:
    """Whether a short key at that word is a place: an abbreviation of its own, or a code among places."""
    kinds = _kinds()
    word = words[at]
    key = word.key
    if key in kinds["abbreviations"]:
        return True
    if (len(words) == 1 and "%" not in words.sentence) or words.is_only_codes:
        return True
    if _in_list(words, at):
        return True
    before = words[at - 1].key if at else ""
    if key == "us":
        return _us_is_meant(words, at, before)
    if key in kinds["after_preposition"] and before in kinds["prepositions"]:
        return True
    shouted = word.text.isupper() and words.has_small_letters
    return shouted and key not in kinds["never"]


def _us_is_meant(words: Words, at: int, before: str) -> bool:
    if before == "the" or words[at].text.isupper():
        return True
    after = words[at + 1].key if at + 1 < len(words) else ""
    return at == 0 and after in _kinds()["data_words"]


def _in_list(words: Words, at: int) -> bool:
    """Whether the word stands in a list of places: after "compare", or on one side of "vs"."""
    kinds = _kinds()
    before = words[at - 1].key if at else ""
    after = words[at + 1].key if at + 1 < len(words) else ""
    if before in ("vs", "v", "versus") or after in ("vs", "v", "versus"):
        return True
    if words.beside_abbreviations[at] and words[at].key not in _NEVER_IN_CHAIN | kinds["list_words"]:
        return True
    if at < words.compared_from or words[at].key in _NEVER_IN_CHAIN - _CODES_THAT_CLOSE_A_LIST:
        return False
    linked = before in kinds["list_words"] or after in kinds["list_words"]
    comma = at > 0 and "," in words.between(at - 1, at)
    follows = at + 1 < len(words) and "," in words.between(at, at + 1)
    return linked or comma or follows


def is_no_place(words: Words, first: int, last: int, key: str, names: Container[str]) -> bool:
    """Whether what stands around the words makes them a thing, a language or a person instead of a place.

    ``names`` are the keys of all names: beside another name "Brazil" is no person's.
    """
    kinds = _kinds()
    before = words[first - 1] if first else None
    after = words[last + 1] if last + 1 < len(words) else None
    if after and (key + after.key in kinds["spoilers"] or (key in _MONTHS and after.key.isdigit())):
        return True
    if before:
        if before.key + key in kinds["spoilers"]:
            return True
        if first > 1 and words[first - 2].key + before.key + key in kinds["spoilers"]:
            return True
        owned = before.key in kinds["owners"] and not words.between(first - 1, first).strip()
        if key in kinds["things"] and owned and words[first].text.islower():
            return True
        if key in kinds["languages"] and before.key == "in" and (not after or after.key in ("please", "pls")):
            return True
    return key in kinds["given"] and (after is None or after.key not in names) and _is_person(words, after, first)


def _is_person(words: Words, after: Word | None, first: int) -> bool:
    """Two capitalised words, neither of them a word of questions, are a person's name: Jordan Peterson."""
    if not words[first].text.istitle():
        return False
    if after and after.text.istitle() and after.key not in common_words() and after.start - words[first].end == 1:
        return len(words) <= 3 or not words.is_a_list
    return False
