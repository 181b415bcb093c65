"""The rule that chooses the claim which opens an answer."""

from __future__ import annotations

import pytest

from bot.answers.answer import HeadlineRule
from db.records import Destination, Figure, Headline, Holdings, Official, Source, Who
from tests.bot.answers.made import answer, asked, figure, holding, printed, source


def opened(holdings: Holdings, period: str = "2015-01-01/2015-12-31", measure: str = "travelled") -> tuple[str, str]:
    given = answer(asked("BE", measure=measure, period=period), holdings)
    assert given.headline is not None
    assert given.headline_rule is not None
    return printed(given.headline.figure.value), given.headline_rule.value


@pytest.mark.parametrize(
    ("winner", "loser", "sources", "rule"),
    [
        (figure("1", as_of="2015-11"), figure("2", source="b", as_of="2015-10"), (), "newest"),
        (figure("1", as_of="2015-02"), figure("2", source="b", as_of="2015"), (), "newest"),
        (figure("1"), figure("2", source="b"), (source("gov", reliability="A"),), "reliability"),
        (figure("1", seen="primary"), figure("2", source="b"), (source("b", reliability="A"),), "first_hand"),
        (figure("1", credibility=2), figure("2", source="b", credibility=4), (), "credibility"),
        (figure("1"), figure("2", source="b"), (source("b", relays=("unread",)),), "origin"),
        (figure("1", as_of="2015-01"), figure("2", source="b"), (source("b", relays=("gov",)),), "origin"),
        (figure("1", as_of="2015-01"), figure("2", official=Official.NO), (), "official"),
        (figure("1", id="a"), figure("2", source="b", id="b"), (), "listed"),
    ],
)
def test_each_step_of_the_rule_decides_and_is_named(
    winner: Figure, loser: Figure, sources: tuple[Source, ...], rule: str
) -> None:
    assert opened(holding(winner, loser, sources=sources)) == ("1", rule)


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


def test_the_newest_is_not_called_so_where_a_newer_relay_of_it_stands_behind() -> None:
    origin = figure("1", as_of="2015-06")
    older = figure("2", source="b", as_of="2015-03")
    relay = figure("3", source="c", as_of="2015-11", relays="gov")

    assert opened(holding(origin, older, relay)) == ("1", "origin")
    assert opened(holding(origin, older)) == ("1", "newest")


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
