"""The documents behind a place, a figure or a number, grouped by the origin that they lead to."""

from __future__ import annotations

from bot.answers.answer import Claim, Outcome, SourcesBlock
from bot.answers.conflicts import by_origin
from bot.answers.draft import Draft
from bot.answers.lookup import changes_of
from bot.answers.offers import instead
from bot.answers.regions import WORLD
from bot.answers.remarks import relay_note, status_notes
from bot.answers.selection import Selection, select
from db.records import Source


def sources(draft: Draft) -> None:
    """Who says so: every claim that answers the query, with its relay chain; all measures when none was named."""
    places = draft.query.places or (WORLD,)
    missing: list[str] = []
    found: list[Selection] = []
    for place in places:
        held = [
            selection
            for measure in _measures(draft, place)
            if (selection := select(draft.shelf, draft.query, place, measure, draft.asked))
        ]
        found += held
        if not held:
            missing.append(place)
    if found:
        _show(draft, found)
    for place in missing:
        instead(draft, place, draft.measure)


def _measures(draft: Draft, place: str) -> list[str]:
    if draft.query.measure is not None:
        return [draft.query.measure]
    held = dict.fromkeys(measure for measure, who in draft.shelf.of(place) if who is draft.query.who)
    return sorted(held, key=lambda measure: (measure != draft.measure, measure))


def _show(draft: Draft, found: list[Selection]) -> None:
    draft.outcome = Outcome.ANSWERED
    entries = [(selection, entry) for selection in found for entry in (*selection.claims, *selection.earlier)]
    claims = tuple(selection.show(draft.shelf, entry) for selection, entry in entries)
    if draft.query.value is not None or draft.query.measure is not None:
        draft.open_with(found[0])
    groups = tuple(
        (origin, tuple(dict.fromkeys(claim.source.id for claim in group))) for origin, group in by_origin(claims)
    )
    draft.blocks.append(SourcesBlock(claims, _documents(draft, claims), groups, draft.query.style))
    for selection in found:
        draft.remark(relay_note(change) for change in changes_of(draft, selection))
    draft.remark(status_notes(entry for _, entry in entries))


def _documents(draft: Draft, claims: tuple[Claim, ...]) -> tuple[Source, ...]:
    """Every document on the way from the claims to their origins, those cited first."""
    known = draft.shelf.holdings.sources
    cited = dict.fromkeys(claim.source.id for claim in claims)
    further = dict.fromkeys(key for claim in claims for key in (*claim.relay_chain, *claim.origins))
    return tuple(known[key] for key in {**cited, **further} if key in known)
