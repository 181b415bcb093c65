"""The language to answer a text in: its own, where answers are worded in it."""

from __future__ import annotations

from functools import cache, lru_cache

from bot.places.catalogue import places
from bot.questions.lexicon import LANGUAGES, language_of, own_words
from bot.questions.tokens import tokens_of, words_of
from bot.words.catalogue import catalogue_of, languages
from bot.words.in_english import language_of_script, language_to_tell

_ENOUGH = 2
"""Words of a language that show it; one among others may be a slip or a name ("eu total in 2016")."""
_A_WORD = 4
"""Letters of a word that shows its language where it stands alone ("bonjour", "Hilfe"); a shorter one may be a code."""


def spoken_in(text: str, otherwise: str = "en") -> str:
    """The language to answer a text in: its own where answers are worded in it, else the other one.

    Where neither is, it is the language of the line that says so (``bot.words.in_english``).
    """
    heard = _heard_in(text)
    if heard == otherwise:  # then it does not matter whether it shows for sure, which asks the words of all languages
        return otherwise
    told = heard if _shows(heard, text) else ""
    if told in languages() or (told and language_to_tell(otherwise) == "en"):
        return told
    return otherwise


@lru_cache(maxsize=512)
def _heard_in(text: str) -> str:
    """The language that a text is likely in."""
    return language_of_script(text) or language_of(tokens_of(text))


@lru_cache(maxsize=512)
def _shows(language: str, text: str) -> bool:
    """Whether a text shows for sure that it is in a language: by its script, or by words that only this one has."""
    if language == language_of_script(text) or (language in languages() and catalogue_of(language).rtl):
        return True
    own, tokens = _own(language), tokens_of(text)
    shown = [token.word for token in tokens if token.word in own]
    alone = len(tokens) == 1 and bool(shown) and len(shown[0]) >= _A_WORD
    return len(shown) >= _ENOUGH or alone


@cache
def _own(language: str) -> frozenset[str]:
    """The words that show a language: English ones where no other language has them; those of others without names.

    "Kosovo versus Bosnia" is written so in many languages.
    """
    if language == "en":
        return own_words("en").difference(*(own_words(other) for other in LANGUAGES if other != "en"))
    names = (word for place in places().values() for word in words_of(place.name))
    return own_words(language).difference(own_words("en"), names)
