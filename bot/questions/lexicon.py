"""The words of questions in each language, and what they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from sys import intern

from bot.questions.tokens import SCRIPTS, Token, is_written_in, phrases_of

LANGUAGES = ("en", "fr", "es", "de", "nl", "ar", "tr", "ru", "it")
MEASURES = frozenset("monthly_rate present returned killed prevented sample_records origin_countries".split())
"""The senses that name a measure by themselves; verbs of going name one with their time."""
GOING = frozenset({"travelled", "departure"})
PUBLISHER = "publisher_"
NAMING = (PUBLISHER, "style_")
"""How the tags of names begin, which are the same in all languages."""
Phrase = tuple[str, ...]
Tags = frozenset[str]


@dataclass(frozen=True, slots=True)
class Sense:
    """A phrase that was found, and all that it can stand for."""

    tags: Tags
    first: int
    """Index of its first token."""
    last: int
    """Index after its last token."""
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases of one language, over the English ones that stand beside it in mixed questions."""

    language: str
    phrases: Mapping[str, Tags]
    """What each phrase stands for; its words are parted by one space."""
    longer: Mapping[str, tuple[str, ...]]
    """The phrases of several words by the first of them, those of most words first."""
    vocabulary: frozenset[str]
    """Every word of a phrase."""

    def senses(self, tokens: Sequence[Token]) -> list[Sense]:
        """The longest phrases from left to right; tokens without a sense are left out."""
        found: list[Sense] = []
        text = "".join(f"{token.word} " for token in tokens)
        at = offset = 0
        while at < len(tokens):
            word = tokens[at].word
            phrase = self._at(text, offset, word)
            words = phrase.split(" ") if phrase else [word]
            if phrase:
                found.append(Sense(self.phrases[phrase], at, at + len(words), tuple(words)))
            offset += len(phrase or word) + 1
            at += len(words)
        return found

    def _at(self, text: str, offset: int, word: str) -> str | None:
        for phrase in self.longer.get(word, ()):
            if text.startswith(phrase, offset) and text[offset + len(phrase)] == " ":
                return phrase
        return word if word in self.phrases else None

    def opened_by(self, word: str) -> Tags:
        """All that phrases can stand for which begin with a word."""
        return self.phrases.get(word, frozenset()).union(
            *(self.phrases[phrase] for phrase in self.longer.get(word, ()))
        )


def read_words(language: str) -> dict[str, Tags]:
    """The phrase table of one language as it is kept in ``words/``."""
    table: dict[str, Tags] = {}
    shared: dict[Tags, Tags] = {}  # thousands of phrases have one of a few hundred sets
    text = (files("bot.questions") / "words" / f"{language}.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        tag, _, phrases = line.partition("\t")
        one = frozenset((tag,))
        for words in filter(None, phrases_of(phrases)):
            others = table.get(words)
            table[words] = one if others is None else shared.setdefault(more := others | one, more)
    return table


@cache
def own_words(language: str) -> frozenset[str]:
    """The words of a language's own table: enough to tell languages apart, without the lexicons of all of them."""
    return lexicon("en").vocabulary if language == "en" else _words_in(read_words(language))


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon for texts in a language; English words stay understood unless it has its own sense; so do names."""
    phrases = read_words(language)
    if language != "en":
        own = own_words(language)
        for phrase, tags in lexicon("en").phrases.items():
            if any(tag.startswith(NAMING) for tag in tags) or not own.issuperset(phrase.split(" ")):
                phrases.setdefault(phrase, tags)
    longer: dict[str, list[str]] = {}
    for phrase in phrases:
        first, _, rest = phrase.partition(" ")
        if rest:
            longer.setdefault(first, []).append(phrase)
    by_words = {first: tuple(sorted(found, key=lambda it: -it.count(" "))) for first, found in longer.items()}
    return Lexicon(language, phrases, by_words, _words_in(phrases))


@cache
def _clusters() -> dict[str, int]:
    lines = (files("bot.questions") / "words" / "clusters.tsv").read_text(encoding="utf-8").splitlines()
    return {intern(word): number for number, line in enumerate(lines[1:]) for word in line.split(" ") if word}


def cluster_of(word: str) -> int | None:
    """The cluster of words that mean about the same in all languages read; None for a word in none."""
    return _clusters().get(word)


def _words_in(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(map(intern, " ".join(phrases).split(" ")))


def language_of(tokens: Sequence[Token]) -> str:
    """The language whose own words stand in a text most often; English when nothing speaks against it."""
    words = [token.word for token in tokens if not token.is_number]
    for language in SCRIPTS:
        if any(is_written_in(word, language) for word in words):
            return language
    english = own_words("en")
    best, best_score = "en", 0
    foreign = [word for word in words if word not in english]
    if not foreign:
        return "en"
    for language in LANGUAGES[1:]:
        if language in SCRIPTS:  # none of whose letters open a word here
            continue
        own = own_words(language)
        score = 2 * sum(word in own for word in foreign) - sum(word in english and word not in own for word in words)
        if score > best_score:
            best, best_score = language, score
    return best
