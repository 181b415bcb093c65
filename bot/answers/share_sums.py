"""Shares of several places together, and of regions: sums of rows that are shown, with their coverage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.answers.answer import Claim, Outcome, Row, ShareBlock, TotalBlock
from bot.answers.draft import Draft
from bot.answers.entries import Entry
from bot.answers.headline import Selection
from bot.answers.leads import leading
from bot.answers.percent import percent_between, percent_of, percentage
from bot.answers.regions import WORLD, is_region
from bot.answers.remarks import row_notes
from bot.answers.share_pairs import SAME_TIME, Side, Sides, apart, best_pair, comparable, is_open, quarters_apart
from db.model.values import Interval, between, total

TOGETHER = 8
"""Quarters within which the countries of a sum are set against a whole while there is another choice."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """Figures of several countries that belong to one figure of a whole, and the countries without one."""

    rows: tuple[tuple[Selection, Entry], ...]
    missing: tuple[str, ...]

    @property
    def value(self) -> Interval | None:
        """The sum; None where nothing is held."""
        return total(entry.figure.value for _, entry in self.rows) if self.rows else None


def divide_sum(draft: Draft, sides: Sides, wholes: Selection | None) -> bool:
    """The sum of some countries as a part of a published whole, or of the sum of a region's countries."""
    found = _leads(draft, sides.part, sides.part.places)
    countries = draft.countries(sides.part.places)
    if wholes is None:
        return _divide_by_rest(draft, sides, [_near(found, countries, None)])
    best: tuple[tuple[int, ...], Entry, _Sum, Interval] | None = None
    for position, other in enumerate((*wholes.claims, *wholes.earlier)):
        parts = _near(found, countries, other)
        percent = _share_of_sum(parts, other.figure.value)
        if percent is None:
            continue
        far = any(quarters_apart(entry, other) > TOGETHER for _, entry in parts.rows)
        one_source = all(entry.figure.source == other.figure.source for _, entry in parts.rows)
        loose = (percent.low is None) + (percent.high is None)
        age = quarters_apart(wholes.headline, other) // SAME_TIME
        key = (int(far), -len(parts.rows), age, loose, int(not one_source), position)
        if best is None or key < best[0]:
            best = key, other, parts, percent
    if best is None:
        return False
    _, other, parts, percent = best
    _show(draft, sides, percent, parts, wholes.show(draft.shelf, other))
    draft.remark(row_notes([*(entry for _, entry in parts.rows), other], draft.query.destination))
    return True


def _share_of_sum(parts: _Sum, whole: Interval) -> Interval | None:
    """The share of a sum; with countries missing, what it is at least."""
    value = parts.value
    if value is None or whole.surely_below(value):
        return None
    percent = percentage(value, whole)
    if percent is None or not parts.missing:
        return percent
    return None if percent.low is None else between(percent.low, None)


def divide_by_sum(draft: Draft, sides: Sides, parts: Selection) -> bool:
    """One place as a part of the sum of its region's countries: by the figure that says most, newest first."""
    if is_region(parts.place):
        return False
    return _divide_by_rest(draft, sides, [_Sum(((parts, entry),), ()) for entry in (*parts.claims, *parts.earlier)])


def _divide_by_rest(draft: Draft, sides: Sides, ways: Sequence[_Sum]) -> bool:
    """Some places as a part of the sum of a region's countries, counted in the way that says most."""
    found = [(way, rest, percent) for way in ways for rest, percent in _of_rest(draft, sides, way)]
    if not found:
        return False
    parts, rest, percent = min(found, key=lambda one: (one[2].low is None) + (one[2].high is None))
    whole = _Sum((*parts.rows, *rest.rows), (*parts.missing, *rest.missing))
    _show(draft, sides, percent, parts, whole)
    draft.remark(row_notes([entry for _, entry in whole.rows], draft.query.destination))
    return True


