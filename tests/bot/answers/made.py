"""Small datasets made for one rule each, and short ways to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import TypeVar

from bot.answers.answer import Answer, Block
from bot.answers.compose import compose
from bot.answers.notes import Note, NoteKind
from bot.questions.query import Intent, Query, Read
from db.model.records import (
    Counts,
    Destination,
    Figure,
    Headline,
    Holdings,
    Kind,
    Measure,
    Membership,
    Official,
    Place,
    Population,
    Source,
    Who,
    Zero,
)
from db.model.values import Bound, Interval, PartialDate, Period
from tests.built_in import built_in

B = TypeVar("B", bound=Block)
LOOKUP = Intent.LOOKUP
AT = datetime(2026, 1, 15, 12, tzinfo=UTC)
MEASURES = {
    "travelled": (Kind.CUMULATIVE, True),
    "travelled_in_period": (Kind.FLOW, True),
    "monthly_rate": (Kind.RATE, False),
    "present": (Kind.STOCK, True),
    "returned": (Kind.CUMULATIVE, True),
    "killed": (Kind.CUMULATIVE, True),
    "prevented": (Kind.CUMULATIVE, False),
    "origin_countries": (Kind.COUNTRIES, False),
    "sample_records": (Kind.SAMPLE, False),
}
PARTS = dict.fromkeys(("present", "returned", "killed"), "travelled")


@cache
def real() -> Holdings:
    """The dataset that comes with the program."""
    return built_in().holdings()


def span(text: str) -> Period:
    """``2016``, ``2016-01/2016-09``, ``../2015-12-31`` or ``2016-01-01/..`` as a period."""
    start, slash, end = text.partition("/")
    ends = [None if part == ".." else PartialDate.parse(part) for part in ((start, end) if slash else (text, text))]
    return Period(ends[0], ends[1])


def value(text: str) -> Interval:
    """``4``, ``~4``, ``>4``, ``>=4``, ``<4``, ``<=4`` or ``3-4`` as an interval."""
    for sign, bound in ((">=", Bound.AT_LEAST), ("<=", Bound.AT_MOST), (">", Bound.MORE_THAN), ("<", Bound.FEWER_THAN)):
        if text.startswith(sign):
            number = int(text.removeprefix(sign))
            return Interval(number, None, bound) if ">" in sign else Interval(None, number, bound)
    if "-" in text:
        low, high = map(int, text.split("-"))
        return Interval(low, high, Bound.RANGE)
    number = int(text.removeprefix("~"))
    return Interval(number, number, Bound.ABOUT if text.startswith("~") else Bound.EXACT)


def figure(
    stated: str,
    *,
    place: str = "BE",
    source: str = "gov",
    measure: str = "travelled",
    as_of: str | None = "2015-12",
    period: str = "../..",
    who: Who = Who.EVERYONE,
    destination: Destination = Destination.SY_IQ,
    relays: str | None = None,
    counts: Counts = Counts.AS_MEASURED,
    official: Official = Official.UNSTATED,
    seen: str = "secondary",
    credibility: int = 6,
    id: str | None = None,
) -> Figure:
    """One claim; what a test leaves out is the same in every claim."""
    return Figure(
        id=id or f"{place}-{measure}-{who}-{source}-{stated}-{as_of}-{period}",
        place=place,
        measure=measure,
        who=who,
        destination=destination,
        value=value(stated),
        as_of=PartialDate.parse(as_of) if as_of else None,
        period=span(period),
        source=source,
        relays=relays,
        basis="",
        counts=counts,
        official=official,
        zero=Zero.NONE if value(stated).is_zero else Zero.NOT_ZERO,
        locator="",
        seen=seen,
        evidence=(),
        credibility=credibility,
        revision=1,
    )


def source(id: str, *, reliability: str = "C", relays: tuple[str, ...] = (), publisher: str = "") -> Source:
    """One document."""
    return Source(
        id=id,
        title=f"Report {id}",
        publisher=publisher or id,
        authors=(),
        published=PartialDate(2016),
        accessed=None,
        kind="news",
        url="https://example.org/" + id,
        archive_url="",
        language="en",
        reliability=reliability,
        relays=relays,
    )


def holding(
    *figures: Figure,
    sources: Iterable[Source] = (),
    memberships: Iterable[tuple[str, str]] = (),
    populations: Mapping[str, int] | None = None,
    headlines: Iterable[Headline] = (),
    revision: int = 1,
) -> Holdings:
    """Holdings of some figures; sources that a test does not describe are plain ones."""
    described = {item.id: item for item in sources}
    named = {key for item in figures for key in (item.source, item.relays) if key}
    named |= {key for item in described.values() for key in item.relays}
    listed = [Membership(region, place) for region, place in memberships]
    places = {item.place for item in figures} | {row.place for row in listed} | {row.region for row in listed}
    by_place: dict[str, list[Figure]] = {}
    for item in sorted(figures, key=lambda item: item.id):
        by_place.setdefault(item.place, []).append(item)
    return Holdings(
        revision=revision,
        recorded_at=AT,
        known_on=None,
        figures={place: tuple(items) for place, items in by_place.items()},
        sources={key: described.get(key) or source(key) for key in sorted(named | set(described))},
        measures={
            key: Measure(key, kind, key, "people", f"What {key} means.", summable, PARTS.get(key, ""))
            for key, (kind, summable) in MEASURES.items()
        },
        places={
            place: Place(place, "region" if place.startswith("R:") else "country", place) for place in sorted(places)
        },
        memberships=tuple(listed),
        populations={(place, 2015): Population(place, 2015, count) for place, count in (populations or {}).items()},
        headlines=tuple(headlines),
    )


def asked(
    *places: str,
    measure: str | None = None,
    period: str = "../..",
    intent: Intent = LOOKUP,
    **parts: object,
) -> Query:
    """A query; parts are those of Query."""
    query = Query(intent, places, measure, period=span(period))
    return replace(query, **parts)  # type: ignore[arg-type]  # tests name real parts


def answer(query: Query, holdings: Holdings | None = None, *, question: str = "") -> Answer:
    """The answer from the real dataset, or from the one given."""
    return compose(Read(query), real() if holdings is None else holdings, question=question)


def notes(given: Answer, kind: NoteKind) -> list[Note]:
    """The remarks of one kind."""
    return [note for note in given.notes if note.kind is kind]


def only(given: Answer, kind: type[B]) -> B:
    """The one block of a kind."""
    (block,) = [block for block in given.blocks if isinstance(block, kind)]
    return block


def printed(interval: Interval) -> str:
    """An interval as the tests write it; the opposite of ``value``."""
    signs = {
        Bound.AT_LEAST: ">=",
        Bound.MORE_THAN: ">",
        Bound.AT_MOST: "<=",
        Bound.FEWER_THAN: "<",
        Bound.ABOUT: "~",
        Bound.EXACT: "",
    }
    if interval.bound is Bound.RANGE:
        return f"{interval.low}-{interval.high}"
    return f"{signs[interval.bound]}{interval.low if interval.low is not None else interval.high}"


def day(text: str) -> date:
    """An ISO day."""
    return date.fromisoformat(text)
