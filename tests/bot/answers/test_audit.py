"""Answers against the data files themselves, worked out anew here with plain rows and decimals."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from bot.answers.answer import Answer, ClaimsBlock, RankBlock, Row, ShareBlock, TotalBlock, claims_of
from bot.answers.headline import ATTEMPTS, off_definition
from bot.answers.notes import HeadlineRule
from bot.questions.query import Intent
from db.model.records import Figure, Who
from db.model.values import Interval
from tests.bot.answers.made import B, answer, asked, real

DATA = Path(__file__).parents[3] / "db" / "data"
MEASURES = ("travelled", "travelled_in_period", "present", "returned", "killed")
PERIODS = ("../..", "../2015-12-31", "2015-01-01/2015-12-31", "2016-01-01/2016-12-31", "2017-01-01/..")
REGIONS = ("R:western_europe", "R:european_union", "R:western_balkans", "R:central_asia", "R:maghreb", "R:world")
EVERYWHERE = 300
Line = dict[str, str]
Ends = tuple[Decimal, Decimal | None]


@cache
def table(name: str) -> tuple[Line, ...]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
        return tuple(csv.DictReader(opened))


@cache
def figures() -> dict[str, Line]:
    return {line["id"]: line for line in table("figures")}


@cache
def inhabitants() -> dict[tuple[str, int], int]:
    return {(line["place"], int(line["year"])): int(line["population"]) for line in table("population")}


@cache
def held_places() -> tuple[str, ...]:
    return tuple(sorted({line["place"] for line in figures().values()}))


def blocks(given: Answer, kind: type[B]) -> list[B]:
    return [block for block in given.blocks if isinstance(block, kind)]


def stored(value: Interval) -> tuple[str, str, str]:
    return (
        "" if value.low is None else str(value.low),
        "" if value.high is None else str(value.high),
        str(value.bound),
    )


def ends(figure: Figure) -> Ends:
    """What the row may mean: an unstated low end is at least zero, an unstated high end is endless."""
    line = figures()[figure.id]
    return Decimal(line["low"] or 0), Decimal(line["high"]) if line["high"] else None


def reaches(row: Row) -> Ends:
    """What a row may mean: its claim, or the range of those that leave none to open."""
    if not row.others:
        return ends(row.claim.figure)
    lines = [figures()[claim.figure.id] for claim in (row.claim, *row.others)]
    printed = [Decimal(line[end]) for line in lines for end in ("low", "high") if line[end]]
    return min(printed), None if any(not line["high"] for line in lines) else max(printed)


def origins_of(line: Line) -> set[str]:
    onward = {source["id"]: source["relays"].replace("|", " ").split() for source in table("sources")}
    found: set[str] = set()
    seen: set[str] = set()
    line = last_claim(line)
    left = [line["relays"] or line["source"]]
    while left:
        key = left.pop()
        if key in seen:
            continue
        seen.add(key)
        further = [relay.strip(";") for relay in onward.get(key, []) if relay.strip(";") not in seen]
        left += further
        if not further:
            found.add(key)
    return found


def last_claim(line: Line) -> Line:
    """The end of the figures that relay each other; the ids of figures hold a hyphen, the keys of sources do not."""
    while "-" in line["relays"]:
        line = figures()[line["relays"]]
    return line


def bodies_of(line: Line) -> set[str]:
    countries = {place["id"] for place in table("places") if place["kind"] == "country"}
    last = last_claim(line)
    if last["official"] == "yes" and last["place"] in countries:
        return {last["place"]}
    counted = {source["id"]: source["authority"] for source in table("sources")}
    return {counted[origin] or origin for origin in origins_of(line)}


@cache
def lookups(place: str) -> tuple[Answer, ...]:
    queries = [asked(place, measure=measure, period=period) for measure in MEASURES for period in PERIODS]
    return tuple(answer(query, real()) for query in queries)


def totals() -> Iterator[tuple[str, TotalBlock]]:
    for region in REGIONS:
        for measure in MEASURES:
            for period in PERIODS:
                given = answer(asked(region, measure=measure, period=period, intent=Intent.TOTAL), real())
                for block in blocks(given, TotalBlock):
                    yield region, block


@pytest.mark.parametrize("place", held_places())
def test_every_number_shown_is_a_row_of_what_was_asked(place: str) -> None:
    for given in lookups(place):
        for block in blocks(given, ClaimsBlock):
            for claim in (*claims_of(block), *block.earlier):
                line = figures()[claim.figure.id]
                assert stored(claim.figure.value) == (line["low"], line["high"], line["bound"])
                assert (line["place"], line["measure"], line["who"]) == (block.place, block.measure, "everyone")
                assert line["status"] != "withdrawn"


@pytest.mark.parametrize("place", held_places())
def test_the_span_is_from_the_lowest_to_the_highest_printed_number(place: str) -> None:
    for given in lookups(place):
        for block in blocks(given, ClaimsBlock):
            level = max(ATTEMPTS - 1, off_definition(block.claims[0].figure))
            counted = [claim.figure for claim in block.claims if off_definition(claim.figure) <= level]
            lines = [figures()[figure.id] for figure in counted]
            if block.span is None:
                assert len(lines) == 1
                continue
            assert min(int(line["low"] or line["high"]) for line in lines) == (
                block.span.low if block.span.low is not None else block.span.high
            )
            highest = None if any(not line["high"] for line in lines) else max(int(line["high"]) for line in lines)
            assert block.span.high == highest


@pytest.mark.parametrize("place", held_places())
def test_origins_are_the_roots_of_the_relays_in_the_files(place: str) -> None:
    for given in lookups(place):
        for block in blocks(given, ClaimsBlock):
            bodies: set[str] = set()
            for claim in block.claims:
                expected = origins_of(figures()[claim.figure.id])
                assert set(claim.origins) == expected
                bodies |= bodies_of(figures()[claim.figure.id])
            assert block.origins == len(bodies)


@pytest.mark.parametrize("place", held_places())
def test_the_only_claim_is_called_so_where_no_other_is_shown(place: str) -> None:
    for given in lookups(place):
        first = blocks(given, ClaimsBlock)[:1]
        if given.headline_rule is HeadlineRule.ONLY and first:
            assert len(first[0].claims) == 1
            assert not first[0].earlier


def test_sums_are_those_of_their_parts_each_country_once() -> None:
    seen = 0
    for region, block in totals():
        places = [row.place for row in block.parts]
        lows = [reaches(row)[0] for row in block.parts]
        highs = [reaches(row)[1] for row in block.parts]
        assert len(set(places)) == len(places), region
        assert not any(place.startswith("R:") for place in places)
        assert Decimal(block.value.least) == sum(lows), (region, block.measure)
        assert block.value.most == (None if None in highs else sum(high for high in highs if high is not None))
        assert len(places) + len(block.missing) == block.of
        assert not set(places) & set(block.missing)
        seen += 1
    assert seen > 30


def test_the_parts_of_a_sum_are_members_of_its_region() -> None:
    for region, block in totals():
        if region == "R:world":
            continue
        members = {line["place"] for line in table("region_members") if line["region"] == region}
        assert {row.place for row in block.parts} | set(block.missing) <= members


def test_the_parts_of_a_sum_are_of_one_measure_who_and_theatre() -> None:
    for _, block in totals():
        lines = [figures()[row.claim.figure.id] for row in block.parts]
        assert {(line["measure"], line["who"]) for line in lines} == {(block.measure, "everyone")}
        assert {line["destination"] for line in lines} <= {"SY", "SY+IQ"}


@pytest.mark.parametrize("measure", ["travelled", "returned", "killed", "present"])
@pytest.mark.parametrize("region", ["R:western_europe", "R:world", "R:western_balkans"])
@pytest.mark.parametrize("period", ["../..", "../2015-12-31"])
def test_ranks_are_what_the_ranges_allow(measure: str, region: str, period: str) -> None:
    query = asked(region, measure=measure, period=period, intent=Intent.RANK, top=EVERYWHERE)
    for block in blocks(answer(query, real()), RankBlock):
        assert len(block.rows) == block.ranked
        assert block.ranked + len(block.missing) == block.of
        for row in block.rows:
            others = [other for other in block.rows if other is not row]
            assert row.rank_from == 1 + sum(is_below(row, other) for other in others), row.place
            assert row.rank_to == len(block.rows) - sum(is_below(other, row) for other in others), row.place


def is_below(one: Row, other: Row) -> bool:
    """Whether no value that one row may mean reaches any that the other may mean."""
    assert one.reach is not None
    assert other.reach is not None
    high, low = one.reach.most, other.reach.least
    strict = one.reach.bound == "fewer_than" or other.reach.bound == "more_than"
    return high is not None and (high <= low if strict else high < low)


@pytest.mark.parametrize("period", ["../..", "../2015-12-31"])
def test_rates_take_the_inhabitants_of_the_figures_own_year(period: str) -> None:
    query = asked("R:world", measure="travelled", period=period, intent=Intent.RANK, top=EVERYWHERE, per_million=True)
    block = blocks(answer(query, real()), RankBlock)[0]
    assert len(block.rows) > 50
    for row in block.rows:
        line = figures()[row.claim.figure.id]
        year = int((line["period_end"] or line["as_of"])[:4])
        nearest = min((held for place, held in inhabitants() if place == row.place), key=lambda held: abs(held - year))
        assert (row.population_year, row.population) == (nearest, inhabitants()[row.place, nearest])
        low, high = reaches(row)
        assert_close(Decimal(row.value.least), low, row.population)
        if high is None:
            assert row.value.most is None
        else:
            assert row.value.most is not None
            assert_close(Decimal(row.value.most), high, row.population)


def assert_close(rate: Decimal, number: Decimal, population: int | None) -> None:
    assert population
    assert abs(rate - number * 1_000_000 / population) < Decimal("0.0001")


@pytest.mark.parametrize("measure", ["returned", "killed", "present"])
@pytest.mark.parametrize("place", [place for place in held_places() if not place.startswith("R:")])
def test_shares_are_interval_arithmetic_on_two_rows_of_one_place(place: str, measure: str) -> None:
    for block in blocks(answer(asked(place, measure=measure, intent=Intent.SHARE), real()), ShareBlock):
        assert block.whole is not None
        assert block.part is not None
        part, whole = ends(block.part.figure), ends(block.whole.figure)
        mine, all_of = figures()[block.part.figure.id], figures()[block.whole.figure.id]
        assert (mine["place"], all_of["place"], all_of["measure"]) == (place, place, "travelled")
        assert mine["who"] == all_of["who"]
        highest = Decimal(100) if part[1] is None or not whole[0] else min(part[1] * 100 / whole[0], Decimal(100))
        lowest = Decimal(0) if whole[1] is None else min(part[0] * 100 / whole[1], Decimal(100))
        assert abs(Decimal(block.percent.least) - lowest) < Decimal("0.0001")
        most = Decimal(100) if block.percent.most is None else Decimal(block.percent.most)
        assert abs(most - highest) < Decimal("0.0001")


@pytest.mark.parametrize("who", [Who.WOMEN, Who.MINORS])
def test_a_who_is_never_answered_with_another(who: Who) -> None:
    for place in held_places():
        given = answer(asked(place, measure="travelled", who=who), real())
        for block in blocks(given, ClaimsBlock):
            assert {figures()[claim.figure.id]["who"] for claim in claims_of(block)} == {str(who)}
