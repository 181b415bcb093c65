"""Claims in time: which points stand on the axis, in which order, and what is read from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from bot.answers.answer import Outcome, TrendBlock
from bot.answers.compose import compose
from bot.answers.notes import NoteKind
from bot.answers.shelf import Shelf
from bot.questions.query import Intent, Read
from bot.render.fragments import counted_period
from db.model.records import Figure
from db.model.values import PartialDate, Period, Precision
from tests.bot.answers.made import answer, asked, figure, holding, notes, only, printed, real, source

FLOW = "travelled_in_period"
YEARS = {2013: "144", 2014: "134", 2015: "56", 2016: "4", 2017: "4", 2018: "1", 2019: "0"}


def points(block: TrendBlock) -> list[str]:
    return [printed(point.claim.figure.value) for point in block.points]


def ministry(period: str) -> list[str]:
    """Belgium's departures by year as its ministry has them, for some years."""
    block = only(answer(asked("BE", intent=Intent.TREND, measure=FLOW, period=period)), TrendBlock)
    return [
        printed(point.claim.figure.value) for point in block.points if point.claim.source.id == "hln_belga_2019_11_30"
    ]


@pytest.mark.parametrize(("first", "last"), [(2013, 2018), (2014, 2017), (2012, 2019), (2015, 2015)])
def test_a_series_has_all_its_points_that_lie_in_the_asked_years(first: int, last: int) -> None:
    held = [value for year, value in YEARS.items() if first <= year <= last]

    assert ministry(f"{first}-01-01/{last}-12-31") == held


def test_since_a_year_keeps_every_later_point() -> None:
    assert ministry("2014-01-01/..") == [value for year, value in YEARS.items() if year >= 2014]


def test_a_bare_year_stands_at_its_end() -> None:
    claims = (figure("9", as_of="2013-09"), figure("21", as_of="2013"), figure("24", as_of="2014-01"))

    assert points(only(answer(asked("BE", intent=Intent.TREND), holding(*claims)), TrendBlock)) == ["9", "21", "24"]


def test_when_a_peak_is_asked_departures_answer_and_not_all_who_ever_went() -> None:
    claims = (
        figure("66", measure=FLOW, as_of="2015", period="2013/2013"),
        figure("37", measure=FLOW, as_of="2015", period="2014/2014"),
        figure(">=158", as_of="2019-09"),
    )

    given = answer(asked("BE", intent=Intent.TREND, peak=True), holding(*claims))

    assert given.headline is not None
    assert (printed(given.headline.figure.value), str(given.headline.figure.period)) == ("66", "2013/2013")
    assert only(given, TrendBlock).measure == FLOW
    assert notes(given, NoteKind.MEASURE_ASSUMED)[0].values == {"measure": FLOW}


def test_a_series_is_one_bodys_whatever_document_prints_it() -> None:
    sources = [
        replace(source(key), authority=body) for key, body in (("a", "service"), ("b", "service"), ("c", "paper"))
    ]
    claims = (
        figure("50", source="a", as_of="2013-12"),
        figure("60", source="b", as_of="2014-12"),
        figure("90", source="c", as_of="2015-12"),
    )

    block = only(answer(asked("BE", intent=Intent.TREND), holding(*claims, sources=sources)), TrendBlock)

    assert block.first is not None
    assert block.last is not None
    assert (block.first.source.id, block.last.source.id, block.direction) == ("a", "b", "up")
    assert len({point.series for point in block.points}) == 2


def test_departures_of_half_a_year_are_not_set_against_those_of_a_year() -> None:
    claims = [
        figure("69", measure=FLOW, as_of="2016-09", period="2015-01/2015-06"),
        figure("18", measure=FLOW, as_of="2016-09", period="2016-01/2016-06"),
        figure("50", measure=FLOW, as_of="2017", period="2016/2016"),
    ]

    block = only(answer(asked("BE", intent=Intent.TREND, measure=FLOW), holding(*claims)), TrendBlock)

    assert block.first is not None
    assert block.last is not None
    assert [printed(end.figure.value) for end in (block.first, block.last)] == ["69", "18"]


def test_remarks_are_on_all_points_and_not_on_the_newest_alone() -> None:
    claims = [
        figure(str(10 + at), source=f"s{at}", as_of=f"201{at}", relays="root" if at > 3 else None) for at in range(2, 7)
    ]

    assert not notes(answer(asked("BE", intent=Intent.TREND), holding(*claims)), NoteKind.RESTS_ON_ONE_ORIGIN)


@settings(max_examples=15)
@drawn(
    place=st.sampled_from(sorted(real().figures)),
    measure=st.sampled_from([None, "travelled", FLOW, "monthly_rate", "returned", "present"]),
    ends=st.tuples(*[st.dates(date(2011, 1, 1), date(2020, 12, 31)) for _ in range(2)]),
)
def test_every_point_lies_within_the_asked_time(place: str, measure: str | None, ends: tuple[date, date]) -> None:
    asked_of = Period(*(PartialDate.of(end) for end in sorted(ends)))
    given = answer(asked(place, intent=Intent.TREND, measure=measure, period=str(asked_of)))

    if given.outcome is not Outcome.ANSWERED:
        return
    for block in (block for block in given.blocks if isinstance(block, TrendBlock)):
        for point in block.points:
            stated = point.claim.figure
            latest = stated.period.end or stated.as_of
            assert latest is not None
            # an as-of inside of a coarser end says it more exactly
            assert asked_of.covers(latest.last) or (stated.as_of is not None and asked_of.covers(stated.as_of.last))


@pytest.mark.parametrize("place", sorted(real().figures))
def test_points_stand_in_the_order_of_the_dates_that_are_printed(place: str) -> None:
    """A bare year stands at its end, and moves no line in which another count of that year is dated more exactly."""
    shelf = Shelf(real())
    for measure in sorted({one.measure for one in real().figures[place]}):
        given = compose(Read(asked(place, measure=measure, intent=Intent.TREND)), real(), question="", shelf=shelf)
        for block in (one for one in given.blocks if isinstance(one, TrendBlock)):
            ends = [day.last for point in block.points if (day := printed_end(point.claim.figure)) is not None]
            assert ends == sorted(ends)
            by_series = {point.claim.figure.id: point.series for point in block.points}
            for claim in (block.first, block.last, block.turn):
                stated = printed_end(claim.figure) if claim else None
                if (
                    claim is None
                    or stated is None
                    or stated.precision is not Precision.YEAR
                    or claim.figure.period.start
                ):
                    continue
                beside = [
                    end
                    for point in block.points
                    if point.series == by_series[claim.figure.id]
                    and (end := printed_end(point.claim.figure)) is not None
                ]
                assert all(end.year != stated.year or end.precision is Precision.YEAR for end in beside)


def printed_end(one: Figure) -> PartialDate | None:
    """The date at which an answer prints a figure."""
    return counted_period(one.period, one.as_of).end or one.as_of
