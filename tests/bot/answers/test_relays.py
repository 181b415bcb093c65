"""Relays that change what they relay are found by rule and both sides are shown."""

from __future__ import annotations

import pytest

from bot.answers.answer import ClaimsBlock, OfferBlock
from bot.answers.notes import NoteKind
from bot.answers.relays import Mismatch
from bot.answers.shelf import Shelf
from bot.questions.query import Intent
from db.model.records import Figure
from tests.bot.answers.made import answer, asked, figure, holding, notes, only, printed, real, source

FLOW = "travelled_in_period"
PAPER = source("blog", relays=("paper",))


def changes_of(shelf: Shelf, place: str) -> tuple[Mismatch, ...]:
    """Every relay of a place that changed what it relays."""
    return shelf.changes(place, [entry for topic in shelf.topics(place) for entry in shelf.entries(place, *topic)])


def change(mine: Figure, theirs: Figure) -> str | None:
    shelf = Shelf(holding(mine, theirs, sources=[PAPER, source("paper")]))
    found = changes_of(shelf, "BE")
    return found[0].what if found else None


@pytest.mark.parametrize(
    ("mine", "theirs", "what"),
    [
        (figure("50", source="blog", measure=FLOW), figure("50", source="paper", measure="monthly_rate"), "kind"),
        (figure("6500", source="blog"), figure("6000", source="paper"), "value"),
        (figure("6000", source="blog"), figure("6000", source="paper", as_of="2014-01"), "period"),
        (figure("12000", source="blog"), figure(">12000", source="paper"), "bound"),
        (figure("6000", source="blog"), figure("~6000", source="paper"), None),
        (figure("6000", source="blog"), figure("6000", source="paper", as_of="2015-10"), None),
        (figure("2000", source="blog"), figure("1990", source="paper"), None),
        (figure("85", source="blog"), figure("86", source="paper"), "value"),
        (figure("0", source="blog", measure=FLOW), figure("0", source="paper", measure="killed"), None),
        (figure("50", source="blog"), figure("9000", source="paper", measure="killed"), None),
        (figure("144", source="blog"), figure("151", source="paper", measure="killed"), None),
    ],
)
def test_a_relay_is_compared_with_what_it_relays(mine: Figure, theirs: Figure, what: str | None) -> None:
    assert change(mine, theirs) == what


def test_a_relay_that_says_the_same_in_one_measure_may_say_more_in_another() -> None:
    faithful = figure("50", source="blog", measure="monthly_rate")
    holdings = holding(faithful, figure("50", source="paper", measure="monthly_rate"), sources=[PAPER])

    assert changes_of(Shelf(holdings), "BE") == ()


def test_a_figures_own_relay_goes_before_that_of_its_document() -> None:
    mine = figure("50", source="blog", measure=FLOW, relays="agency")
    holdings = holding(mine, figure("50", source="paper", measure="monthly_rate"), sources=[PAPER])

    assert changes_of(Shelf(holdings), "BE") == ()


def test_the_other_side_is_shown_even_when_it_is_of_another_measure() -> None:
    mine, theirs = (
        figure("50", source="blog", measure=FLOW, as_of="2016-09", period="2016-01/2016-09"),
        figure("50", source="paper", measure="monthly_rate", as_of="2016-09"),
    )
    holdings = holding(mine, theirs, sources=[PAPER, source("paper")])

    for intent in (Intent.LOOKUP, Intent.DISPUTES, Intent.SOURCES, Intent.TREND):
        given = answer(asked("BE", measure=FLOW, intent=intent), holdings)
        assert notes(given, NoteKind.RELAY_MISMATCH)[0].values == {
            "figure": mine.id,
            "relayed": theirs.id,
            "what": "kind",
        }
        assert {mine.id, theirs.id} <= {claim.figure.id for claim in given.claims}


def test_a_printed_midpoint_is_shown_to_differ_from_the_report_that_it_cites() -> None:
    given = answer(asked("JO", period="2015-01-01/2015-12-31"))

    assert {note.values["figure"] for note in notes(given, NoteKind.RELAY_MISMATCH)} >= {"jo-travelled-telegraph_2016"}


def test_the_real_dataset_has_the_known_changes_and_no_flood_of_them() -> None:
    shelf = Shelf(real())
    found = {
        (change.relaying.figure.id, change.what) for place in real().figures for change in changes_of(shelf, place)
    }

    assert ("world-travelled_in_period-intelnews_2016_09", "kind") in found
    assert ("tn-travelled-telegraph_2016", "value") in found
    assert ("world-origin_countries-nber_22190", "value") in found
    assert ("world-travelled-tsg_2015-2", "bound") in found
    assert len(found) < 20


def test_revisions_need_a_later_count_of_the_same_period_or_of_one_that_holds_it() -> None:
    early = figure("0", measure=FLOW, as_of="2016-09", period="2016-01/2016-09")
    late = figure("4", source="b", measure=FLOW, as_of="2019-11", period="2016-01/2016-12")
    elsewhere = figure("4", source="b", measure=FLOW, as_of="2019-11", period="2016-04/2016-12")
    query = asked("BE", measure=FLOW, period="2016-01-01/2016-12-31")

    assert notes(answer(query, holding(early, late)), NoteKind.REVISES)[0].values == {
        "later": late.id,
        "earlier": early.id,
    }
    assert not notes(answer(query, holding(early, elsewhere)), NoteKind.REVISES)


def test_the_offer_leads_to_the_figure_that_it_shows() -> None:
    given = answer(asked("R:world", measure=FLOW, period="2016-01-01/2016-12-31"))

    for block in given.blocks:
        if isinstance(block, OfferBlock):
            shown = only(answer(block.query), ClaimsBlock).claims
            assert block.claim.figure.id in {claim.figure.id for claim in shown}, printed(block.claim.figure.value)
