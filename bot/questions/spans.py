"""A text taken apart: its words, clauses, and the spans in them (places, times, senses, numbers), each with its place.

Nothing is decided here. A word may stand in a place *and* carry a sense ("Dutchwomen"), a short word may be a code or
a word; what a span does in the question (asked, left out, mere context) is for ``roles`` to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from bot.places.outcomes import Found, Mention, Outcome
from bot.places.resolve import Resolver
from bot.questions.calendar_words import calendar_phrases, calendar_vocabulary
from bot.questions.clauses import Clause, clauses_of
from bot.questions.codes import LONGEST, codes_of, is_little
from bot.questions.groups import group_at
from bot.questions.lexicon import PUBLISHER, Lexicon, Sense, language_of, lexicon
from bot.questions.numbers import number_at, own_number, word_value
from bot.questions.peoples import said_in_names, woman_ending
from bot.questions.query import Correction
from bot.questions.senses import senses_of
from bot.questions.spelling import mend
from bot.questions.times import Time, times_of
from bot.questions.tokens import MARKS_OF_WHO, Token, folded, tokens_of

_COUNTING = 100
"""Words for so many or more make a number with the one in front of them."""
_ASKING = frozenset({"asking", "domain", "compare", "rank", "rank_low", "trend", "share", "total", "sources"})


@dataclass(frozen=True, slots=True)
class Place:
    """A name of one place or of several, or one that may mean several."""

    first: int
    last: int
    start: int
    end: int
    text: str
    ids: tuple[str, ...]
    """The places it names; more than one for a group of countries ("Benelux")."""
    how: str
    """How it was found (see ``bot.places.outcomes.Found``); ``upper`` and ``lower`` for a code of letters."""
    candidates: tuple[str, ...] = ()
    """What a doubtful name may mean; then it names nothing yet."""
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is no time."""

    value: int
    first: int
    last: int


Span = Place | Time | Number | Sense
"""What may take a role in the question."""


@dataclass(slots=True)
class Spans:
    """All that was found in a text."""

    text: str
    tokens: list[Token]
    language: str
    clauses: list[Clause]
    clause_of: list[int]
    """For each token, the clause that it stands in."""
    proper: int
    """The clause of the question proper."""
    places: list[Place]
    times: list[Time]
    senses: list[Sense]
    numbers: list[Number]
    corrections: tuple[Correction, ...] = ()
    sense_at: dict[int, Sense] = field(default_factory=dict)
    """The sense that covers a token."""
    place_at: dict[int, Place] = field(default_factory=dict)
    time_at: dict[int, Time] = field(default_factory=dict)
    number_at: dict[int, Number] = field(default_factory=dict)

    def clause_with(self, span: Span) -> int:
        """The clause that a span begins in."""
        return self.clause_of[min(span.first, len(self.clause_of) - 1)] if self.clause_of else 0

    def unread(self) -> list[int]:
        """The tokens that no span covers."""
        covered = (self.sense_at, self.place_at, self.time_at, self.number_at)
        return [at for at in range(len(self.tokens)) if not any(at in found for found in covered)]


def spans_of(text: str, resolver: Resolver, today: date) -> Spans:
    """Take a text apart."""
    tokens = tokens_of(text)
    places = _places(text, tokens, resolver)
    named = {at for place in places for at in range(place.first, place.last)}
    shouted = text.isupper()
    told = (token for at, token in enumerate(tokens) if at not in named and (shouted or not _may_be_code(token)))
    language = language_of(list(told))
    places, words_only = _in_language(text, tokens, places, language)
    named = {at for place in places for at in range(place.first, place.last)}
    words = lexicon(language)
    for at in set(range(len(tokens))) - named:
        tokens[at].word = own_number(tokens[at].word, language)
    corrections = mend([token for at, token in enumerate(tokens) if at not in named], words)
    hidden = frozenset(at for place in places if not _is_there(place) for at in range(place.first, place.last))
    times = [time for time in times_of(tokens, today, hidden) if not _is_part_of_a_number(time, tokens)]
    timed = {at: time for time in times for at in range(time.first, time.last)}
    places = [place for place in places if not (place.last > place.first and place.first in timed)]
    named_as = {at for sense in _publishers(tokens, words, places) for at in range(sense.first, sense.last)}
    places = [place for place in places if not (place.how == "code" and place.first in named_as)]
    hidden = frozenset(at for place in places for at in range(place.first, place.last)) - named_as
    taken = hidden | timed.keys() | words_only | named_as
    places = sorted([*places, *_codes(text, tokens, hidden, taken, resolver, language)], key=lambda place: place.start)
    free = [at for at in range(len(tokens)) if at not in hidden and at not in timed]
    there = {at for place in places if _is_there(place) for at in range(place.first, place.last)}
    senses = senses_of(tokens, free, there, words)
    senses += said_in_names(places, tokens, senses, language)
    clauses = clauses_of(text)
    found = Spans(
        text, tokens, language, clauses, [_clause_at(clauses, token.start) for token in tokens], 0,
        places, times, senses, [],
        tuple(_named_otherwise(places)) + tuple(corrections),
    )  # fmt: skip
    found.time_at = timed
    found.place_at = {at: place for place in reversed(places) for at in range(place.first, place.last)}
    found.sense_at = {at: sense for sense in senses for at in range(sense.first, sense.last)}
    found.numbers = list(_numbers(tokens, hidden | timed.keys()))
    found.number_at = {at: number for number in found.numbers for at in range(number.first, number.last)}
    found.proper = _proper(found)
    return found


