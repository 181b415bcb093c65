"""What a measure, a who or a region means here."""

from __future__ import annotations

from bot.answers.answer import DefinitionBlock, Outcome
from bot.answers.draft import Draft
from bot.answers.regions import WORLD, countries_of, is_region, membership_notes
from db.model.records import Who


def define(draft: Draft) -> None:
    """Define what the query names; every measure when it names nothing."""
    query, shelf = draft.query, draft.shelf
    draft.outcome = Outcome.ANSWERED
    draft.blocks += [DefinitionBlock(shelf.measure(measure), None) for measure in query.all_measures]
    if query.who is not Who.EVERYONE:
        draft.blocks.append(DefinitionBlock(None, query.who.value))
    regions = [place for place in query.places if is_region(place) and place != WORLD]
    for region in regions:
        members = countries_of(shelf, (region,), draft.asked)
        draft.blocks.append(DefinitionBlock(None, None, region=region, members=members))
    draft.remark(membership_notes(shelf, regions, draft.asked))
    if not draft.blocks:
        draft.blocks.extend(DefinitionBlock(measure, None) for measure in shelf.holdings.measures.values())
