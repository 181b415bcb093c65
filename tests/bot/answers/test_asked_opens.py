"""What was asked opens: the peak of a course, the places that are missing, the disagreement, the number, the parts."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answer import (
    ClaimsBlock,
    CompareBlock,
    CoverageBlock,
    DisputeBlock,
    OfferBlock,
    Outcome,
    TotalBlock,
    TrendBlock,
)
from bot.answers.compose import compose
from bot.answers.conflicts import HALF_YEAR
from bot.answers.headline import off_definition
from bot.answers.notes import HeadlineRule, Note, NoteKind
from bot.answers.shelf import Shelf
from bot.questions.query import Intent, Query, Read
from bot.render.fragments import MANY
from bot.render.telling import sentence_of
from bot.render.terminal import to_text
from bot.words.catalogue import languages
from bot.words.words import words_of
from db.model.records import Destination, Who
from db.model.values import stated, widened
from tests.bot.answers.made import answer, asked, figure, holding, notes, only, printed, real, source

FLOW = "travelled_in_period"
LAWS = settings(deadline=None, max_examples=50)
REGIONS = sorted(place for place in real().places if place.startswith("R:") and place != "R:world")
COUNTRIES = sorted(place for place in real().figures if not place.startswith("R:"))


@cache
def shelf() -> Shelf:
    return Shelf(real())


def opening(query: Query, locale: str = "en") -> str:
    return sentence_of(compose(Read(query), real(), question="", shelf=shelf()), locale)


@LAWS
@given(st.lists(st.integers(0, 200), min_size=2, max_size=7))
def test_a_course_that_turns_says_where_and_one_that_does_not_names_its_ends(counts: list[int]) -> None:
    figures = [
        figure(str(count), measure=FLOW, as_of="2020", period=f"{2011 + year}/{2011 + year}")
        for year, count in enumerate(counts)
    ]
    query = asked("BE", measure=FLOW, intent=Intent.TREND)

    given = answer(query, holding(*figures))

    block, sentence = only(given, TrendBlock), sentence_of(given)
    turns = max(counts) > max(counts[0], counts[-1])
    assert (block.turn is not None) == turns
    named = {max(counts), counts[0], counts[-1]} if turns else {counts[0], counts[-1]}
    assert all(("none" if count == 0 else str(count)) in sentence for count in named)


@pytest.mark.parametrize("locale", languages())
@pytest.mark.parametrize(("place", "measure", "year"), [("BE", FLOW, "2013"), ("BA", FLOW, "2013")])
def test_who_asks_when_it_peaked_is_told_when(place: str, measure: str, year: str, locale: str) -> None:
    told = opening(asked(place, measure=measure, intent=Intent.TREND, peak=True), locale)

    assert year in told or words_of(locale).number(int(year)) in told
    assert "2019" not in told.split("(")[0]


@pytest.mark.parametrize("locale", languages())
@pytest.mark.parametrize("region", REGIONS)
def test_what_is_held_says_which_places_are_missing_whole(region: str, locale: str) -> None:
    for measure in (None, "travelled", "returned"):
        query = asked(region, measure=measure, intent=Intent.COVERAGE)
        given = compose(Read(query), real(), question="", shelf=shelf())
        words = words_of(locale)
        for block in (one for one in given.blocks if isinstance(one, CoverageBlock)):
            sentence = sentence_of(given, locale)
            for places in (block.missing, block.places if block.missing else ()):
                if len(places) <= MANY and block.places:
                    assert all(words.place(place) in sentence for place in places)


@pytest.mark.parametrize("place", COUNTRIES)
def test_a_dispute_is_of_one_definition_and_half_year_and_growth_is_none(place: str) -> None:
    given = compose(Read(asked(place, intent=Intent.DISPUTES)), real(), question="", shelf=shelf())
    for block in (one for one in given.blocks if isinstance(one, DisputeBlock)):
        claims = block.apart
        assert len({off_definition(claim.figure) for claim in claims}) <= 1
        days = [(claim.figure.as_of or claim.figure.period.end) for claim in claims]
        ends = sorted(day.last.toordinal() for day in days if day is not None)
        assert not ends or ends[-1] - ends[0] <= HALF_YEAR + 31
        values = [widened(claim.figure.value) for claim in claims]
        assert not claims or any(one.surely_below(two) for one in values for two in values)


def test_growth_and_rounding_are_no_dispute_and_the_newest_disagreement_is_told() -> None:
    def told(*claims: tuple[str, str, str], period: str = "../..") -> tuple[bool, str]:
        held = holding(*(figure(value, as_of=as_of, source=source) for value, as_of, source in claims))
        given = answer(asked("BE", intent=Intent.DISPUTES, period=period), held)
        return not only(given, DisputeBlock).apart, sentence_of(given)

    assert told(("30", "2013-12", "a"), ("400", "2015-12", "b"))[0]
    assert told(("426", "2019-11", "a"), ("~430", "2019-10", "b"))[0]
    assert told(("1654", "2019-11", "a"), (">1659", "2019-10", "b"))[0]
    assert told(("800", "2014-06", "a"), (">1500", "2014-11", "b"))[0]  # five months in which many more went
    assert not told((">1500", "2014-06", "a"), ("800", "2014-11", "b"))[0]
    asked_time = told(
        ("80", "2014-06", "a"),
        ("900", "2014-06", "b"),
        ("1700", "2015-12", "a"),
        ("1900", "2015-12", "b"),
        period="../2015-12-31",
    )
    assert "1,700–1,900" in asked_time[1]  # what differs by less, at the time that was asked
    assert "more than 1,000" not in str(
        told(("1700", "2015-12", "a"), ("1900", "2015-12", "b"), (">1000", "2015-12", "c"))[1]
    )
    agree, sentence = told(("30", "2013-12", "a"), ("1000", "2017-10", "b"), ("1910", "2017-09", "c"))
    assert not agree
    assert "1,000–1,910" in sentence
    assert "30" not in sentence


def test_one_sources_counts_of_two_destinations_are_no_dispute() -> None:
    claims = (figure("742", destination=Destination.SY_IQ), figure("657", destination=Destination.SY))

    assert not only(answer(asked("BE", intent=Intent.DISPUTES), holding(*claims)), DisputeBlock).apart


@pytest.mark.parametrize("locale", languages())
def test_who_asks_for_the_sources_of_a_number_reads_it_in_the_sentence(locale: str) -> None:
    told = opening(asked("FR", intent=Intent.SOURCES, value=1910), locale)

    assert words_of(locale).number(1910) in told


@pytest.mark.parametrize("locale", languages())
def test_a_share_of_several_places_names_them_all(locale: str) -> None:
    told = opening(asked("ES", "IT", "R:western_europe", intent=Intent.SHARE, period="../2015-12-31"), locale)

    assert all(words_of(locale).place(place) in told for place in ("ES", "IT"))


def test_a_floor_states_its_own_number_only() -> None:
    claims = (figure(">=45", as_of="2013-03"), figure(">=160", as_of="2021-03"))

    block = only(answer(asked("BE", intent=Intent.TREND), holding(*claims)), TrendBlock)

    assert block.direction == "up"
    assert block.change is None  # an open end leaves open by how much
    assert stated(claims[0].value).most == 45


def test_women_and_minors_stand_beside_each_other_where_nobody_counts_them_together() -> None:
    told = opening(asked("BE", who=Who.WOMEN_AND_MINORS, period="../2017-10-31"))

    assert "Women 85" in told
    assert "Minors 118" in told


def test_a_date_surely_of_the_newest_quarter_goes_before_a_bare_year() -> None:
    held = holding(figure("130", as_of="2015"), figure("125", as_of="2015-10", source="b"))

    given = answer(asked("BE", period="../2015-12-31"), held)

    assert given.headline is not None
    assert given.headline_rule is HeadlineRule.DATED
    assert str(given.headline.figure.as_of) == "2015-10"
    floor = holding(figure("3922-4294", as_of="2015"), figure(">=4000", as_of="2015-11", source="b"))
    whole = answer(asked("BE", period="../2015-12-31"), floor)
    assert whole.headline is not None  # a number before a bound alone, however exactly that is dated
    assert whole.headline_rule is HeadlineRule.TWO_SIDED
    assert str(whole.headline.figure.as_of) == "2015"


@pytest.mark.parametrize("locale", languages())
def test_a_count_that_a_later_one_revises_says_so_and_what_counts_attempts_says_how_many(locale: str) -> None:
    revised = asked("BE", measure=FLOW, period="2016-01-01/2016-08-31")
    tried = asked("AT", period="../2019-12-31")
    for query, number in ((revised, 4), (tried, 326)):
        given = compose(Read(query), real(), question="", shelf=shelf())
        told = to_text(given, width=400, locale=locale, whole=True).partition("\n")[2]
        assert any(f"{words_of(locale).number(number)} (" in line for line in told.splitlines())


@pytest.mark.parametrize("place", COUNTRIES)
def test_a_motion_verb_with_a_time_is_of_departures_or_says_that_they_are_not_held(place: str) -> None:
    for year in range(2012, 2020):
        given = compose(
            Read(asked(place, measure=FLOW, period=f"{year}-01-01/{year}-12-31")), real(), question="", shelf=shelf()
        )
        opens = next((block for block in given.blocks if isinstance(block, ClaimsBlock)), None)
        if opens is None:
            assert given.outcome is Outcome.NO_DATA or any(isinstance(block, TotalBlock) for block in given.blocks)
            continue
        said = [note for note in given.notes if note.kind is NoteKind.OTHER_COUNT_ONLY]
        assert (opens.measure == FLOW) == (not said)
        for locale in languages() if said else ():
            words, told = words_of(locale), sentence_of(given, locale)
            key = "instead.rate" if opens.measure == "monthly_rate" else "instead.all"
            tail = words.say(key, sentence="").strip(" ,;،؛")
            assert tail in told, (locale, told)
        if opens.measure == FLOW:
            head = given.headline or given.disagreement[0]
            start, end = head.figure.period.first, head.figure.period.last
            assert end is None or end.year >= year
            assert start is None or start.year <= year


@pytest.mark.parametrize("locale", languages())
def test_what_is_no_part_is_refused_in_the_sentence(locale: str) -> None:
    told = opening(asked("NO", "R:european_union", intent=Intent.SHARE), locale)

    words = words_of(locale)
    places = words.listed(words.place(place) for place in ("NO", "R:european_union"))
    assert told == words.say("note.not_a_part", places=places)


@pytest.mark.parametrize("locale", languages())
def test_a_region_of_which_nothing_is_missing_says_so(locale: str) -> None:
    told = opening(asked("R:western_balkans", measure="killed", intent=Intent.COVERAGE), locale)

    assert words_of(locale).number(6) in told


def test_a_date_within_what_was_asked_is_no_other_time() -> None:
    def notes_of(as_of: str, period: str, measure: str = "travelled") -> list[Note]:
        given = answer(asked("BE", measure=measure, period=period), holding(figure("9", as_of=as_of, measure=measure)))
        return notes(given, NoteKind.PERIOD_DIFFERS)

    assert not notes_of("2016-07-12", "../2016-07-31")
    assert not notes_of("2017-11-10", "2017-11-01/2017-11-30", "present")
    assert not notes_of("2015-09", "2015-09-01/2015-09-30", "monthly_rate")
    assert notes_of("2015-10", "../2015-12-31")


def test_a_doubted_count_of_all_who_had_gone_waits_behind_older_ones() -> None:
    doubted = figure("800", as_of="2019-09", source="paper")
    held = holding(figure("400", as_of="2017-11"), doubted, sources=[source("gov"), source("paper", reliability="D")])

    given = answer(asked("BE"), held)

    assert given.headline is not None
    assert printed(given.headline.figure.value) == "400"
    assert "800" in {printed(claim.figure.value) for claim in given.claims}


def test_what_was_published_of_a_region_years_before_gives_way_to_the_sum_of_its_members() -> None:
    members = [("R:north", place) for place in ("DK", "NO", "SE")]
    counts = [figure("30", place=place, as_of="2015-12") for _, place in members]
    old = figure("50", place="R:north", as_of="2013-06", source="old")

    given = answer(asked("R:north", period="../2015-12-31"), holding(old, *counts, memberships=members))

    assert printed(only(given, TotalBlock).value) == "90"
    assert [block.claim.figure for block in given.blocks if isinstance(block, OfferBlock)] == [old]
    assert given.blocks[0] == only(given, TotalBlock)
    assert answer(asked("R:north"), holding(old, *counts, memberships=members)).headline is not None


def test_a_comparison_of_an_asked_time_is_not_of_half_a_year_before_it() -> None:
    held = holding(
        *(figure(value, place=place, as_of="2014-12", source="old") for value, place in (("60", "NO"), ("65", "FI"))),
        figure("81", place="NO", as_of="2015-12", source="a"),
        figure("70", place="FI", as_of="2015-08", source="b"),
    )

    block = only(answer(asked("NO", "FI", period="../2015-12-31", intent=Intent.COMPARE), held), CompareBlock)

    assert [printed(row.value) for row in block.rows] == ["81", "70"]


def test_growth_after_the_time_that_is_compared_turns_no_order_of_it() -> None:
    held = holding(
        figure("100", place="NO", as_of="2014-12", source="both"),
        figure("40", place="FI", as_of="2014-12", source="both"),
        figure("300", place="NO", as_of="2015-12", source="a"),
        figure("110", place="FI", as_of="2018-12", source="b"),
    )

    assert only(answer(asked("NO", "FI", intent=Intent.COMPARE), held), CompareBlock).certain


def test_a_count_over_years_is_no_peak_of_yearly_ones() -> None:
    flows = (("267", "2012/2016", "a"), ("98", "2013/2013", "b"), ("10", "2016/2016", "c"))
    claims = [figure(value, measure=FLOW, as_of="2017", period=period, source=key) for value, period, key in flows]

    given = answer(asked("BE", measure=FLOW, intent=Intent.TREND), holding(*claims))

    peak = only(given, TrendBlock).peak
    assert peak is not None
    assert printed(peak.figure.value) == "98"
    assert "267" not in sentence_of(given)


def test_a_remark_on_a_fall_is_of_the_fall_that_the_course_tells() -> None:
    turned = []
    for place in COUNTRIES:
        told = compose(Read(asked(place, measure="travelled", intent=Intent.TREND)), real(), question="", shelf=shelf())
        block = next((block for block in told.blocks if isinstance(block, TrendBlock)), None)
        if block is not None and block.turn is not None and block.last is not None:
            ids = {"earlier": block.turn.figure.id, "later": block.last.figure.id}
            turned += [note.values == ids for note in notes(told, NoteKind.FALLING_CUMULATIVE)]
    assert turned
    assert all(turned)


def test_a_count_with_families_is_left_without_their_minors() -> None:
    told = opening(asked("NL", without=("minors",), period="../2017-10-31"))

    assert told.startswith("About 190 people from the Netherlands")
