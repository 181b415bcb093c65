"""Words of a text, folded to one spelling, each with its place in the text as given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from sys import intern

SCRIPTS = {"ar": ("\u0600", "\u06ff"), "ru": ("\u0400", "\u04ff")}
"""The languages with a script of their own, and its first and last letter."""
MARKS_OF_WHO = "♀♂†"
"""Signs that are words."""
_TOKEN = re.compile(
    r"(?P<iso>\d{4}-\d{2}-\d{2}|\d{4}-(?:0[1-9]|1[0-2])(?!\d))"
    r"|(?<![\w/.,])(?<!\D\d-)(?<!\D\d\d-)(?<!^\d-)(?<!^\d\d-)(?P<month>0?[1-9]|1[0-2])[/.-](?P<year>(?:19|20)\d\d)(?![\d/.]\d)"
    r"|(?<![^\W_])['’](?P<short>[019]\d|2[0-9])(?![^\W_]|\s\d{3}(?!\d))"
    r"|\d{1,3}(?:[,.]\d{3})+(?!\d)|\d+O[\dO]+(?![^\W_])|\d+|[^\W\d_](?:[^\W\d_]|[\u064b-\u0652\u0670])*"
    r"|%|&|<=|>=|[≤≥]|[<>](?=\s?(?:\d{4}|\d\d?/))|(?P<aged>[<>])(?=\s?18(?!\d))|[" + MARKS_OF_WHO + "]"
)
_DASHES = frozenset("-‐‑–—→") | {"..", "…", "->"}
_SIGNS = {"&": "and", "≤": "<=", "≥": ">=", "<": "before", ">": "after"}
_LETTERS: dict[str, int | str | None] = {
    "ı": "i", "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l",
    "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ـ": None,
}  # fmt: skip
_ALPHABETS = 0x3100
"""Below lie the letters and marks of all alphabets."""


class _Folding(dict[int, int | str | None]):
    """What becomes of each character of a decomposed text: worked out when it is first seen, as most never are."""

    def __missing__(self, point: int) -> int | None:
        becomes = None if unicodedata.combining(chr(point)) else point
        if point < _ALPHABETS:  # no more than these are kept
            self[point] = becomes
        return becomes


_FOLDING = _Folding(str.maketrans(_LETTERS))


def is_written_in(word: str, language: str) -> bool:
    """Whether a word begins with a letter of the script that a language has of its own."""
    first, last = SCRIPTS[language]
    return first <= word[0] <= last


@dataclass(slots=True)
class Token:
    """One word, number or percent sign."""

    word: str
    """Folded: lower case, without marks."""
    start: int
    end: int
    given: str
    """As it was written."""
    mark: str = ""
    """What stands between it and the token before, without spaces."""

    @property
    def dashed(self) -> bool:
        """Whether nothing but a dash parts it from the token before."""
        return self.mark in _DASHES

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return self.word[0].isdigit()


def folded(word: str) -> str:
    """One spelling for all ways to write a word: compatibility forms, case and marks are folded away.

    >>> folded("Rückkehrer"), folded("عائدة")
    ('ruckkehrer', 'عائده')
    """
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKD", word.casefold()).translate(_FOLDING)


def tokens_of(text: str, hidden: Sequence[tuple[int, int]] = ()) -> list[Token]:
    """The tokens of a text, without those that lie in the hidden spans (places that were already read)."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if any(start < stop and begin < end for begin, stop in hidden):
            continue
        word = _numeric_time(match) or folded(match[0])
        if word:  # a lone stretching mark folds to nothing
            mark = text[found[-1].end : start].strip() if found else ""
            found.append(Token(_digits(word), start, end, match[0], mark))
    return found


def _numeric_time(match: re.Match[str]) -> str | None:
    """ "03/2015" as 2015-03, "'14" as 2014, "<18" as "under 18", and "&" as "and"."""
    if match["year"]:
        return f"{match['year']}-{int(match['month']):02}"
    if match["short"]:
        return f"{20 if match['short'] < '50' else 19}{match['short']}"
    if match["aged"]:
        return "under" if match["aged"] == "<" else "over"
    return _SIGNS.get(match[0])


def _digits(word: str) -> str:
    """Digits of every script as ASCII ones (٢٠١٦ is 2016), and the letter in "5OO", which was read from paper."""
    if not word[0].isdigit():
        return word
    if word.isascii():
        return word.replace("o", "0")
    return "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in word)


def words_of(phrase: str) -> tuple[str, ...]:
    """A phrase of the lexicon in the same folding."""
    (words,) = phrases_of(phrase.replace("|", " "))
    return tuple(map(intern, words.split()))


def phrases_of(listed: str) -> Iterator[str]:
    """Phrases that a bar parts, in the same folding, their words parted by one space; empty where nothing is left."""
    for given, words in zip(listed.split("|"), folded(listed).split("|"), strict=True):
        if given.replace(" ", "").isalpha():  # as most of many thousands are: nothing in them is to be taken apart
            yield " ".join(words.split())
        else:
            yield " ".join(token.word for token in tokens_of(given))
