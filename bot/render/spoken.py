"""The language to answer a text in: its own, where answers are worded in it."""

from __future__ import annotations

from bot.questions.lexicon import language_of, own_words
from bot.questions.tokens import tokens_of
from bot.words.catalogue import catalogue_of, languages

_ENOUGH = 2
"""Words of a language that show it; one alone may be a slip or a name ("eu total in 2016")."""


def spoken_in(text: str, otherwise: str = "en") -> str:
    """The language of a text; the other one where the text is in English, tells none, or is in one without answers."""
    tokens = tokens_of(text)
    heard = language_of(tokens)
    if heard == "en" or heard not in languages():
        return otherwise
    own = own_words(heard) - own_words("en")
    told = sum(token.word in own for token in tokens)
    return heard if told >= _ENOUGH or catalogue_of(heard).rtl else otherwise
