"""All claims on one scale, grouped by origin: where the sources agree, and where they do not."""

from __future__ import annotations

from bot.answers.conflicts import dispute_block
from bot.answers.draft import Draft
from bot.answers.headline import Selection
from bot.answers.lookup import changes_of
from bot.answers.notes import Note, NoteKind
from bot.answers.offers import instead, other_measures, other_sides
from bot.answers.regions import WORLD
from bot.answers.remarks import claim_notes
from bot.answers.selection import is_of, select


def disputes(draft: Draft) -> None:
    """For each place every claim of the asked time, and whether those of about one date exclude each other."""
    for place in draft.query.places or (WORLD,):
        measures = (draft.measure, *other_measures(draft.shelf, draft.query, place, draft.measure, draft.asked))
        selections = [
            found
            for measure in (measures if draft.query.measure is None else measures[:1])
            if (found := select(draft.shelf, draft.query, place, measure, draft.asked))
        ]
        selections.sort(key=lambda found: len(_silent(draft, found)))  # what most of the publishers named count
        if not selections:
            instead(draft, place, draft.measure)
            continue
        selection = selections[0]
        draft.open_with(selection, earlier_too=True)
        draft.blocks.append(dispute_block(draft.shelf, selection, draft.query.all_publishers))
        changes = changes_of(draft, selection)
        draft.remark(claim_notes(draft.shelf, selection, changes, draft.query.destination))
        if silent := _silent(draft, selection):
            draft.remark([Note(NoteKind.NONE_BY, {"places": place, "publishers": "|".join(silent)})])
        shown = (*selection.claims, *selection.earlier)
        other_sides(draft, shown, changes)
        others = [measure for measure in measures if measure != selection.measure]
        if others:
            draft.remark([Note(NoteKind.OTHER_MEASURES, {"measures": ",".join(others)})])


def _silent(draft: Draft, selection: Selection) -> list[str]:
    """The publishers that the question names and that say nothing of it."""
    entries = (*selection.claims, *selection.earlier)
    return [one for one in draft.query.all_publishers if not any(is_of(draft.shelf, entry, one) for entry in entries)]
