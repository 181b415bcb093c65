"""What a change would do to answers: the same questions asked before and after, and only what differs is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answers.answer import Answer, Claim, ClaimsBlock, RankBlock, TotalBlock
from bot.answers.changes import changed_since
from bot.answers.compose import compose
from bot.answers.foreseen import foreseen
from bot.answers.notes import HeadlineRule
from bot.answers.regions import WORLD, is_region
from bot.answers.shelf import Shelf
from bot.questions.query import Intent, Query, Read
from db.model.records import Figure, Source, Status, Who
from db.model.values import Interval, Period

if TYPE_CHECKING:
    from db.edits.change import Change

MOST_TOPICS = 8
"""Places and measures that are looked at one by one; an import touches many more."""
MOST_ANSWERS = 40
"""Past answers that are given again, before and after."""
EVERY_PLACE = 1_000

Topic = tuple[str, str, Who]


@dataclass(frozen=True, slots=True)
class Opening:
    """The claim that opens the answer on a place, before and after; None where nothing is held."""

    place: str
    measure: str
    who: Who
    period: Period
    """The asked period; open when none was asked."""
    before: Claim | None
    after: Claim | None
    rule: HeadlineRule | None
    """Why the later one opens the answer."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The total of a region, before and after; None where nothing can be added."""

    region: str
    measure: str
    who: Who
    before: Interval | None
    after: Interval | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A country's ranks in the world, best and worst that the ranges allow, before and after."""

    place: str
    measure: str
    who: Who
    before: tuple[int, int] | None
    after: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Impact:
    """What differs; all empty when no answer does."""

    openings: tuple[Opening, ...] = ()
    sums: tuple[Sum, ...] = ()
    standings: tuple[Standing, ...] = ()
    topics: int = 0
    """Places and measures that the changes touch."""
    looked_at: int = 0
    """How many of them were asked about."""
    answers: int = 0
    """Past answers that would be others today, of those that were given again."""
    answers_again: int = 0
    """Past answers that were given again."""

    def __bool__(self) -> bool:
        return bool(self.openings or self.sums or self.standings or self.answers)


def impact_of(
    before: Shelf,
    changes: Sequence[Change],
    *,
    citing: Sequence[Figure] = (),
    more: Mapping[str, Source] | None = None,
    past: Sequence[Query] = (),
) -> Impact:
    """What some changes would do to the answers from some evidence.

    ``citing`` are the figures of changed sources; ``more`` are sources that nothing held cites yet; ``past`` are
    questions that were answered.
    """
    after = foreseen(before, changes, more)
    touched = topics_of(changes, citing)
    topics = touched[:MOST_TOPICS]
    openings: list[Opening] = []
    sums: list[Sum] = []
    standings: list[Standing] = []
    for topic in topics:
        openings += _openings(before, after, topic, _periods(topic, changes))
        sums += _sums(before, after, topic)
        standings += _standings(before, after, topic)
    again = past[:MOST_ANSWERS]
    return Impact(
        openings=tuple(openings),
        sums=tuple(dict.fromkeys(sums)),
        standings=tuple(standings),
        topics=len(touched),
        looked_at=len(topics),
        answers=sum(1 for query in again if changed_since(_ask(before, query), _ask(after, query))),
        answers_again=len(again),
    )


def topics_of(changes: Iterable[Change], citing: Iterable[Figure] = ()) -> tuple[Topic, ...]:
    """The places, measures and whos that changes speak of, in their order; of a source, those of its figures."""
    from db.edits.change import SourceChange

    standing = (figure for figure in citing if figure.status is not Status.WITHDRAWN)
    listed = sorted(standing, key=lambda figure: (figure.place, figure.id))
    found: dict[Topic, None] = {}
    for change in changes:
        if isinstance(change, SourceChange):
            of_source = (figure for figure in listed if change.id in figure.documents)
            found |= dict.fromkeys((figure.place, figure.measure, figure.who) for figure in of_source)
            continue
        for side in (change.before, change.after):
            if side is not None:
                found.setdefault((side.place, side.measure, side.who))
    return tuple(found)


def _periods(topic: Topic, changes: Iterable[Change]) -> tuple[Period, ...]:
    """No period, and those that the changed figures state for themselves."""
    from db.edits.change import FigureChange

    found = {Period(): None}
    for change in changes:
        if isinstance(change, FigureChange):
            for side in (change.before, change.after):
                if side is not None and (side.place, side.measure, side.who) == topic and not side.period.is_open:
                    found.setdefault(side.period)
    return tuple(found)[:4]


def _openings(before: Shelf, after: Shelf, topic: Topic, periods: Iterable[Period]) -> Iterator[Opening]:
    place, measure, who = topic
    seen: set[tuple[str, str]] = set()
    for period in periods:
        query = Query(Intent.LOOKUP, (place,), measure, who=who, period=period)
        then, now = _opening(_ask(before, query)), _opening(_ask(after, query))
        if _said(then[0]) == _said(now[0]):
            continue
        told = (repr(_said(then[0])), repr(_said(now[0])))
        if told not in seen:  # asked with its own period, the same change need not be told twice
            seen.add(told)
            yield Opening(place, measure, who, period, then[0], now[0], now[1])


def _opening(answer: Answer) -> tuple[Claim | None, HeadlineRule | None]:
    """The claim that opens an answer from published figures; a sum has none of its own."""
    if any(isinstance(block, ClaimsBlock) for block in answer.blocks):
        return answer.headline, answer.headline_rule
    return None, None


def _said(claim: Claim | None) -> tuple[object, ...] | None:
    if claim is None:
        return None
    figure = claim.figure
    return (figure.id, figure.value, figure.as_of, figure.period, figure.status, claim.source.reliability)


def _sums(before: Shelf, after: Shelf, topic: Topic) -> Iterator[Sum]:
    place, measure, who = topic
    if is_region(place) or not before.measure(measure).summable:
        return
    regions = {row.region for row in before.holdings.memberships if row.place == place} | {WORLD}
    for region in sorted(regions):
        query = Query(Intent.TOTAL, (region,), measure, who=who)
        then, now = _total(_ask(before, query)), _total(_ask(after, query))
        if then != now:
            yield Sum(region, measure, who, then, now)


def _total(answer: Answer) -> Interval | None:
    return next((block.value for block in answer.blocks if isinstance(block, TotalBlock)), None)


def _standings(before: Shelf, after: Shelf, topic: Topic) -> Iterator[Standing]:
    place, measure, who = topic
    if is_region(place):
        return
    query = Query(Intent.RANK, (WORLD,), measure, who=who, top=EVERY_PLACE)
    then, now = _rank(_ask(before, query), place), _rank(_ask(after, query), place)
    if then != now:
        yield Standing(place, measure, who, then, now)


def _rank(answer: Answer, place: str) -> tuple[int, int] | None:
    for block in answer.blocks:
        if isinstance(block, RankBlock):
            for row in block.rows:
                if row.place == place and row.rank_from is not None and row.rank_to is not None:
                    return row.rank_from, row.rank_to
    return None


def _ask(shelf: Shelf, query: Query) -> Answer:
    shelf.pause()  # asking dozens of questions twice takes tens of milliseconds, which others need not wait for
    return compose(Read(query), shelf.holdings, question="", shelf=shelf)
