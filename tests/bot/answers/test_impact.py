"""What a change would do to answers, before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import TotalBlock
from bot.answers.foreseen import foreseen
from bot.answers.impact import MOST_TOPICS, impact_of, topics_of
from bot.answers.notes import HeadlineRule
from bot.answers.shelf import Shelf
from bot.questions.query import Intent
from db.edits.change import Change, FigureChange, HeadlineChange, SourceChange
from db.model.records import Figure, Headline, Holdings, Status, Who
from db.model.values import Interval
from db.store.engine import Database
from db.store.figures import FigureStore
from tests.bot.answers.made import answer, asked, figure, holding, only, printed, source, span, value

REGION = [("R:west", "BE"), ("R:west", "FR")]
BE = figure("400", place="BE", id="be")
FR = figure("900", place="FR", id="fr")
DE = figure("500", place="DE", id="de")
HELD = holding(BE, FR, DE, memberships=REGION)


def changed(before: Figure, stated: str) -> FigureChange:
    """A figure with another value."""
    return FigureChange(before, replace(before, value=value(stated), version=before.version + 1))


def shown(interval: Interval | None) -> str:
    """An interval as text, or that there is none."""
    return printed(interval) if interval else "none"


def test_another_value_changes_the_opening_the_totals_and_the_rank() -> None:
    impact = impact_of(Shelf(HELD), [changed(BE, "600")])
    (opening,) = impact.openings
    assert opening.before is not None
    assert opening.after is not None
    assert (printed(opening.before.figure.value), printed(opening.after.figure.value)) == ("400", "600")
    assert [(row.region, shown(row.before), shown(row.after)) for row in impact.sums] == [
        ("R:west", "1300", "1500"),
        ("R:world", "1800", "2000"),
    ]
    (standing,) = impact.standings
    assert (standing.before, standing.after) == ((3, 3), (2, 2))


def test_the_foreseen_total_is_the_total_that_is_answered_afterwards() -> None:
    change = changed(BE, "600")
    impact = impact_of(Shelf(HELD), [change])
    afterwards = holding(change.after, FR, DE, memberships=REGION)
    total = only(answer(asked("R:west", measure="travelled", intent=Intent.TOTAL), afterwards), TotalBlock)
    assert impact.sums[0].after == total.value


def test_a_remark_alone_changes_no_answer() -> None:
    noted = FigureChange(BE, replace(BE, note="Read again.", version=2))
    assert not impact_of(Shelf(HELD), [noted])


def test_a_claim_that_does_not_open_the_answer_changes_nothing_that_is_told() -> None:
    older = figure("10", place="BE", id="be-old", as_of="2013-01")
    assert not impact_of(Shelf(holding(BE, older)), [changed(older, "20")])


def test_a_flow_is_asked_for_in_its_own_period_too() -> None:
    flow = figure("4", measure="travelled_in_period", period="2015", as_of=None, id="flow")
    later = figure("1", measure="travelled_in_period", period="2016", as_of=None, id="later")
    impact = impact_of(Shelf(holding(flow, later)), [changed(flow, "7")])
    assert [opening.period for opening in impact.openings] == [span("2015")]


def test_a_withdrawal_leaves_a_gap_and_takes_part_in_no_total() -> None:
    gone = FigureChange(BE, replace(BE, status=Status.WITHDRAWN, status_reason="Wrong", version=2))
    impact = impact_of(Shelf(HELD), [gone])
    assert impact.openings[0].after is None
    assert impact.sums[0].region == "R:west"
    assert shown(impact.sums[0].before) == "1300"
    assert impact.standings[0].after is None


def test_a_pick_changes_which_claim_opens_the_answer_and_says_so() -> None:
    rival = figure("450", place="BE", id="rival")
    held = holding(BE, rival)
    pick = Headline("BE", "travelled", Who.EVERYONE, "rival", "The ministry says so", 0)
    (opening,) = impact_of(Shelf(held), [HeadlineChange(None, pick)]).openings
    assert opening.after is not None
    assert (opening.after.figure.id, opening.rule) == ("rival", HeadlineRule.MODERATOR)


def test_a_new_grade_of_a_source_changes_the_openings_of_its_figures() -> None:
    one = figure("400", id="one", source="a")
    other = figure("500", id="other", source="b")
    held = holding(one, other, sources=[source("a", reliability="B"), source("b", reliability="C")])
    worse = replace(held.sources["a"], reliability="E", version=2)
    (opening,) = impact_of(Shelf(held), [SourceChange(held.sources["a"], worse)], citing=[one]).openings
    assert opening.before is not None
    assert opening.after is not None
    assert (opening.before.figure.id, opening.after.figure.id) == ("one", "other")


def test_a_new_figure_may_cite_a_source_that_nothing_cites_yet() -> None:
    added = figure("3", place="IT", id="it", source="new")
    impact = impact_of(Shelf(HELD), [FigureChange(None, added)], more={"new": source("new")})
    assert impact.openings[0].before is None
    assert impact.openings[0].place == "IT"


def test_past_answers_are_given_again_and_those_that_differ_counted() -> None:
    past = [asked("BE"), asked("FR"), asked("DE", measure="returned"), asked("R:west", intent=Intent.TOTAL)]
    impact = impact_of(Shelf(HELD), [changed(BE, "600")], past=past)
    assert (impact.answers, impact.answers_again) == (2, 4)


def test_many_places_are_looked_at_in_part_and_that_is_said() -> None:
    figures = [figure("7", place=place) for place in "AT BE BG CZ DE DK ES FI FR GB GR".split()]
    impact = impact_of(Shelf(holding(*figures)), [changed(item, "8") for item in figures])
    assert (impact.topics, impact.looked_at) == (11, MOST_TOPICS)


def test_a_figure_that_moves_touches_both_places() -> None:
    moved: list[Change] = [FigureChange(BE, replace(BE, place="NL", version=2))]
    assert [place for place, _, _ in topics_of(moved)] == ["BE", "NL"]
    after = foreseen(Shelf(HELD), moved)
    assert [entry.figure.id for entry in after.entries("NL", "travelled", Who.EVERYONE)] == ["be"]


def test_the_given_holdings_stay_as_they_are() -> None:
    before: Holdings = replace(HELD)
    foreseen(Shelf(HELD), [changed(BE, "600")])
    assert before == HELD


async def test_of_a_large_dataset_an_impact_reads_what_it_needs_and_is_the_same(filled_database: Database) -> None:
    whole = await FigureStore(filled_database).holdings()
    large = FigureStore(filled_database, large_from=0)
    view = await large.view()
    past = [
        asked("BE", measure="travelled"),
        asked("R:world", intent=Intent.RANK, measure="travelled"),
        asked("BE", measure="returned", period="2016"),
        asked("R:western_europe", intent=Intent.TOTAL, measure="travelled"),
        asked("FR", "BE", intent=Intent.COMPARE),
    ]

    async def same(changes: list[Change], citing: Sequence[Figure] = ()) -> bool:
        held = Shelf(view.common, topics=view)
        expected = impact_of(Shelf(whole), changes, citing=citing, past=past)
        assert await view.run(lambda: impact_of(held, changes, citing=citing, past=past)) == expected
        return bool(expected)

    told = 0
    opening = (answer(query, whole).headline for query in (past[0], past[2]))
    for before in (claim.figure for claim in opening if claim is not None):
        other = replace(before, value=value("123456"), version=before.version + 1)
        moved = replace(other, place="FR", id=f"{other.id}-2", version=1)
        told += await same([FigureChange(before, other)])
        told += await same([FigureChange(before, other), FigureChange(None, moved)])
    assert told > 1

    cited = whole.sources[whole.figures["BE"][0].source]
    graded: list[Change] = [SourceChange(cited, replace(cited, reliability="E", version=cited.version + 1))]
    await same(graded, await large.figures_of_source(cited.id))
