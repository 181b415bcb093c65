"""The rule that chooses the claim which opens an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers.answer import RankBlock, TotalBlock, claims_of
from bot.answers.notes import HeadlineRule
from bot.questions.query import Intent
from db.model.records import Counts, Destination, Figure, Headline, Holdings, Official, Source, Status, Who
from tests.bot.answers.made import answer, asked, figure, holding, only, printed, source


def disputed(claim: Figure) -> Figure:
    return replace(claim, status=Status.DISPUTED, status_reason="doubtful")


def opened(holdings: Holdings, period: str = "2015-01-01/2015-12-31", measure: str = "travelled") -> tuple[str, str]:
    given = answer(asked("BE", measure=measure, period=period), holdings)
    assert given.headline is not None
    assert given.headline_rule is not None
    return printed(given.headline.figure.value), given.headline_rule.value


@pytest.mark.parametrize(
    ("winner", "loser", "sources", "rule"),
    [
        (figure("10"), figure("11", source="b", counts=Counts.ATTEMPTS_INCLUDED, as_of="2015-12"), (), "definition"),
        (figure("10", as_of="2015-01"), figure("<=12", source="b"), (), "definition"),
        (figure("10", as_of="2015-01"), disputed(figure("11", source="b")), (), "definition"),
        (figure("10", as_of="2015-11"), figure("11", source="b", as_of="2015-09"), (), "newest"),
        (figure("10", as_of="2015"), figure("11", source="b", as_of="2015-09"), (), "newest"),
        (figure("10"), figure("11", source="b", credibility=2), (source("b", reliability="D"),), "grade"),
        (figure("10"), figure(">9", source="b", official=Official.YES), (source("b", reliability="A"),), "two_sided"),
        (figure("10", official=Official.YES), figure("11", source="b"), (source("b", reliability="A"),), "official"),
        (figure("10"), figure("11", source="b"), (source("b", reliability="A", relays=("gov",)),), "official"),
        (figure("10"), figure("11", official=Official.NO), (), "official"),
        (figure("10"), figure("11", source="b"), (source("gov", reliability="A"),), "reliability"),
        (figure("10", credibility=2), figure("11", source="b", credibility=4), (), "credibility"),
        (figure("10", id="a"), figure("11", source="b", id="b"), (), "listed"),
    ],
)
def test_each_step_of_the_rule_decides_and_is_named(
    winner: Figure, loser: Figure, sources: tuple[Source, ...], rule: str
) -> None:
    assert opened(holding(winner, loser, sources=sources)) == ("10", rule)


@pytest.mark.parametrize(
    ("relay", "closer"),
    [(figure("10", source="a", relays="root"), figure("11", source="b", relays="middle"))],
)
def test_of_two_relays_the_closer_to_the_origin_opens(relay: Figure, closer: Figure) -> None:
    assert opened(holding(relay, closer, sources=[source("middle", relays=("root",))])) == ("10", "origin")


@pytest.mark.parametrize(
    ("one", "other", "range_"),
    [("1000", "1910", "1000-1910"), (">1910", "1000", ">=1000"), ("10-20", "40-50", "10-50")],
)
def test_where_the_best_two_are_far_apart_the_range_leads_and_no_number(one: str, other: str, range_: str) -> None:
    given = answer(asked("BE"), holding(figure(one), figure(other, source="b")))

    assert (given.headline, given.headline_rule) == (None, HeadlineRule.DISAGREE)
    assert given.range is not None
    assert printed(given.range) == range_
    assert len(given.disagreement) == 2


@pytest.mark.parametrize(
    "other",
    [
        figure("700", source="b"),  # within a third
        figure("400", source="b", as_of="2015-09"),  # another quarter: growth is no disagreement
        figure("400", source="b", as_of="2015"),  # a bare year may be of another quarter
        figure("400", source="b", counts=Counts.ATTEMPTS_INCLUDED),  # another definition
        figure(">1400", source="b"),  # a bound beside a number
        figure("400"),  # two counts of one source
    ],
)
def test_claims_that_need_not_disagree_leave_a_headline(other: Figure) -> None:
    given = answer(asked("BE"), holding(figure("1000", official=Official.YES), other))

    assert given.headline is not None
    assert printed(given.headline.figure.value) == "1000"
    assert given.range is None


def test_a_range_stands_for_its_place_in_sums_and_ranks() -> None:
    rivals = (figure("1000", place="DK"), figure("1910", place="DK", source="b"))
    holdings = holding(*rivals, figure("100", place="NO"), memberships=[("R:north", "DK"), ("R:north", "NO")])

    total = only(answer(asked("R:north", intent=Intent.TOTAL), holdings), TotalBlock)
    rank = only(answer(asked("R:north", intent=Intent.RANK), holdings), RankBlock)

    assert printed(total.value) == "1100-2010"
    assert [printed(row.value) for row in rank.rows] == ["1000-1910", "100"]
    assert {claim.figure.id for claim in claims_of(total)} >= {figure.id for figure in rivals}


# Headlines that a careful analyst would not sign, on the data that comes with the program: what opens instead.
SIGNED = (
    ("FR", "travelled", "../2017-12-31", "1910"),  # the 1,000 of the judiciary spoke of June
    ("FR", "travelled", "../..", "1300"),  # the newest quarter held
    ("XK", "travelled", "2015-01-01/2015-12-31", "~250"),  # a bare year stands at its end
    ("XK", "travelled", "../2015-12-31", "~250"),
    ("XK", "travelled", "../2015-03-31", "232"),  # a count at the month shown, not that of a day of publication
    ("R:world", "travelled", "../2015-12-31", "27000-31000"),  # the report that all count from, not a relay of it
    ("R:world", "origin_countries", "../2015-12-31", ">=86"),
    ("IL", "travelled", "../2016-06-30", "50"),  # a number before a ceiling
    ("US", "travelled", "../..", "129"),  # those who arrived, not a floor of named persons
    ("US", "travelled", "../2018-03-31", "129"),
    ("EG", "travelled", "../..", "360"),  # not the round number of a list that nobody confirms
    ("AE", "travelled", "../..", "15"),
    ("YE", "travelled", "../..", "110"),
    ("AT", "travelled", "../..", "230-300"),  # not those who were stopped with those who went
    ("R:european_union", "travelled", "../2015-12-31", ">=5000"),  # not a sum over some members, which is below it
    ("BA", "travelled", "../2016-12-31", "~300"),  # before the 330 of the summer, which holds families
    ("MV", "travelled", "../2016-06-30", "200"),  # nor does a floor of some weeks later
    ("FR", "prevented", "../..", ">=70"),  # the first six passports are not all who were stopped
    ("DE", "returned", "../2015-12-31", ">200"),  # a bare year below a count of its spring is of before it
    ("R:world", "prevented", "../2016-01-31", "2896"),  # two counts of one source and date: neither has fallen
    ("IT", "travelled", "../..", "135"),  # the ministry's
    ("CZ", "travelled", "../..", "16"),
    ("BE", "travelled", "../..", "430"),
    ("R:world", "travelled_in_period", "2015-01-01/2015-12-31", "27000-31000"),  # not a disputed slip of unit
)


@pytest.mark.parametrize(("place", "measure", "period", "opens"), SIGNED)
def test_what_opens_on_the_real_data_is_what_an_analyst_would_sign(
    place: str, measure: str, period: str, opens: str
) -> None:
    given = answer(asked(place, measure=measure, period=period))

    shown = given.range if given.headline is None else given.headline.figure.value
    assert shown is not None
    assert printed(shown) == opens


@pytest.mark.parametrize(
    ("later", "opens"),
    [
        (figure(">80", source="b", as_of="2015-11"), "100"),  # a floor below the count before it is true and empty
        (figure(">95", source="b", as_of="2015-11"), ">95"),  # nearly the same, and newer
        (figure(">110", source="b", as_of="2015-11"), ">110"),
        (figure("80", source="b", as_of="2015"), "100"),  # a bare year may be of before
        (figure("80", source="b", as_of="2015-11"), "80"),  # revised, or counted otherwise
        (figure("30", source="b", as_of="2015-11"), "100"),  # a third is another count
        (figure("30", source="b", as_of="2015-11", measure="present"), "30"),  # who is there may have gone home
    ],
)
def test_a_count_that_only_grows_does_not_open_with_less_than_was_counted_before(later: Figure, opens: str) -> None:
    held = holding(figure("100", as_of="2015-06", measure=later.measure), later)
    for period in ("../..", "../2015-12-31"):
        given = answer(asked("BE", measure=later.measure, period=period), held)
        assert given.headline is not None
        assert printed(given.headline.figure.value) == opens
        assert (given.headline_rule is HeadlineRule.GROWTH) == (opens == "100")


def test_a_count_gives_way_to_none_of_a_worse_class_of_grades() -> None:
    doubtful = figure("100", as_of="2015-06", source="b", credibility=3)
    held = holding(doubtful, figure(">80", as_of="2015-11"), sources=[source("b", reliability="D")])

    given = answer(asked("BE", period="../2015-12-31"), held)

    assert given.headline is not None
    assert printed(given.headline.figure.value) == ">80"


@pytest.mark.parametrize(
    ("reliability", "credibility", "opens"),
    [("D", 6, "40"), ("D", 4, "40"), ("F", 5, "40"), ("D", 3, "90"), ("D", 1, "90"), ("C", 6, "90")],
)
def test_what_one_unreliable_source_says_alone_opens_nothing_while_another_count_of_the_year_is_held(
    reliability: str, credibility: int, opens: str
) -> None:
    newest = figure("90", source="paper", as_of="2015-12", credibility=credibility)
    sources = [source("gov", reliability="C"), source("paper", reliability=reliability)]

    assert opened(holding(figure("40", as_of="2015-03"), newest, sources=sources), period="../..")[0] == opens
    assert opened(holding(newest, sources=sources), period="../..")[0] == "90"


def test_a_count_is_of_the_date_that_is_printed_and_never_of_the_day_it_was_published() -> None:
    held = holding(figure("10", as_of="2015-01-26", period="../2014-12"))

    assert answer(asked("BE", period="2015-01-01/2015-03-31"), held).headline is None
    assert opened(held, period="2014-10-01/2014-12-31") == ("10", "only")


def test_a_flow_of_exactly_the_asked_period_opens_before_a_newer_one_of_a_part() -> None:
    whole = figure("4", measure="travelled_in_period", as_of="2016-01", period="2015-01/2015-12")
    part = figure("9", source="b", measure="travelled_in_period", as_of="2017-01", period="2015-01/2015-09")

    assert opened(holding(whole, part), measure="travelled_in_period") == ("4", "period")


def test_a_single_claim_opens_because_it_is_the_only_one() -> None:
    assert opened(holding(figure("7"))) == ("7", "only")


def test_a_claim_alone_at_its_date_is_the_newest_and_never_the_only_one_beside_earlier_claims() -> None:
    held = holding(figure("7", as_of="2013-12"), figure("9", source="b", as_of="2017-10"))

    assert opened(held, period="../..") == ("9", "newest")
    assert opened(held, period="../2017-12-31") == ("9", "newest")


def test_a_moderators_pick_goes_before_the_rule_and_gives_its_reason() -> None:
    older = figure("7", as_of="2015-03", id="older")
    pick = Headline("BE", "travelled", Who.EVERYONE, "older", "The ministry withdrew the other.", 1)
    holdings = holding(older, figure("9", source="b"), headlines=[pick])

    given = answer(asked("BE", measure="travelled", period="2015-01-01/2015-12-31"), holdings)

    assert given.headline is not None
    assert given.headline.figure.id == "older"
    assert (given.headline_rule, given.headline_reason) == (HeadlineRule.MODERATOR, "The ministry withdrew the other.")


def test_a_pick_of_another_time_does_not_open_the_answer() -> None:
    pick = Headline("BE", "travelled", Who.EVERYONE, "old", "", 1)
    holdings = holding(figure("7", as_of="2013", id="old"), figure("9", source="b"), headlines=[pick])

    assert opened(holdings)[0] == "9"


def test_figures_of_every_theatre_never_open_an_answer_on_syria_and_iraq() -> None:
    wider = figure("900", as_of="2015-12-31", destination=Destination.WIDER)

    assert opened(holding(figure("7", source="b", as_of="2015-01"), wider))[0] == "7"
    assert opened(holding(wider))[0] == "900"
