"""Answers made by hand, so that a change of the dataset changes no golden spec."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.answers.answer import (
    Answer,
    Block,
    Claim,
    ClaimsBlock,
    CompareBlock,
    DisputeBlock,
    Outcome,
    RankBlock,
    Row,
    TotalBlock,
    TrendBlock,
    TrendPoint,
)
from bot.answers.notes import Note
from bot.answers.ways import ReadingLine
from bot.questions.query import Intent, Query
from db.model.records import Counts, Destination, Figure, Official, Source, Who, Zero
from db.model.values import Bound, Interval, PartialDate, Period, span


def exact(number: int) -> Interval:
    """A bare number."""
    return Interval(number, number, Bound.EXACT)


def about(number: int) -> Interval:
    """A number that its source calls approximate."""
    return Interval(number, number, Bound.ABOUT)


def between(low: int, high: int) -> Interval:
    """A range."""
    return Interval(low, high, Bound.RANGE)


def at_least(number: int) -> Interval:
    """A number with an open upper end."""
    return Interval(number, None, Bound.AT_LEAST)


def fewer_than(number: int) -> Interval:
    """A number with an open lower end."""
    return Interval(None, number, Bound.FEWER_THAN)


def source(key: str, publisher: str, published: str = "2015-12", relays: tuple[str, ...] = ()) -> Source:
    """A document."""
    day = PartialDate.parse(published) if published else None
    return Source(key, f"Report of {publisher}", publisher, (), day, None, "report", "", "", "en", "B", relays)


def claim(
    value: Interval,
    by: Source,
    *,
    place: str = "BE",
    as_of: str = "2015-12",
    period: str = "",
    measure: str = "travelled",
    counts: Counts = Counts.AS_MEASURED,
    official: Official = Official.UNSTATED,
    zero: Zero = Zero.NOT_ZERO,
    destination: Destination = Destination.SY_IQ,
    origin: str = "",
) -> Claim:
    """A figure as an answer shows it; ``period`` is ``start/end``."""
    ends = [PartialDate.parse(part) for part in period.split("/")] if period else [None, None]
    figure = Figure(
        id=f"{place}-{measure}-{by.id}-{as_of}-{value.low}-{value.high}",
        place=place,
        measure=measure,
        who=Who.EVERYONE,
        destination=destination,
        value=value,
        as_of=PartialDate.parse(as_of) if as_of else None,
        period=Period(*ends),
        source=by.id,
        relays=origin or None,
        basis="",
        counts=counts,
        official=official,
        zero=zero,
        locator="",
        seen="primary",
        evidence=(),
        credibility=2,
    )
    chain = (by.id, origin) if origin else (by.id,)
    return Claim(figure, by, (chain[-1],), chain)


def answer(
    intent: Intent,
    *blocks: Block,
    headline: Claim | None = None,
    asked: Period | None = None,
    notes: Sequence[Note] = (),
    known_on: date | None = None,
) -> Answer:
    """An answer that holds these blocks."""
    made = Answer(
        id="a1b2c3",
        outcome=Outcome.ANSWERED,
        question="",
        reading=ReadingLine(Query(intent, known_on=known_on)),
        revision=7,
        headline=headline,
        blocks=blocks,
        notes=tuple(notes),
        asked_period=asked or Period(),
    )
    return replace(made, sources={one.source.id: one.source for one in made.claims})


ICCT = source("icct", "International Centre for Counter-Terrorism (ICCT)", "2016-04")
SOUFAN = source("tsg", "The Soufan Group", "2015-12")
NBER = source("nber", "NBER", "2016-04")
INTERIOR = source("interior", "Belgian Interior Ministry", "2019-11-30")
PAPER = source("paper", "HLN", "2019-11-30")
LISTED = source("listed", "A list", "2014-06")


def trend_answer() -> Answer:
    """Two sources: one with a yearly series, one with a range later on; the last year ends before its end."""
    yearly = [(2013, exact(144)), (2014, exact(134)), (2015, exact(56)), (2016, exact(0))]
    points = [
        TrendPoint(
            claim(
                value,
                PAPER,
                period=f"{year}-01/{year}-12",
                as_of="2019-11-30",
                measure="travelled_in_period",
                origin="interior",
                zero=Zero.NONE_KNOWN if value.is_zero else Zero.NOT_ZERO,
            ),
            "paper",
        )
        for year, value in yearly
    ]
    later = [(2018, between(2, 8)), (2019, between(1, 3))]
    points += [
        TrendPoint(
            claim(value, ICCT, period=f"{year}-01/{year}-06", as_of=str(year), measure="travelled_in_period"), "icct"
        )
        for year, value in later
    ]
    block = TrendBlock("BE", "travelled_in_period", Who.EVERYONE, tuple(points))
    return answer(Intent.TREND, block)


def dispute_answer() -> Answer:
    """Three origins, one of them behind two documents, a range and an open end."""
    first = claim(exact(2100), SOUFAN, place="TR")
    groups = (
        (
            "tsg",
            (first, claim(between(2000, 2200), SOUFAN, place="TR"), claim(exact(2100), NBER, place="TR", origin="tsg")),
        ),
        ("listed", (claim(at_least(700), LISTED, place="TR", as_of="2015-02", destination=Destination.SY),)),
        ("icct", (claim(about(600), ICCT, place="TR", as_of="2015-01-26"),)),
    )
    claims = tuple(one for _, members in groups for one in members)
    values = [one.figure.value for one in claims]
    block = DisputeBlock("TR", "travelled", Who.EVERYONE, groups, span(values), claims)
    return answer(Intent.DISPUTES, block, headline=first, asked=Period.year(2015))


def rows(*values: tuple[str, Interval]) -> tuple[Row, ...]:
    """Rows of one source."""
    return tuple(Row(place, claim(value, SOUFAN, place=place), value) for place, value in values)


def compare_answer(missing: tuple[str, ...] = ("IS",)) -> Answer:
    """Three places side by side, and one without a figure."""
    shown = rows(("FR", about(1700)), ("BE", between(420, 516)), ("GB", at_least(750)))
    block = CompareBlock("travelled", Who.EVERYONE, per_million=False, rows=shown, missing=missing, certain=False)
    return answer(Intent.COMPARE, block)


def rank_answer() -> Answer:
    """A ranking per million with overlapping ranks."""
    counts = rows(("BE", between(420, 516)), ("DK", exact(125)), ("BA", exact(330)))
    people = {"BE": 11_000_000, "DK": 5_600_000, "BA": 3_400_000}
    rated = [
        replace(row, value=row.value.per(people[row.place]), population=people[row.place], population_year=2015)
        for row in counts
    ]
    ranks = {"BA": (1, 1), "BE": (2, 2), "DK": (3, 3)}
    ordered = sorted(rated, key=lambda row: ranks[row.place])
    placed = tuple(replace(row, rank_from=ranks[row.place][0], rank_to=ranks[row.place][1]) for row in ordered)
    block = RankBlock(
        "R:europe", "travelled", Who.EVERYONE, per_million=True, rows=placed, ranked=3, of=5, missing=("IS", "VA")
    )
    return answer(Intent.RANK, block)


def world_answer() -> Answer:
    """Places for a map of the world: zero, a small state, a range over two classes, a disputed code."""
    shown = rows(
        ("TN", exact(6000)), ("PL", between(20, 40)), ("LT", exact(0)), ("BH", fewer_than(13)), ("XK", about(300))
    )
    block = RankBlock(
        "R:world", "travelled", Who.EVERYONE, per_million=False, rows=shown, ranked=5, of=250, missing=("IS", "BR")
    )
    return answer(Intent.RANK, block)


def total_answer() -> Answer:
    """A sum over two countries."""
    parts = rows(("FR", about(1700)), ("BE", between(420, 516)))
    block = TotalBlock(("FR", "BE", "IS"), "travelled", Who.EVERYONE, parts, ("IS",))
    return answer(Intent.TOTAL, block)


def lookup_answer(*claims: Claim, earlier: tuple[Claim, ...] = ()) -> Answer:
    """An answer to "how many"."""
    whole = span([one.figure.value for one in claims]) if len(claims) > 1 else None
    block = ClaimsBlock("BE", "travelled", Who.EVERYONE, claims, whole, len(claims), earlier=earlier)
    return answer(Intent.LOOKUP, block, headline=claims[0])
