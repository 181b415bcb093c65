"""The documents behind a place, a figure or a number, grouped by the origin that they lead to."""

from __future__ import annotations

from bot.answers.answer import Claim, Outcome, SourcesBlock
from bot.answers.conflicts import by_origin
from bot.answers.draft import Draft
from bot.answers.entries import Entry
from bot.answers.lookup import MOST_CHANGES
from bot.answers.offers import instead, other_sides
from bot.answers.regions import WORLD
from bot.answers.remarks import relay_note, status_notes
from bot.answers.selection import all_fitting, is_own
from bot.answers.times import is_exact
from db.model.records import Source


def sources(draft: Draft) -> None:
    """Who says so: every claim that answers the query, with its relay chain; all measures when none was named."""
    entries: list[Entry] = []
    for place in draft.query.places or (WORLD,):
        found = [
            entry
            for measure in _measures(draft, place)
            for entry in all_fitting(draft.shelf, draft.query, place, measure, draft.asked)
        ]
        entries += found
        if not found:
            instead(draft, place, draft.measure)
    if not entries:
        return
    draft.outcome = Outcome.ANSWERED
    if publisher := draft.query.publisher:  # its own documents before those that pass on its numbers
        entries.sort(key=lambda entry: not is_own(draft.shelf.source(entry.figure.source), publisher))
    claims = tuple(draft.shelf.claim(entry, exact=is_exact(entry, draft.asked)) for entry in entries)
    if draft.query.value is not None:
        draft.headline = claims[0]
    groups = tuple(
        (origin, tuple(dict.fromkeys(claim.source.id for claim in group))) for origin, group in by_origin(claims)
    )
    draft.blocks.insert(0, SourcesBlock(claims, _documents(draft, claims), groups, draft.query.style))
    for place in draft.query.places or (WORLD,):
        own = [entry for entry in entries if entry.figure.place == place]
        changes = draft.shelf.changes(place, own)[:MOST_CHANGES]
        draft.remark(relay_note(change) for change in changes)
        other_sides(draft, entries, changes)
    draft.remark(status_notes(entries))


def _measures(draft: Draft, place: str) -> list[str]:
    if draft.query.measure is not None:
        return [draft.query.measure]
    held = dict.fromkeys(measure for measure, who in draft.shelf.topics(place) if who is draft.query.who)
    return sorted(held, key=lambda measure: (measure != draft.measure, measure))


def _documents(draft: Draft, claims: tuple[Claim, ...]) -> tuple[Source, ...]:
    """Every document on the way from the claims to their origins, those cited first."""
    known = draft.shelf.holdings.sources
    cited = dict.fromkeys(claim.source.id for claim in claims)
    further = dict.fromkeys(key for claim in claims for key in (*claim.relay_chain, *claim.origins))
    return tuple(known[key] for key in {**cited, **further} if key in known)
