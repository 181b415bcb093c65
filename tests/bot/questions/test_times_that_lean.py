"""Times that lean on today, on an event, or on the question before."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.dialogue.state import State
from bot.questions.dialogue.talking import Dialogue
from bot.questions.query import Intent, Query, Read
from bot.questions.reader import Reader
from db.model.values import Period

TODAY = date(2016, 5, 20)


def read(text: str, previous: Query | None = None) -> Query:
    state = None if previous is None else State().answered(previous)
    reading = Dialogue(Reader.load()).turn(text, today=TODAY, state=state).reading
    assert isinstance(reading, Read), reading
    return reading.query


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("norwegians back over the past 12 months", date(2015, 5, 20), TODAY),
        ("belges rentrés ces 6 derniers mois", date(2015, 11, 20), TODAY),
        ("how many swedes left two years ago", date(2014, 1, 1), date(2014, 12, 31)),
        ("dutch departures since the caliphate", date(2014, 6, 29), None),
        ("belgians gone before the proclamation of the khilafa", None, date(2014, 6, 28)),
    ],
)
def test_a_time_is_counted_from_today_or_an_event(text: str, first: date | None, last: date | None) -> None:
    period = read(text).period

    assert (period.first, period.last) == (first, last)


def test_the_caliphate_is_no_date_when_nothing_leads_to_it() -> None:
    assert read("how many danes joined the caliphate").period.is_open


def test_years_earlier_move_the_time_of_the_question_before() -> None:
    before = Query(Intent.LOOKUP, ("DE",), period=Period.between(date(2015, 1, 1), date(2015, 12, 31)))

    period = read("and two years earlier?", before).period

    assert (period.first, period.last) == (date(2013, 1, 1), date(2013, 12, 31))


def test_lowest_turns_the_list_that_was_asked_for_before() -> None:
    before = Query(Intent.RANK, ("R:balkans",), top=4)

    query = read("now the lowest", before)

    assert (query.top, query.bottom) == (None, 4)


@pytest.mark.parametrize("text", ["where does belgium rank in western europe", "how does belgium rank"])
def test_a_countrys_place_in_a_list_is_a_ranking(text: str) -> None:
    assert read(text).intent is Intent.RANK


def test_between_two_years_is_a_stretch() -> None:
    assert read("belgians departing between 2013 and 2016").intent is Intent.LOOKUP


def test_a_correction_takes_back_the_place_before_it() -> None:
    assert read("returnees of iraq... i mean jordan").places == ("JO",)
