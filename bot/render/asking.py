"""A query as a question that a member can type or pick; the reader reads it as that query."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.regions import WORLD
from bot.answers.trend import FLOW
from bot.questions.query import Intent, Query
from bot.render.facts import close, from_places
from bot.render.reading import query_parts
from bot.words.words import Words, capital
from db.model.records import Who


def question_text(query: Query, words: Words) -> str:
    """The query as a whole question: a look-up as a sentence, others by their kind and what they are about."""
    sentence = f"question.{query.measure or 'travelled'}"
    if query.intent is Intent.TREND and query.measure == FLOW and query.who is Who.EVERYONE:
        text = words.say("question.departures", from_=_from(query, words))
    elif sentence in words and _is_sentence(query):
        destination = query.destination
        text = words.say(
            sentence,
            howmany=words.say(f"howmany.{query.who}"),
            from_=_from(query, words),
            to=words.say(f"dest.to.{destination}") if destination else "",
            when="" if query.period.is_open else words.within(query.period),
        )
    else:
        kind, topic = f"question.{query.intent}", _topic(query, words)
        text = words.say(kind, topic=topic) if kind in words else topic
    return capital(close(text).replace(" ؟", "؟").replace(" ?", "?" if words.locale != "fr" else " ?"))


def is_askable(query: Query, words: Words) -> bool:
    """Whether a query is asked in words of its own, not by the label of a measure that few would type."""
    return query.intent is not Intent.LOOKUP or f"question.{query.measure or 'travelled'}" in words


def _is_sentence(query: Query) -> bool:
    """Whether a query is a plain number's: of all who had gone, "in 2016" would be those who went then."""
    since = query.measure in (None, "travelled") and query.period.start is not None
    return query.intent is Intent.LOOKUP and not query.per_million and len(query.places) < 2 and not since


def _from(query: Query, words: Words) -> str:
    return from_places(query.places, words) or words.say("question.worldwide")


def _topic(query: Query, words: Words) -> str:
    """What a question is about: places, measure, people, time; those who ever went need not be named."""
    plain = query.measure in (None, "travelled") and query.who is Who.EVERYONE and query.intent is not Intent.LOOKUP
    parts = query_parts(replace(query, top=None, per_million=False), words, kind=False)
    if plain:
        parts = [part for part in parts if part != words.measure("travelled")]
    if query.per_million:
        parts.append(words.say("question.per_million"))
    named = {words.place(WORLD): words.say("question.world")}
    return words.say("list.comma").join(named.get(part, part) for part in parts)
