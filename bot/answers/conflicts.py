"""Claims that stand against each other: their span, their origins, and what later ones do to earlier ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from bot.answers.answer import Claim, ClaimsBlock, DisputeBlock
from bot.answers.entries import Entry
from bot.answers.headline import ATTEMPTS, Selection, far_apart, may_be_older, off_definition, shadowed
from bot.answers.notes import Note, NoteKind
from bot.answers.selection import is_of
from bot.answers.shelf import Shelf
from bot.answers.times import QUARTER_DAYS, newest
from db.model.records import Kind
from db.model.values import Bound, Interval, Period, printed_span, widened

ROUNDING = 50
"""A rounded count may differ from another by a fiftieth without having fallen."""
HALF_YEAR = 183
"""Days within which claims speak of one time, and may contradict each other."""
EARLIER_SHOWN = 6
"""Older claims shown beside the newest; a trend shows them all."""


def claims_block(shelf: Shelf, selection: Selection, *, peak: bool = False) -> ClaimsBlock:
    """Every claim on the asked thing, the headline first, with span and independent origins.

    Claims on a peak come from all times: they have an order, and no span.
    """
    claims = tuple(selection.show(shelf, entry) for entry in selection.claims)
    groups = by_origin(claims)
    return ClaimsBlock(
        place=selection.place,
        measure=selection.measure,
        who=selection.who,
        claims=claims,
        span=None if peak else _span(selection),
        origins=independent(claims),
        groups=tuple((origin, tuple(claim.figure.id for claim in group)) for origin, group in groups),
        earlier=tuple(selection.show(shelf, entry) for entry in selection.earlier[:EARLIER_SHOWN]),
        rule=selection.rule,
        beaten=selection.beaten,
    )


def _span(selection: Selection) -> Interval | None:
    """From the lowest to the highest number of the claims that count what the first one counts."""
    level = max(off_definition(selection.headline.figure), ATTEMPTS - 1)
    values = [entry.figure.value for entry in selection.claims if off_definition(entry.figure) <= level]
    return printed_span(values) if len(values) > 1 else None


def dispute_block(shelf: Shelf, selection: Selection, publishers: Sequence[str] = ()) -> DisputeBlock:
    """All claims, the earlier ones too, on one scale and grouped by origin.

    Of several publishers that are set against each other only what one says and another does not is a dispute.
    """
    entries = (*selection.claims, *selection.earlier)
    claims = tuple(selection.show(shelf, entry) for entry in entries)
    named = publishers if len(publishers) > 1 else ()
    said_by = {entry: frozenset(one for one in named if is_of(shelf, entry, one)) for entry in entries}
    return DisputeBlock(
        place=selection.place,
        measure=selection.measure,
        who=selection.who,
        groups=by_origin(claims),
        span=printed_span([claim.figure.value for claim in claims]),
        apart=tuple(selection.show(shelf, entry) for entry in _apart(entries, selection, said_by)),
        order=claims_block(shelf, selection),
    )


def by_origin(claims: Sequence[Claim]) -> tuple[tuple[str, tuple[Claim, ...]], ...]:
    """The claims of each body that counted, under the origin of its first one, in the order in which they come."""
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.bodies or claim.origins or (claim.source.id,), []).append(claim)
    found: dict[str, tuple[Claim, ...]] = {}
    for group in groups.values():
        origin = group[0].origins[0] if group[0].origins else group[0].source.id
        found[origin] = (*found.get(origin, ()), *group)
    return tuple(found.items())


def independent(claims: Sequence[Claim]) -> int:
    """How many bodies counted, behind the claims; documents do not count."""
    return len({body for claim in claims for body in claim.bodies or claim.origins})


def conflict_notes(selection: Selection) -> list[Note]:
    """What the claims do to each other: later counts that revise, cumulative counts that fall."""
    notes = [
        Note(NoteKind.REVISES, {"later": later.figure.id, "earlier": earlier.figure.id})
        for later, earlier in revisions(selection.claims)
    ]
    fallen = _fallen_from(selection)
    if fallen is not None:
        ids = {"earlier": fallen.figure.id, "later": selection.headline.figure.id}
        notes.append(Note(NoteKind.FALLING_CUMULATIVE, ids))
    if len({entry.figure.period for entry in selection.claims if entry.kind is Kind.FLOW}) > 1:
        notes.append(Note(NoteKind.OVERLAPPING_PERIODS))
    return notes


def revisions(entries: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    """(later, earlier) where a count made later, of the same period or of one that holds it, says otherwise.

    Each earlier claim comes once, with the newest count that revises it.
    """
    found: list[tuple[Entry, Entry]] = []
    flows = [entry for entry in entries if entry.kind is Kind.FLOW and entry.as_of is not None]
    for earlier in flows:
        later = [entry for entry in flows if _revises(entry, earlier)]
        if later:
            found.append((max(later, key=lambda entry: entry.as_of or (0, 0)), earlier))
    return found


def _revises(later: Entry, earlier: Entry) -> bool:
    if later.kind is not Kind.FLOW or later.as_of is None or earlier.as_of is None:
        return False
    mine, theirs = later.figure.period, earlier.figure.period
    counted_later = later.as_of[0] > earlier.as_of[1]
    if not counted_later or later.attempts != earlier.attempts or not _holds(mine, theirs):
        return False
    new, old = later.figure.value, earlier.figure.value
    if old.is_zero:
        return not new.is_zero
    return new.surely_below(old) or (mine.same_days(theirs) and not new.overlaps(old))


def _holds(outer: Period, inner: Period) -> bool:
    """Whether one period has the other's start and reaches at least as far."""
    return outer.first is not None and outer.first == inner.first and outer.contains(inner)


