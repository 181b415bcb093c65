"""Several things asked at once: times, groups, measures or publishers, each answered as one side beside the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product

from bot.answers.answer import ClaimsBlock, Outcome, Side, SidesBlock, TotalBlock
from bot.answers.draft import DEFAULT_MEASURE, Draft
from bot.answers.headline import reach
from bot.answers.lookup import lookup
from bot.answers.notes import NoteKind
from bot.answers.regions import WORLD
from bot.answers.sums import floor_while_partial
from bot.answers.times import Asked
from bot.questions.query import Intent, Query
from db.model.records import Kind
from db.model.values import Interval, printed_span, stated

MOST_SIDES = 12
SMALL = (NoteKind.OTHER_MEASURES, NoteKind.SECONDARY)
"""Remarks that every side would have, and that tell nothing of them beside each other."""
SINGLE = (Intent.LOOKUP, Intent.COMPARE, Intent.TREND)
"""Intents whose sides are numbers; those of others are whole answers, one after the other."""


def has_sides(query: Query) -> bool:
    """Whether a query asks for several things beside each other; whether publishers agree is one question of all."""
    apart = query.publishers and query.intent is not Intent.DISPUTES
    return bool(query.measures or query.groups or apart or len(query.times) > 1)


def sides(draft: Draft, fill: Callable[[Draft], None]) -> None:
    """Answer every side by itself, and set the numbers beside each other; ``fill`` answers a draft of one side."""
    queries = _queries(draft.query)
    if draft.query.intent not in SINGLE:
        for query in queries:
            side = _draft(draft, query)
            fill(side)
            _take(draft, side)
            draft.blocks += side.blocks
        return
    drafts = [_draft(draft, replace(query, intent=Intent.LOOKUP)) for query in queries]
    for side in drafts:
        lookup(side)
        _take(draft, side)
    listed, reaches = zip(*(_side(side) for side in drafts), strict=True)
    if any(side.claims for side in listed):
        draft.outcome = Outcome.ANSWERED
        draft.blocks.append(SidesBlock(listed, _differ(queries), _is_certain(listed, reaches)))
    else:
        for side in drafts:
            draft.blocks += [block for block in side.blocks if block not in draft.blocks]


def _queries(query: Query) -> list[Query]:
    """One query for each side, in the order asked."""
    together = query.intent is Intent.DISPUTES
    parts = product(
        query.places or (WORLD,) if query.intent in SINGLE else (None,),
        dict.fromkeys((query.measure, *query.measures)),
        dict.fromkeys((query.who, *query.groups)),
        query.times if len(query.times) > 1 else (query.period,),
        (query.publisher,) if together else dict.fromkeys((query.publisher, *query.publishers)),
    )
    plain = replace(query, measures=(), groups=(), times=(), publishers=query.publishers if together else ())
    return [
        replace(
            plain,
            places=query.places if place is None else (place,),
            measure=measure,
            who=who,
            period=period,
            publisher=publisher,
        )
        for place, measure, who, period, publisher in parts
    ][:MOST_SIDES]


def _draft(draft: Draft, query: Query) -> Draft:
    return Draft(draft.shelf, query, query.measure or draft.measure or DEFAULT_MEASURE, Asked.of(query.period))


def _take(draft: Draft, side: Draft) -> None:
    if side.outcome is Outcome.ANSWERED:
        draft.outcome = Outcome.ANSWERED
        draft.remark(note for note in side.notes if note.kind not in SMALL)


def _side(side: Draft) -> tuple[Side, Interval | None]:
    """A side, and from the lowest to the highest number that it may mean; None where it counts a part of its time."""
    for block in side.blocks:
        if isinstance(block, ClaimsBlock):
            opens = [claim.figure.value for claim in side.disagreement or block.claims[:1]]
            shown = Side(side.query, block.claims, printed_span(opens))
            in_part = not block.claims[0].exact_period and side.shelf.measure(block.measure).kind is Kind.FLOW
            return shown, None if in_part else stated(reach([claim.figure for claim in block.claims]))
        if isinstance(block, TotalBlock):
            claims = tuple(row.claim for row in block.parts)
            return Side(side.query, claims, block.value, is_sum=True), floor_while_partial(block)
    return Side(side.query, (), None), None


def _differ(queries: Sequence[Query]) -> tuple[str, ...]:
    told: dict[str, Callable[[Query], object]] = {
        "place": lambda query: query.places,
        "measure": lambda query: query.measure,
        "who": lambda query: query.who,
        "period": lambda query: query.period,
        "publisher": lambda query: query.publisher,
    }
    return tuple(name for name, of in told.items() if len({of(query) for query in queries}) > 1)


def _is_certain(listed: Sequence[Side], reaches: Sequence[Interval | None]) -> bool:
    """Whether all sides count one thing, each over all of its time, and no claim turns their order round."""
    ends = [end for end in reaches if end is not None]
    kinds = {claim.figure.measure for side in listed for claim in side.claims}
    if len(ends) < len(listed) or len(kinds) > 1:
        return False
    return not any(one.overlaps(other) for index, one in enumerate(ends) for other in ends[index + 1 :])
