"""Names of peoples that say who is counted: "Frenchwomen", "Tunesierinnen", "les Marocaines", "las belgas"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol

from bot.questions.lexicon import Sense
from bot.questions.numbers import counts
from bot.questions.tokens import Token, folded, is_written_in

WOMEN = frozenset({"women"})
MEN = frozenset({"men"})
ANY = "any"
"""The language of endings that no other language has, and of a text that tells none."""
_NAMED = frozenset({"demonym", "subnational"})
_OF_REGIONS = frozenset({"region", "group"})
"""How the peoples of several countries are found, by one word: "Européennes"."""
_SURE = 4
"""So long is an ending that says it of a misspelt name too."""
_TELLING = 3
"""Shorter words ("y", "o", "vs") stand in several languages and tell none."""
_LEADING = frozenset({"function", "asking", "follow", "without", "with", "only", "compare", "each", "rank"})
"""Senses of words that lead a noun; any other word in front is the noun that the name describes."""


class Name(Protocol):
    """A place that is named in a text (``bot.questions.spans.Place``)."""

    @property
    def first(self) -> int:
        """Its first token."""

    @property
    def last(self) -> int:
        """The token behind its last."""

    @property
    def text(self) -> str:
        """As it was written."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The places it names."""

    @property
    def how(self) -> str:
        """How it was found."""


@dataclass(frozen=True, slots=True)
class Feminine:
    """One way of a language to mark women in the name of a people."""

    behind: bool
    """Whether its adjectives stand behind the noun."""
    endings: tuple[str, ...]
    unless: tuple[str, ...]
    """How names begin that only end so."""
    words: frozenset[str]
    """The words in front that say it."""
    behind_it: frozenset[str]
    """The words right behind that say it."""
    needs_word: bool
    """Whether an ending says it only behind one of the words."""
    anywhere: bool
    """Whether it holds where nothing in the text tells a language."""

    def ends(self, word: str, how: str) -> bool:
        """Whether a name has one of the endings, found as ``bot.places.outcomes.Found`` says."""
        endings = [ending for ending in self.endings if how != "typo" or len(ending) >= _SURE]
        known = how in (*_NAMED, *_OF_REGIONS, "typo") or is_written_in(word, "ar")
        return known and word.endswith(tuple(endings)) and not (self.unless and word.startswith(self.unless))


@cache
def feminines() -> dict[str, tuple[Feminine, ...]]:
    """The ways of each language that has them, folded."""
    text = (files("bot.questions") / "words" / "feminine.tsv").read_text(encoding="utf-8")
    found: dict[str, tuple[Feminine, ...]] = {}
    for language, behind, *lists in (line.split("\t") for line in text.splitlines() if not line.startswith("#")):
        endings, unless, words, after = (tuple(filter(None, map(folded, cell.split("|")))) for cell in lists)
        marked = "*" in language, "?" in language
        way = Feminine(behind == "yes", endings, unless, frozenset(words), frozenset(after), *marked)
        named = language.rstrip("*?")
        found[named] = (*found.get(named, ()), way)
    return found


def woman_ending(name: str) -> str:
    """The word for women that an English name ends with: "Frenchwomen"; empty without one."""
    return next((ending for ending in feminines()[ANY][0].endings if folded(name).endswith(ending)), "")


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a name."""

    words: tuple[str, ...]
    """The last two words in front, folded, the nearest last."""
    behind: str
    """The word right behind, folded; empty where there is none."""
    senses: frozenset[str] | None
    """The senses of the nearest in front; None where the name opens its part of the sentence."""


def names_women(name: str, how: str, language: str, around: Around) -> bool:
    """Whether a people's name means its women, in a text of a language or of one that nothing tells."""
    word = folded(name.split()[-1]) if name.split() else ""
    if woman_ending(word):
        return how != "typo"
    if how in _OF_REGIONS and " " in name.strip():  # "repubbliche baltiche"
        return False
    return any(_says(way, word, how, around, is_own) for way, is_own in _ways(language))


def _ways(language: str) -> Iterator[tuple[Feminine, bool]]:
    for named, ways in feminines().items():
        for way in ways:
            if named in (ANY, language) or (language == ANY and way.anywhere):
                yield way, named == language


def _says(way: Feminine, word: str, how: str, around: Around, is_own: bool) -> bool:
    led = not way.words.isdisjoint((*around.words[-1:], " ".join(around.words))) or around.behind in way.behind_it
    if way.needs_word:
        return led and is_own and how in (*_NAMED, *_OF_REGIONS) and way.ends(word, how)
    if led and is_own and how == "demonym":
        return True
    return way.ends(word, how) and (not way.behind or around.senses is None or bool(around.senses & _LEADING))


def said_in_names(
    places: Sequence[Name], tokens: Sequence[Token], senses: Sequence[Sense], language: str
) -> list[Sense]:
    """Who is counted, where the names of a people say it: "Frenchwomen", "Tunesierinnen", "suédoises et suédois"."""
    tags = {at: sense.tags for sense in senses for at in range(sense.first, sense.last)}
    inside = {at for place in places for at in range(place.first, place.last)}
    telling = {at for at in tags if len(tokens[at].word) >= _TELLING}
    told = language if language != "en" or telling else ANY
    found: dict[int, Sense] = {}
    worded = [place for place in places if place.last > place.first]
    for at, place in enumerate(worded):
        opens = place.first == 0 or place.first - 1 in inside or bool(tokens[place.first].mark)
        words = () if opens else tuple(token.word for token in tokens[max(0, place.first - 2) : place.first])
        little = any(counts(word) or word.isdigit() or (told == ANY and len(word) < _TELLING) for word in words[-1:])
        following = tokens[place.last : place.last + 1]
        behind = next((token.word for token in following if not token.mark), "")
        around = Around(words, behind, None if opens or little else tags.get(place.first - 1, frozenset()))
        if names_women(place.text, place.how, told, around):
            found[at] = Sense(WOMEN, place.last - 1, place.last, ("women",))
    for at, place in enumerate(worded):
        beside = (other for other in (at - 1, at + 1) if other in found and _is_paired(place, worded[other]))
        if at not in found and next(beside, None) is not None:
            found[at] = Sense(MEN, place.last - 1, place.last, ("men",))
    return [found[at] for at in sorted(found)]


def _is_paired(one: Name, other: Name) -> bool:
    """Whether two words name the same people, with no more than a word between them."""
    first, second = sorted((one, other), key=lambda place: place.first)
    return one.ids == other.ids and second.first - first.last <= 1
