"""All claims on one scale, grouped by origin: where the sources agree, and where they do not."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.conflicts import dispute_block
from bot.answers.draft import Draft
from bot.answers.lookup import changes_of
from bot.answers.notes import Note, NoteKind
from bot.answers.offers import instead, names, offer_number, other_measures, other_sides
from bot.answers.regions import WORLD
from bot.answers.remarks import claim_notes
from bot.answers.selection import Selection, select
from bot.questions.query import Query


def disputes(draft: Draft) -> None:
    """For each place every claim of the asked time, and whether those of about one date exclude each other."""
    query = replace(draft.query, value=None)
    for place in draft.query.places or (WORLD,):
        measures = (draft.measure, *other_measures(draft.shelf, query, place, draft.measure, draft.asked))
        selections = [
            found
            for measure in (measures if draft.query.measure is None else measures[:1])
            if (found := _selected(draft, query, place, measure))
        ]
        if not selections:
            instead(draft, place, draft.measure)
            continue
        selection = selections[0]
        draft.open_with(selection, earlier_too=True)
        draft.blocks.append(dispute_block(draft.shelf, selection))
        changes = changes_of(draft, selection)
        draft.remark(claim_notes(draft.shelf, selection, changes, draft.query.destination))
        shown = (*selection.claims, *selection.earlier)
        other_sides(draft, shown, changes)
        offer_number(draft, place, shown)
        others = [measure for measure in measures if measure != selection.measure]
        if others:
            draft.remark([Note(NoteKind.OTHER_MEASURES, {"measures": ",".join(others)})])


def _selected(draft: Draft, query: Query, place: str, measure: str) -> Selection | None:
    """The claims among which a doubted number stands; it alone where only another theatre or stretch has it."""
    found = select(draft.shelf, query, place, measure, draft.asked)
    if found is None or names(draft.query.value, (*found.claims, *found.earlier)):
        return found
    return select(draft.shelf, draft.query, place, measure, draft.asked) or found
