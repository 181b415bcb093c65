"""The bot's own words: which of those that it prints a question asks about, and what it means."""

from __future__ import annotations

import re
from functools import cache

from bot.answers.answer import Answer, DefinitionBlock
from bot.questions.query import Intent
from bot.words.catalogue import catalogue_of, languages
from bot.words.words import Words
from db.model.records import Who

_HEARD, _MEASURE = "heard.", "measure."
_CODE = re.compile(r"\b[a-f][1-6]\b")
_WORD = re.compile(r"[^\W_]+")


def glossary_sentence(answer: Answer, words: Words) -> str:
    """What the word means that a question for a definition asks about where it names no measure, region or group.

    Where the question has no such word the sentence names those that there are; empty for any other answer.
    """
    query = answer.reading.query
    if query is None or query.intent is not Intent.DEFINE or query.measure or query.who is not Who.EVERYONE:
        return ""
    if query.places:
        return ""
    term = heard_term(answer.question)
    if term is None:
        blocks = (block for block in answer.blocks if isinstance(block, DefinitionBlock))
        measures = [block.measure.id for block in blocks if block.measure is not None]
        return words.say("define.which", terms=words.listed(words.measure(measure) for measure in measures))
    if f"meaning.{term}" in words:
        return words.say("sentence.define", term=words.measure(term), meaning=words.say(f"meaning.{term}"))
    return words.say(f"term.{term}")


def heard_term(text: str) -> str | None:
    """The measure or term whose label or other name stands in a text, the longest first; None when none does."""
    folded = _folded(text)
    found = max((name for name in _names() if f" {name} " in folded), key=len, default=None)
    if found is None:
        return "grade" if _CODE.search(folded) else None
    return _names()[found]


@cache
def _names() -> dict[str, str]:
    """Every printed word in every language of answers, and the term or measure that it stands for."""
    names: dict[str, str] = {}
    for language in languages():
        for key, text in catalogue_of(language).words.items():
            if key.startswith((_HEARD, _MEASURE)):
                term = key.partition(".")[2]
                names.update({_folded(name).strip(): term for name in text.split("|")})
    return names


def _folded(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "
