"""Claims of people checked against what is held: row by row, and never agreed with when they are false."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.claim_check import Checked, Verdict, check_statement
from bot.answers.claim_numbers import stated_numbers
from bot.answers.claim_reading import ClaimReader
from bot.answers.shelf import Shelf
from bot.places.resolve import Resolver
from bot.questions.calendar_words import calendar_phrases
from bot.questions.reader import Reader
from db.model.records import Destination, Official
from tests.bot.answers.made import figure, holding, real

CASES = Path(__file__).parents[2] / "cases" / "claims.csv"
TODAY = date(2026, 1, 15)
COLUMNS = ("number", "place", "measure", "period_start", "period_end", "verdict")
KNOWN = frozenset((CASES.parent / "known_misses_of_claims.txt").read_text(encoding="utf-8").splitlines())
"""Claims whose numbers are not all told apart yet; one that is must be taken off. None of them is agreed with."""


@cache
def shelf() -> Shelf:
    return Shelf(real())


@cache
def claim_reader() -> ClaimReader:
    return ClaimReader(Reader.load(), Resolver.load())


def checked(text: str, held: Shelf | None = None) -> list[Checked]:
    return [check_statement(one, held or shelf()) for one in claim_reader().read(text, today=TODAY)]


def told(one: Checked) -> tuple[str, ...]:
    said = one.statement
    days = (str(said.period.first or ""), str(said.period.last or ""))
    return (str(said.stated.number), said.place or "", said.measure or "", *days, str(one.verdict))


def cases() -> Iterator[tuple[str, list[dict[str, str]]]]:
    with CASES.open(encoding="utf-8", newline="") as opened:
        for text, listed in groupby(csv.DictReader(opened), key=lambda row: row["text"]):
            yield text, list(listed)


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, rows, id=text) for text, rows in cases()])
def test_each_number_of_a_claim_is_told_apart(text: str, expected: list[dict[str, str]]) -> None:
    found = [told(one) for one in checked(text)]
    right = found == [tuple(row[key] for key in COLUMNS) for row in expected]
    assert right != (text in KNOWN), found
    assert right or "agrees" not in {row[-1] for row in found}


def test_half_of_the_cases_are_false_and_none_of_those_agrees() -> None:
    listed = list(cases())
    assert len(listed) >= 150
    false = [(text, row["number"]) for text, rows in listed for row in rows if row["truth"] == "false"]
    assert len({text for text, _ in false}) * 2 >= len(listed)
    agreed = {
        (text, str(one.statement.stated.number))
        for text, _ in false
        for one in checked(text)
        if one.verdict is Verdict.AGREES
    }
    assert agreed & set(false) == set()


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("900 people from Belgium had gone.", "cannot_tell"),
        ("510 people from Belgium had gone.", "agrees"),
        ("2,000 people from Belgium had gone.", "differs"),
        ("5,000,000 people from Belgium had gone.", "differs"),
        ("more than 510 people from Belgium had gone.", "agrees"),
        ("400 people from Belgium had gone.", "differs"),
        ("more than 400 people from Belgium had gone.", "cannot_tell"),
        ("fewer than 400 people from Belgium had gone.", "differs"),
    ],
)
def test_an_open_bound_agrees_only_near_its_number_or_with_a_bound(text: str, verdict: str) -> None:
    held = Shelf(holding(figure(">510")))
    assert [str(one.verdict) for one in checked(text, held)] == [verdict]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("about 400 people from Belgium had gone.", "agrees"),
        ("about 415 people from Belgium had gone.", "cannot_tell"),
        ("413 people from Belgium had gone.", "agrees"),
        ("400 people from Belgium had gone.", "cannot_tell"),
        ("about 300 people from Belgium had gone.", "differs"),
        ("300 to 413 people from Belgium had gone.", "cannot_tell"),
        ("400 to 420 people from Belgium had gone.", "agrees"),
    ],
)
def test_about_has_the_width_of_its_rounding(text: str, verdict: str) -> None:
    held = Shelf(holding(figure("413")))
    assert [str(one.verdict) for one in checked(text, held)] == [verdict]


def test_earlier_rival_and_unofficial_claims_count() -> None:
    held = Shelf(holding(figure("300", as_of="2013"), figure("450"), figure("500", source="x", official=Official.NO)))
    text = "300 Belgians had gone. 450 Belgians had gone. 500 Belgians had gone. 350 Belgians had gone."
    assert [str(one.verdict) for one in checked(text, held)] == ["agrees", "agrees", "agrees", "differs"]


@pytest.mark.parametrize(
    "text",
    [
        "510 Belgian and Dutch fighters had gone.",
        "510 Belgians had gone to Libya.",
        "510 fighters had gone to Belgium.",
        "Of 510 Belgians, 40 had returned.",
        "510 Belgians, of whom 40 had returned.",
        "510 Belgians a year had gone.",
        "510 Belgian tourists had gone.",
        "If 510 Belgians had gone, we would know.",
        "510 Belgians were not there.",
        "510 people from Antwerp had gone.",
        "510 more Belgians had returned.",
    ],
)
def test_what_may_be_read_otherwise_is_never_agreed_with(text: str) -> None:
    held = Shelf(holding(figure("510"), figure("510", measure="returned"), figure("510", place="NL")))
    agreed = {one.statement.measure for one in checked(text, held) if one.verdict is Verdict.AGREES}
    assert agreed <= ({"travelled"} if "40" in text else set())


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("More than 30,000 people had gone by 2015", [30_000]),
        ("6.000 Tunesier, 7 000 Tunisiens, 8'000", [6_000, 7_000, 8_000]),
        ("on 12/09/2016 and 2016-09-12, 12 September 2016", []),
        ("2016", []),
        ("exactly 2,016 people", [2_016]),
        ("4 Belgians, four Belgians, no Belgian", [4, 4, 0]),
        ("version 1.2 of MH370, page 12, top 10", []),
        ("6k, 3 thousand, 2.4k, 1.5 million people", [6_000, 3_000, 2_400, 1_500_000]),
        ("1,500 to 3,000 and between 27,000 and 31,000", [1_500, 27_000]),
        ("twenty-five Danes, two thousand four hundred Russians, a dozen Swedes", [25, 2_400, 12]),
        ("30,000+ people in 3 years for $5,000", [30_000]),
        ("dozens of people, thousands of people", []),
        ("none", [0]),
        ("سافر 1540 و5 في سوريا، و٢٠٠ من العراق، و4", [1_540, 5, 200, 4]),
    ],
)
def test_counts_are_found(text: str, numbers: list[int]) -> None:
    assert [one.number for one in stated_numbers(text)] == numbers


def test_a_month_in_which_something_was_said_does_not_contradict_who_had_gone_by_then() -> None:
    held = holding(
        figure("40", place="DK", as_of="2015-12-15"),
        figure("7", place="DK", measure="travelled_in_period", period="2015-12-01/2015-12-31"),
    )

    (said,) = checked("In December 2015 40 Danes left, the ministry said.", Shelf(held))
    (other,) = checked("In December 2015 90 Danes left, the ministry said.", Shelf(held))

    assert (str(said.verdict), [one.figure.measure for one in said.claims]) == ("cannot_tell", ["travelled"])
    assert str(other.verdict) == "differs"


@pytest.mark.parametrize("written", ["{} {} 2018", "{}. {} 2018"])
def test_the_day_of_a_month_is_no_count_in_any_language(written: str) -> None:
    months = [
        " ".join(phrase)
        for phrase, named in calendar_phrases().phrases.items()
        if {"month", "monthword"} & {kind for kind, _ in named}
    ]
    assert len(months) > 150

    counted = {month: found for month in months if (found := stated_numbers(written.format(31, month)))}

    assert counted == {}


@pytest.mark.parametrize("held_in", [Destination.SY, Destination.SY_IQ])
@pytest.mark.parametrize(
    "text",
    [
        "In 2016 40 Danes were in Iraq and 7 in Syria.",
        "En 2016, 40 Danois étaient en Irak et 7 en Syrie.",
        "قالت الوزارة في يونيو 2016 إن 40 دنماركيا موجودون في العراق و5 في سوريا.",
    ],
)
def test_a_number_of_one_theatre_is_no_number_of_the_other(text: str, held_in: Destination) -> None:
    held = holding(figure("40", place="DK", measure="present", as_of="2016-06", destination=held_in))

    assert "agrees" not in {str(one.verdict) for one in checked(text, Shelf(held))}


@given(st.integers(1, 400), st.integers(1, 9))
def test_a_number_that_is_known_to_the_last_place_is_no_bound_beside_it(tens: int, last: int) -> None:
    held = Shelf(holding(figure(f">{10 * tens}", place="DK")))

    verdicts = {str(one.verdict) for one in checked(f"{10 * tens + last} people from Denmark had gone.", held)}

    assert verdicts <= {"cannot_tell", "differs"}


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_searched(text: str) -> None:
    for one in stated_numbers(text):
        assert one.number >= 0
        assert 0 <= one.start < one.end <= len(text)
    claim_reader().read(text, today=TODAY)
