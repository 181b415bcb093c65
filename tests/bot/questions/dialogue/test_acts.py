"""What each act makes of the query before, whatever that was: the laws of the labels, each over many states."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from bot.questions.dialogue.acts import done
from bot.questions.dialogue.said import Said, said_of
from bot.questions.dialogue.state import State
from bot.questions.dialogue.talking import carried
from bot.questions.query import Intent, Query
from bot.questions.reader import Reader
from db.model.records import Who
from db.model.values import Period

TODAY = date(2019, 5, 2)
FLOW = "travelled_in_period"
YEAR = Period.between(date(2015, 1, 1), date(2015, 12, 31))
UNTIL = Period.between(None, date(2015, 12, 31))
SINCE = Period.between(date(2014, 7, 1), None)
PERIODS = (Period(), YEAR, UNTIL, SINCE)
COUNTS = [
    Query(intent, places, measure=measure, who=who, period=period, per_million=rate, top=5 if ranked else None)
    for intent, places, ranked in (
        (Intent.LOOKUP, ("BE",), False),
        (Intent.COMPARE, ("FR", "DE"), False),
        (Intent.TOTAL, ("R:maghreb",), False),
        (Intent.RANK, ("R:balkans",), True),
    )
    for measure in (None, "returned")
    for who in (Who.EVERYONE, Who.WOMEN)
    for period in PERIODS
    for rate in (False, True)
]
PAIRS = [Query(intent, ("FR", "DE")) for intent in (Intent.COMPARE, Intent.TOTAL, Intent.RANK, Intent.LOOKUP)]


@cache
def said(text: str) -> Said:
    return said_of(Reader.load().judge(text, TODAY))


def made(act: str, text: str, *before: Query) -> Query:
    state = State()
    for query in before:
        state = state.answered(query)
    found = done(act, state, said(text))
    found = found.last if isinstance(found, State) else found
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("act", "text"),
    [
        ("sources", "source?"),
        ("sources", "cite it in harvard style"),
        ("disputes", "do they agree?"),
        ("why_differ", "why do they differ?"),
    ],
)
def test_a_question_about_a_number_changes_nothing_but_what_is_asked(act: str, text: str) -> None:
    for query in COUNTS:
        found = made(act, text, query)

        assert replace(found, intent=query.intent, style=None) == query


@pytest.mark.parametrize("act", ["sources", "disputes", "why_differ"])
def test_after_a_question_about_a_number_the_dialogue_goes_on_as_before_it(act: str) -> None:
    for query in COUNTS:
        about = made(act, "source?", query)
        assert made("place", "killed", query, about) == made("place", "killed", query)


def test_why_they_differ_names_no_claim() -> None:
    assert made("why_differ", "why is the other one 7000", COUNTS[0]).value is None
    assert made("disputes", "7000, right?", COUNTS[0]).value == 7000


def test_what_is_held_is_asked_of_the_measure_the_time_and_the_group_before() -> None:
    for query in COUNTS:
        found = made("coverage", "anything on Norway?", query)

        assert found == replace(query, intent=Intent.COVERAGE, places=("NO",), top=None, without=())


@pytest.mark.parametrize("query", PAIRS)
def test_what_is_left_of_two_is_a_count(query: Query) -> None:
    assert made("drop", "without Germany", query) == Query(Intent.LOOKUP, ("FR",))


def test_what_is_not_there_cannot_be_left_out_of_countries() -> None:
    for query in (*PAIRS, Query(Intent.LOOKUP, ("BE",))):
        assert made("drop", "without Norway", query) == query


@pytest.mark.parametrize(
    "text",
    ["without any date", "peu importe l'année", "egal welches Jahr", "sin fecha", "zonder datum", "بدون تاريخ",
     "tarih olmadan", "без дат", "senza data"],
)  # fmt: skip
@pytest.mark.parametrize("act", ["undo", "period"])
def test_a_time_is_let_go_of_in_every_language(act: str, text: str) -> None:
    for query in COUNTS:
        if query.period.is_open:
            continue
        assert made(act, text, query) == replace(query, period=Period())
        assert made(act, text, replace(query, measure=FLOW)) == replace(query, period=Period(), measure=None)


@pytest.mark.parametrize("text", ["before 2013", "antérieur à 2013", "antes de 2013", "раньше 2013"])
def test_before_a_time_that_is_named_ends_the_day_before_it(text: str) -> None:
    for query in COUNTS:
        assert made("before", text, query).period == Period.between(None, date(2012, 12, 31))


@pytest.mark.parametrize("text", ["after 2014", "postérieurement à 2014", "lo posterior a 2014"])
def test_after_a_time_that_is_named_begins_the_day_after_it(text: str) -> None:
    for query in COUNTS:
        assert made("after", text, query).period == Period.between(date(2015, 1, 1), None)


@pytest.mark.parametrize(
    ("text", "months"), [("twelve months later", 12), ("a year earlier", -12), ("a year less", -12)]
)
def test_a_time_is_moved_by_what_is_said_and_nothing_else_is(text: str, months: int) -> None:
    for query in COUNTS:
        if query.period.is_open:
            continue
        found = made("shift", text, query)
        year = (query.period.last or query.period.first or TODAY).year + months // 12

        assert (found.period.last or found.period.first or TODAY).year == year
        assert replace(found, period=query.period) == query


def test_a_corrected_time_is_bound_as_the_wrong_one_was() -> None:
    for query in COUNTS:
        found = made("correct", "no, I meant 2016", query).period
        closed = query.period in (YEAR, Period())

        assert found.first == (None if query.period == UNTIL else date(2016, 1, 1))
        assert (found.last == date(2016, 12, 31)) is (closed or query.period == UNTIL)


def test_month_by_month_keeps_the_time_and_year_by_year_opens_a_single_year() -> None:
    query = Query(Intent.LOOKUP, ("BE",), measure=FLOW, period=YEAR)

    assert made("split", "month by month", query) == replace(query, intent=Intent.TREND)
    assert made("split", "year by year", query) == replace(query, intent=Intent.TREND, period=Period())
    assert made("split", "year by year", replace(query, period=SINCE)).period == SINCE


def test_an_order_is_turned_round_but_not_by_another_measure() -> None:
    query = Query(Intent.RANK, ("R:balkans",), top=5)

    assert made("sort", "the other way round", query) == replace(query, top=None, bottom=5)
    assert made("sort", "sort them by deaths", query) == replace(query, measure="killed")


def test_the_higher_of_two_is_the_first_of_them() -> None:
    assert made("top", "the higher of the two", PAIRS[0]).top == 1
    assert made("top", "die ersten vier", Query(Intent.RANK, ("R:balkans",))).top == 4


@pytest.mark.parametrize(
    ("before", "text", "who", "without"),
    [
        (Who.WOMEN_AND_MINORS, "without the women", Who.MINORS, ()),
        (Who.WOMEN_AND_MINORS, "without the children", Who.WOMEN, ()),
        (Who.WOMEN, "without the women", Who.EVERYONE, ("women",)),
        (Who.EVERYONE, "without the women", Who.EVERYONE, ("women",)),
    ],
)
def test_a_group_is_left_out_of_what_was_asked(before: Who, text: str, who: Who, without: tuple[str, ...]) -> None:
    for query in COUNTS:
        found = made("place", text, replace(query, who=before))

        assert (found.who, found.without) == (who, without)


def test_women_beside_minors_are_one_group() -> None:
    assert made("add", "with the women too", Query(Intent.LOOKUP, ("FI",), who=Who.MINORS)).who is Who.WOMEN_AND_MINORS


@pytest.mark.parametrize("query", PAIRS)
def test_back_to_a_name_is_to_it_alone(query: Query) -> None:
    found = made("back", "back to Germany", query, Query(Intent.LOOKUP, ("NO",)))

    assert (found.intent, found.places) == (Intent.LOOKUP, ("DE",))


def test_back_takes_up_no_question_about_a_number() -> None:
    for query in COUNTS:
        about = replace(query, intent=Intent.SOURCES, style="apa")

        assert made("back", "back", query, about, Query(Intent.LOOKUP, ("NO",))) == query


@pytest.mark.parametrize("text", ["nur Kinshasa", "just the kinshasa one"])
def test_a_part_of_its_name_picks_one_of_those_asked(text: str) -> None:
    assert made("only", text, Query(Intent.COMPARE, ("CG", "CD"))).places == ("CD",)


def test_what_is_added_to_a_sum_or_an_order_stands_beside_the_rest() -> None:
    for act, text in (("sum", "add Norway and give the total"), ("sort", "add Norway and rank them")):
        assert made(act, text, PAIRS[0]).places == ("FR", "DE", "NO")


@pytest.mark.parametrize("text", ["swap Germany for Italy", "Italy instead of Germany", "Italien statt Deutschland"])
@pytest.mark.parametrize("query", PAIRS)
def test_a_place_that_is_swapped_leaves_the_rest(text: str, query: Query) -> None:
    assert made("place", text, query).places == ("FR", "IT")


@pytest.mark.parametrize(("act", "text"), [("sort", "put them in order"), ("top", "which is the biggest?")])
def test_what_was_asked_one_by_one_is_put_in_order_together(act: str, text: str) -> None:
    one_by_one = [Query(Intent.LOOKUP, (place,)) for place in ("US", "AU", "NZ")]

    assert made(act, text, *one_by_one).places == ("US", "AU", "NZ")


@pytest.mark.parametrize(
    ("text", "count"), [("two instead of five", 2), ("five is too long. 3", 3), ("the runner-up, the second", 2)]
)
def test_of_several_numbers_the_new_one_is_the_length_of_the_list(text: str, count: int) -> None:
    assert made("top", text, Query(Intent.RANK, ("R:balkans",), top=5)).top == count


@pytest.mark.parametrize("text", ["plain numbers", "número a secas", "als zahl", "sayı olarak"])
def test_plain_numbers_end_a_share_and_a_rate(text: str) -> None:
    for query in COUNTS:
        found = made("rate", text, replace(query, intent=Intent.SHARE, top=None))

        assert found == replace(query, intent=Intent.LOOKUP, per_million=False, top=None)


def test_in_percent_of_those_who_left_is_a_share_of_the_part_asked() -> None:
    for query in COUNTS:
        found = made("rate", "in percent of those who left", query)

        assert (found.intent, found.measure) == (Intent.SHARE, query.measure)


@pytest.mark.parametrize("act", ["drop", "undo"])
@pytest.mark.parametrize("text", ["without the date", "ohne datum", "sans date", "zonder periode", "без даты"])
def test_a_time_that_is_dropped_is_gone(act: str, text: str) -> None:
    for query in COUNTS:
        if not query.period.is_open:
            assert made(act, text, query).period.is_open


DATED = [Query(Intent.LOOKUP, (place,), period=period) for place in ("BE", "TN") for period in PERIODS]


@pytest.mark.parametrize("query", DATED, ids=str)
@pytest.mark.parametrize("year", range(12, 20))
def test_two_digits_are_a_year_behind_a_question_of_some_time_and_nothing_else(query: Query, year: int) -> None:
    whole = Period.between(date(2000 + year, 1, 1), date(2000 + year, 12, 31))
    asked = made("period", f"{year}?", query).period

    assert asked == (query.period if query.period.is_open else whole)
    if not query.period.is_open:
        assert made("period", f"until {year}", query).period == Period.between(None, whole.last)
        assert made("period", f"since {year}", query).period == Period.between(whole.first, None)


@pytest.mark.parametrize("place", ["BE", "TN", "R:balkans"])
def test_times_asked_for_one_by_one_are_added_up_together(place: str) -> None:
    years = [
        Query(Intent.LOOKUP, (place,), measure=FLOW, period=Period.between(date(year, 1, 1), date(year, 12, 31)))
        for year in (2013, 2014, 2015)
    ]

    assert made("sum", "those three years together", *years).period == Period.between(
        date(2013, 1, 1), date(2015, 12, 31)
    )
    assert made("sum", "those two years in one number", *years).period.first == date(2014, 1, 1)
    assert made("sum", "all added up", *years).places == (place,)


@pytest.mark.parametrize("query", [query for query in DATED if not query.period.is_open], ids=str)
def test_a_number_without_a_unit_moves_no_time_by_so_much(query: Query) -> None:
    assert made("shift", "later 40", query).period == made("shift", "later", query).period


@pytest.mark.parametrize("named", ["Norway", "Kosovo"])
def test_what_the_last_turn_brought_in_is_taken_back_by_its_name(named: str) -> None:
    first = Query(Intent.LOOKUP, ("MY", "SG"))
    second = Query(Intent.LOOKUP, said(named).named)

    assert made("undo", f"undo {named}", first, second) == first


@pytest.mark.parametrize("year", range(12, 20))
def test_a_year_that_a_turn_names_by_two_digits_is_not_told_as_carried(year: int) -> None:
    found = made("period", f"and {year}?", Query(Intent.LOOKUP, ("TN",), period=YEAR))

    assert "time" not in carried(found, said(f"and {year}?"))
    assert "time" in carried(found, said("the women"))
