"""What members type into options: read kindly, completed within Discord's limits."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import inputs
from bot.chat.errors import Kindly
from bot.chat.inputs import Recent
from bot.places.resolve import Resolver
from db.model.values import PartialDate, Period
from db.package.datapackage import read_package


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2016", Period.year(2016)),
        (" 2014-06 ", Period(PartialDate(2014, 6), PartialDate(2014, 6))),
        ("2014-06 to 2015", Period(PartialDate(2014, 6), PartialDate(2015))),
        ("2014/2016", Period(PartialDate(2014), PartialDate(2016))),
        ("2014 – 2016", Period(PartialDate(2014), PartialDate(2016))),
        ("from 2014 until 2016", Period(PartialDate(2014), PartialDate(2016))),
        ("since 2014-01", Period(PartialDate(2014, 1), None)),
        ("by 2015", Period(None, PartialDate(2015))),
        ("../2015", Period(None, PartialDate(2015))),
        ("2014/..", Period(PartialDate(2014), None)),
        ("2016 to 2014", None),
        ("last summer", None),
        ("2016-13", None),
        ("", None),
    ],
)
def test_periods(text: str, expected: Period | None) -> None:
    assert inputs.read_period(text) == expected


@given(st.dates(date(1990, 1, 1)).map(PartialDate.of) | st.none(), st.dates(date(1990, 1, 1)).map(PartialDate.of))
def test_a_shown_period_is_read_as_itself(start: PartialDate | None, end: PartialDate) -> None:
    if start is None or start.first <= end.last:
        assert inputs.read_period(str(Period(start, end))) == Period(start, end)


def test_every_measure_of_the_dataset_is_offered_and_no_other() -> None:
    assert sorted(inputs.MEASURES) == sorted(measure.id for measure in read_package().measures)


@pytest.mark.parametrize("typed", ["returned", "travelled_in_period", "monthly rate", " Killed "])
def test_measures_are_read_by_id_or_name(typed: str) -> None:
    assert inputs.read_measure(typed) in inputs.MEASURES


def test_an_unknown_measure_is_met_with_the_list() -> None:
    with pytest.raises(Kindly, match="travelled_in_period"):
        inputs.read_measure("cost")


def test_an_unknown_place_is_met_with_what_comes_close() -> None:
    resolver = Resolver.load()
    assert inputs.read_place(resolver, "Belgium") == "BE"
    assert inputs.read_place(resolver, "BE") == "BE"
    with pytest.raises(Kindly, match="pick one"):
        inputs.read_place(resolver, "congo")
    with pytest.raises(Kindly, match="no place called"):
        inputs.read_place(resolver, "qqqqqqqq")


@given(st.text(max_size=120))
def test_completing_never_fails_and_stays_within_limits(typed: str) -> None:
    choices = inputs.place_choices(Resolver.load(), ("BE", "XK"), typed, "fr")
    assert len(choices) <= 25
    assert all(1 <= len(choice.name) <= 100 for choice in choices)
    assert len({choice.value for choice in choices}) == len(choices)


def test_what_was_asked_for_last_comes_first() -> None:
    recent = Recent(each=2, held=2)
    recent.saw(1, ["BE"])
    recent.saw(1, ["FR", "TN"])
    assert recent.of(1) == ("FR", "TN")
    choices = inputs.place_choices(Resolver.load(), recent.of(1), "", "en")
    assert [choice.value for choice in choices[:2]] == ["FR", "TN"]
    recent.saw(2, ["DE"])
    recent.saw(3, ["DE"])
    assert recent.of(1) == ()
