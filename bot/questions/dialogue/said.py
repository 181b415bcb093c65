"""What one turn says by itself: the parts of a question that it names, and the words that move a dialogue on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.questions import roles
from bot.questions.drafting import GONE, Draft
from bot.questions.hearing import Heard
from bot.questions.lexicon import Sense
from bot.questions.phrases import Phrase, PhraseTable
from bot.questions.query import Query
from bot.questions.reader import Judged
from bot.questions.spans import Number, Place
from bot.questions.times import Time
from bot.questions.tokens import folded, words_of
from db.model.records import Destination, Who

THERE = frozenset({"SY", "IQ"})
_GOING = roles.GOING | {"flow"}
MEASURES = roles.MEASURES | _GOING
_ORDER = ("first", "second", "third")
SHORTEST = 5
"""Letters; a shorter word of an act has too many neighbours to be mended."""


@dataclass(frozen=True, slots=True)
class Said:
    """One turn, read by itself."""

    judged: Judged
    acts: frozenset[str]
    """The acts whose words are heard."""
    opening: frozenset[str]
    """The acts whose words open the turn."""
    covered: frozenset[int]
    """The tokens that are words of acts."""
    phrased: frozenset[int]
    """The tokens of acts of several words: "the first one"."""

    @property
    def heard(self) -> Heard:
        """The spans with their roles."""
        return self.judged.heard

    @property
    def alone(self) -> Draft:
        """What the text asks when nothing went before."""
        return self.judged.drafts[0]

    @property
    def query(self) -> Query:
        """The likeliest query of the text by itself."""
        return self.alone.query

    @property
    def tags(self) -> frozenset[str]:
        """All that the words of the text can stand for."""
        return frozenset(tag for sense in self.heard.spans.senses for tag in sense.tags)

    @property
    def places(self) -> tuple[str, ...]:
        """The places that are asked for, in the order named."""
        return _ids(self.heard.having("place", roles.ASKED))

    @property
    def out(self) -> tuple[str, ...]:
        """The places that are left out."""
        return _ids(self.heard.having("place", roles.WITHOUT))

    @property
    def named(self) -> tuple[str, ...]:
        """Every place that is named, whatever for."""
        return _ids(list(self.heard.slots["place"]))

    @property
    def doubtful(self) -> Place | None:
        """The first name that may mean several places."""
        return self.heard.doubtful

    @property
    def measure(self) -> str | None:
        """The measure that the words name; None where none is named, ``travelled`` where everybody is."""
        senses = [one for one in self.heard.spans.senses if not self._moves(one)]
        heard = {tag for one in senses for tag in one.tags & MEASURES}
        told = {tag for one in senses if "function" not in one.tags for tag in one.tags & MEASURES}
        likely = self.query.measure or "travelled"
        if likely in heard or (likely in GONE and heard & _GOING):
            return likely
        named = told - _GOING
        return named.pop() if len(named) == 1 else likely if told else None

    @property
    def who(self) -> tuple[Who, ...]:
        """The groups that are asked for."""
        return () if self.query.who is Who.EVERYONE else (self.query.who, *self.query.groups)

    @property
    def groups_out(self) -> tuple[str, ...]:
        """The groups that are left out."""
        return tuple(one for one in self.query.without if one in set(Who))

    @property
    def rate(self) -> bool:
        """Whether a number per million people is asked for in so many words."""
        return self.has("rate") or (self.query.per_million and "per_million" in self.tags)

    @property
    def times(self) -> list[Time]:
        """Every time that is named."""
        return [time for time in self.heard.slots["time"] if isinstance(time, Time)]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers that are no times."""
        return tuple(one.value for one in self.heard.slots["number"] if isinstance(one, Number))

    @property
    def destination(self) -> Destination | None:
        """Syria or Iraq, where only one of them is named."""
        there = [one for one in self.named if one in THERE]
        return self.query.destination or (Destination(there[0]) if len(there) == 1 else None)

    @property
    def is_all_moving(self) -> bool:
        """Whether nothing is said but words of acts."""
        return len(self.covered) == len(self.heard.spans.tokens)

    def has(self, *acts: str) -> bool:
        """Whether a word of one of the acts is heard."""
        return not self.acts.isdisjoint(acts)

    def _moves(self, sense: Sense) -> bool:
        """Whether a sense is rather a word of the dialogue: "back to Kosovo" asks for no returns."""
        inside = all(at in self.phrased for at in range(sense.first, sense.last))
        opens = "back" in self.opening and sense.first == 0 and sense.last == 1
        return inside or opens


def place_in_list(said: Said) -> int | None:
    """Which of a list is meant, counted from 0, the last as -1: "the second one", "no 3"."""
    at = next((place for place, act in reversed(list(enumerate(_ORDER))) if said.has(act)), None)
    if at is not None or said.has("last"):
        return -1 if at is None else at
    digits = [one for one in said.numbers if 0 < one < 10]
    return digits[0] - 1 if digits else None


def said_of(judged: Judged) -> Said:
    """What a turn says."""
    words = [folded(token.given) for token in judged.heard.spans.tokens]
    read = {at: judged.heard.spans.sense_at.get(at) for at in range(len(words))}
    words = [word if word in _vocabulary() or read[at] or len(word) < SHORTEST else _mended(word)
             for at, word in enumerate(words)]  # fmt: skip
    found = [(act, at, end) for at in range(len(words)) for acts, end in _phrases().at(words, at) for act in acts]
    return Said(
        judged,
        frozenset(act for act, _, _ in found),
        frozenset(act for act, first, _ in found if first == 0),
        frozenset(at for _, first, last in found for at in range(first, last)),
        frozenset(at for _, first, last in found if last - first > 1 for at in range(first, last)),
    )


def _mended(word: str) -> str:
    """A slip in a word of an act, mended; the word as it stands where none is near."""
    near = process.extractOne(word, _long_words(), scorer=OSA.distance, score_cutoff=1)
    return near[0] if near is not None else word


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset(word for phrases in act_table().values() for phrase in phrases for word in phrase)


@cache
def _long_words() -> list[str]:
    return sorted(word for word in _vocabulary() if len(word) >= SHORTEST)


@cache
def _phrases() -> PhraseTable[tuple[str, ...]]:
    """The phrases of all languages with the acts that each may be."""
    found: dict[Phrase, list[str]] = {}
    for (act, _), phrases in act_table().items():
        for phrase in phrases:
            found.setdefault(phrase, []).append(act)
    return PhraseTable({phrase: tuple(dict.fromkeys(acts)) for phrase, acts in found.items()})


@cache
def act_table() -> Mapping[tuple[str, str], tuple[Phrase, ...]]:
    """The phrases of each act in each language."""
    text = (files("bot.questions.dialogue") / "acts.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {
        (act, language): tuple(words for phrase in phrases.split("|") if (words := tuple(words_of(phrase))))
        for act, language, phrases in rows
    }


def _ids(spans: Sequence[object]) -> tuple[str, ...]:
    places = (span for span in spans if isinstance(span, Place))
    return tuple(dict.fromkeys(one for place in places for one in place.ids))