def _of_rest(draft: Draft, sides: Sides, parts: _Sum) -> Iterator[tuple[_Sum, Interval]]:
    """The other countries of the region, and the share of a sum in which the part stands itself.

    The more of the part, the more of the whole: its least goes with the most of the others. Where others are missing,
    the share is at most that; where some of the part are, at least.
    """
    region, value = sides.whole.places[0], parts.value
    if region == WORLD or value is None:
        return
    mine = set(draft.countries(sides.part.places))
    others = [country for country in draft.countries((region,)) if country not in mine]
    rest = _near(_leads(draft, sides.whole, (region,)), others, parts.rows[0][1])
    beside = rest.value
    if beside is None:
        return
    least, most = Decimal(value.least), value.most
    low = None if rest.missing or beside.most is None else percent_of(least, (least + beside.most) or 1)
    high = None if parts.missing or most is None else percent_of(most, (most + beside.least) or 1)
    percent = percent_between(low, high, strict_low=False, strict_high=False, exact=False)
    if percent is not None:
        yield rest, percent


def _show(draft: Draft, sides: Sides, percent: Interval, parts: _Sum, whole: _Sum | Claim) -> None:
    """The share, the part as its one figure or as a sum, the whole as a figure or as a sum."""
    places = sides.part.places
    is_one = isinstance(whole, _Sum) and len(places) == 1 and not is_region(places[0])
    shown = parts.rows[0][0].show(draft.shelf, parts.rows[0][1]) if is_one else None
    block = None if is_one else _total_block(draft, sides.part, parts)
    claim, added = (None, _total_block(draft, sides.whole, whole)) if isinstance(whole, _Sum) else (whole, None)
    draft.outcome = Outcome.ANSWERED
    draft.blocks.append(ShareBlock(places[0], shown, claim, added, percent, block))


def divide_members(draft: Draft, sides: Sides) -> bool:
    """A group or a fate in a region: the sum over the countries that have both sides, divided by the same ones'."""
    place = sides.part.places[0]
    countries = draft.countries((place,)) if is_region(place) and place != WORLD else ()
    wholes = {selection.place: selection for selection in _leads(draft, sides.whole, countries)}
    pairs = [
        (part, whole, *pair[:2])
        for part in _leads(draft, sides.part, countries)
        if (whole := wholes.get(part.place)) is not None and (pair := best_pair(part, whole)) is not None
    ]
    closed = [pair for pair in pairs if not any(map(is_open, pair[2:]))]
    for some in (pairs, closed):  # open ends leave nothing to tell: those with two ends say at least their own share
        missing = tuple(one for one in countries if one not in {part.place for part, *_ in some})
        parts = _Sum(tuple((part, mine) for part, _, mine, _ in some), missing)
        added = _Sum(tuple((whole, theirs) for _, whole, _, theirs in some), missing)
        mine, theirs = parts.value, added.value
        if mine is None or theirs is None or theirs.surely_below(mine):
            continue
        percent = percentage(mine, theirs)
        if percent is not None:
            _show(draft, sides, percent, parts, added)
            draft.remark(row_notes([entry for _, entry in (*parts.rows, *added.rows)], draft.query.destination))
            return True
    return False


def _leads(draft: Draft, side: Side, places: Sequence[str]) -> list[Selection]:
    query = replace(draft.query, who=side.who)
    return leading(draft.shelf, query, draft.countries(places), side.measure, draft.asked, strict=True)


def _near(found: Sequence[Selection], countries: Sequence[str], other: Entry | None) -> _Sum:
    """Each country's figure that belongs to a figure of the whole: of its source, of its date, or near it."""
    rows: list[tuple[Selection, Entry]] = []
    for selection in found:
        if selection.place not in countries:
            continue
        entries = [*selection.claims, *selection.earlier] if other else [selection.headline]
        fitting = [entry for entry in entries if other is None or comparable(entry, other)]
        if fitting:
            fitting.sort(key=lambda entry: (is_open(entry), entry.unofficial))  # what says more goes first of equals
            rows.append((selection, min(fitting, key=lambda entry: apart(entry, other) if other else (0, 0))))
    added = {selection.place for selection, _ in rows}
    return _Sum(tuple(rows), tuple(country for country in countries if country not in added))


def _total_block(draft: Draft, side: Side, added: _Sum) -> TotalBlock:
    rows = tuple(
        Row(selection.place, selection.show(draft.shelf, entry), entry.figure.value) for selection, entry in added.rows
    )
    return TotalBlock(
        places=side.places,
        measure=side.measure,
        who=side.who,
        parts=rows,
        missing=added.missing,
        region=side.places[0] if len(side.places) == 1 and is_region(side.places[0]) else None,
    )
