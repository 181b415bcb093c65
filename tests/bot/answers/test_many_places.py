"""Sums, shares, ranks, comparisons and trends: interval arithmetic with coverage, and what is never done."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answer import (
    ClaimsBlock,
    CompareBlock,
    OfferBlock,
    Outcome,
    RankBlock,
    ShareBlock,
    TotalBlock,
    TrendBlock,
)
from bot.answers.notes import NoteKind
from bot.answers.percent import percentage
from bot.questions.query import Intent
from bot.render.telling import sentence_of
from bot.render.terminal import to_text
from db.model.records import Counts, Destination, Who
from tests.bot.answers.made import answer, asked, figure, holding, notes, only, printed, value

FLOW = "travelled_in_period"
NORTH = [("R:north", "DK"), ("R:north", "NO"), ("R:north", "SE")]


def test_a_total_shows_its_parts_its_coverage_and_what_is_missing() -> None:
    holdings = holding(figure("100-120", place="DK"), figure(">80", place="NO"), memberships=NORTH)

    block = only(answer(asked("R:north", intent=Intent.TOTAL), holdings), TotalBlock)

    assert printed(block.value) == ">180"
    assert ([part.place for part in block.parts], block.missing, block.of) == (["DK", "NO"], ("SE",), 3)


def test_a_published_total_stands_beside_the_sum_and_is_never_added_to_it() -> None:
    holdings = holding(
        figure("500", place="R:north", source="un"),
        figure("100", place="DK"),
        figure("80", place="NO"),
        memberships=NORTH,
    )

    given = answer(asked("R:north", intent=Intent.TOTAL), holdings)

    assert [printed(claim.figure.value) for claim in only(given, ClaimsBlock).claims] == ["500"]
    assert printed(only(given, TotalBlock).value) == "180"
    assert notes(given, NoteKind.PUBLISHED_AND_SUM)


def test_a_region_and_its_member_are_not_added_and_the_whole_is_offered() -> None:
    holdings = holding(figure("500", place="R:north", source="un"), figure("100", place="DK"), memberships=NORTH)

    given = answer(asked("R:north", "DK", intent=Intent.TOTAL), holdings)

    assert not [block for block in given.blocks if isinstance(block, TotalBlock)]
    assert notes(given, NoteKind.NOT_ADDED)[0].values == {"why": "parent_child", "places": "R:north,DK"}
    assert only(given, OfferBlock).query.places == ("R:north",)


def test_flows_of_different_periods_are_not_added() -> None:
    holdings = holding(
        figure("4", place="DK", measure=FLOW, as_of="2017", period="2016-01/2016-12"),
        figure("5", place="NO", measure=FLOW, as_of="2017", period="2016-01/2016-12"),
        figure("9", place="SE", measure=FLOW, as_of="2017", period="2016-01/2016-09"),
        memberships=NORTH,
    )

    query = asked("R:north", intent=Intent.TOTAL, measure=FLOW, period="2016-01-01/2016-12-31")
    given = answer(query, holdings)

    assert printed(only(given, TotalBlock).value) == "9"
    assert notes(given, NoteKind.NOT_ADDED)[0].values == {"why": "periods", "places": "SE"}


@pytest.mark.parametrize(
    ("measure", "why"),
    [("prevented", "mixed"), ("sample_records", "sample"), ("origin_countries", "mixed"), ("monthly_rate", "mixed")],
)
def test_what_must_not_be_summed_is_refused_and_each_countrys_figure_is_offered(measure: str, why: str) -> None:
    holdings = holding(
        figure("4", place="DK", measure=measure), figure("5", place="NO", measure=measure), memberships=NORTH
    )

    given = answer(asked("R:north", intent=Intent.TOTAL, measure=measure), holdings)

    assert given.outcome is Outcome.NO_DATA
    assert notes(given, NoteKind.NOT_ADDED)[0].values["why"] == why
    assert not [block for block in given.blocks if isinstance(block, TotalBlock)]
    assert {block.claim.figure.place for block in given.blocks if isinstance(block, OfferBlock)} == {"DK", "NO"}


def test_people_who_were_there_in_years_apart_are_not_added() -> None:
    """The year that most countries speak of is summed, from whatever each holds of it; the others are named."""
    stock = "present"
    holdings = holding(
        figure("100", place="DK", measure=stock, as_of="2015-03"),
        figure("90", place="DK", measure=stock, as_of="2019-03", source="b"),
        figure("80", place="NO", measure=stock, as_of="2015-11"),
        figure("7", place="SE", measure=stock, as_of="2019-06"),
        memberships=[*NORTH, ("R:north", "FI")],
    )

    given = answer(asked("R:north", intent=Intent.TOTAL, measure=stock), holdings)

    block = only(given, TotalBlock)
    dates = [part.claim.figure.as_of for part in block.parts]
    assert (printed(block.value), block.missing) == ("97", ("FI", "NO"))
    assert all(one and two and abs((one.last - two.last).days) <= 366 for one in dates for two in dates)
    assert notes(given, NoteKind.NOT_ADDED)[0].values["why"] == "dates"


def test_a_total_does_not_fall_because_a_member_left_the_region_later() -> None:
    asked_of = [
        answer(asked("R:european_union", intent=Intent.TOTAL, measure="travelled", period=f"../{year}-12-31"))
        for year in (2019, 2021)
    ]

    assert [only(given, TotalBlock).of for given in asked_of] == [28, 28]


def test_figures_of_another_theatre_stay_out_of_a_sum() -> None:
    holdings = holding(
        figure("4", place="DK"),
        figure("5", place="NO"),
        figure("900", place="SE", destination=Destination.WIDER),
        memberships=NORTH,
    )

    block = only(answer(asked("R:north", intent=Intent.TOTAL), holdings), TotalBlock)

    assert (printed(block.value), block.missing) == ("9", ("SE",))


def test_ranks_whose_ranges_overlap_are_ranges() -> None:
    holdings = holding(
        figure("100", place="DK"),
        figure("40-60", place="NO"),
        figure("50-70", place="SE"),
        figure("10", place="FI"),
    )

    block = only(answer(asked("DK", "NO", "SE", "FI", intent=Intent.RANK), holdings), RankBlock)

    ranks = {row.place: (row.rank_from, row.rank_to) for row in block.rows}
    assert ranks == {"DK": (1, 1), "SE": (2, 3), "NO": (2, 3), "FI": (4, 4)}


def test_a_strict_bound_is_surely_above_the_number_that_it_prints() -> None:
    holdings = holding(figure(">100", place="DK"), figure("100", place="NO"), figure("<100", place="SE"))

    block = only(answer(asked("DK", "NO", "SE", intent=Intent.RANK), holdings), RankBlock)

    assert [(row.place, row.rank_from, row.rank_to) for row in block.rows] == [("DK", 1, 1), ("NO", 2, 2), ("SE", 3, 3)]


def test_places_that_tie_at_the_cut_are_shown_too() -> None:
    holdings = holding(*(figure("100" if place != "FI" else "9", place=place) for place in ("DK", "FI", "NO", "SE")))

    given = answer(asked("DK", "FI", "NO", "SE", intent=Intent.RANK, top=2), holdings)

    assert [row.place for row in only(given, RankBlock).rows] == ["DK", "NO", "SE"]
    assert notes(given, NoteKind.TIES)[0].values == {"shown": "2", "could": "3", "places": "SE"}


def test_a_country_is_shown_at_its_place_however_far_down_it_stands() -> None:
    many = [figure(str(1000 - at), place=place) for at, place in enumerate(("DE", "FR", "GB", "BE", "SE", "NO", "DK"))]
    region = [("R:north", place) for place in ("DE", "FR", "GB", "BE", "SE", "NO", "DK")]
    holdings = holding(*many, memberships=region)

    for places in (("DK", "R:north"), ("DK",)):
        block = only(answer(asked(*places, intent=Intent.RANK), holdings), RankBlock)

        assert [row.place for row in block.rows] == ["DE", "FR", "GB", "BE", "SE", "DK"]
        assert (block.rows[-1].rank_from, block.ranked) == (7, 7)


def test_from_the_bottom_the_lowest_is_first() -> None:
    holdings = holding(figure("5", place="DK"), figure("100", place="NO"), figure("70", place="SE"))

    block = only(answer(asked("DK", "NO", "SE", intent=Intent.RANK, bottom=1), holdings), RankBlock)

    assert [(row.place, row.rank_from, row.rank_to) for row in block.rows] == [("DK", 1, 1)]
    assert block.from_bottom


def test_the_world_ranks_countries_and_counts_those_without_a_figure() -> None:
    block = only(answer(asked("R:world", intent=Intent.RANK, measure="travelled")), RankBlock)

    assert len(block.rows) == 5
    assert not [row for row in block.rows if row.place.startswith("R:")]
    assert block.ranked + len(block.missing) == block.of


def test_membership_is_taken_at_the_asked_time() -> None:
    early = answer(asked("R:european_union", intent=Intent.TOTAL, measure="travelled", period="../2013-06-30"))
    late = answer(asked("R:european_union", intent=Intent.TOTAL, measure="travelled", period="../2015-12-31"))

    assert (only(early, TotalBlock).of, only(late, TotalBlock).of) == (27, 28)
    assert notes(early, NoteKind.MEMBERSHIP)[0].values == {"region": "R:european_union", "date": "2013-06-30"}


def test_a_comparison_is_certain_only_when_the_ranges_do_not_meet() -> None:
    apart = holding(figure("100", place="DK"), figure("40-60", place="NO"))
    touching = holding(figure("50", place="DK"), figure("40-60", place="NO"))
    query = asked("DK", "NO", intent=Intent.COMPARE)

    assert only(answer(query, apart), CompareBlock).certain
    assert not only(answer(query, touching), CompareBlock).certain


def test_a_comparison_keeps_the_order_asked_and_names_what_is_missing() -> None:
    given = answer(
        asked("NO", "SE", "DK", intent=Intent.COMPARE), holding(figure("5", place="DK"), figure("9", place="NO"))
    )

    block = only(given, CompareBlock)
    assert ([row.place for row in block.rows], block.missing) == (["NO", "DK"], ("SE",))
    assert given.headline is not None
    assert given.headline.figure.place == "NO"


def test_a_comparison_per_million_goes_by_each_figures_year() -> None:
    block = only(answer(asked("BE", "IL", intent=Intent.COMPARE, measure="travelled", per_million=True)), CompareBlock)

    assert len({row.population_year for row in block.rows}) == 1  # counts of one date by one source
    assert block.rows[0].value.surely_below(block.rows[1].value) is False


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        ("30", "120", ("25", "25")),
        ("30-40", "100-200", ("15", "40")),
        ("30", ">100", (None, "30")),
        (">=30", "100", ("30", None)),
        ("<10", "100", (None, "10")),
        ("90-120", "100", ("90", "100")),
    ],
)
def test_shares_are_interval_arithmetic(part: str, whole: str, percent: tuple[str | None, str | None]) -> None:
    found = percentage(value(part), value(whole))

    assert found is not None
    assert (found.low, found.high) == tuple(None if end is None else Decimal(end) for end in percent)


def test_two_open_ends_make_no_share() -> None:
    assert percentage(value(">10"), value(">100")) is None


def test_a_part_above_its_whole_is_no_part() -> None:
    with pytest.raises(ValueError, match="above its whole"):
        percentage(value("200"), value("100"))


def test_a_share_takes_both_sides_from_one_source_when_it_can() -> None:
    holdings = holding(
        figure("50", who=Who.WOMEN, source="b", as_of="2015-10"),
        figure("200", source="b", as_of="2015-10"),
        figure("900", source="a", as_of="2015-12"),
    )

    block = only(answer(asked("BE", intent=Intent.SHARE, who=Who.WOMEN), holdings), ShareBlock)

    assert block.whole is not None
    assert block.part is not None
    assert (block.part.source.id, block.whole.source.id) == ("b", "b")
    assert (block.percent.low, block.percent.high) == (Decimal(25), Decimal(25))


def test_the_dead_are_a_share_of_those_who_went_and_a_country_of_the_world() -> None:
    dead = only(answer(asked("BE", intent=Intent.SHARE, measure="killed")), ShareBlock)
    world = only(answer(asked("TN", intent=Intent.SHARE, measure="travelled")), ShareBlock)

    assert dead.whole is not None
    assert world.whole is not None
    assert dead.part is not None
    assert world.part is not None
    assert (dead.part.figure.measure, dead.whole.figure.measure) == ("killed", "travelled")
    assert (world.part.figure.place, world.whole.figure.place) == ("TN", "R:world")


def test_a_share_that_the_ranges_let_pass_the_whole_is_cut_and_says_so() -> None:
    holdings = holding(figure("90-120", who=Who.WOMEN), figure("100"))

    assert notes(answer(asked("BE", intent=Intent.SHARE, who=Who.WOMEN), holdings), NoteKind.CAPPED)


def test_rival_sources_never_share_a_line_and_change_is_read_within_one() -> None:
    given = answer(asked("BE", intent=Intent.TREND, measure=FLOW))

    block = only(given, TrendBlock)
    by_series: dict[str, set[str]] = {}
    for point in block.points:
        by_series.setdefault(point.series, set()).add(point.claim.source.id)
    assert all(len(sources) == 1 for sources in by_series.values())
    assert block.first is not None
    assert block.last is not None
    assert block.change is not None
    assert (block.direction, printed(block.first.figure.value), printed(block.last.figure.value)) == (
        "down",
        "144",
        "0",
    )
    assert printed(block.change) == "144"


def test_a_trend_without_a_series_has_no_direction() -> None:
    holdings = holding(figure("10", as_of="2014"), figure("90", source="b", as_of="2016"))

    block = only(answer(asked("BE", intent=Intent.TREND), holdings), TrendBlock)

    assert (block.direction, block.change, len(block.points)) == ("unclear", None, 2)


def test_the_peak_of_a_trend_opens_the_answer_when_it_is_asked() -> None:
    given = answer(asked("DK", intent=Intent.TREND, measure=FLOW, peak=True))

    assert given.headline is not None
    assert printed(given.headline.figure.value) == "66"


def test_overlapping_ranges_leave_the_direction_open() -> None:
    holdings = holding(figure("10-30", as_of="2014"), figure("20-40", as_of="2016"))

    block = only(answer(asked("BE", intent=Intent.TREND), holdings), TrendBlock)

    assert (block.direction, block.change) == ("unclear", None)


def test_a_member_is_the_part_and_its_region_the_whole_in_either_order() -> None:
    for places in (("TN", "R:maghreb"), ("R:maghreb", "TN")):
        block = only(answer(asked(*places, intent=Intent.SHARE, measure="travelled")), ShareBlock)
        assert block.whole is not None
        assert block.part is not None
        assert (block.part.figure.place, block.whole.figure.place) == ("TN", "R:maghreb")


def test_a_measure_that_is_not_held_is_no_data() -> None:
    for intent in Intent:
        if intent not in (Intent.HELP, Intent.DEFINE):
            assert answer(asked("BE", intent=intent, measure="teleported")).outcome is Outcome.NO_DATA


def test_like_is_compared_with_like_and_what_opens_each_answer_is_offered() -> None:
    given = answer(asked("FR", "DE", intent=Intent.COMPARE, measure="travelled"))

    block = only(given, CompareBlock)
    assert len({row.claim.source.id for row in block.rows}) == 1
    assert [printed(row.value) for row in block.rows] == ["1910", "~915"]
    assert not block.certain  # another claim of the time turns the order round
    assert notes(given, NoteKind.NOT_CERTAIN)[0].values == {"places": "FR,DE"}
    assert ">1150" in {printed(block.claim.figure.value) for block in given.blocks if isinstance(block, OfferBlock)}


def test_a_rounded_number_has_a_width() -> None:
    near = holding(figure("~850", place="GB"), figure("840", place="DE"))
    far = holding(figure("~850", place="GB"), figure("700", place="DE"))
    query = asked("GB", "DE", intent=Intent.COMPARE)

    assert not only(answer(query, near), CompareBlock).certain
    assert only(answer(query, far), CompareBlock).certain


def test_a_rank_is_certain_only_if_no_claim_of_the_time_turns_it() -> None:
    holdings = holding(
        figure("100", place="DK"), figure("90", place="NO"), figure("120", place="NO", source="b", as_of="2015-09")
    )

    block = only(answer(asked("DK", "NO", intent=Intent.RANK), holdings), RankBlock)

    assert {row.place: (row.rank_from, row.rank_to) for row in block.rows} == {"DK": (1, 2), "NO": (1, 2)}


def test_a_ceiling_alone_never_ranks_as_a_value_and_attempts_not_with_arrivals() -> None:
    holdings = holding(
        figure("<=5000", place="CN"),
        figure("4000", place="RU"),
        figure("900", place="US", counts=Counts.ATTEMPTS_INCLUDED),
    )

    given = answer(asked("CN", "RU", "US", intent=Intent.RANK), holdings)

    assert [row.place for row in only(given, RankBlock).rows] == ["RU", "CN"]
    assert notes(given, NoteKind.NOT_RANKED)[0].values == {"places": "US"}


def test_regions_of_which_nothing_was_published_are_compared_by_the_sums_of_their_members() -> None:
    holdings = holding(
        figure("100", place="DK"),
        figure("80", place="NO"),
        figure("7", place="LV"),
        figure("2", place="EE"),
        memberships=[*NORTH, ("R:baltic", "LV"), ("R:baltic", "EE")],
    )

    block = only(answer(asked("R:north", "R:baltic", intent=Intent.COMPARE), holdings), CompareBlock)

    assert [(printed(row.value), row.covered) for row in block.rows] == [("180", (2, 3)), ("9", (2, 2))]
    assert block.certain


def test_an_earlier_count_of_all_who_had_gone_may_turn_a_comparison_round() -> None:
    held = [
        figure("2926", place="NO", source="report", as_of="2017-10"),
        figure("3244", place="DK", source="report", as_of="2017-10"),
    ]
    query = asked("NO", "DK", intent=Intent.COMPARE)

    assert only(answer(query, holding(*held)), CompareBlock).certain
    earlier = figure("6000", place="NO", source="older", as_of="2015-10")
    assert not only(answer(query, holding(*held, earlier)), CompareBlock).certain
    assert only(answer(query, holding(*held, replace(earlier, place="DK"))), CompareBlock).certain


def test_a_doubted_number_is_set_among_the_claims_that_stand_against_it() -> None:
    held = [figure("<=5000", source="index"), figure("6000", source="report"), figure("40", measure="returned")]

    def shown(number: int) -> set[str]:
        given = answer(asked("BE", intent=Intent.DISPUTES, value=number), holding(*held))
        return {printed(claim.figure.value) for claim in given.claims}

    assert shown(5000) >= {"<=5000", "6000"}
    assert shown(7000) >= {"<=5000", "6000"}
    assert shown(40) >= {"40"}


@given(
    st.lists(
        st.builds(
            lambda sign, number: f"{sign}{number}",
            st.sampled_from(["", "", "~", ">=", ">", "<=", "<"]),
            st.integers(1, 40),
        ),
        min_size=2,
        max_size=6,
    ),
    st.booleans(),
)
def test_a_bound_alone_never_ranks_before_a_number_that_it_may_be_above(counts: list[str], from_bottom: bool) -> None:
    places = ["AT", "BE", "CH", "DE", "DK", "ES"][: len(counts)]
    held = holding(*(figure(count, place=place) for count, place in zip(counts, places, strict=True)))
    query = replace(
        asked(*places, intent=Intent.RANK), top=None if from_bottom else 10, bottom=10 if from_bottom else None
    )

    rows = only(answer(query, held), RankBlock).rows

    alone = [row.value.low is None or (from_bottom and row.value.high is None) for row in rows]
    assert alone == sorted(alone)
    for row in rows:
        if row.value.high is None and from_bottom:  # it may be any larger number
            assert row.rank_to == len(rows)


def test_places_whose_newest_counts_are_of_distant_dates_are_compared_as_of_about_one_date() -> None:
    held = holding(
        figure("75", place="DK", as_of="2014-04-20"),
        figure("100", place="NO", as_of="2014-03-26", source="b"),
        figure("300", place="NO", as_of="2015-11", source="c"),
    )

    given = answer(asked("DK", "NO", intent=Intent.COMPARE), held)

    assert [printed(row.value) for row in only(given, CompareBlock).rows] == ["75", "100"]
    assert [printed(block.claim.figure.value) for block in given.blocks if isinstance(block, OfferBlock)] == ["300"]


def test_a_count_over_a_year_is_not_set_against_all_and_a_place_without_a_figure_is_named() -> None:
    stopped = [
        figure("900", place="DK", measure="prevented", as_of="2016"),
        figure("100", place="NO", measure="prevented", as_of="2016", period="2016/2016"),
    ]

    given = answer(asked("DK", "NO", "SE", intent=Intent.COMPARE, measure="prevented"), holding(*stopped))

    assert not only(given, CompareBlock).certain
    assert "Sweden (no data)" in sentence_of(given)


@pytest.mark.parametrize("period", ["../..", "../2016-12-31", "2013-01-01/2014-12-31", "2013-01-01/.."])
def test_one_sources_counts_over_consecutive_years_are_added_where_nothing_counts_all_of_them(period: str) -> None:
    years = [
        figure(f"{year}", place="NO", measure="prevented", as_of=str(year), period=f"{year}/{year}")
        for year in (2013, 2014)
    ]
    query = asked("NO", measure="prevented", period=period)

    block = only(answer(query, holding(*years)), TotalBlock)
    whole = answer(query, holding(*years, figure("90", place="NO", measure="prevented", as_of="2014")))

    assert (printed(block.value), str(block.period)) == ("4027", "2013/2014")
    if period.startswith(".."):
        assert printed(only(whole, ClaimsBlock).claims[0].figure.value) == "90"


@pytest.mark.parametrize("measure", ["prevented", "origin_countries"])
def test_what_is_no_part_of_anything_is_shown_undivided(measure: str) -> None:
    given = answer(
        asked("DK", intent=Intent.SHARE, measure=measure), holding(figure("90", place="DK", measure=measure))
    )

    assert printed(only(given, ClaimsBlock).claims[0].figure.value) == "90"
    assert notes(given, NoteKind.NOT_DIVIDED)


def test_a_share_that_may_be_above_its_whole_gives_way_to_that_of_a_sum() -> None:
    held = holding(
        figure("40-300", place="R:north", as_of="2014-06", source="b"),
        figure("100-200", place="R:wide", as_of="2014-06", source="c"),
        figure("20", place="DK", as_of="2014-06", source="d"),
        figure("30", place="NO", as_of="2014-06", source="d"),
        memberships=[("R:north", "DK"), ("R:north", "NO"), *(("R:wide", one) for one in ("DK", "NO", "SE"))],
    )

    given = answer(asked("R:north", "R:wide", intent=Intent.SHARE), held)

    assert printed(only(given, ShareBlock).percent) == "25-50"
    assert not notes(given, NoteKind.CAPPED)


def test_the_highest_is_named_though_the_order_of_the_others_is_not_certain() -> None:
    held = holding(figure("1500", place="DK"), figure("30-900", place="NO"), figure("360", place="SE"))

    given = answer(asked("SE", "NO", "DK", intent=Intent.COMPARE), held)

    assert not only(given, CompareBlock).certain
    assert only(given, CompareBlock).leads
    assert "Highest: Denmark." in to_text(given)
