"""A question that is offered is read as what it was offered for, in every language of answers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product

import pytest

from bot.answers.known import known_questions
from bot.answers.shelf import Shelf
from bot.questions.query import Intent, Query, Read
from bot.questions.reader import Reader
from bot.render.asking import question_text
from bot.words.catalogue import languages
from bot.words.words import plain, words_of
from db.model.records import Who
from db.model.values import PartialDate, Period
from tests.built_in import built_in
from tests.golden.asked import TODAY, holdings
from tests.often import LONG

IN, BY = Period.year(2015), Period(None, PartialDate(2015))
LOOKED_UP = (
    (None, Period()),
    (None, BY),
    ("travelled_in_period", IN),
    ("present", Period()),
    ("returned", Period()),
    ("returned", BY),
    ("killed", Period()),
    ("prevented", Period()),
    ("monthly_rate", Period()),
    ("monthly_rate", IN),
)
PLACES = ("BE", "TN", "US", "R:world", "R:western_europe")
TURNS = 1 if LONG > 1 else 3
"""Languages take turns: each is offered every third question, and each is in two languages or three."""
READ_BACK = 0.92
"""The least share of the questions of one language that are read as what they are; words and weights change apart."""


def questions() -> list[Query]:
    found = [Query(Intent.LOOKUP, (p,), measure, period=time) for p, (measure, time) in product(PLACES, LOOKED_UP)]
    found += [Query(Intent.LOOKUP, (place,), "returned", Who.WOMEN) for place in PLACES]
    for place, intent in product(PLACES, (Intent.TREND, Intent.SOURCES, Intent.DISPUTES, Intent.COVERAGE)):
        found.append(Query(intent, (place,)))
    found += [Query(Intent.TREND, (place,), "travelled_in_period") for place in PLACES]
    for region in ("R:world", "R:western_europe", "R:balkans"):
        rank = Query(Intent.RANK, (region,))
        found += [rank, replace(rank, measure="returned"), replace(rank, per_million=True)]
    pair = Query(Intent.COMPARE, ("BE", "FR"))
    found += [pair, replace(pair, measure="returned"), replace(pair, measure="travelled_in_period", period=IN)]
    return found


def same(query: Query) -> Query:
    """The query with the days of its time and those who ever went named."""
    days = [PartialDate.of(day) if day else None for day in (query.period.first, query.period.last)]
    return replace(query, measure=query.measure or "travelled", period=Period(*days), top=None)


@pytest.mark.parametrize("locale", languages())
def test_questions_are_read_as_what_they_ask(locale: str) -> None:
    reader, words = Reader.load(), words_of(locale)
    wrong = []
    for query in questions():
        text = question_text(query, words)
        assert "  " not in text
        reading = reader.read(text, today=TODAY)
        if not isinstance(reading, Read) or same(reading.query) != same(query):
            wrong.append(text)
    assert len(wrong) <= (1 - READ_BACK) * len(questions()), wrong


@cache
def all_offered() -> list[Query]:
    """Every question that is offered of any place that is held."""
    return known_questions(Shelf(holdings()), tuple(sorted({figure.place for figure in built_in().figures})))


@pytest.mark.parametrize(("turn", "locale"), [*enumerate(languages())])
def test_whole_questions_that_are_offered_of_any_place_are_read_as_they_say(turn: int, locale: str) -> None:
    reader, words = Reader.load(), words_of(locale)
    assert len(all_offered()) > 700
    offered = all_offered()[turn % TURNS :: TURNS]
    wrong = []
    for query in offered:
        text = plain(question_text(query, words))
        reading = reader.read(text, today=TODAY)
        if not isinstance(reading, Read) or same(reading.query) != same(query):
            wrong.append(text)
    assert len(wrong) <= 0.03 * len(offered), wrong