def _fallen_from(selection: Selection) -> Entry | None:
    """The newest earlier cumulative claim that is surely above the headline; a bare year only where no other is."""
    now = selection.headline
    if now.kind is not Kind.CUMULATIVE or now.window or now.moment is None:
        return None
    entries = (*selection.claims, *selection.earlier[:EARLIER_SHOWN])
    spoken_for = shadowed(entries)
    above = [
        entry
        for entry in entries
        if entry.moment is not None
        and entry.moment[1] < now.moment[0]
        and entry not in spoken_for
        and entry.attempts == now.attempts
        and _is_fall(entry.figure.value, now.figure.value)
    ]
    return max(
        above, key=lambda one: (not may_be_older(one), newest(one, selection.asked), one.figure.id), default=None
    )


def _is_fall(before: Interval, after: Interval) -> bool:
    """Whether a count is surely lower than before, by more than rounding explains."""
    if not after.surely_below(before) or after.high is None:
        return False
    rounded = Bound.EXACT not in (before.bound, after.bound) or before.bound is not after.bound
    return not rounded or ROUNDING * (before.least - after.high) > before.least


def _apart(entries: Sequence[Entry], selection: Selection, said_by: Mapping[Entry, frozenset[str]]) -> list[Entry]:
    """The claims of the newest half-year in which some of one definition exclude each other; none where all agree.

    What differs at the asked time goes before what differed earlier, and a half-year in which some are far apart before
    one in which they differ a little. Growth is no dispute, nor is rounding.
    """
    entries = [entry for entry in entries if not may_be_older(entry)]  # a bare year may be of before some growth
    days = {entry: newest(entry, selection.asked) for entry in entries}
    pairs = [
        (before, after)
        for before, after in product(entries, entries)
        if 0 <= days[after] - days[before] <= HALF_YEAR
        and off_definition(before.figure) == off_definition(after.figure)
        and far_apart(widened(before.figure.value), widened(after.figure.value), ROUNDING)
        and not _has_grown(before, after, days)
        and not _are_two_counts(before, after)
        and (not said_by[before] or said_by[before] != said_by[after])
    ]

    def weight(pair: tuple[Entry, Entry]) -> tuple[bool, bool, int]:
        is_asked = not selection.asked.is_open and {*pair} <= {*selection.claims}
        return is_asked, far_apart(pair[0].figure.value, pair[1].figure.value), days[pair[1]]

    if not pairs:
        return []
    last = max(map(weight, pairs))[2]
    of_then = [pair for pair in pairs if last - days[pair[0]] <= HALF_YEAR and days[pair[1]] <= last]
    return [entry for entry in entries if any(entry in pair for pair in of_then)]


def _are_two_counts(one: Entry, other: Entry) -> bool:
    """Whether one source counts those of two destinations: the fewer are some of the others."""
    mine, theirs = one.figure, other.figure
    return mine.source == theirs.source and mine.destination is not theirs.destination


def _has_grown(before: Entry, after: Entry, days: Mapping[Entry, int]) -> bool:
    """Whether a count that only grows is higher a quarter later."""
    grows = before.kind is Kind.CUMULATIVE and days[after] - days[before] > QUARTER_DAYS
    return grows and before.figure.value.surely_below(after.figure.value)
