"""Looking one number up: which claims answer, which stand apart, and what is said of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers.answer import Answer, ClaimsBlock, CompareBlock, OfferBlock, Outcome, TotalBlock
from bot.answers.notes import NoteKind
from db.model.records import Counts, Destination, Status, Who, Zero
from tests.bot.answers.made import answer, asked, day, figure, holding, notes, only, printed, real, source

FLOW = "travelled_in_period"


def offers(given: Answer) -> dict[str, tuple[str, ...]]:
    return {printed(block.claim.figure.value): block.differs for block in given.blocks if isinstance(block, OfferBlock)}


def values(given: Answer) -> list[str]:
    return [printed(claim.figure.value) for claim in only(given, ClaimsBlock).claims]


def test_without_a_period_the_newest_time_answers_and_older_claims_are_no_conflict() -> None:
    holdings = holding(
        figure("500", as_of="2017-06"), figure("450", source="b", as_of="2017-01"), figure("9", as_of="2013")
    )

    block = only(answer(asked("BE"), holdings), ClaimsBlock)

    assert [printed(claim.figure.value) for claim in block.claims] == ["500", "450"]
    assert block.span is not None
    assert printed(block.span) == "450-500"
    assert [printed(claim.figure.value) for claim in block.earlier] == ["9"]


def test_by_a_date_the_nearest_count_before_it_answers_and_shows_its_own_date() -> None:
    holdings = holding(figure("500", as_of="2016-02"), figure("450", as_of="2015-06"), figure("9", as_of="2013"))

    given = answer(asked("BE", period="../2015-12-31"), holdings)

    assert values(given) == ["450"]
    assert notes(given, NoteKind.PERIOD_DIFFERS)[0].values["own"] == "2015-06"
    assert not only(given, ClaimsBlock).claims[0].exact_period


def test_a_year_without_a_count_is_no_data_and_offers_the_nearest_before_and_after() -> None:
    holdings = holding(figure("500", as_of="2016-02"), figure("450", as_of="2013"), figure("9", as_of="2012"))

    given = answer(asked("BE", period="2014-01-01/2014-12-31"), holdings)

    assert (given.outcome, given.headline) == (Outcome.NO_DATA, None)
    assert offers(given) == {"450": ("period",), "500": ("period",)}


def test_women_are_never_answered_with_everyone_but_everyone_is_offered() -> None:
    given = answer(asked("BE", who=Who.WOMEN), holding(figure("500")))

    assert given.outcome is Outcome.NO_DATA
    assert offers(given) == {"500": ("who",)}


def test_another_theatre_is_offered_and_not_set_against_syria_and_iraq() -> None:
    holdings = holding(figure("500"), figure("900", destination=Destination.WIDER), figure("20", source="b"))

    given = answer(asked("BE"), holdings)

    assert sorted(values(given)) == ["20", "500"]
    assert offers(given) == {"900": ("destination",)}


def test_syria_alone_beside_syria_and_iraq_is_said() -> None:
    holdings = holding(figure("500"), figure("480", source="b", destination=Destination.SY))

    assert notes(answer(asked("BE"), holdings), NoteKind.DESTINATION_DIFFERS)[0].values["destination"] == "SY,SY+IQ"


def test_iraq_alone_is_answered_when_it_is_asked_and_else_offered() -> None:
    holdings = holding(figure("500"), figure("5", destination=Destination.IQ))

    assert values(answer(asked("BE", destination=Destination.IQ), holdings)) == ["5"]
    assert offers(answer(asked("BE", destination=Destination.WIDER), holdings))["500"] == ("destination",)


def test_returns_of_half_a_year_do_not_answer_how_many_had_returned() -> None:
    part = figure("12", measure="returned", as_of="2016-09", period="2016-01/2016-06")
    whole = figure("203", measure="returned", as_of="2016-07")

    given = answer(asked("BE", measure="returned", period="2016-01-01/2016-12-31"), holding(part, whole))

    assert values(given) == ["203"]
    assert offers(given) == {"12": ("period",)}


def test_deaths_of_exactly_the_asked_year_answer_for_that_year() -> None:
    part = figure("135", measure="killed", as_of="2015", period="2015/2015")

    holdings = holding(part, figure("198", source="b", measure="killed"))
    given = answer(asked("BE", measure="killed", period="2015-01-01/2015-12-31"), holdings)

    assert values(given) == ["135"]
    assert offers(given) == {"198": ("period",)}


def test_a_flow_over_years_does_not_answer_for_one_of_them() -> None:
    long = figure("267", measure=FLOW, as_of="2017", period="2012-06/2016-09")

    given = answer(asked("BE", measure=FLOW, period="2016-01-01/2016-12-31"), holding(long))

    assert given.outcome is Outcome.NO_DATA
    assert offers(given) == {"267": ("period",)}


def test_a_month_does_not_answer_for_its_year() -> None:
    month = figure("1100", measure=FLOW, as_of="2014-09", period="2014-07/2014-07")

    assert answer(asked("BE", measure=FLOW, period="2014-01-01/2014-12-31"), holding(month)).headline is None


def test_years_of_one_source_that_tile_the_asked_period_are_added_and_shown() -> None:
    years = [
        figure(count, measure=FLOW, source="hln", as_of="2019", period=f"{year}-01/{year}-12", id=f"hln-{year}")
        for year, count in ((2014, "134"), (2015, "56"), (2016, "4"))
    ]

    block = only(answer(asked("BE", measure=FLOW, period="2014-01-01/2016-12-31"), holding(*years)), TotalBlock)

    assert printed(block.value) == "194"
    assert [part.claim.figure.id for part in block.parts] == ["hln-2014", "hln-2015", "hln-2016"]


def test_years_with_a_gap_or_of_two_sources_are_not_added() -> None:
    first = figure("134", measure=FLOW, source="a", as_of="2019", period="2014-01/2014-12")
    gap = figure("4", measure=FLOW, source="a", as_of="2019", period="2016-01/2016-12")
    other = figure("5", measure=FLOW, source="b", as_of="2019", period="2015-01/2016-12")
    query = asked("BE", measure=FLOW, period="2014-01-01/2016-12-31")

    for holdings in (holding(first, gap), holding(first, other)):
        assert not [block for block in answer(query, holdings).blocks if isinstance(block, TotalBlock)]


def test_since_a_year_adds_the_counts_that_follow_each_other_from_it() -> None:
    years = [
        figure(count, measure=FLOW, source="hln", as_of="2019", period=f"{year}-01/{year}-12", id=f"hln-{year}")
        for year, count in ((2013, "144"), (2014, "134"), (2015, "56"))
    ]

    block = only(answer(asked("BE", measure=FLOW, period="2014-01-01/.."), holding(*years)), TotalBlock)

    assert printed(block.value) == "190"
    assert str(block.period) == "2014-01/2015-12"


def test_a_count_that_begins_years_later_does_not_answer_since() -> None:
    late = figure("0", measure=FLOW, as_of="2016-09-12", period="2016-01/2016-09")

    given = answer(asked("GB", measure=FLOW, period="2013-01-01/.."), holding(replace(late, place="GB")))

    assert given.outcome is Outcome.NO_DATA
    assert offers(given) == {"0": ("period",)}
    near = answer(asked("GB", measure=FLOW, period="2015-09-01/.."), holding(replace(late, place="GB")))
    assert values(near) == ["0"]


def test_a_count_without_a_beginning_does_not_answer_for_a_period_with_one() -> None:
    endless = figure("0", measure=FLOW, as_of="2018-03", period="../2018-03")

    given = answer(asked("BE", measure=FLOW, period="2013-01-01/.."), holding(endless))

    assert given.outcome is Outcome.NO_DATA
    assert values(answer(asked("BE", measure=FLOW, period="../2018-12-31"), holding(endless))) == ["0"]


def test_counts_of_two_years_are_no_contradiction() -> None:
    first = figure("134", measure=FLOW, source="a", as_of="2019", period="2014-01/2014-12")
    later = figure("4", measure=FLOW, source="b", as_of="2020", period="2015-01/2015-12")

    given = answer(asked("BE", measure=FLOW, period="2014-01-01/.."), holding(first, later))

    assert len(values(given)) == 1
    assert only(given, ClaimsBlock).span is None
    assert not notes(given, NoteKind.OVERLAPPING_PERIODS)
    assert list(offers(given).values()) == [("period",)]


def test_a_region_without_a_published_figure_is_added_up_from_its_members() -> None:
    block = only(answer(asked("R:nordic", measure="travelled")), TotalBlock)

    assert block.region == "R:nordic"
    assert block.of == 5
    assert set(block.missing) | {part.place for part in block.parts} == {"DK", "FI", "IS", "NO", "SE"}


def test_a_rate_is_by_the_population_of_the_figures_year_and_stays_exact() -> None:
    holdings = holding(figure("500"), populations={"BE": 11_000_000})

    given = answer(asked("BE", per_million=True), holdings)

    row = only(given, CompareBlock).rows[0]
    assert row.value == figure("500").value.per(11_000_000)
    assert (row.population, row.population_year) == (11_000_000, 2015)


def test_a_missing_population_is_said() -> None:
    given = answer(asked("BE", per_million=True), holding(figure("500")))

    assert given.headline is not None
    assert notes(given, NoteKind.MISSING_DENOMINATOR)[0].values == {"places": "BE"}


def test_reports_that_lead_to_one_origin_count_once() -> None:
    papers = [figure("500", source=paper) for paper in ("paper_a", "paper_b")]
    holdings = holding(*papers, sources=[source(item.source, relays=("ministry",)) for item in papers])

    given = answer(asked("BE"), holdings)

    block = only(given, ClaimsBlock)
    assert (block.origins, block.groups[0][0], len(block.groups[0][1])) == (1, "ministry", 2)
    assert notes(given, NoteKind.RESTS_ON_ONE_ORIGIN)[0].values == {"origin": "ministry", "documents": "2"}


def test_the_span_goes_from_the_lowest_to_the_highest_number_that_is_printed() -> None:
    holdings = holding(figure("<=5000"), figure("6000-7000", source="b"), figure("3000", source="c"))

    block = only(answer(asked("BE"), holdings), ClaimsBlock)

    assert block.span is not None
    assert printed(block.span) == "3000-7000"


def test_attempts_zeros_quotations_and_disputes_are_remarked_on() -> None:
    zero = replace(figure("0", measure=FLOW, period="2016-01/2016-09"), zero=Zero.NONE_KNOWN)
    disputed = replace(
        figure("9", source="b", measure=FLOW, period="2016-01/2016-09", counts=Counts.ATTEMPTS_INCLUDED),
        status=Status.DISPUTED,
        status_reason="Counts stopped people.",
    )

    given = answer(asked("BE", measure=FLOW), holding(zero, disputed))

    kinds = {note.kind for note in given.notes}
    assert kinds >= {NoteKind.NONE_KNOWN, NoteKind.ATTEMPTS_INCLUDED, NoteKind.SECONDARY, NoteKind.DISPUTED}
    assert notes(given, NoteKind.DISPUTED)[0].values["reason"] == "Counts stopped people."


def test_a_stated_zero_is_not_called_none_known() -> None:
    assert not notes(answer(asked("BE"), holding(figure("0"))), NoteKind.NONE_KNOWN)


@pytest.mark.parametrize("place", ["TN"])
def test_a_cumulative_count_that_fell_is_called_a_revision(place: str) -> None:
    given = answer(asked(place, measure="travelled"))

    note = notes(given, NoteKind.FALLING_CUMULATIVE)[0]
    by_id = {figure.id: figure for figure in real().of(place)}
    earlier, later = by_id[note.values["earlier"]], by_id[note.values["later"]]
    assert later.value.surely_below(earlier.value)
    assert "telegraph" not in earlier.source


def test_rounding_is_no_fall() -> None:
    holdings = holding(figure("~430", as_of="2019-10-16"), figure("426", source="b", as_of="2019-11-30"))

    assert not notes(answer(asked("BE"), holdings), NoteKind.FALLING_CUMULATIVE)


def test_the_number_a_member_names_narrows_the_claims() -> None:
    given = answer(asked("RU", measure="travelled", value=2400))

    assert given.headline is not None
    assert printed(given.headline.figure.value) == "2400"
    assert notes(answer(asked("RU", measure="travelled", value=2401)), NoteKind.NUMBER_NOT_HELD)
    assert answer(asked("RU", measure="travelled", who=Who.MINORS, value=2401)).outcome is Outcome.NO_DATA


def test_a_publisher_narrows_the_claims_by_name_or_initials() -> None:
    holdings = holding(
        figure("500"), figure("9", source="x"), sources=[source("x", publisher="United Nations (press office)")]
    )

    assert values(answer(asked("BE", publisher="un"), holdings)) == ["9"]
    assert values(answer(asked("BE", publisher="united nations"), holdings)) == ["9"]
    assert offers(answer(asked("BE", publisher="NATO"), holdings))["500"] == ("publisher",)


def test_before_the_store_was_kept_known_on_means_published_by_then() -> None:
    given = answer(asked("GB", measure="travelled", known_on=day("2014-06-30")))

    published = [claim.source.published for claim in given.claims]
    assert published
    assert all(date is not None and date.last <= day("2014-06-30") for date in published)
    assert notes(given, NoteKind.KNOWN_ON)[0].values == {"date": "2014-06-30", "how": "published"}


def test_in_a_store_that_was_kept_known_on_shows_what_was_recorded() -> None:
    stood = replace(holding(figure("500")), known_on=day("2026-12-01"))

    given = answer(asked("BE", known_on=day("2026-12-01")), stood)

    assert values(given) == ["500"]
    assert notes(given, NoteKind.KNOWN_ON)[0].values["how"] == "recorded"


def test_a_rate_of_long_ago_counted_lately_is_an_earlier_claim() -> None:
    now = figure("2", measure="monthly_rate", as_of="2016-08", period="2016-01-01/2016-08")
    old = figure("9", measure="monthly_rate", as_of="2016-08", period="2012", source="b")

    block = only(answer(asked("BE", measure="monthly_rate"), holding(now, old)), ClaimsBlock)

    assert [printed(claim.figure.value) for claim in block.claims] == ["2"]
    assert [printed(claim.figure.value) for claim in block.earlier] == ["9"]


def test_what_is_not_held_of_the_world_is_offered_of_its_widest_regions() -> None:
    given = answer(asked("R:world", measure="killed"))

    offered = [block.claim.figure for block in given.blocks if isinstance(block, OfferBlock)]
    assert (offered[0].measure, offered[0].place.partition(":")[0]) == ("killed", "R")
    assert all(figure.measure == "killed" for figure in offered if figure.place != "R:world")


def test_counts_years_apart_inside_a_long_asked_period_are_no_conflict() -> None:
    late, early = figure("451", as_of="2016-07"), figure("14-85", as_of="2013-04", source="b")

    block = only(
        answer(asked("BE", measure="travelled", period="2013-01-01/2016-12-31"), holding(late, early)), ClaimsBlock
    )

    assert [printed(claim.figure.value) for claim in block.claims] == ["451"]
    assert [printed(claim.figure.value) for claim in block.earlier] == ["14-85"]
    assert block.span is None


def test_all_who_had_gone_are_said_to_stand_for_departures_only_where_they_open() -> None:
    flow = figure("144", measure=FLOW, as_of=None, period="2013/2013")
    held = holding(flow, figure("152", place="NL", as_of="2013-12"))
    query = asked("BE", "NL", measure=FLOW, period="2013-01-01/2013-12-31")

    both, alone = answer(query, held), answer(replace(query, places=("NL",)), held)

    assert [block.measure for block in both.blocks if isinstance(block, ClaimsBlock)] == [FLOW, "travelled"]
    assert not notes(both, NoteKind.OTHER_COUNT_ONLY)
    assert notes(alone, NoteKind.OTHER_COUNT_ONLY)


def test_a_disputed_count_gives_way_to_another_count_of_the_time() -> None:
    flow = replace(figure("1500-2000", measure=FLOW, as_of=None, period="2015/2015"), status=Status.DISPUTED)
    query = asked("BE", measure=FLOW, period="2015-01-01/2015-12-31")

    given = answer(query, holding(flow, figure("470", as_of="2015-10")))

    assert given.headline is not None
    assert given.headline.figure.measure == "travelled"
    assert flow.id in {block.claim.figure.id for block in given.blocks if isinstance(block, OfferBlock)}
    assert notes(given, NoteKind.DISPUTED)
    assert answer(query, holding(flow)).headline is not None


def test_the_nearest_counts_before_within_and_after_the_asked_time_are_offered() -> None:
    held = holding(figure("270", as_of="2014-12"), figure("600", as_of="2015"), figure("760", as_of="2015-11"))

    given = answer(asked("BE", period="2015-01-01/2015-03-31"), held)

    offered = [printed(block.claim.figure.value) for block in given.blocks if isinstance(block, OfferBlock)]
    assert (given.outcome, offered) == (Outcome.NO_DATA, ["270", "600", "760"])


def test_nothing_is_called_not_held_that_was_only_not_published_by_the_day_asked() -> None:
    held = holding(figure("600", as_of="2015"))

    known = answer(asked("BE", known_on=day("2013-02-01")), held)

    assert known.outcome is Outcome.NO_DATA
    assert not notes(known, NoteKind.NO_FIGURES)
    assert notes(answer(asked("NL"), held), NoteKind.NO_FIGURES)
