"""How the question was read, and which data answered it: the first and the last line of every answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.ways import ReadingLine
from bot.questions.query import Intent, Query
from bot.render.fragments import SEPARATOR
from bot.render.outline import Line, Role, plain_line
from bot.words.words import Words
from db.model.records import Who
from db.model.values import PartialDate

_ACRONYM = 4
"""Letters of a word that is taken for an acronym."""


def reading_text(reading: ReadingLine, words: Words) -> str:
    """How the question was read: "Belgium · departures · January–September 2016"; empty when it was not."""
    query = reading.query
    if query is None or query.intent is Intent.HELP:
        return ""
    counted = replace(query, measure=reading.measure) if reading.measure else query
    text = SEPARATOR.join(query_parts(counted, words, reading.carried))
    flagged = "read.helped" if reading.helped else "read.flagged"
    return words.say(flagged if reading.flagged else "read.line", reading=text)


def query_parts(query: Query, words: Words, carried: Sequence[str] = (), *, kind: bool = True) -> list[str]:
    """The parts of a query as words, the place first; those that were carried from the turn before are marked.

    ``kind`` names the kind of question among them.
    """

    def told(part: str, text: str) -> str:
        return words.say("read.carried", part=text) if part in carried else text

    parts = []
    if query.places:
        parts.append(told("place", words.several([words.place(place) for place in query.places], most=5)))
    if query.without:
        left_out = words.several([_left_out(item, words) for item in query.without], most=5)
        parts.append(words.say("read.without", what=left_out))
    if query.all_measures:
        parts.append(told("measure", words.listed(map(words.measure, query.all_measures))))
    elif query.intent not in (Intent.COVERAGE, Intent.HELP, Intent.DEFINE, Intent.SOURCES):
        parts.append(words.measure("travelled"))
    if query.who is not Who.EVERYONE or query.groups:
        parts.append(told("who", words.listed(words.who(who) for who in (query.who, *query.groups))))
    if query.destination:
        parts.append(words.destination(query.destination))
    if kind and query.intent is not Intent.LOOKUP:
        parts.append(words.say(f"intent.{query.intent}"))
    parts += _options(query, words, told)
    return parts


def _options(query: Query, words: Words, told: Callable[[str, str], str]) -> list[str]:
    parts = []
    if query.top:
        parts.append(words.count("read.top", query.top))
    if query.bottom:
        parts.append(words.count("read.bottom", query.bottom))
    if query.per_million:
        parts.append(told("rate", words.say("read.per_million")))
    if query.peak:
        parts.append(words.say("read.peak"))
    if len(query.times) > 1:
        parts.append(words.listed(words.period(period) for period in query.times))
    elif not query.period.is_open:
        parts.append(told("time", words.period(query.period)))
    if query.all_publishers:
        named = words.listed(words.embed(named_publisher(publisher)) for publisher in query.all_publishers)
        parts.append(words.say("read.publisher", publisher=named))
    if query.value is not None:
        parts.append(words.number(query.value))
    if query.known_on:
        parts.append(words.say("time.known_on", date=words.date(PartialDate.of(query.known_on))))
    return parts


def _left_out(item: str, words: Words) -> str:
    return words.who(Who(item)) if item in Who._value2member_map_ else words.place(item)


def footer_line(answer: Answer, words: Words) -> Line:
    """The answer's id and the data revision that it was made on."""
    text = words.say("footer", id=words.embed(answer.id), revision=words.number(answer.revision))
    return plain_line(Role.FOOTER, text)


def named_publisher(publisher: str) -> str:
    """A publisher as one writes it: a short single word is an acronym, other words have a capital.

    >>> named_publisher("icsr"), named_publisher("home office"), named_publisher("OCAM/OCAD")
    ('ICSR', 'Home Office', 'OCAM/OCAD')
    """
    if not publisher.islower():
        return publisher
    return publisher.upper() if len(publisher) <= _ACRONYM else publisher.title()
