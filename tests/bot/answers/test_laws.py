"""Laws that every sum, share and order keeps, on drawn questions over the real data and on drawn data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answer import CompareBlock, Outcome, RankBlock, ShareBlock, TotalBlock
from bot.answers.compose import compose
from bot.answers.notes import NoteKind
from bot.answers.remarks import FAR_APART_DAYS
from bot.answers.shelf import Shelf
from bot.answers.times import QUARTER_DAYS
from bot.questions.query import Intent, Query, Read
from tests.bot.answers.made import answer, asked, figure, holding, notes, only, real

REGIONS = (
    "R:european_union",
    "R:western_europe",
    "R:middle_east",
    "R:north_africa",
    "R:western_balkans",
    "R:be_fr_de_gb",
)
MEASURES = ("travelled", "travelled_in_period", "present", "returned", "killed")
PERIODS = ("../..", "../2015-12-31", "2015-01-01/2015-12-31")
YEARS = ("2013", "2014", "2015", "2016")
NORTH = ("DK", "NO", "SE")
COUNTS = st.integers(0, 5_000)
SERIES = st.lists(COUNTS, min_size=len(YEARS), max_size=len(YEARS)).map(sorted)
LAWS = settings(deadline=None, max_examples=60)


@cache
def shelf() -> Shelf:
    return Shelf(real())


def total(query: Query) -> tuple[TotalBlock | None, bool]:
    """The sum that answers, and whether the answer says that what is left out changes nothing."""
    found = compose(Read(query), real(), question="", shelf=shelf())
    blocks = [block for block in found.blocks if isinstance(block, TotalBlock)]
    said = any(note.values["why"] == "nothing" for note in notes(found, NoteKind.NOT_ADDED))
    return (blocks[0] if blocks else None), said


@LAWS
@given(st.sampled_from(REGIONS), st.sampled_from(MEASURES), st.sampled_from(PERIODS), st.integers(0, 60))
def test_leaving_out_a_member_never_raises_a_sum_and_changes_it_or_says_that_it_does_not(
    region: str, measure: str, period: str, index: int
) -> None:
    query = asked(region, measure=measure, period=period, intent=Intent.TOTAL)
    whole, _ = total(query)
    if whole is None:
        return
    held = {row.place: row.value for row in whole.parts}
    members = [*held, *whole.missing]
    left_out = members[index % len(members)]
    rest, said = total(replace(query, without=(left_out,)))
    assert said == (left_out not in held)
    if rest is None:
        return
    assert rest.value.least <= whole.value.least
    assert whole.value.most is None or (rest.value.most is not None and rest.value.most <= whole.value.most)
    assert left_out not in {row.place for row in rest.parts}
    if left_out in held and not held[left_out].is_zero and held[left_out].least:
        assert rest.value != whole.value


@LAWS
@given(st.fixed_dictionaries(dict.fromkeys(NORTH, SERIES)))
def test_a_sum_of_counts_that_grow_grows_in_time(counts: dict[str, list[int]]) -> None:
    figures = [
        figure(str(count), place=place, as_of=year)
        for place, series in counts.items()
        for year, count in zip(YEARS, series, strict=True)
    ]
    held = holding(*figures, memberships=[("R:north", place) for place in NORTH])
    sums = [
        next(block for block in found.blocks if isinstance(block, TotalBlock)).value.least
        for year in YEARS
        if (found := answer(asked("R:north", period=f"../{year}-12-31", intent=Intent.TOTAL), held))
    ]
    assert sums == [sum(series[index] for series in counts.values()) for index in range(len(YEARS))]
    assert sums == sorted(sums)


@LAWS
@given(st.fixed_dictionaries(dict.fromkeys((*NORTH, "FI", "IS"), COUNTS)), st.integers(2, 50))
def test_an_order_is_the_same_in_every_unit(counts: dict[str, int], unit: int) -> None:
    memberships = [("R:north", place) for place in counts]

    def order(times: int, *, per_million: bool = False) -> list[tuple[str, int | None, int | None]]:
        held = holding(
            *(figure(str(count * times), place=place) for place, count in counts.items()),
            memberships=memberships,
            populations=dict.fromkeys(counts, 1_000_000 * times),
        )
        query = asked("R:north", intent=Intent.RANK, top=len(counts), per_million=per_million)
        (block,) = [block for block in answer(query, held).blocks if isinstance(block, RankBlock)]
        return [(row.place, row.rank_from, row.rank_to) for row in block.rows]

    assert order(1) == order(unit) == order(unit, per_million=True)


@LAWS
@given(st.dictionaries(st.integers(2012, 2018), st.integers(1, 200), min_size=4))
def test_consecutive_departures_add_up_and_say_how_many_years_they_count(counts: dict[int, int]) -> None:
    flows = [
        figure(str(count), measure="travelled_in_period", as_of="2020", period=f"{year}/{year}")
        for year, count in counts.items()
    ]
    given_ = answer(asked("BE", measure="travelled_in_period", period="2012-01-01/2018-12-31"), holding(*flows))

    (block,) = [one for one in given_.blocks if isinstance(one, TotalBlock)]
    assert block.value.low == block.value.high == sum(counts.values())
    assert block.years == (None if len(counts) == 7 else (len(counts), 7))


@LAWS
@given(st.sampled_from(REGIONS), st.sampled_from(MEASURES), st.sampled_from(PERIODS), st.integers(0, 60))
def test_leaving_out_a_place_takes_it_out_of_a_ranking_and_leaves_the_order_of_the_others(
    region: str, measure: str, period: str, index: int
) -> None:
    query = asked(region, measure=measure, period=period, intent=Intent.RANK, top=300)

    def ranked(asked_: Query) -> list[str]:
        found = compose(Read(asked_), real(), question="", shelf=shelf())
        return [row.place for block in found.blocks if isinstance(block, RankBlock) for row in block.rows]

    places = ranked(query)
    if len(places) > 1:
        left_out = places[index % len(places)]
        rest = ranked(replace(query, without=(left_out,)))
        assert rest == [place for place in places if place != left_out]


@LAWS
@given(st.integers(1, 5_000), st.dictionaries(st.sampled_from((*NORTH, "FI")), st.integers(0, 4_999), min_size=1))
def test_a_floor_below_the_first_never_makes_a_contender(first: int, floors: dict[str, int]) -> None:
    below = {place: floor % first for place, floor in floors.items()}
    held = holding(
        figure(str(first), place="IS"), *(figure(f">={floor}", place=place) for place, floor in below.items())
    )
    places = ("IS", *below)

    (ranked,) = [one for one in answer(asked(*places, intent=Intent.RANK), held).blocks if isinstance(one, RankBlock)]
    assert [row.place for row in ranked.rows if row.rank_from == 1] == ["IS"]
    (pair,) = [
        one for one in answer(asked(*places[:2], intent=Intent.COMPARE), held).blocks if isinstance(one, CompareBlock)
    ]
    assert pair.certain == (2 * next(iter(below.values())) < first)  # what is at least 9 may well be 10


@LAWS
@given(st.integers(1, 5_000), st.integers(1, 5_000), st.integers(0, 900), st.booleans())
def test_an_older_count_that_may_have_overtaken_a_newer_one_leaves_no_highest(
    one: int, other: int, days: int, is_floor: bool
) -> None:
    older = str(date(2015, 12, 1) - timedelta(days))
    held = holding(
        figure(str(max(one, other)), as_of="2015-12-01", place="IS"),
        figure(f"{'>=' if is_floor else ''}{min(one, other)}", as_of=older, place="DK"),
    )

    pair = only(answer(asked("IS", "DK", intent=Intent.COMPARE), held), CompareBlock)

    near = days <= (QUARTER_DAYS if is_floor else FAR_APART_DAYS)
    far_below = 2 * min(one, other) < max(one, other)
    assert pair.certain == (one != other and ((near and far_below) if is_floor else (near or far_below)))


@LAWS
@given(st.sampled_from(sorted(real().places)), st.sampled_from(REGIONS), st.sampled_from(MEASURES))
def test_a_share_is_never_more_than_all(part: str, whole: str, measure: str) -> None:
    found = compose(Read(asked(part, whole, measure=measure, intent=Intent.SHARE)), real(), question="", shelf=shelf())
    for block in found.blocks:
        if isinstance(block, ShareBlock):
            assert 0 <= block.percent.least <= 100
            assert block.percent.most is None or block.percent.most <= 100
    assert found.outcome in (Outcome.ANSWERED, Outcome.NO_DATA, Outcome.REFUSED)
