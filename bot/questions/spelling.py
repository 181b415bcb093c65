"""Slips of the keyboard in question words, mended against the lexicon."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.questions.calendar_words import SMALL, calendar_phrases, calendar_vocabulary, event_phrases, is_of_the_calendar
from bot.questions.lexicon import Lexicon, lexicon
from bot.questions.numbers import counts
from bot.questions.ordinary import ordinary_words
from bot.questions.query import Correction
from bot.questions.tokens import SCRIPTS, Token, is_written_in

_TURKISH_BINDERS = frozenset("once sonra kadar beri".split())
"""Words that bind a time in Turkish alone: in other languages "sonce" is no "once"."""
_BINDERS = ("since", "before", "after", "until")
_OPENERS = frozenset({"month", "season", "quarter", "half"})
SHORTEST = 3
"""Shorter words have too many neighbours to be mended; the shortest only where a letter was dropped."""
LONG = 7
"""From this length on, two slips are mended."""
_ORDINARY = frozenset(
    "beside bound by_then ever in_a_word lasting lasting_year led monthnoun moving nth onto over tail that_year "
    "since_then then turn when yesterday".split()
)
"""Kinds of words of the calendar that are everyday words as well: no slip is mended to one."""
_SHORT_MONTH = 5
_STEERING = frozenset("when greeting off_topic unanswerable other_conflict follow pronoun".split())
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    key: "".join(
        other
        for row_at, other_row in enumerate(_ROWS)
        if abs(row_at - at) <= 1
        for place, other in enumerate(other_row)
        if abs(place - index) <= 1
    )
    for at, row in enumerate(_ROWS)
    for index, key in enumerate(row)
}
"""The keys around each key."""


def mend(tokens: Sequence[Token], words: Lexicon) -> tuple[Correction, ...]:
    """Replace misspelt words in place by the lexicon's, and return what was changed."""
    corrections = []
    for at, token in enumerate(tokens):
        word = token.word
        binder = _binder(word, tokens[at + 1 : at + 3])
        if binder is not None:
            corrections.append(Correction(token.given, binder, "word"))
            token.word = binder
            continue
        if len(word) < SHORTEST or token.is_number or word in words.vocabulary or is_of_the_calendar(word):
            continue
        if counts(word):
            continue  # "quindici" is fifteen, and no slip of "quindi"
        before = tokens[at - 1].word if at else ""
        after = tokens[at + 1].word if at + 1 < len(tokens) else ""
        better = nearest(word, words, before, after)
        if better is not None and word in ordinary_words() and not _fits(better, before, after, words):
            continue
        if better is not None:
            corrections.append(Correction(token.given, better, "word"))
            token.word = better
    return tuple(corrections)


def _binder(word: str, following: Sequence[Token]) -> str | None:
    """The word that binds a time, when a slip of it stands right before one: "sine january 2015", "befo 2016"."""
    if len(word) < SHORTEST or word in _BINDERS or not following:
        return None
    led = following[1] if following[0].word in ("the", "end") and len(following) > 1 else following[0]
    day_first = led.word.isdigit() and len(led.word) <= 2 and led is not following[-1]
    if not _begins_a_time(following[-1].word if day_first else led.word):
        return None
    for binder in _BINDERS:
        if OSA.distance(word, binder, score_cutoff=1) <= 1 or (len(word) > SHORTEST and binder.startswith(word)):
            return None if word in calendar_vocabulary() else binder
    return None


def _begins_a_time(word: str) -> bool:
    """Whether a word is a year, or opens a month, a quarter, a season or an event."""
    if word.isdigit():
        return len(word) == 4 and word[:2] in ("19", "20")
    entries = calendar_phrases().opened_by(word)
    return any(kind in _OPENERS for _, pairs in entries for kind, _ in pairs) or bool(event_phrases().opened_by(word))


def _fits(word: str, before: str, after: str, words: Lexicon) -> bool:
    """Whether a word makes a known phrase with a neighbour."""
    pairs = _pairs(words.language)
    return (before, word) in pairs or (word, after) in pairs


