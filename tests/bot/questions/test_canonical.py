"""A query and its text are the same thing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions.canonical import canonical, from_canonical
from bot.questions.query import Intent, Query
from db.model.records import Destination, Who
from db.model.values import Period

days = st.dates(date(2011, 1, 1), date(2019, 12, 31))
periods = st.tuples(st.none() | days, st.none() | days).map(lambda pair: Period.between(*sorted_pair(pair)))
queries = st.builds(
    Query,
    st.sampled_from(Intent),
    places=st.lists(st.sampled_from(["BE", "XK", "R:gulf", "R:world"]), unique=True).map(tuple),
    measure=st.none() | st.sampled_from(["travelled", "returned"]),
    who=st.sampled_from(Who),
    destination=st.none() | st.sampled_from(Destination),
    period=periods,
    per_million=st.booleans(),
    top=st.none() | st.integers(1, 250),
    bottom=st.none() | st.integers(1, 250),
    known_on=st.none() | days,
    style=st.none() | st.just("csl-json"),
    publisher=st.none() | st.text(min_size=1, max_size=10),
    value=st.none() | st.integers(1, 10**9),
    chart=st.booleans(),
    peak=st.booleans(),
    without=st.lists(st.sampled_from(["GB", "R:gulf", "women"]), unique=True).map(tuple),
    measures=st.lists(st.sampled_from(["killed", "present"]), unique=True).map(tuple),
    groups=st.lists(st.sampled_from(Who), unique=True).map(tuple),
    times=st.lists(periods.filter(lambda period: not period.is_open), max_size=3).map(tuple),
    publishers=st.lists(st.sampled_from(["ICSR", "The Soufan Group, New York"]), unique=True).map(tuple),
)


def sorted_pair(pair: tuple[date | None, date | None]) -> tuple[date | None, date | None]:
    first, last = pair
    return (last, first) if first and last and first > last else pair


@given(queries)
def test_a_query_survives_as_text(query: Query) -> None:
    assert from_canonical(canonical(query)) == query


def test_defaults_are_left_out() -> None:
    assert canonical(Query(Intent.HELP)) == "i=help"


@pytest.mark.parametrize(
    "text", ["", "i=", "i=guess", "p=BE", "i=lookup&q=1", "i=lookup&w=cats", "i=lookup&f=2016-13", "&&", "i"]
)
def test_forged_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  every reason is as good
        from_canonical(text)
