"""Several things asked at once, things left out, and the other count: said as data, and never one for another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers.answer import (
    ClaimsBlock,
    CompareBlock,
    DifferenceBlock,
    OfferBlock,
    Outcome,
    RankBlock,
    RefusalBlock,
    SidesBlock,
    TotalBlock,
)
from bot.answers.notes import NoteKind
from bot.questions.query import Intent, Query, Refusal
from bot.render.telling import sentence_of
from bot.words.catalogue import languages
from bot.words.words import words_of
from db.model.records import Figure, Who
from tests.bot.answers.made import answer, asked, figure, holding, notes, only, printed, source, span

FLOW = "travelled_in_period"
NORTH = [("R:north", "DK"), ("R:north", "NO"), ("R:north", "SE")]
NORDIC = holding(
    figure("500", place="R:north", source="un"),
    figure("100", place="DK"),
    figure("80", place="NO"),
    figure("7", place="SE"),
    memberships=NORTH,
)


def values(block: SidesBlock) -> list[str | None]:
    return [None if side.value is None else printed(side.value) for side in block.sides]


@pytest.mark.parametrize("intent", [Intent.LOOKUP, Intent.COMPARE, Intent.TREND])
def test_two_times_stand_beside_each_other_in_the_order_asked(intent: Intent) -> None:
    times = (span("2016"), span("2013"))
    query = asked("BE", measure=FLOW, period="2013-01-01/2016-12-31", times=times, intent=intent)

    block = only(answer(query), SidesBlock)

    assert values(block) == ["4", "144"]
    assert (block.differ, block.certain) == (("period",), True)


def test_two_groups_two_measures_and_two_publishers_are_sides() -> None:
    holdings = holding(
        figure("60", who=Who.WOMEN),
        figure("300", who=Who.MEN),
        figure("400"),
        figure("380", source="b"),
        figure("100", measure="returned"),
        sources=[source("gov", publisher="Ministry", reliability="A"), source("b", publisher="Group")],
    )

    groups = only(answer(asked("BE", who=Who.MEN, groups=(Who.WOMEN,)), holdings), SidesBlock)
    measures = only(answer(asked("BE", measure="travelled", measures=("returned",)), holdings), SidesBlock)
    publishers = only(answer(asked("BE", publisher="Ministry", publishers=("Group",)), holdings), SidesBlock)

    assert (values(groups), groups.differ, groups.certain) == (["300", "60"], ("who",), True)
    assert (values(measures), measures.differ, measures.certain) == (["400", "100"], ("measure",), False)
    assert (values(publishers), publishers.differ) == (["400", "380"], ("publisher",))


def test_a_side_that_is_not_held_is_shown_as_such_and_the_other_answers() -> None:
    block = only(
        answer(asked("BE", who=Who.MEN, groups=(Who.WOMEN,)), holding(figure("60", who=Who.WOMEN))), SidesBlock
    )

    assert (values(block), block.certain) == ([None, "60"], False)


def test_a_count_of_half_a_year_or_a_sum_with_gaps_is_not_surely_below_another_year() -> None:
    half = figure("18", measure=FLOW, as_of=None, period="2016-01/2016-06")
    whole = figure("69", measure=FLOW, as_of=None, period="2015/2015")
    query = asked("BE", measure=FLOW, times=(span("2015"), span("2016")), period="2015-01-01/2016-12-31")
    members = asked("R:north", "FI", intent=Intent.COMPARE)
    north = [figure("10", place="DK"), figure("8", place="NO"), figure("300", place="FI")]
    complete = [*north, figure("7", place="SE")]

    assert not only(answer(query, holding(half, whole)), SidesBlock).certain
    assert not only(answer(members, holding(*north, memberships=NORTH)), CompareBlock).certain
    assert only(answer(members, holding(*complete, memberships=NORTH)), CompareBlock).certain


def test_the_world_is_not_added_up_to_be_compared() -> None:
    holdings = holding(figure("10", place="DK"), figure("8", place="NO"), figure("300", place="FI"))

    block = only(answer(asked("R:world", "FI", intent=Intent.COMPARE), holdings), CompareBlock)

    assert ([row.place for row in block.rows], block.missing) == (["FI"], ("R:world",))


def test_sides_are_certain_only_if_no_claim_of_either_turns_them_round() -> None:
    claims = [
        figure("100", as_of="2013-11"),
        figure("110", as_of="2016-11"),
        figure("90", source="b", as_of="2016-10"),
    ]
    query = asked("BE", times=(span("2013"), span("2016")), period="2013-01-01/2016-12-31")

    assert not only(answer(query, holding(*claims)), SidesBlock).certain
    assert only(answer(query, holding(*claims[:2])), SidesBlock).certain


def test_ranks_of_two_groups_are_two_rankings() -> None:
    groups = (Who.MEN, Who.WOMEN)
    claims = [figure("10" if place == "DK" else "20", place=place, who=who) for place in ("DK", "NO") for who in groups]
    holdings = holding(*claims)

    given = answer(asked("DK", "NO", intent=Intent.RANK, who=Who.MEN, groups=(Who.WOMEN,)), holdings)

    assert [block.who for block in given.blocks if isinstance(block, RankBlock)] == [Who.MEN, Who.WOMEN]


@pytest.mark.parametrize("intent", [Intent.LOOKUP, Intent.TOTAL])
def test_a_country_left_out_is_in_no_total_of_its_region(intent: Intent) -> None:
    given = answer(asked("R:north", without=("DK",), intent=intent), NORDIC)

    block = only(given, TotalBlock)
    assert (printed(block.value), [row.place for row in block.parts], block.of) == ("87", ["NO", "SE"], 2)
    assert not [block for block in given.blocks if isinstance(block, ClaimsBlock)]  # what was published has it in


def test_a_country_left_out_is_in_no_rank_or_comparison() -> None:
    ranked = only(answer(asked("R:north", without=("DK",), intent=Intent.RANK), NORDIC), RankBlock)

    assert [row.place for row in ranked.rows] == ["NO", "SE"]
    assert ranked.of == 2


def test_a_group_is_left_out_where_one_source_counts_both_at_one_time() -> None:
    holdings = holding(
        figure("400"),
        figure("500", source="b", as_of="2015-10"),
        figure("85", source="b", as_of="2015-10", who=Who.WOMEN),
    )

    block = only(answer(asked("BE", without=("women",)), holdings), DifferenceBlock)

    assert (printed(block.value), block.whole.source.id, block.parts[0].source.id) == ("415", "b", "b")


@pytest.mark.parametrize(
    "women",
    [
        figure("85", who=Who.WOMEN, source="b"),
        figure("85", who=Who.WOMEN, as_of="2015-06"),
        figure(">=85", who=Who.WOMEN),
        figure("500", who=Who.WOMEN),
    ],
)
def test_a_group_that_no_source_counts_apart_is_refused_and_what_is_held_is_offered(women: Figure) -> None:
    given = answer(asked("BE", without=("women",)), holding(figure("400"), women))

    assert given.outcome is Outcome.REFUSED
    assert only(given, RefusalBlock).refusal is Refusal.NOT_SEPARABLE
    assert {block.claim.figure.who for block in given.blocks if isinstance(block, OfferBlock)} == {
        Who.EVERYONE,
        Who.WOMEN,
    }
    assert given.headline is None


@pytest.mark.parametrize("locale", languages())
def test_where_only_all_who_had_gone_are_held_the_first_sentence_says_so(locale: str) -> None:
    given = answer(asked("BE", measure=FLOW, period="2015-01-01/2015-12-31"), holding(figure("760")))

    assert given.outcome is Outcome.ANSWERED
    assert notes(given, NoteKind.OTHER_COUNT_ONLY)[0].values == {"asked": FLOW, "given": "travelled"}
    plain = answer(asked("BE", measure="travelled", period="2015-01-01/2015-12-31"), holding(figure("760")))
    assert sentence_of(given, locale) != sentence_of(plain, locale)


def test_a_month_without_a_count_is_answered_with_the_rate_of_that_month() -> None:
    given = answer(asked("R:world", measure=FLOW, period="2016-09-01/2016-09-30"))

    assert given.headline is not None
    assert given.headline.figure.measure == "monthly_rate"
    assert notes(given, NoteKind.OTHER_COUNT_ONLY)[0].values["given"] == "monthly_rate"


def test_by_a_day_departures_are_not_replaced() -> None:
    query = Query(Intent.LOOKUP, ("BE",), FLOW, period=span("../2015-12-31"))

    assert answer(query, holding(figure("760"))).outcome is Outcome.NO_DATA


def test_years_with_a_gap_are_added_and_the_sum_says_how_many_it_has() -> None:
    block = only(answer(asked("BE", measure=FLOW, period="2012-01-01/2019-12-31")), TotalBlock)

    assert (printed(block.value), block.years) == ("343", (7, 8))


def test_one_year_of_many_is_no_sum() -> None:
    years = [figure("4", measure=FLOW, as_of="2019", period=f"{year}/{year}", id=str(year)) for year in (2013, 2014)]

    given = answer(asked("BE", measure=FLOW, period="2012-01-01/2019-12-31"), holding(*years))

    assert not [block for block in given.blocks if isinstance(block, TotalBlock)]


@pytest.mark.parametrize("locale", languages())
def test_a_side_that_another_count_stands_for_says_so(locale: str) -> None:
    held = holding(
        figure("98", measure=FLOW, as_of="2014", period="2013/2013"), figure("150-180", as_of="2014-12", source="b")
    )
    query = asked("BE", measure=FLOW, period="2013/2014", times=(span("2013"), span("2014")))

    told = sentence_of(answer(query, held), locale)

    assert words_of(locale).measure("travelled") in told


def test_what_cannot_be_added_stands_side_by_side_and_in_no_order() -> None:
    held = holding(
        figure("69", place="FR", measure=FLOW, as_of="2016", period="2015-01/2015-06"),
        figure("150", place="DE", measure=FLOW, as_of="2016", period="2015/2015"),
    )

    given = answer(asked("FR", "DE", intent=Intent.TOTAL, measure=FLOW, period="2015-01-01/2015-12-31"), held)

    block = only(given, CompareBlock)
    assert [printed(row.value) for row in block.rows] == ["69", "150"]
    assert not block.certain
    assert notes(given, NoteKind.NOT_ADDED)


def test_a_publisher_is_also_the_body_whose_part_it_is() -> None:
    office = replace(source("office", publisher="UNOCT"), authority="United Nations")
    held = holding(figure("40", source="office"), figure("30", source="other"), sources=[office])

    given = answer(asked("BE", publisher="UN"), held)

    assert [printed(claim.figure.value) for claim in given.claims] == ["40"]
