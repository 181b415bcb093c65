"""Over random datasets and questions: no number without a stored row, and what the answer is built from is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.answers.answer import (
    Answer,
    Claim,
    ClaimsBlock,
    CompareBlock,
    DisputeBlock,
    Outcome,
    RankBlock,
    Row,
    ShareBlock,
    TotalBlock,
    TrendBlock,
)
from bot.answers.compose import compose
from bot.answers.foreseen import foreseen
from bot.answers.shelf import Shelf
from bot.questions.query import Intent, Query, Read
from db.edits.change import FigureChange
from db.model.records import Counts, Destination, Holdings, Official, Status, Who
from db.model.values import Interval, Number, PartialDate, Period, printed_span, total
from tests.bot.answers.made import MEASURES, answer, figure, holding, source
from tests.often import often

PLACES = ("AA", "BB", "AA", "BB", "CC", "R:two", "R:two", "R:world")
"""Places as often as they are met; ``R:two`` holds AA and BB."""
COMMON = ["travelled"] * 6 + ["travelled_in_period"] * 3 + ["killed", "returned"] + list(MEASURES)
WORKING = [intent for intent in Intent if intent not in (Intent.DEFINE, Intent.HELP)]
SEEDS = st.integers(0, 2**32)
"""Whole datasets are drawn from a seed: hypothesis' own choices make most of them empty or alike."""


def stated(rng: Random) -> str:
    low = rng.randint(0, 400)
    sign = rng.choice(["", "~", ">", ">=", "<=", "<", "-"])
    return f"{low}-{low + rng.randint(1, 90)}" if sign == "-" else f"{sign}{low}"


def dates(rng: Random) -> str:
    year = rng.randint(2014, 2016)
    return rng.choice([f"{year}", f"{year}-{rng.randint(1, 12):02d}", f"{year}-06-15"])


def periods(rng: Random) -> str:
    start, end = sorted((rng.randint(2013, 2016), rng.randint(2013, 2016)))
    return rng.choice(["../..", f"{start}/{end}", f"{end}-01/{end}-12", f"{end}/{end}", f"../{end}", f"{start}/.."])


def dataset(rng: Random) -> Holdings:
    measures = rng.sample(COMMON, 3)
    figures = [
        figure(
            stated(rng),
            id=f"f{index}",
            place=rng.choice(PLACES),
            source=rng.choice(["first", "second", "relay", "copy"]),
            measure=rng.choice(measures),
            who=rng.choice([Who.EVERYONE] * 4 + [Who.WOMEN]),
            destination=rng.choice([Destination.SY_IQ] * 4 + list(Destination)),
            as_of=rng.choice([None, *(dates(rng) for _ in range(5))]),
            period=rng.choice(["../..", periods(rng)]),
            seen=rng.choice(["primary", "secondary"]),
            counts=rng.choice([Counts.AS_MEASURED] * 3 + list(Counts)),
            official=rng.choice(list(Official)),
        )
        for index in range(rng.choice([0, 3, 12, 24, 40]))
    ]
    return holding(
        *figures,
        sources=[source("relay", relays=("first",)), source("copy", relays=("relay", "second"))],
        memberships=[("R:two", "AA"), ("R:two", "BB"), ("R:other", "BB"), ("R:other", "CC")],
        populations={place: rng.randint(1, 10**7) for place in ("AA", "BB", "CC") if rng.random() < 0.7},
    )


def question(rng: Random, held: Holdings) -> Query:
    """A question, mostly about what one of the figures counts."""
    figures = [item for items in held.figures.values() for item in items]
    about = rng.choice(figures) if figures and rng.random() < 0.9 else None
    places = [about.place if about else "AA", *rng.sample(PLACES, rng.choice([0, 0, 1, 2]))]
    start, end = periods(rng).split("/")
    return Query(
        rng.choice(WORKING * 4 + list(Intent)),
        rng.choice([(), ("R:two",), *[tuple(dict.fromkeys(places))] * 3]),
        rng.choice([about.measure if about else None, about.measure if about else "killed", None]),
        who=about.who if about else Who.EVERYONE,
        destination=rng.choice([None] * 8 + list(Destination)),
        period=Period(*(None if part == ".." else PartialDate.parse(part) for part in (start, end))),
        per_million=rng.random() < 0.3,
        top=rng.choice([None, 1, 2, 3]),
        bottom=rng.choice([None, None, 2]),
        value=rng.choice([None] * 9 + [rng.randint(0, 400)]),
        peak=rng.random() < 0.2,
    )


def case(seed: int) -> tuple[Query, Holdings]:
    rng = Random(seed)
    held = dataset(rng)
    return question(rng, held), held


def ends(interval: Interval | None) -> set[Number]:
    return set() if interval is None else {end for end in (interval.low, interval.high) if end is not None}


def bounds(claims: list[Claim]) -> set[Number]:
    return {end for claim in claims for end in ends(claim.figure.value)}


def said(row: Row) -> Interval:
    """What a row's figure says, from where to where those that leave none to open do, or the sum of a region's."""
    values = [claim.figure.value for claim in (row.claim, *row.others)]
    return total(values) if row.covered else printed_span(values)


