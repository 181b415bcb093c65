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
    told = told_in(text)
    if told in languages() or (told and language_to_tell(otherwise) == "en"):
        return told
    return otherwise


@lru_cache(maxsize=512)
def told_in(text: str) -> str:
    """The language that a text is in for sure; empty where it tells none."""
    script = language_of_script(text)
    if script:
        return script
    tokens = tokens_of(text)
    heard = language_of(tokens)
    if heard in languages() and catalogue_of(heard).rtl:
        return heard
    own = _own(heard)
    shown = [token.word for token in tokens if token.word in own]
    alone = len(tokens) == 1 and bool(shown) and len(shown[0]) >= _A_WORD
    return heard if len(shown) >= _ENOUGH or alone else ""


@cache
def _own(language: str) -> frozenset[str]:
    """The words that show a language: English ones where no other language has them; those of others without names.

    "Kosovo versus Bosnia" is written so in many languages.
    """
    if language == "en":
        return own_words("en").difference(*(own_words(other) for other in LANGUAGES if other != "en"))
    names = (word for place in places().values() for word in words_of(place.name))
    return own_words(language).difference(own_words("en"), names)
