"""The questions that the whole path must get right, asked of the real dataset as queries."""

from __future__ import annotations

from bot.answers.answer import ClaimsBlock, OfferBlock, Outcome
from bot.answers.notes import HeadlineRule, NoteKind
from tests.bot.answers.made import answer, asked, notes, only, printed


def test_belgians_in_2016_are_four_and_the_answer_says_that_this_revises_none_known() -> None:
    given = answer(asked("BE", measure="travelled_in_period", period="2016-01-01/2016-12-31"))

    assert given.headline is not None
    assert printed(given.headline.figure.value) == "4"
    assert given.headline.figure.source == "hln_belga_2019_11_30"
    assert given.headline.origins == ("be_interior_de_crem_2019_11",)
    assert given.headline_rule is HeadlineRule.PERIOD
    block = only(given, ClaimsBlock)
    shown = {claim.figure.source: claim for claim in block.claims}
    assert set(shown) == {"hln_belga_2019_11_30", "intelnews_2016_09", "vtm_2016_08_30"}
    assert shown["intelnews_2016_09"].relay_chain == ("intelnews_2016_09", "washington_post_2016_09")
    assert shown["vtm_2016_08_30"].bodies == given.headline.bodies == ("BE",)
    assert block.origins == 2
    earlier = {note.values["earlier"] for note in notes(given, NoteKind.REVISES)}
    assert earlier == {shown["intelnews_2016_09"].figure.id, shown["vtm_2016_08_30"].figure.id}
    assert notes(given, NoteKind.NONE_KNOWN)[0].values["figure"] == shown["intelnews_2016_09"].figure.id


def test_cumulative_belgians_are_offered_as_another_measure_and_not_mixed_in() -> None:
    given = answer(asked("BE", measure="travelled_in_period", period="2016-01-01/2016-12-31"))

    assert {claim.figure.measure for claim in only(given, ClaimsBlock).claims} == {"travelled_in_period"}
    offers = [block for block in given.blocks if isinstance(block, OfferBlock)]
    cumulative = next(offer for offer in offers if offer.claim.figure.measure == "travelled")
    assert cumulative.differs == ("measure",)
    assert "travelled" in notes(given, NoteKind.OTHER_MEASURES)[0].values["measures"].split(",")


def test_a_bare_belgium_2016_keeps_to_those_who_ever_went_and_offers_the_departures() -> None:
    given = answer(asked("BE", period="2016-01-01/2016-12-31"))

    assert given.headline is not None
    assert given.headline.figure.measure == "travelled"
    offered = [block.claim.figure for block in given.blocks if isinstance(block, OfferBlock)]
    assert "be-travelled_in_period-hln_belga_2019_11_30-4" in {figure.id for figure in offered}


def test_americans_since_january_2016_are_fewer_than_ten() -> None:
    given = answer(asked("US", period="2016-01-01/.."))

    assert given.headline is not None
    assert printed(given.headline.figure.value) == "<10"
    assert notes(given, NoteKind.MEASURE_ASSUMED)[0].values == {"measure": "travelled_in_period"}
    assert notes(given, NoteKind.PERIOD_DIFFERS)[0].values["own"] == "2016-01/2016-09-12"


def test_by_the_end_of_2015_more_than_30000_had_gone_from_about_90_countries() -> None:
    given = answer(asked("R:world", measure="travelled", period="../2015-12-31"))

    assert given.headline is not None
    assert printed(given.headline.figure.value) == "27000-31000"
    assert given.headline.figure.source == "tsg_2015"
    block = only(given, ClaimsBlock)
    told = next(claim for claim in block.claims if claim.figure.source == "intelnews_2016_09")
    assert printed(told.figure.value) == ">30000"
    assert told.relay_chain == ("intelnews_2016_09", "washington_post_2016_09", "tsg_2015")
    assert told.bodies == given.headline.bodies == ("Soufan",)
    assert block.span is not None
    assert printed(block.span) == ">=25000"
    countries = [
        block.claim.figure
        for block in given.blocks
        if isinstance(block, OfferBlock) and block.claim.figure.measure == "origin_countries"
    ]
    assert [(printed(figure.value), figure.source) for figure in countries] == [(">=86", "tsg_2015")]
    asked_for = answer(asked("R:world", measure="origin_countries", period="../2015-12-31"))
    assert ("~90", "intelnews_2016_09") in {
        (printed(claim.figure.value), claim.figure.source) for claim in only(asked_for, ClaimsBlock).claims
    }


def test_the_monthly_flow_at_its_peak_was_2000() -> None:
    given = answer(asked("R:world", measure="monthly_rate", peak=True))

    assert given.headline is not None
    assert printed(given.headline.figure.value) == "~2000"
    assert given.headline_rule is HeadlineRule.PEAK
    assert only(given, ClaimsBlock).span is None


def test_the_inflow_of_2016_shows_that_the_relay_made_a_month_into_a_year() -> None:
    flow = answer(asked("R:world", measure="travelled_in_period", period="2016-01-01/2016-12-31"))
    rate = answer(asked("R:world", measure="monthly_rate", period="2016-01-01/2016-12-31"))

    assert flow.headline is not None
    assert (flow.headline.figure.source, printed(flow.headline.figure.value)) == ("intelnews_2016_09", "50")
    assert notes(flow, NoteKind.PERIOD_DIFFERS)[0].values["own"] == "2016-01/2016-09-12"
    for given in (flow, rate):
        values = notes(given, NoteKind.RELAY_MISMATCH)[0].values
        assert values["what"] == "kind"
        assert values["figure"] == "world-travelled_in_period-intelnews_2016_09"
        assert values["relayed"] == "world-monthly_rate-washington_post_2016_09-2"
        assert {values["figure"], values["relayed"]} <= {claim.figure.id for claim in given.claims}


def test_tunisia_2015_opens_with_the_range_of_two_official_counts_and_shows_the_unofficial_7000() -> None:
    """The ministry named 3,000 in December 2015, the Soufan Group an official 6,000 in October: half apart."""
    for period in ("2015-01-01/2015-12-31", "../2015-12-31"):
        given = answer(asked("TN", period=period))

        claims = only(given, ClaimsBlock).claims
        shown = [printed(claim.figure.value) for claim in claims]
        assert shown[:2] == ["6000", "3000"]
        assert "~7000" in shown
        assert given.headline is None


def test_turkey_2015_shows_every_rival_count() -> None:
    given = answer(asked("TR", period="2015-01-01/2015-12-31"))

    shown = {printed(claim.figure.value) for claim in only(given, ClaimsBlock).claims}
    assert shown >= {">=700", "1000-1300", "2000-2200", "2307"}


def test_a_place_without_any_figure_has_no_number_in_its_answer() -> None:
    given = answer(asked("MN"))

    assert given.outcome is Outcome.NO_DATA
    assert given.claims == ()
    assert notes(given, NoteKind.NO_FIGURES)[0].values == {"places": "MN"}


def test_the_reading_line_says_what_was_counted_when_the_words_left_it_open() -> None:
    assert answer(asked("US", period="2016-01-01/..")).reading.measure == "travelled_in_period"
    assert answer(asked("US", period="2016-01-01/2016-12-31")).reading.measure is None