def unexplained(given: Answer) -> Iterator[str]:
    """What an answer prints that is neither a row's bound nor worked out from rows that it shows."""
    for block in given.blocks:
        if isinstance(block, ClaimsBlock) and not ends(block.span) <= bounds(list(block.claims)):
            yield "a span beyond its claims"
        if isinstance(block, DisputeBlock) and not ends(block.span) <= bounds(
            [claim for _, claims in block.groups for claim in claims]
        ):
            yield "a span beyond its disputes"
        if isinstance(block, TotalBlock):
            if block.value != total(said(part) for part in block.parts):
                yield "a sum that its parts do not give"
            if any(part.value != said(part) for part in block.parts):
                yield "a part that is not its figure"
        if isinstance(block, CompareBlock | RankBlock):
            for row in block.rows:
                value = said(row)
                if row.value != (value.per(row.population) if block.per_million and row.population else value):
                    yield "a row that is neither its figure nor its rate"
        if isinstance(block, ShareBlock) and not ends(block.percent) <= quotients_of(block):
            yield "a percentage that its sides do not give"
        if isinstance(block, TrendBlock) and block.change is not None:
            if block.first is None or block.last is None:
                yield "a change without its ends"
            elif not ends(block.change) <= differences(block.first.figure.value, block.last.figure.value):
                yield "a change that its ends do not give"


def quotients_of(block: ShareBlock) -> set[Number]:
    """What the sides of a share give; where the part stands in the sum of the whole, of the part and the rest."""
    part, whole = block.values if block.part or not block.whole else block.values[::-1]
    rows = {row.claim.figure.id: row.value for row in block.whole_sum.parts} if block.whole_sum else {}
    mine = (
        {block.part.figure.id}
        if block.part
        else {row.claim.figure.id for row in block.part_sum.parts}
        if block.part_sum
        else set()
    )
    rest = [value for key, value in rows.items() if key not in mine]
    if not mine & set(rows) or not rest:
        return quotients(part, whole)
    beside = ends(total(rest)) | {0}
    found: set[Number] = {Decimal(100)}
    for one in ends(part) | {0}:
        found |= {Decimal(one) * 100 / (one + other) for other in beside if one + other}
    return found


def quotients(part: Interval, whole: Interval) -> set[Number]:
    found: set[Number] = {Decimal(100)}
    for mine in ends(part):
        found |= {Decimal(mine) * 100 / Decimal(other) for other in ends(whole) if other}
    return found


def differences(first: Interval, last: Interval) -> set[Number]:
    """An end that is open counts from zero: nobody can be fewer."""
    ones, others = ends(first) | {0}, ends(last) | {0}
    return {abs(Decimal(mine) - Decimal(other)) for mine in ones for other in others}


def numbers_are_explained(_query: Query, held: Holdings, found: Answer) -> None:
    """Every number is a row's bound, or worked out from rows that are shown."""
    stored = {figure.id: figure for figures in held.figures.values() for figure in figures}
    shown = list(found.claims)
    for block in found.blocks:
        if isinstance(block, ClaimsBlock):
            shown += block.earlier
    assert all(stored.get(claim.figure.id) is claim.figure for claim in shown)
    assert not list(unexplained(found))


def remarks_name_what_is_shown(_query: Query, _held: Holdings, found: Answer) -> None:
    """A figure named in a remark stands in the answer."""
    shown = {claim.figure.id for claim in found.claims}
    shown |= {claim.figure.id for block in found.blocks if isinstance(block, ClaimsBlock) for claim in block.earlier}
    for note in found.notes:
        for name in ("figure", "relayed", "later", "earlier"):
            assert note.values.get(name) in (None, *shown), note


def no_data_no_number(_query: Query, _held: Holdings, found: Answer) -> None:
    """An answer without data opens with no number."""
    kinds = ClaimsBlock | TotalBlock | RankBlock | ShareBlock | TrendBlock | DisputeBlock | CompareBlock
    if found.outcome is Outcome.NO_DATA:
        assert found.headline is None
        assert not [block for block in found.blocks if isinstance(block, kinds)]


def asked_again_alike(query: Query, held: Holdings, found: Answer) -> None:
    """The same question has the same answer."""
    assert answer(query, held) == found


def sums_are_of_one_kind(_query: Query, held: Holdings, found: Answer) -> None:
    """Figures that are added are of one measure, who and theatre, and no place is added twice."""
    for block in found.blocks:
        if not isinstance(block, TotalBlock):
            continue
        figures = [part.claim.figure for part in block.parts]
        assert {figure.measure for figure in figures} == {block.measure}
        assert {figure.who for figure in figures} == {block.who}
        assert len({figure.destination in (Destination.SY, Destination.SY_IQ) for figure in figures}) == 1
        assert held.measures[block.measure].summable
        places = [figure.place for figure in figures]
        if len(set(places)) > 1:
            assert not any(place.startswith("R:") for place in places)
            assert len(set(places)) == len(places)
            assert not set(places) & set(block.missing)


LAWS = (numbers_are_explained, remarks_name_what_is_shown, no_data_no_number, asked_again_alike, sums_are_of_one_kind)


@settings(max_examples=often(300))
@given(SEEDS)
def test_every_answer_keeps_every_law(seed: int) -> None:
    query, held = case(seed)
    found = answer(query, held)
    for law in LAWS:
        law(query, held, found)


@settings(max_examples=often(60))
@given(SEEDS)
@example(54973456)  # a question for help with a time in it
def test_what_is_foreseen_of_a_change_is_what_is_answered_after_it(seed: int) -> None:
    query, held = case(seed)
    everything = [figure for listed in held.figures.values() for figure in listed]
    assume(everything)
    chosen = Random(seed).choice(everything)
    listed = {place: tuple(row for row in rows if row is not chosen) for place, rows in held.figures.items()}
    without = replace(held, figures=listed)
    gone = replace(chosen, status=Status.WITHDRAWN, status_reason="counted twice")

    added = foreseen(Shelf(without), [FigureChange(None, chosen)])
    withdrawn = foreseen(Shelf(held), [FigureChange(chosen, gone)])

    assert compose(Read(query), added.holdings, question="", shelf=added) == answer(query, held)
    assert compose(Read(query), withdrawn.holdings, question="", shelf=withdrawn) == answer(query, without)
