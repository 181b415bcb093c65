"""What an answer must say beside its claims: how they were counted, read, relayed and graded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.answers.conflicts import conflict_notes, independent
from bot.answers.entries import Entry
from bot.answers.headline import Selection
from bot.answers.notes import Note, NoteKind
from bot.answers.relays import Mismatch
from bot.answers.shelf import Shelf
from bot.answers.times import speaks_of
from db.model.records import Counts, Destination, Official, Status, Zero

FAR_APART_DAYS = 183
"""Figures set side by side whose dates are further apart than this do not speak of one time."""


def claim_notes(
    shelf: Shelf, selection: Selection, changes: Sequence[Mismatch], destination: Destination | None
) -> list[Note]:
    """Every remark on the claims of one place, the weightiest first."""
    shown, headline = selection.claims, selection.headline
    notes = conflict_notes(selection)
    notes += [relay_note(change) for change in changes]
    if not speaks_of(headline, selection.asked):
        stated = headline.figure.as_of if headline.figure.period.is_open else headline.figure.period
        values = {"asked": str(selection.asked.period), "own": str(stated or ""), "figure": headline.figure.id}
        notes.append(Note(NoteKind.PERIOD_DIFFERS, values))
    if headline.moment is None and headline.period == (None, None):
        notes.append(Note(NoteKind.UNDATED, {"figure": headline.figure.id}))
    notes += [
        Note(NoteKind.NONE_KNOWN, {"figure": entry.figure.id})
        for entry in shown
        if entry.figure.zero is Zero.NONE_KNOWN
    ]
    notes += _counts_notes(shown)
    notes += destination_notes(shown, destination)
    notes += _basis_notes(shown)
    if headline.figure.seen != "primary":
        notes.append(Note(NoteKind.SECONDARY, {"figure": headline.figure.id}))
    notes += status_notes(shown)
    claims = [selection.show(shelf, entry) for entry in shown]
    documents = len({claim.source.id for claim in claims})
    if documents > 1 and independent(claims) == 1:
        values = {"origin": claims[0].origins[0], "documents": str(documents)}
        notes.append(Note(NoteKind.RESTS_ON_ONE_ORIGIN, values))
    return notes


def relay_note(change: Mismatch) -> Note:
    """A relay that changed what it relays."""
    return Note(
        NoteKind.RELAY_MISMATCH,
        {"figure": change.relaying.figure.id, "relayed": change.relayed.figure.id, "what": change.what},
    )


def row_notes(entries: Sequence[Entry], destination: Destination | None) -> list[Note]:
    """Remarks on figures of several places that stand side by side."""
    notes = dates_note(entries)
    notes += _counts_notes(entries)
    notes += destination_notes(entries, destination)
    return notes + status_notes(entries)


def dates_note(entries: Iterable[Entry]) -> list[Note]:
    """That figures side by side speak of dates far apart, from the first to the last."""
    dated = [(entry.moment, entry.figure.as_of or entry.figure.period.end) for entry in entries]
    moments = [(days, str(stated or "")) for days, stated in dated if days is not None]
    if len(moments) < 2:
        return []
    first, last = min(moments, key=lambda item: item[0][1]), max(moments, key=lambda item: item[0][0])
    if last[0][0] - first[0][1] <= FAR_APART_DAYS:
        return []
    return [Note(NoteKind.DATES_DIFFER, {"first": first[1], "last": last[1]})]


def destination_notes(entries: Sequence[Entry], destination: Destination | None) -> list[Note]:
    """That some figures count another destination than the first one, or than the asked one."""
    expected = destination or entries[0].figure.destination
    differing = [entry.figure for entry in entries if entry.figure.destination is not expected]
    wide = destination is None and expected is Destination.WIDER
    if not differing and not wide:
        return []
    named = sorted({figure.destination for figure in differing} | {expected})
    ids = ",".join(figure.id for figure in differing) or entries[0].figure.id
    return [Note(NoteKind.DESTINATION_DIFFERS, {"destination": ",".join(named), "figures": ids})]


def status_notes(entries: Iterable[Entry]) -> list[Note]:
    """The figures that moderators call disputed, with their reason."""
    return [
        Note(NoteKind.DISPUTED, {"figure": entry.figure.id, "reason": entry.figure.status_reason})
        for entry in entries
        if entry.figure.status is Status.DISPUTED
    ]


def _counts_notes(entries: Iterable[Entry]) -> list[Note]:
    """One note for all figures that count attempts with arrivals, and one for those that count families.

    The first figure stands for them in its sentence.
    """
    listed = list(entries)
    attempts = [entry.figure.id for entry in listed if entry.attempts]
    families = [entry.figure.id for entry in listed if entry.figure.counts is Counts.WITH_FAMILIES]
    kinds = ((NoteKind.ATTEMPTS_INCLUDED, attempts), (NoteKind.FAMILIES_INCLUDED, families))
    return [Note(kind, {"figure": ids[0], "figures": ",".join(ids)}) for kind, ids in kinds if ids]


def _basis_notes(entries: Sequence[Entry]) -> list[Note]:
    """An official and an unofficial count side by side are told apart; an unofficial headline says so."""
    notes: list[Note] = []
    unofficial = [entry for entry in entries if entry.unofficial]
    official = [entry for entry in entries if entry.figure.official is Official.YES]
    if unofficial and official:
        notes += [
            Note(NoteKind.COUNTING_DIFFERS, {"figure": entry.figure.id, "official": entry.figure.official.value})
            for entry in (*official, *unofficial)
        ]
    if entries[0].unofficial:
        notes.append(Note(NoteKind.UNOFFICIAL, {"figure": entries[0].figure.id}))
    return notes