def nearest(word: str, words: Lexicon, before: str = "", after: str = "") -> str | None:
    """The likeliest word within the allowed slips; None when none is near.

    A word that makes a known phrase with its neighbour ("how mant") comes first, then two letters swapped, then
    words that stand alone, then the likelier slip, then the more telling word.
    """
    allowed = 2 if len(word) >= LONG else 1
    # An Arabic word carries its article and prepositions in front.
    if is_written_in(word, "ar"):
        for prefix in ("ال", "وال", "بال", "لل", "و", "ب", "ل", "ف"):
            if word.startswith(prefix) and word[len(prefix) :] in words.vocabulary:
                return word[len(prefix) :]
    choices = _candidates(words.language, len(word), allowed)
    matches = process.extract(word, choices, scorer=OSA.distance, score_cutoff=allowed, limit=20)
    pairs = _pairs(words.language)
    best = [
        found
        for found, distance, _ in matches
        if distance == matches[0][1]
        and (_alike(word, found) or (_first_key_missed(word, found) and (before, found) in pairs))
        and (found in words.vocabulary or _names_a_time(found) or _fits(found, before, after, words))
    ]

    def unlikely(found: str) -> tuple[bool, bool, bool, int, int, str]:
        fits = _fits(found, before, after, words)
        alone = _stands_alone(found, words.language)
        effort = _effort(word, found)
        return not fits, effort > 0, not alone, effort, _tells_little(found, words.language), found

    return min(best, key=unlikely, default=None)


def _effort(word: str, meant: str) -> int:
    """How unlikely one slip is: letters swapped or dropped are commonest, a far key instead of a letter is rarest."""
    if sorted(word) == sorted(meant):
        return 0
    if len(word) < len(meant):
        return 1
    if len(word) > len(meant):
        doubled = any(
            word[:at] + word[at + 1 :] == meant and word[at] in word[at - 1 : at] for at in range(1, len(word))
        )
        return 1 if doubled else 2
    wrong = [(one, other) for one, other in zip(word, meant, strict=True) if one != other]
    return 2 if all(other in _BESIDE.get(one, "") for one, other in wrong) else 3


@cache
def _tells_little(word: str, language: str) -> int:
    """0 for a word of the subject, 1 for one that only steers or refuses, 2 for one that tells nothing."""
    tags = lexicon(language).opened_by(word)
    if tags & _STEERING:
        return 1
    return 2 if tags <= {"function"} and word not in calendar_vocabulary() else 0


def _alike(word: str, other: str) -> bool:
    """Slips touch the first letter rarely: by a swap, a dropped letter or a key beside it; short words keep theirs."""
    if len(word) == SHORTEST:
        return len(other) == SHORTEST + 1
    if word[0] == other[0] or word[:2] == other[1::-1] or word[1:] == other or word == other[1:]:
        return True
    return len(word) > SHORTEST + 1 and _first_key_missed(word, other)


def _first_key_missed(word: str, other: str) -> bool:
    return word[1:] == other[1:] and other[0] in _BESIDE.get(word[0], "")


@cache
def _names_a_time(word: str) -> bool:
    """Whether a word of the calendar, or of an event, means something without its neighbours."""
    return (word,) in calendar_phrases().phrases or (word,) in event_phrases().phrases


@cache
def _candidates(language: str, length: int, slips: int) -> list[str]:
    """The words that so many slips may have made as long."""
    return [word for word in _mendable(language) if abs(len(word) - length) <= slips]


@cache
def _mendable(language: str) -> list[str]:
    words = {word for word in lexicon(language).vocabulary if len(word) > SHORTEST}
    calendar = {word for word in _mendable_times() if len(word) > SHORTEST and word.isascii()}
    return sorted(words | _months_in(language) | (calendar if language == "tr" else calendar - _TURKISH_BINDERS))


@cache
def _mendable_times() -> frozenset[str]:
    """The words of the calendar that slips are mended to: not those that are ordinary words of some language."""
    dated = calendar_phrases().phrases
    phrases = [phrase for phrase, kinds in dated.items() if not {kind for kind, _ in kinds} <= SMALL | _ORDINARY]
    return frozenset(word for phrase in [*phrases, *event_phrases().phrases] for word in phrase)


@cache
def _months_in(language: str) -> frozenset[str]:
    """The long names of months in the letters of a language that is not written in Latin ones."""
    if language not in SCRIPTS:
        return frozenset()
    phrases = calendar_phrases().phrases.items()
    months = {word for phrase, kinds in phrases for kind, _ in kinds if kind == "month" for word in phrase}
    return frozenset(word for word in months if len(word) > _SHORT_MONTH and is_written_in(word, language))


@cache
def _pairs(language: str) -> frozenset[tuple[str, str]]:
    """Every two words that stand side by side in a phrase."""
    phrases = [tuple(phrase.split(" ")) for phrase in lexicon(language).phrases]
    phrases += [*calendar_phrases().phrases, *event_phrases().phrases]
    return frozenset(pair for phrase in phrases for pair in pairwise(phrase))


@cache
def _stands_alone(word: str, language: str) -> bool:
    """Whether a word means something without its neighbours."""
    return word in lexicon(language).phrases or (word,) in calendar_phrases().phrases
