"""What is said of claims that stand beside each other: agreement, scales, falls, relays, names of publishers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.answers.answer import Answer
from bot.questions.query import Intent
from bot.render.terminal import to_text
from bot.words.names import short_name
from bot.words.words import words_of
from db.model.records import Holdings
from db.model.values import Bound, Interval
from tests.bot.answers.made import answer, asked, figure, holding, source


def told(given: Answer, locale: str = "en") -> str:
    return " ".join(to_text(given, width=200, locale=locale, whole=True).split())


def disputed(held: Holdings) -> str:
    return told(answer(asked("BE", measure="travelled", intent=Intent.DISPUTES), held))


def test_counts_that_grew_are_not_said_to_agree_with_each_other() -> None:
    shown = disputed(holding(figure("1", as_of="2013-12"), figure("6", source="b", as_of="2015-12")))

    assert "without contradiction at any one date" in shown
    assert "Scale: 1 to 6" in shown


def test_one_number_from_all_has_no_scale_and_no_bars() -> None:
    shown = disputed(holding(figure("30"), figure("30", source="b")))

    assert "30 people from Belgium had gone to Syria or Iraq by December 2015, without contradiction" in shown
    assert "Scale" not in shown
    assert "▰" not in shown


def test_a_claim_alone_does_not_agree_with_anybody() -> None:
    shown = disputed(holding(figure("30")))

    assert "30 people from Belgium had gone to Syria or Iraq" in shown
    assert "agree" not in shown
    assert "contradict" not in shown


@pytest.mark.parametrize(
    ("locale", "shown"), [("en", "less than 41.1%"), ("de", "weniger als 41,1\u00a0%"), ("es", "menos del 41,1\u00a0%")]
)
def test_a_percentage_is_less_than_and_never_fewer_than(locale: str, shown: str) -> None:
    assert words_of(locale).percent(Interval(None, Decimal("41.1"), Bound.FEWER_THAN)) == shown


def test_a_lower_later_count_of_another_source_is_not_called_its_revision() -> None:
    shown = told(
        answer(asked("BE", measure="travelled"), holding(figure("900"), figure("400", source="b", as_of="2017-10")))
    )

    assert "An earlier count was higher: 900 (gov, 2016)." in shown
    assert "revised or counted differently" in shown


def test_two_documents_of_one_publisher_are_told_apart_by_their_dates() -> None:
    held = holding(
        figure(">12", as_of="2014-06", source="a"),
        figure("~12", as_of="2014-06", source="b", relays="a"),
        sources=[source("a", publisher="The Group"), source("b", publisher="The Group", relays=("a",))],
    )

    assert "The Group, 2016" in told(answer(asked("BE", measure="travelled"), held)).partition("Careful:")[2]


def test_shares_of_several_countries_name_each_country() -> None:
    held = holding(
        *(figure("20", place=place, measure="returned", as_of="2015-12") for place in ("BE", "FR")),
        *(figure("100", place=place, as_of="2015-12") for place in ("BE", "FR")),
        memberships=[("R:western_europe", "BE"), ("R:western_europe", "FR")],
    )

    shown = told(answer(asked("R:western_europe", measure="returned", intent=Intent.SHARE), held))

    assert "20%" in shown
    assert all(name in shown for name in ("Belgium", "France"))


def test_a_share_of_another_place_names_both_places() -> None:
    held = holding(figure("20"), figure("100", place="R:world"))

    shown = told(answer(asked("BE", measure="travelled", intent=Intent.SHARE), held))

    assert "Part · Belgium · 20 people" in shown
    assert "Whole · World · 100 people" in shown


def test_a_part_and_its_whole_are_not_added_and_named_once() -> None:
    held = holding(figure("20"), figure("100", place="R:western_europe"), memberships=[("R:western_europe", "BE")])

    shown = told(answer(asked("BE", "R:western_europe", measure="travelled", intent=Intent.TOTAL), held))

    assert "Not added: one place contains another (Belgium and Western Europe)." in shown
    assert "Left out" not in shown


def test_one_place_asked_could_be_first_and_not_among_the_first_one() -> None:
    held = holding(
        figure("90-110"),
        figure("100", place="FR"),
        memberships=[("R:western_europe", "BE"), ("R:western_europe", "FR")],
    )

    shown = told(answer(asked("R:western_europe", measure="travelled", intent=Intent.RANK, top=1), held))

    assert "Too close to rank: 2" in shown
    assert "ranking · highest" in shown


def test_a_change_between_monthly_rates_is_a_monthly_rate() -> None:
    rates = [
        figure(stated, measure="monthly_rate", as_of=day) for stated, day in (("500", "2014-06"), ("80", "2015-06"))
    ]

    shown = told(answer(asked("BE", measure="monthly_rate", intent=Intent.TREND), holding(*rates)))

    assert "420 people a month" in shown


def test_a_rate_of_none_is_a_sentence() -> None:
    shown = told(answer(asked("BE", measure="monthly_rate"), holding(figure("0", measure="monthly_rate"))))

    assert "Nobody from Belgium was going to Syria or Iraq" in shown


@pytest.mark.parametrize(
    ("publisher", "shown"),
    [
        ("The Soufan Center and The Global Strategy Network", "The Soufan Center et al."),
        ("Trinidad and Tobago Ministry of National Security", "Trinidad and Tobago Ministry of National…"),
        ("The White House (American Presidency Project)", "The White House"),
    ],
)
def test_a_long_publisher_keeps_a_name_that_is_its_own(publisher: str, shown: str) -> None:
    assert short_name(publisher) == shown
