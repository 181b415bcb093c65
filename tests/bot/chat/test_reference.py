"""References: any question goes into a component id and comes back, and nothing else comes out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.pressed import ID_LENGTH, component_id
from bot.chat.reference import Reference, TooLong, Unreadable, lengthen, shorten
from bot.questions.canonical import canonical
from bot.questions.query import Intent, Query
from db.model.records import Destination, Who
from db.model.values import PartialDate, Period

DAYS = st.dates(date(2011, 1, 1), date(2026, 12, 31))
PARTIAL = st.one_of(
    DAYS.map(PartialDate.of),
    DAYS.map(lambda day: PartialDate(day.year, day.month)),
    DAYS.map(lambda day: PartialDate(day.year)),
)
PERIODS = st.one_of(
    st.just(Period()),
    PARTIAL.map(lambda start: Period(start, None)),
    PARTIAL.map(lambda end: Period(None, end)),
    PARTIAL.map(lambda both: Period(both, both)),
)
QUERIES = st.builds(
    Query,
    st.sampled_from(Intent),
    st.lists(st.sampled_from(["BE", "XK", "FR", "R:world", "R:western_europe"]), max_size=5, unique=True).map(tuple),
    measure=st.none() | st.sampled_from(["travelled", "travelled_in_period", "origin_countries"]),
    who=st.sampled_from(Who),
    destination=st.none() | st.sampled_from(Destination),
    period=PERIODS,
    per_million=st.booleans(),
    top=st.none() | st.integers(1, 99),
    bottom=st.none() | st.integers(1, 99),
    known_on=st.none() | DAYS,
    style=st.none() | st.text(min_size=1, max_size=12),
    publisher=st.none() | st.text(st.characters(codec="utf-8"), min_size=1, max_size=12),
    value=st.none() | st.integers(0, 10**9),
    chart=st.booleans(),
    peak=st.booleans(),
)


@given(QUERIES)
def test_a_shortened_text_comes_back_equal(query: Query) -> None:
    assert lengthen(shorten(canonical(query))) == canonical(query)


@given(
    st.builds(
        Reference,
        QUERIES,
        st.integers(0, 10**6),
        st.integers(0, 40),
        st.booleans(),
        st.sampled_from(["", "en", "fr", "zh-TW"]),
    ),
    st.integers(1, 2**64 - 1),
)
def test_a_reference_fits_an_id_or_says_that_it_does_not(reference: Reference, owner: int) -> None:
    try:
        payload = reference.payload("page", owner=owner)
    except TooLong:
        return
    assert len(component_id("page", payload, owner=owner)) <= ID_LENGTH
    assert Reference.read(payload) == reference


def test_everyday_questions_fit() -> None:
    query = Query(
        Intent.RANK,
        ("R:western_europe",),
        measure="travelled_in_period",
        who=Who.WOMEN_AND_MINORS,
        period=Period(PartialDate(2014, 6), PartialDate(2015, 12)),
        per_million=True,
        top=10,
    )
    Reference(query, 10_000, 3).payload("pick", owner=2**64 - 1)


@given(st.text(max_size=120))
@example("1.0.!l!pBE!f2016!u2015")
@example("1.0.!l!p../etc!1")
@example("1.0.!r!pBE&n=" + "9" * 90)
@example("1.0.!l!pBE!")
@example("zzzzzzzzz.0.!l!pBE")
def test_a_forged_payload_is_refused_kindly(payload: str) -> None:
    try:
        reference = Reference.read(payload)
    except Unreadable:
        return
    assert Reference.read(payload) == reference


def test_a_foreign_payload_is_no_reference() -> None:
    for payload in ("", "x", "1.1", "1.1.", "1.1.!q!pBE", "1.1.!l!pBE!!", "1.1.!l!pBE&zz=1", "-1.0.!l!pBE"):
        with pytest.raises(Unreadable):
            Reference.read(payload)
