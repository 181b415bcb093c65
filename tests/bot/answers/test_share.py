"""A share is a part of its whole, never above it, and as loose as what it was worked out from."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answer import Answer, Claim, OfferBlock, Outcome, ShareBlock, claims_of
from bot.answers.notes import NoteKind
from bot.answers.percent import percentage
from bot.answers.regions import WORLD
from bot.questions.query import Intent, Query
from bot.render.telling import sentence_of
from db.model.records import Counts, Holdings, Who
from db.model.values import Bound, Interval
from tests.bot.answers.made import answer, asked, figure, holding, notes, only, printed, real
from tests.bot.answers.test_never_a_number import dataset, question
from tests.often import often

MEMBERS = (("R:two", "BE"), ("R:two", "NL"), ("R:all", "BE"), ("R:all", "NL"), ("R:all", "FR"))


def intervals() -> st.SearchStrategy[Interval]:
    ends = st.integers(0, 500)
    return st.one_of(
        ends.map(lambda end: Interval(end, end, Bound.EXACT)),
        ends.map(lambda end: Interval(end, end, Bound.ABOUT)),
        ends.map(lambda end: Interval(end, None, Bound.AT_LEAST)),
        ends.map(lambda end: Interval(None, end, Bound.AT_MOST)),
        st.tuples(ends, ends).map(lambda two: Interval(min(two), max(two), Bound.RANGE)),
    )


@settings(deadline=None)
@given(intervals(), intervals(), st.data())
def test_a_percentage_holds_every_share_that_its_sides_allow_and_none_above_the_whole(
    part: Interval, whole: Interval, data: st.DataObject
) -> None:
    if whole.surely_below(part):
        return
    percent = percentage(part, whole)
    if percent is None:
        return
    assert percent.high is None or percent.high <= 100
    assert percent.low is None or percent.low <= 100
    some = data.draw(st.integers(int(part.least), int(part.most if part.most is not None else part.least + 500)))
    least = max(int(whole.least), some, 1)
    most = int(whole.most if whole.most is not None else least + 500)
    if least > most:
        return
    share = Decimal(some) * 100 / data.draw(st.integers(least, most))
    assert percent.low is None or percent.low <= share
    assert percent.high is None or share <= percent.high


@settings(max_examples=often(60))
@given(st.integers(0, 2**32))
def test_a_whole_strictly_contains_its_part(seed: int) -> None:
    rng = Random(seed)
    held = dataset(rng)
    query = question(rng, held)
    places = query.places if rng.random() < 0.5 else (*query.places, "R:world", "R:two")[: rng.randint(1, 3)]
    shared = Query(Intent.SHARE, tuple(dict.fromkeys(places)), query.measure, query.who, period=query.period)
    for block in answer(shared, held).blocks:
        if isinstance(block, ShareBlock):
            assert_is_part(block, held)


def assert_is_part(block: ShareBlock, held: Holdings) -> None:
    parts, wholes = sides(block)
    assert parts
    assert wholes
    assert {claim.figure.id for claim in parts} != {claim.figure.id for claim in wholes}
    one, other = parts[0].figure, wholes[0].figure
    same_topic = (one.measure, one.who) == (other.measure, other.who)
    inner = {country for claim in parts for country in countries(held, claim.figure.place)}
    outer = {country for claim in wholes for country in countries(held, claim.figure.place)}
    if same_topic:
        assert "R:world" in {claim.figure.place for claim in wholes} or inner < outer
    else:
        assert other.measure == "travelled" or other.who is Who.EVERYONE
        assert inner <= outer or "R:world" in {claim.figure.place for claim in wholes}
    assert block.percent.high is None or block.percent.high <= 100


def sides(block: ShareBlock) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    parts = (block.part,) if block.part else claims_of(block.part_sum) if block.part_sum else ()
    wholes = (block.whole,) if block.whole else claims_of(block.whole_sum) if block.whole_sum else ()
    return parts, wholes


def countries(held: Holdings, place: str) -> set[str]:
    return {row.place for row in held.memberships if row.region == place} if place.startswith("R:") else {place}


def shares(*places: str, held: Holdings, measure: str = "travelled", period: str = "../..") -> Answer:
    return answer(asked(*places, intent=Intent.SHARE, measure=measure, period=period), held)


def test_several_places_together_are_a_part_of_the_world() -> None:
    held = holding(figure("10", place="BE"), figure("20", place="FR"), figure("100", place="R:world"))
    block = only(shares("BE", "FR", held=held), ShareBlock)
    assert block.part_sum is not None
    assert [row.place for row in block.part_sum.parts] == ["BE", "FR"]
    assert (block.percent.low, block.percent.high) == (30, 30)


@pytest.mark.parametrize("places", [("BE", "NL", "R:all"), ("R:all", "NL", "BE"), ("R:two", "R:all")])
def test_the_place_that_holds_the_others_is_the_whole(places: tuple[str, ...]) -> None:
    held = holding(
        figure("10", place="BE"), figure("20", place="NL"), figure("120", place="R:all"), memberships=MEMBERS
    )
    block = only(shares(*places, held=held), ShareBlock)
    assert block.whole is not None
    assert block.whole.figure.place == "R:all"
    assert (block.percent.low, block.percent.high) == (25, 25)


def test_a_part_with_members_missing_is_a_share_of_at_least_that() -> None:
    held = holding(figure("10", place="BE"), figure("100", place="R:all"), memberships=MEMBERS)
    block = only(shares("R:two", "R:all", held=held), ShareBlock)
    assert block.part_sum is not None
    assert block.part_sum.missing == ("NL",)
    assert (block.percent.low, block.percent.high, block.percent.bound) == (10, None, Bound.AT_LEAST)


def test_a_place_stands_itself_in_the_sum_that_it_is_a_part_of() -> None:
    held = holding(figure("10-20", place="BE"), figure("20-30", place="NL"), memberships=MEMBERS)
    block = only(shares("BE", "R:two", held=held), ShareBlock)
    assert block.whole_sum is not None
    assert (block.percent.low, block.percent.high) == (25, 50)  # 10 of 10 + 30, 20 of 20 + 20
    widened = only(shares("BE", "R:all", held=held), ShareBlock)
    assert (widened.percent.low, widened.percent.high) == (None, 50)  # France may have had any number


@pytest.mark.parametrize("places", [("R:two", "R:other"), ("FR", "R:two")])
def test_what_is_no_part_of_the_other_is_refused_with_a_question_that_can_be_answered(places: tuple[str, ...]) -> None:
    members = (*MEMBERS, ("R:other", "NL"), ("R:other", "FR"))
    held = holding(
        figure("10", place="FR"), figure("100", place="R:two"), figure("900", place="R:world"), memberships=members
    )
    given_answer = shares(*places, held=held)
    assert given_answer.outcome is Outcome.NO_DATA
    assert not any(isinstance(block, ShareBlock) for block in given_answer.blocks)
    assert bool(notes(given_answer, NoteKind.NOT_A_PART)) is (len(places) > 1)
    for block in given_answer.blocks:
        if isinstance(block, OfferBlock) and len(places) > 1:
            answered = only(answer(block.query, held), ShareBlock)
            assert answered.whole is not None
            assert answered.whole.figure.place == "R:world"


def test_a_fate_in_a_region_is_of_the_countries_that_have_both_sides() -> None:
    held = holding(
        figure("5", place="BE", measure="returned"),
        figure("20", place="BE"),
        figure("9", place="NL", measure="returned"),
        figure("50", place="FR"),
        memberships=MEMBERS,
    )
    block = only(shares("R:all", held=held, measure="returned"), ShareBlock)
    assert block.part_sum is not None
    assert block.whole_sum is not None
    assert (block.part_sum.missing, block.whole_sum.missing) == (("FR", "NL"), ("FR", "NL"))
    assert (block.percent.low, block.percent.high) == (25, 25)


def test_a_count_over_a_year_is_divided_by_one_over_that_year_only() -> None:
    year = {"measure": "travelled_in_period", "as_of": None}
    held = holding(
        figure("4", place="BE", period="2016", **year),  # type: ignore[arg-type]
        figure("50", place="R:world", period="2016-01/2016-09", **year),  # type: ignore[arg-type]
    )
    given_answer = shares("BE", held=held, measure="travelled_in_period", period="2016-01-01/2016-12-31")
    assert not any(isinstance(block, ShareBlock) for block in given_answer.blocks)


@pytest.mark.parametrize("who", [Who.WOMEN, Who.MINORS, Who.EVERYONE])
@pytest.mark.parametrize("measure", ["travelled", "returned", "killed", "present"])
@pytest.mark.parametrize(
    "places", [("ES", "IT"), ("ES", "IT", "R:western_europe"), ("R:nordic", "R:europe"), ("R:europe",), ("BE",)]
)
def test_shares_of_the_dataset_are_of_their_whole(places: tuple[str, ...], measure: str, who: Who) -> None:
    for block in answer(asked(*places, intent=Intent.SHARE, measure=measure, who=who), real()).blocks:
        if isinstance(block, ShareBlock):
            assert_is_part(block, real())


def test_where_a_time_is_asked_part_and_whole_are_of_about_that_time() -> None:
    held = holding(
        *(
            figure(count, place=place, source="old", as_of="2014-11")
            for count, place in (("60", "AT"), ("16000", WORLD))
        ),
        figure("250", place="AT", source="a", as_of="2015-11"),
        figure("30000", place=WORLD, source="b", as_of="2015-12"),
    )

    def shown(period: str) -> list[str]:
        block = only(answer(asked("AT", intent=Intent.SHARE, period=period), held), ShareBlock)
        return [printed(claim.figure.value) for claim in (block.part, block.whole) if claim]

    assert shown("../2015-12-31") == ["250", "30000"]
    assert shown("../..") == ["60", "16000"]  # one source and one date, where no time is asked


def test_a_count_with_families_is_divided_by_no_other_of_another_source() -> None:
    plain, families = Counts.AS_MEASURED, Counts.WITH_FAMILIES
    for counts, source, divided in ((plain, "b", True), (families, "b", False), (families, "a", True)):
        held = holding(figure("60", source="a"), figure("1000", place=WORLD, source=source, counts=counts))
        found = answer(asked("BE", intent=Intent.SHARE), held)
        assert any(isinstance(block, ShareBlock) for block in found.blocks) is divided
        assert bool(notes(found, NoteKind.NOT_DIVIDED)) is not divided


def test_a_share_over_some_countries_says_of_how_many() -> None:
    figures = [
        figure(count, place=place, who=who)
        for place, women, everyone in (("DK", "10", "100"), ("NO", ">5", ">50"))
        for who, count in ((Who.WOMEN, women), (Who.EVERYONE, everyone))
    ]
    members = [("R:north", place) for place in ("DK", "NO", "SE")]

    found = answer(asked("R:north", intent=Intent.SHARE, who=Who.WOMEN), holding(*figures, memberships=members))

    block = only(found, ShareBlock)
    assert block.part_sum is not None
    assert [row.place for row in block.part_sum.parts] == ["DK"]  # open ends leave nothing to tell
    assert "1 of 3" in sentence_of(found)