def _places(text: str, tokens: Sequence[Token], resolver: Resolver) -> list[Place]:
    found = (_without_a_word(mention, resolver) for mention in resolver.find(text))
    named = [place for mention in found if (place := _place(text, tokens, mention)) is not None]
    groups = [group for group in _groups(text, tokens) if not any(_within(group, place) for place in named)]
    kept = [place for place in named if not any(_overlap(place, group) for group in groups)]
    return [*kept, *groups]


def _in_language(
    text: str, tokens: Sequence[Token], places: list[Place], language: str
) -> tuple[list[Place], frozenset[int]]:
    """The places with the names that only this language has, and the words that are none in it: French "eu"."""
    spoken = list(_groups(text, tokens, language))
    words = frozenset(one.first for one in spoken if not one.ids)
    named = [one for one in spoken if one.ids and not any(_within(one, place) for place in places)]
    kept = [one for one in places if one.first not in words and not any(_overlap(one, name) for name in named)]
    return [*kept, *named], words


def _overlap(one: Place, other: Place) -> bool:
    return one.start < other.end and other.start < one.end


def _without_a_word(mention: Mention, resolver: Resolver) -> Mention:
    """A misspelt name without the known word at its end: "frnech wemen" is a slip of "french", and women."""
    bare = mention.text.rstrip(MARKS_OF_WHO)
    if bare and bare != mention.text:  # "Brits♀"
        mention = replace(mention, text=bare, end=mention.start + len(bare))
    name, _, word = mention.text.rpartition(" ")
    outcome = mention.outcome
    if not isinstance(outcome, Found) or outcome.how != "typo" or not lexicon("en").phrases.get(folded(word)):
        return mention
    alone = resolver.resolve(name) if name else None
    if not isinstance(alone, Found) or alone.place != outcome.place:
        return mention
    return replace(mention, text=name, end=mention.start + len(name), outcome=alone)


def _is_there(place: Place) -> bool:
    """Syria and Iraq may be part of a time: "since the start of the Syrian war"."""
    return place.ids in (("SY",), ("IQ",))


def _within(group: Place, place: Place) -> bool:
    """Whether a longer name holds a group's: "South Africa", "Central Asians"."""
    return _overlap(place, group) and place.end - place.start > group.end - group.start


def _place(text: str, tokens: Sequence[Token], mention: Mention) -> Place | None:
    women = woman_ending(mention.text)
    named = mention.end - len(women) if len(women) < len(mention.text) else mention.end
    inside = [at for at, token in enumerate(tokens) if token.start < named and mention.start < token.end]
    first, last = (inside[0], inside[-1] + 1) if inside else _gap(tokens, mention.start)
    outcome = mention.outcome
    if last - first == 1 and (is_little(text, tokens, first, "en") or _is_of_the_calendar(tokens, first, outcome)):
        return None
    ids, candidates = ((outcome.place,), ()) if isinstance(outcome, Found) else ((), outcome.candidates)
    changed = outcome.changed if isinstance(outcome, Found) else None
    return Place(
        first, last, mention.start, mention.end if ids else named, mention.text, ids, outcome.how, candidates, changed
    )


def _is_part_of_a_number(time: Time, tokens: Sequence[Token]) -> bool:
    """Whether the month at a time's end is a number: "sept cents", "vingt-sept"."""
    if word_value(tokens[time.last - 1].word) is None:
        return False
    after = tokens[time.last : time.last + 1]
    counted = any(not token.is_number and (word_value(token.word) or 0) >= _COUNTING for token in after)
    first = time.first if time.last - time.first == 1 else 0
    return counted or (first > 0 and tokens[first].dashed and word_value(tokens[first - 1].word) is not None)


