"""The words of questions in each language, and what they stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from bot.questions.tokens import Token, words_of

LANGUAGES = ("en", "fr", "de", "es", "nl", "ar", "tr", "ru")
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sense:
    """A phrase that was found, and all that it can stand for."""

    tags: frozenset[str]
    first: int
    """Index of its first token."""
    last: int
    """Index after its last token."""
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases of one language, over the English ones that stand beside it in mixed questions."""

    language: str
    phrases: Mapping[str, Sequence[tuple[Phrase, frozenset[str]]]]
    """By first word, longest phrase first."""
    vocabulary: frozenset[str]
    own: frozenset[str] = field(default_factory=frozenset)
    """The words of the language itself."""

    def senses(self, tokens: Sequence[Token]) -> list[Sense]:
        """The longest phrases from left to right; tokens without a sense are left out."""
        found: list[Sense] = []
        at = 0
        while at < len(tokens):
            for phrase, tags in self.phrases.get(tokens[at].word, ()):
                end = at + len(phrase)
                if end <= len(tokens) and all(tokens[at + i].word == phrase[i] for i in range(1, len(phrase))):
                    found.append(Sense(tags, at, end, phrase))
                    at = end
                    break
            else:
                at += 1
        return found


@cache
def read_words(language: str) -> dict[Phrase, frozenset[str]]:
    """The phrase table of one language as it is kept in ``words/``."""
    table: dict[Phrase, set[str]] = {}
    text = (files("bot.questions") / "words" / f"{language}.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        tag, _, phrases = line.partition("\t")
        for phrase in phrases.split("|"):
            words = words_of(phrase)
            if words:
                table.setdefault(words, set()).add(tag)
    shared: dict[frozenset[str], frozenset[str]] = {}  # thousands of phrases have one of a few hundred sets
    return {phrase: shared.setdefault(found, found) for phrase, tags in table.items() if (found := frozenset(tags))}


@cache
def own_words(language: str) -> frozenset[str]:
    """The words of a language's own table: enough to tell languages apart, without the lexicons of all of them."""
    return frozenset(word for phrase in read_words(language) for word in phrase)


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon for texts in a language; English words stay understood unless the language has its own sense."""
    own = own_words(language)
    table = dict(read_words(language))
    if language != "en":
        for phrase, tags in read_words("en").items():
            if not own.issuperset(phrase):
                table.setdefault(phrase, tags)
    by_first: dict[str, list[tuple[Phrase, frozenset[str]]]] = {}
    for phrase, tags in table.items():
        by_first.setdefault(phrase[0], []).append((phrase, tags))
    for entries in by_first.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    vocabulary = frozenset(word for phrase in table for word in phrase)
    return Lexicon(language, by_first, vocabulary, own)


def language_of(tokens: Sequence[Token]) -> str:
    """The language whose own words stand in a text most often; English when nothing speaks against it."""
    words = [token.word for token in tokens if not token.is_number]
    if any("\u0600" <= char <= "\u06ff" for word in words for char in word[:1]):
        return "ar"
    if any("\u0400" <= char <= "\u04ff" for word in words for char in word[:1]):
        return "ru"
    english = own_words("en")
    best, best_score = "en", 0
    foreign = [word for word in words if word not in english]
    if not foreign:
        return "en"
    for language in LANGUAGES[1:]:
        own = own_words(language)
        score = 2 * sum(word in own for word in foreign) - sum(word in english and word not in own for word in words)
        if score > best_score:
            best, best_score = language, score
    return best
