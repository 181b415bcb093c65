"""The bot's own words: which of those that it prints a question asks about, and what it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from bot.answers.answer import Answer, DefinitionBlock
from bot.questions.query import Intent
from bot.words.catalogue import FOLDER, catalogue_of, language_of_tag, languages
from bot.words.words import Words
from db.model.records import Who

_HEARD, _MEASURE = "heard.", "measure."
_PRINTED = FOLDER.with_name("printed.tsv")
_SLOT = re.compile(r"\{[^}]*\}")
_LEAST = 4
"""Letters of a printed word that may be asked about; shorter ones stand in any question."""
_QUOTED = 4
"""Words of a printed sentence that is quoted; a measure's name alone has fewer."""
_QUOTES = re.compile('[“„«"](.+?)[”“»"]')
_CODE = re.compile(r"\b[a-f][1-6]\b")
_WORD = re.compile(r"[^\W_]+")


def glossary_sentence(answer: Answer, words: Words) -> str:
    """What the word means that a question for a definition asks about where it names no measure, region or group.

    A sentence of a card that is quoted is what is asked about, whatever it names. Where the question has no such word
    the sentence names those that there are; empty for any other answer.
    """
    query, term = answer.reading.query, asked_term(answer)
    if not term:
        if query is None or query.intent is not Intent.DEFINE:
            return ""
        if query.places or query.measure or query.who is not Who.EVERYONE:
            return ""
        blocks = (block for block in answer.blocks if isinstance(block, DefinitionBlock))
        measures = [block.measure.id for block in blocks if block.measure is not None]
        return words.say("define.which", terms=words.listed(words.measure(measure) for measure in measures))
    if f"meaning.{term}" in words:
        return words.say("sentence.define", term=words.measure(term), meaning=words.say(f"meaning.{term}"))
    return words.say(f"term.{term}")


def asked_term(answer: Answer) -> str:
    """The word whose meaning an answer tells, where that is no measure, region or group of the question; else empty."""
    query = answer.reading.query
    if query is None or query.intent is not Intent.DEFINE or query.places:
        return ""
    name, term = _heard(answer.question)
    whole = term != query.measure and any(
        _folded(quoted).strip() == name for quoted in _QUOTES.findall(answer.question)
    )
    named = (query.measure or query.who is not Who.EVERYONE) and not whole
    return "" if named and name.count(" ") + 1 < _QUOTED else term


def terms(locale: str) -> list[str]:
    """The first name of each word that has a meaning and is no measure, in a language."""
    held = catalogue_of(language_of_tag(locale)).words
    heard = ((key.removeprefix(_HEARD), text) for key, text in held.items() if key.startswith(_HEARD))
    return [text.partition("|")[0] for term, text in heard if f"term.{term}" in held]


def heard_term(text: str) -> str:
    """The measure or term whose label or other name stands in a text, the longest first; empty when none does."""
    return _heard(text)[1]


def _heard(text: str) -> tuple[str, str]:
    folded = _folded(text)
    name = max((name for name in _names() if f" {name} " in folded), key=len, default="")
    return name, _names().get(name) or ("grade" if _CODE.search(folded) else "")


@cache
def _names() -> dict[str, str]:
    """Every printed word in every language of answers, and the term or measure that it stands for.

    Words that a message prints around its values may be quoted as they stand: the longest stretch of them.
    """
    by_key = _terms_by_key()
    names: dict[str, str] = {}
    for language in languages():
        for key, text in catalogue_of(language).words.items():
            if key.startswith((_HEARD, _MEASURE)):
                term = key.partition(".")[2]
                names.update({_folded(name).strip(): term for name in text.split("|")})
            elif term := by_key(key):
                name = max((_folded(part).strip() for part in _SLOT.split(text)), key=len)
                if len(name) >= _LEAST:
                    names.setdefault(name, term)
    return names


def _terms_by_key() -> Callable[[str], str]:
    """Which term explains what a message prints; the table names messages, or how their keys begin and a star."""
    rows = [line.split("\t") for line in _PRINTED.read_text(encoding="utf-8").splitlines()[1:]]
    listed = {key: term for term, keys in rows for key in keys.split()}
    begun = tuple((key[:-1], term) for key, term in listed.items() if key.endswith("*"))
    return lambda key: listed.get(key) or next((term for start, term in begun if key.startswith(start)), "")


def _folded(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "
