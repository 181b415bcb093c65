"""Places side by side in one measure; the order is called certain only when their ranges do not meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import CompareBlock, Row
from bot.answers.draft import Draft
from bot.answers.leads import leading
from bot.answers.offers import instead
from bot.answers.rank import rank
from bot.answers.rates import missing_denominator, row
from bot.answers.regions import is_region
from bot.answers.remarks import row_notes
from bot.answers.selection import Selection
from bot.answers.trend import trend


def compare(draft: Draft) -> None:
    """Set the places asked against each other; one region is ranked, one country is compared with itself in time."""
    places = draft.query.places
    if len(places) < 2:
        if not places or is_region(places[0]):
            rank(draft)
        else:
            trend(draft)
        return
    leads = leading(draft.shelf, draft.query, places, draft.measure, draft.asked)
    found = {selection.place: selection for selection in leads}
    rows: dict[str, Row] = {}
    without: list[str] = []
    for place, selection in found.items():
        made = row(draft.shelf, selection, per_million=draft.query.per_million)
        if made is None:
            without.append(place)
        else:
            rows[place] = made
    if without:
        draft.remark([missing_denominator(tuple(without))])
    if rows:
        _show(draft, list(rows.values()), [found[place] for place in rows])
    for place in places:
        if place not in found:
            instead(draft, place, draft.measure)


def _show(draft: Draft, rows: Sequence[Row], selections: Sequence[Selection]) -> None:
    held = {made.place for made in rows}
    ranked = [
        replace(made, rank_from=first, rank_to=last) for made, (first, last) in zip(rows, _ranks(rows), strict=True)
    ]
    most = max(range(len(rows)), key=lambda index: (-(ranked[index].rank_from or 0), -index))
    draft.open_with(selections[most])
    draft.blocks.append(
        CompareBlock(
            measure=draft.measure,
            who=draft.query.who,
            per_million=draft.query.per_million,
            rows=tuple(ranked),
            missing=tuple(place for place in draft.query.places if place not in held),
            certain=len(rows) > 1 and _is_certain(rows),
        )
    )
    draft.remark(row_notes([selection.headline for selection in selections], draft.query.destination))


def _ranks(rows: Sequence[Row]) -> list[tuple[int, int]]:
    ranks = []
    for mine in rows:
        above = sum(1 for other in rows if mine.value.surely_below(other.value))
        below = sum(1 for other in rows if other.value.surely_below(mine.value))
        ranks.append((above + 1, len(rows) - below))
    return ranks


def _is_certain(rows: Sequence[Row]) -> bool:
    return not any(one.value.overlaps(other.value) for index, one in enumerate(rows) for other in rows[index + 1 :])
