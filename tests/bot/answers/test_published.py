"""As known on a day: nothing that may not have been published by then, and nothing that speaks of a later day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from bot.questions.query import Intent
from db.model.values import PartialDate
from tests.bot.answers.made import answer, asked, day, figure, holding, real, source

DAY = "2015-06-30"


def shown(published: str | None, as_of: str, period: str = "../..", accessed: str | None = None) -> bool:
    document = replace(
        source("gov"),
        published=PartialDate.parse(published) if published else None,
        accessed=PartialDate.parse(accessed) if accessed else None,
    )
    held = holding(figure("9", as_of=as_of, period=period), sources=[document])
    return bool(answer(asked("BE", known_on=day(DAY)), held).claims)


@pytest.mark.parametrize(
    ("published", "as_of", "period", "is_shown"),
    [
        ("2015-06-30", "2015-06", "../..", True),
        ("2015-07-01", "2015-01", "../..", False),
        ("2015-06", "2015-01", "../..", True),
        ("2015-07", "2015-01", "../..", False),
        ("2015", "2013", "../..", False),  # it may have come out in December
        ("2014", "2013", "../..", True),
        ("2015-02", "2022-02-01", "../..", False),  # a later edition under the date of the first
        ("2015-02", "2015-02", "../2016", False),
        ("2015-02", "2015", "../..", True),  # a year that had begun
    ],
)
def test_an_imprecise_date_counts_at_its_last_day(published: str, as_of: str, period: str, is_shown: bool) -> None:
    assert shown(published, as_of, period) is is_shown


def test_a_document_without_a_date_was_out_when_it_was_read_and_not_before() -> None:
    assert not shown(None, "2013")
    assert not shown(None, "2013", accessed="2026-01-01")
    assert shown(None, "2013", accessed="2015-06-30")


@settings(max_examples=15)
@drawn(
    place=st.sampled_from(sorted(real().figures)),
    on=st.dates(day("2012-01-01"), day("2021-12-31")),
    intent=st.sampled_from([Intent.LOOKUP, Intent.TREND, Intent.SOURCES, Intent.DISPUTES, Intent.TOTAL]),
)
def test_nothing_that_may_not_have_been_out_is_ever_shown(place: str, on: date, intent: Intent) -> None:
    given = answer(asked(place, known_on=on, intent=intent))

    for claim in given.claims:
        out = claim.source.published or claim.source.accessed
        assert out is not None
        assert out.last <= on
        assert claim.figure.as_of is None or claim.figure.as_of.first <= on