def _is_of_the_calendar(tokens: Sequence[Token], at: int, outcome: Outcome) -> bool:
    """Whether a word of the calendar was taken for a misspelt name, or one of its phrases for a name: "fines de"."""
    if isinstance(outcome, Found) and outcome.how == "typo" and tokens[at].word in calendar_vocabulary():
        return True
    words = [token.word for token in tokens[at : at + 2]]
    return tokens[at].given.islower() and len(words) > 1 and tuple(words) in calendar_phrases().phrases


def _groups(text: str, tokens: Sequence[Token], language: str = "") -> Iterator[Place]:
    at = 0
    words = [token.word for token in tokens]
    while at < len(tokens):
        read = group_at(tokens, words, at, language)
        if read is not None:
            group, end = read
            start, stop = tokens[at].start, tokens[end - 1].end
            ids, candidates = ((), group.places) if group.is_choice else (group.places, ())
            yield Place(at, end, start, stop, text[start:stop], ids, "group", candidates)
        at = read[1] if read is not None else at + 1


def _gap(tokens: Sequence[Token], start: int) -> tuple[int, int]:
    """Where a name without a word of its own (a flag) stands between the tokens."""
    at = sum(token.start < start for token in tokens)
    return at, at


def _codes(
    text: str,
    tokens: Sequence[Token],
    named: frozenset[int],
    taken: frozenset[int],
    resolver: Resolver,
    language: str,
) -> Iterator[Place]:
    for code in codes_of(text, tokens, named, taken, resolver, language):
        token = tokens[code.at]
        how = "upper" if code.is_upper else "lower"
        yield Place(code.at, code.at + 1, token.start, token.end, token.given, (code.place,), how)


def _may_be_code(token: Token) -> bool:
    """Whether a word in capitals is as short as a code."""
    return token.given.isupper() and 2 <= len(token.given) <= LONGEST


@cache
def _publisher_words(language: str) -> frozenset[str]:
    """The words in the names of publishers."""
    phrases = lexicon(language).phrases.items()
    named = (phrase for phrase, tags in phrases if any(tag.startswith(PUBLISHER) for tag in tags))
    return frozenset(word for phrase in named for word in phrase.split(" "))


def _publishers(tokens: Sequence[Token], words: Lexicon, places: Sequence[Place]) -> Iterator[Sense]:
    """The publishers whose names have a whole place in them, or the letters of a code: "New America", "VN"."""
    inside = {at for place in places for at in range(place.first, place.last)}
    shared = _publisher_words(words.language)
    if not any(token.word in shared for at, token in enumerate(tokens) if at in inside or _may_be_code(token)):
        return
    for sense in words.senses(tokens):
        if not any(tag.startswith(PUBLISHER) for tag in sense.tags):
            continue
        over = [place for place in places if place.first < sense.last and sense.first < place.last]
        if all(sense.first <= place.first and place.last <= sense.last for place in over):
            yield sense


def _numbers(tokens: Sequence[Token], hidden: frozenset[int] | set[int]) -> Iterator[Number]:
    at = 0
    while at < len(tokens):
        read = None if at in hidden else number_at(tokens, at)
        if read is not None:
            yield Number(read[0], at, read[1])
        at = read[1] if read is not None else at + 1


def _named_otherwise(places: Sequence[Place]) -> Iterator[Correction]:
    for place in places:
        if place.ids and (place.how in ("typo", "subnational") or place.changed):
            kind = "subnational" if place.how == "subnational" else "place"
            yield Correction(place.text, place.ids[0], kind)


def _clause_at(clauses: Sequence[Clause], start: int) -> int:
    """The innermost clause around a character."""
    around = [at for at, clause in enumerate(clauses) if clause.start <= start < clause.end]
    return max(around, key=lambda at: clauses[at].start) if around else 0


def _proper(found: Spans) -> int:
    """The clause that asks: it has the question mark, the asking word, the subject; of equals, the last."""

    def weight(at: int) -> tuple[float, int]:
        clause = found.clauses[at]
        inside = {i for i, where in enumerate(found.clause_of) if where == at}
        tags = {tag for i in inside if i in found.sense_at for tag in found.sense_at[i].tags}
        named = any(i in found.place_at or i in found.time_at for i in inside)
        score = 2.0 * clause.asks + 1.5 * bool(tags & _ASKING) + 1.0 * named + 0.5 * bool(tags)
        return score - {"plain": 0.0, "bracketed": 1.5, "quoted": 3.0}[clause.kind] - (3.0 if not inside else 0), at

    return max(range(len(found.clauses)), key=weight) if found.clauses else 0
