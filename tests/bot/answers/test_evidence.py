"""Sources, disputes, coverage, definitions, and the answers that are not answers."""

from __future__ import annotations

from bot.answers.answer import (
    AskBlock,
    CoverageBlock,
    DefinitionBlock,
    DisputeBlock,
    HelpBlock,
    Outcome,
    RefusalBlock,
    SourcesBlock,
)
from bot.answers.changes import changed_since
from bot.answers.compose import compose
from bot.answers.ids import answer_id
from bot.answers.notes import NoteKind
from bot.questions.query import Choice, Correction, Doubt, Intent, Read, Refusal, Refused, Unclear
from db.model.records import Who
from tests.bot.answers.made import answer, asked, figure, holding, notes, only, printed, real


def test_sources_lead_from_the_document_to_its_origin() -> None:
    query = asked("US", measure="travelled_in_period", intent=Intent.SOURCES, period="2016-01-01/2016-12-31")

    block = only(answer(query), SourcesBlock)

    assert [source.id for source in block.sources] == [
        "intelnews_2016_09",
        "washington_post_2016_09",
    ]
    assert block.groups == (("washington_post_2016_09", ("intelnews_2016_09",)),)


def test_the_source_of_a_number_is_found_by_the_number() -> None:
    given = answer(asked("RU", measure="travelled", intent=Intent.SOURCES, value=2400))

    assert [claim.source.id for claim in only(given, SourcesBlock).claims] == ["tsg_2015"]


def test_sources_of_a_place_cover_every_measure_when_none_is_named() -> None:
    block = only(answer(asked("GB", intent=Intent.SOURCES, period="2015-01-01/2015-12-31", style="apa")), SourcesBlock)

    assert len({claim.figure.measure for claim in block.claims}) > 1
    assert block.style == "apa"


def test_disputes_group_claims_by_origin_and_say_whether_they_agree() -> None:
    block = only(answer(asked("TN", intent=Intent.DISPUTES, period="2015-01-01/2015-12-31")), DisputeBlock)
    calm = only(
        answer(asked("BE", intent=Intent.DISPUTES), holding(figure("5"), figure("4-6", source="b"))), DisputeBlock
    )

    assert (printed(block.span), bool(block.apart)) == ("2800-7000", True)
    origins = [origin for origin, _ in block.groups]
    assert len(origins) == len(set(origins))
    assert not calm.apart


def test_counts_of_different_years_are_no_disagreement() -> None:
    holdings = holding(figure("5", as_of="2013"), figure("90", source="b", as_of="2018"))

    assert not only(answer(asked("BE", intent=Intent.DISPUTES), holdings), DisputeBlock).apart


def test_coverage_counts_what_is_held_and_names_the_members_without_a_figure() -> None:
    holdings = holding(
        figure("5", place="DK"),
        figure("6", place="R:north", source="un"),
        memberships=[("R:north", "DK"), ("R:north", "NO")],
    )

    block = only(answer(asked("R:north", intent=Intent.COVERAGE), holdings), CoverageBlock)

    assert (block.figures, block.sources, block.places, block.missing) == (2, 2, ("DK",), ("NO",))


def test_the_whole_dataset_is_covered_when_no_place_is_named() -> None:
    block = only(answer(asked(intent=Intent.COVERAGE)), CoverageBlock)

    assert block.figures == sum(map(len, real().figures.values()))
    assert block.place is None
    assert sum(row.figures for row in block.rows) == block.figures


def test_definitions_of_a_measure_a_who_a_region_or_all_measures() -> None:
    measure = only(answer(asked(intent=Intent.DEFINE, measure="killed")), DefinitionBlock)
    who = only(answer(asked(intent=Intent.DEFINE, who=Who.MINORS)), DefinitionBlock)
    region = only(answer(asked("R:central_asia", intent=Intent.DEFINE)), DefinitionBlock)
    everything = answer(asked(intent=Intent.DEFINE))

    assert measure.measure is not None
    assert (measure.measure.id, who.term) == ("killed", "minors")
    assert region.members == ("KG", "KZ", "TJ", "TM", "UZ")
    assert len(everything.blocks) == len(real().measures)


def test_help_is_an_answer() -> None:
    given = answer(asked(intent=Intent.HELP))

    assert (given.outcome, given.blocks) == (Outcome.ANSWERED, (HelpBlock(),))


def test_a_doubt_is_asked_back_with_its_choices() -> None:
    choices = tuple(Choice(place, asked(place)) for place in ("CD", "CG"))

    given = compose(Unclear(Doubt.PLACE, choices, "congo"), real(), question="congo")

    assert given.outcome is Outcome.ASK
    assert only(given, AskBlock).choices == choices
    assert given.claims == ()


def test_a_refusal_has_no_number() -> None:
    given = compose(Refused(Refusal.NOT_A_COUNTRY, "paris", ("FR",)), real(), question="paris")

    assert given.outcome is Outcome.REFUSED
    assert only(given, RefusalBlock).nearest == ("FR",)
    assert given.claims == ()


def test_corrections_are_said() -> None:
    read = Read(asked("TN"), (Correction("Tunisa", "TN", "place"), Correction("Sousse", "TN", "subnational")))

    given = compose(read, real(), question="Tunisa")

    assert notes(given, NoteKind.READ_AS)[0].values == {"text": "Tunisa", "read_as": "TN"}
    assert notes(given, NoteKind.SUBNATIONAL)[0].values == {"text": "Sousse", "place": "TN"}


def test_the_same_query_on_the_same_revision_has_the_same_answer_and_id() -> None:
    query = asked("BE", period="2016-01-01/2016-12-31")

    assert answer(query) == answer(query)
    assert answer(query).id != answer(asked("BE")).id
    later = holding(figure("5"), revision=2)
    assert answer(asked("BE"), holding(figure("5"))).id != answer(asked("BE"), later).id
    assert len(answer_id("i=lookup", 1)) == 8


def test_every_source_and_measure_that_an_answer_names_comes_with_it() -> None:
    given = answer(asked("R:world", measure="travelled", period="../2015-12-31"))

    named = {key for claim in given.claims for key in (*claim.relay_chain, *claim.origins)}
    assert named <= set(given.sources)
    assert {claim.figure.measure for claim in given.claims} <= set(given.measures)


def test_what_changed_since_an_old_answer_is_told_claim_by_claim() -> None:
    old = answer(asked("BE"), holding(figure("5", id="a"), figure("7", id="b", source="b")))
    new = answer(
        asked("BE"), holding(figure("6", id="a"), figure("9", id="c", source="c", as_of="2016-01"), revision=4)
    )

    changes = changed_since(old, new)

    assert (changes.since, changes.until) == (1, 4)
    assert [claim.figure.id for claim in changes.added] == ["c"]
    assert [claim.figure.id for claim in changes.removed] == ["b"]
    assert [(printed(then.figure.value), printed(now.figure.value)) for then, now in changes.revised] == [("5", "6")]
    assert changes.headline is not None
    assert changes


def test_nothing_changed_is_empty() -> None:
    old, new = (answer(asked("BE"), holding(figure("5"), revision=revision)) for revision in (1, 2))

    assert not changed_since(old, new)
