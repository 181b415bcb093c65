"""What stands around a name in a sentence: whether a short code is meant, whether a word is a thing or a person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_LONGEST_CODE = 3
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


_ONLY_CODES = re.compile(r"[a-z]{2,3}(?: ?[/,;&+|] ?[a-z]{2,3})+", re.IGNORECASE)
"""A text that is nothing but short words with list marks between them: "se/no/fi"."""


def short_is_meant(words: Sequence[Word], at: int, text: str) -> bool:
    """Whether a short key at that word is a place: an abbreviation of its own, or a code among places."""
    kinds = _kinds()
    word = words[at]
    key = word.key
    if key in kinds["abbreviations"]:
        return True
    if (len(words) == 1 and "%" not in text) or _ONLY_CODES.fullmatch(text.strip(" ?!.")):
        return True
    if _in_list(words, at, text):
        return True
    before = words[at - 1].key if at else ""
    if key == "us":
        return _us_is_meant(words, at, before)
    if key in kinds["after_preposition"] and before in kinds["prepositions"]:
        return True
    shouted = word.text.isupper() and any(letter.islower() for letter in text)
    return shouted and key not in kinds["never"]


def _us_is_meant(words: Sequence[Word], at: int, before: str) -> bool:
    if before == "the" or words[at].text.isupper():
        return True
    after = words[at + 1].key if at + 1 < len(words) else ""
    return at == 0 and after in _kinds()["data_words"]


def _in_list(words: Sequence[Word], at: int, text: str) -> bool:
    """Whether the word stands in a list of places: after "compare", or on one side of "vs"."""
    kinds = _kinds()
    before = words[at - 1].key if at else ""
    after = words[at + 1].key if at + 1 < len(words) else ""
    if before in ("vs", "v", "versus") or after in ("vs", "v", "versus"):
        return True
    if _in_chain(words, at, text):
        return True
    compared = any(word.key in kinds["compare_words"] for word in words[:at])
    if not compared or words[at].key in _NEVER_IN_CHAIN - _CODES_THAT_CLOSE_A_LIST:
        return False
    linked = before in kinds["list_words"] or after in kinds["list_words"]
    comma = "," in text[words[at - 1].end : words[at].start] if at else False
    follows = at + 1 < len(words) and "," in text[words[at].end : words[at + 1].start]
    return linked or comma or follows


def _in_chain(words: Sequence[Word], at: int, text: str) -> bool:
    """Whether the word is one of several codes with nothing but commas and "and" between them: "uk, fr and de"."""
    kinds = _kinds()
    chain = [at]
    for step in (-1, 1):
        here = at
        while True:
            there = here + step
            if 0 <= there < len(words) and words[there].key in kinds["list_words"]:
                there += step
            elif (
                not 0 <= there < len(words)
                or "," not in text[words[min(here, there)].end : words[max(here, there)].start]
            ):
                break
            if not 0 <= there < len(words) or len(words[there].key) > _LONGEST_CODE:
                break
            chain.append(there)
            here = there
    sure = any(words[place].key in kinds["abbreviations"] for place in chain if place != at)
    return sure and words[at].key not in _NEVER_IN_CHAIN | kinds["list_words"]


def is_no_place(words: Sequence[Word], first: int, last: int, key: str) -> bool:
    """Whether what stands around the words makes them a thing, a language or a person instead of a place."""
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
        if key in kinds["things"] and before.key in kinds["owners"]:
            return True
        if key in kinds["languages"] and before.key == "in" and (not after or after.key in ("please", "pls")):
            return True
    return key in kinds["given"] and _is_person(words, before, after, first)


def _is_person(words: Sequence[Word], before: Word | None, after: Word | None, first: int) -> bool:
    """Two capitalised words, neither of them a word of questions, are a person's name: Jordan Peterson."""
    if not words[first].text.istitle():
        return False
    if after and after.text.istitle() and after.key not in common_words() and after.start - words[first].end == 1:
        return len(words) <= 3 or not _looks_like_a_list(words)
    return False


def _looks_like_a_list(words: Sequence[Word]) -> bool:
    return any(word.key in _kinds()["list_words"] for word in words)
