"""Short words that are codes of countries: "be/nl/lu", "DK + NO", "us vs canada"; many are ordinary words as well."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from bot.places.outcomes import Found
from bot.places.resolve import Resolver
from bot.questions.lexicon import lexicon
from bot.questions.ordinary import ordinary_words
from bot.questions.tokens import Token

LONGEST = 3
_CODE = re.compile(r"(?<![\w'’.])[A-Za-z]{2,3}(?![\w'’])")
_SIGNS = re.compile(r"\s*[/|+&>−]\s*|[-–]")
"""What joins codes and seldom words; a dash with spaces around it parts clauses."""
_COMMAS = re.compile(r"\s*[,;]\s*")
_ROW = 3
"""From so many on words between commas are a list."""
_BINDING = frozenset({"function", "follow"})


@dataclass(frozen=True, slots=True)
class Code:
    """A short word and the country that it is the code of."""

    at: int
    place: str
    is_upper: bool
    is_word: bool
    """Whether it is known as a word, too, and written like one."""


class _Row(NamedTuple):
    """A row of codes and names: its first and last token, how many there are, how many sure ones and little words."""

    first: int
    last: int
    length: int
    sure: int
    little: int


@cache
def little_words(language: str) -> frozenset[str]:
    """The words of a language, and of English, that only bind others."""
    return frozenset(
        phrase for known in {language, "en"} for phrase, tags in lexicon(known).phrases.items() if tags <= _BINDING
    )


def is_little(text: str, tokens: Sequence[Token], at: int, language: str) -> bool:
    """Whether a short word in small letters is the word that it looks like, and no code: "and", "per"."""
    token = tokens[at]
    if len(token.given) > LONGEST or not token.given.isascii() or not token.given.islower() or len(tokens) == 1:
        return False
    beside = zip(tokens[max(0, at - 1) : at + 1], tokens[max(1, at) : at + 2], strict=False)
    return token.word in little_words(language) and all(_gap(text, *pair) != "sign" for pair in beside)


def codes_of(
    text: str,
    tokens: Sequence[Token],
    named: Collection[int],
    taken: Collection[int],
    resolver: Resolver,
    language: str,
) -> Iterator[Code]:
    """The short words that may be codes; what each does in the question is for its role to say.

    ``named`` are the tokens of places, ``taken`` all that cannot be codes. In a text that is all capitals, and in small
    letters, a word that is known as one is a code only in a list of codes or set against a name.
    """
    found = {code.at: code for code in _short_words(text, tokens, taken, resolver, language)}
    rows = _Rows(text, tokens, named, found, language)
    return (code for code in found.values() if not code.is_word or rows.hold(code.at))


def _short_words(
    text: str, tokens: Sequence[Token], taken: Collection[int], resolver: Resolver, language: str
) -> Iterator[Code]:
    shouting = not any(char.islower() for char in text) and any(
        len(token.given) > LONGEST and token.given.isalpha() for token in tokens
    )
    for at, token in enumerate(tokens):
        if at in taken or not 2 <= len(token.given) <= LONGEST or not _CODE.fullmatch(token.given):
            continue
        outcome = resolver.resolve(token.given)
        if isinstance(outcome, Found) and outcome.how in ("code", "alias"):
            upper = token.given.isupper()
            yield Code(at, outcome.place, upper, (shouting or not upper) and _is_known(token.word, language))


def _is_known(word: str, language: str) -> bool:
    return any(word in words for words in (lexicon("en").vocabulary, lexicon(language).vocabulary, ordinary_words()))


def _gap(text: str, left: Token, right: Token) -> str:
    """What parts two tokens: a ``sign``, a ``comma``, a ``space``, or something ``else``."""
    between = text[left.end : right.start]
    if not between.strip():
        return "space"
    return "sign" if _SIGNS.fullmatch(between) else "comma" if _COMMAS.fullmatch(between) else "else"


@dataclass
class _Rows:
    """Codes and names that stand in rows, and which of the words among them are codes."""

    text: str
    tokens: Sequence[Token]
    named: Collection[int]
    found: Mapping[int, Code]
    language: str

    def hold(self, at: int) -> bool:
        """Whether a word is a code by where it stands."""
        listed = self._commas[at].sure > 0 and self._commas[at].length >= _ROW
        return self._signs[at].sure > 0 or listed or self._is_in_a_series(at) or self._is_set_against(at)

    def _is_in_a_series(self, at: int) -> bool:
        """Whether it stands in a series without marks: "al xk mk", "be nl lu"; little words seldom do."""
        row = self._series[at]
        most = 2 * row.little < row.length
        if row.length >= _ROW and row.sure and row.first == 0 and most:
            return True
        if self.tokens[at].word not in little_words(self.language):
            return bool({at - 1, at + 1} & self._codes)
        closes = row.last + 1 == len(self.tokens) or bool(self.tokens[row.last + 1].mark)
        return at == row.last and closes and row.length >= _ROW and row.sure == row.length - 1

    def _is_set_against(self, at: int) -> bool:
        """Whether one word parts it from a name, and that word compares: "us vs canada"."""
        phrases = lexicon(self.language).phrases
        return any(
            between in range(len(self.tokens))
            and (other in self.named or other in self._codes)
            and "compare" in phrases.get(self.tokens[between].word, ())
            for between, other in ((at - 1, at - 2), (at + 1, at + 2))
        )

    @cached_property
    def _codes(self) -> frozenset[int]:
        """The codes that are no words."""
        return frozenset(at for at, code in self.found.items() if not code.is_word)

    @cached_property
    def _short_names(self) -> frozenset[int]:
        return frozenset(at for at in self.named if len(self.tokens[at].given) <= LONGEST)

    @cached_property
    def _signs(self) -> Mapping[int, _Row]:
        return self._parted_by("sign", self.named)

    @cached_property
    def _commas(self) -> Mapping[int, _Row]:
        return self._parted_by("comma", self._short_names)

    @cached_property
    def _series(self) -> Mapping[int, _Row]:
        return self._parted_by("space")

    def _parted_by(self, kind: str, names: Collection[int] = ()) -> Mapping[int, _Row]:
        """The row of each code, with nothing but gaps of that kind between its codes, and names where these count."""
        stops = [at for at, token in enumerate(self.tokens) if token.given != "&"]
        rows: list[list[int]] = []
        for before, at in zip([-1, *stops], stops, strict=False):
            if at not in self.found and at not in names:
                continue
            joins = rows and rows[-1][-1] == before and _gap(self.text, self.tokens[before], self.tokens[at]) == kind
            if joins:
                rows[-1].append(at)
            else:
                rows.append([at])
        little = little_words(self.language)
        return {
            at: _Row(
                row[0],
                row[-1],
                len(row),
                sum(one in names or one in self._codes for one in row),
                sum(self.tokens[one].word in little for one in row),
            )
            for row in rows
            for at in row
        }
