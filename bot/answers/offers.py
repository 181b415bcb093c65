"""The nearest figures that are held, each labelled with how it differs from what was asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from bot.answers.answer import OfferBlock, claims_of
from bot.answers.draft import DEFAULT_MEASURE, Draft
from bot.answers.entries import Entry
from bot.answers.headline import Selection, far_apart
from bot.answers.leads import leading
from bot.answers.notes import Note, NoteKind
from bot.answers.regions import WORLD, countries_of
from bot.answers.relays import Mismatch
from bot.answers.remarks import relay_note, status_notes
from bot.answers.selection import answering, select
from bot.answers.shelf import Shelf
from bot.answers.times import Asked, fits, gap, is_exact
from bot.questions.query import Intent, Query
from db.model.records import Kind, Who
from db.model.values import Period

BESIDE_AN_ANSWER = 2
WITHOUT_AN_ANSWER = 4
TENTH = 10
"""Counts that lie further apart than a tenth of the larger stand on the card both."""
OPEN = Asked.of(Period())

NEAR_MEASURES = (
    "travelled_in_period",
    "travelled",
    "monthly_rate",
    "origin_countries",
    "present",
    "returned",
    "killed",
    "prevented",
    "sample_records",
)
"""Other measures in the order in which they come near to a question about people who left."""

COUNTERPARTS = {"travelled": "travelled_in_period", "travelled_in_period": "travelled"}


@dataclass(frozen=True, slots=True)
class _Offer:
    entry: Entry
    differs: tuple[str, ...]
    query: Query


def other_measures(shelf: Shelf, query: Query, place: str, measure: str, asked: Asked) -> tuple[str, ...]:
    """The other measures that are held for the asked place, who and time, the nearest first."""
    held = {key for key, who in shelf.topics(place) if who is query.who and key != measure}
    if asked.is_by:  # how many by a day is a question about a state; flows and rates come no nearer to it
        held = {key for key in held if shelf.measure(key).kind not in (Kind.FLOW, Kind.RATE)}
    listed = [key for key in NEAR_MEASURES if key in held] + sorted(held - set(NEAR_MEASURES))
    if asked.is_open:
        return tuple(listed)  # whatever is held speaks of some time
    shelf.read_ahead((place,), listed, query.who, asked.years)
    return tuple(key for key in listed if answering(shelf, _without_filters(query), place, key, asked))


def beside(draft: Draft, selection: Selection, changes: Sequence[Mismatch]) -> None:
    """Offer what stands apart from an answered claim: the other side of a relay, other groups, other measures."""
    shown = {entry.figure.id for entry in selection.claims}
    offers = _other_sides(draft.query, selection.headline, shown, changes)
    offers += [
        _Offer(entry, (differs,), _narrowed(draft.query, entry, keep_period=differs != "period"))
        for entry, differs in selection.aside
    ]
    measures = other_measures(draft.shelf, draft.query, selection.place, selection.measure, selection.asked)
    if measures:
        draft.remark([Note(NoteKind.OTHER_MEASURES, {"measures": ",".join(measures)})])
    offered = {offer.entry.figure.measure for offer in offers}
    offers += _other_count(draft, selection, measures)
    offered |= {offer.entry.figure.measure for offer in offers}
    for measure in _nearest_first(draft, selection, measures):
        if sum(1 for offer in offers if offer.differs == ("measure",)) >= BESIDE_AN_ANSWER:
            break
        if measure not in offered:
            offers += _in_measure(draft.shelf, draft.query, selection, measure)
    _add(draft, offers, shown, selection.asked)


def other_sides(draft: Draft, shown: Sequence[Entry], changes: Sequence[Mismatch]) -> None:
    """Show the other side of each changed relay, so that both stand in the answer."""
    ids = {entry.figure.id for entry in shown}
    _add(draft, _other_sides(draft.query, shown[0], ids, changes), ids, draft.asked)


def _other_sides(query: Query, headline: Entry, shown: set[str], changes: Sequence[Mismatch]) -> list[_Offer]:
    return [
        _Offer(entry, _differences(entry, headline), _narrowed(query, entry))
        for change in changes
        for entry in (change.relaying, change.relayed)
        if entry.figure.id not in shown
    ]


def instead(draft: Draft, place: str, measure: str) -> None:
    """Offer the nearest figures when none answers: another period, measure, who or destination, or the region."""
    query, shelf, asked = draft.query, draft.shelf, draft.asked
    if not shelf.figures.topics(place):  # whatever had been published by the day asked
        draft.remark([Note(NoteKind.NO_FIGURES, {"places": place})])
    else:
        draft.remark([Note(NoteKind.NONE_HELD, {"places": place})])
    offers = [*_own_number(shelf, query, place), *_near(shelf, query, place, measure, asked)]
    if len(offers) < BESIDE_AN_ANSWER:
        offers += _anything(shelf, query, place, measure)
    _add(draft, offers[:WITHOUT_AN_ANSWER], set(), asked)


def offer_number(draft: Draft, place: str, number: int) -> None:
    """Offer a number that the question names where the place has it in another measure, group, time or theatre."""
    offers = list(_own_number(draft.shelf, replace(draft.query, value=number), place))[:WITHOUT_AN_ANSWER]
    _add(draft, offers, {claim.figure.id for block in draft.blocks for claim in claims_of(block)}, draft.asked)


def offer_parts(draft: Draft, places: Sequence[str]) -> None:
    """Offer the figures of single countries that a sum had to leave out because of their periods."""
    found = [
        selection
        for country in countries_of(draft.shelf, places, draft.asked)
        if (selection := select(draft.shelf, draft.query, country, draft.measure, draft.asked))
    ]
    offers = [
        _Offer(selection.headline, ("place",), replace(_plain(draft.query), places=(selection.place,)))
        for selection in found[:WITHOUT_AN_ANSWER]
    ]
    _add(draft, offers, set(), draft.asked)


def _add(draft: Draft, offers: Iterable[_Offer], shown: set[str], asked: Asked) -> None:
    seen = set(shown)
    for offer in offers:
        if offer.entry.figure.id in seen:
            continue
        seen.add(offer.entry.figure.id)
        claim = draft.shelf.claim(offer.entry, exact=is_exact(offer.entry, asked))
        draft.blocks.append(OfferBlock(claim, offer.differs, offer.query))


def _other_count(draft: Draft, selection: Selection, measures: Sequence[str]) -> list[_Offer]:
    """Departures beside all who had gone, and the reverse, with a remark where the two differ by more than a tenth.

    A relay that made the one into the other is told with it.
    """
    other = COUNTERPARTS.get(selection.measure, "")
    if draft.asked.is_open or other not in measures:
        return []
    offers = list(_in_measure(draft.shelf, draft.query, selection, other))
    for offer in offers[:1]:
        entry, head = offer.entry, selection.headline
        draft.remark(status_notes((entry,)))
        if far_apart(entry.figure.value, head.figure.value, TENTH):
            draft.remark([Note(NoteKind.OTHER_COUNT, {"figure": entry.figure.id})])
        changes = draft.shelf.changes(selection.place, (entry,))
        draft.remark(relay_note(change) for change in changes)
        offers += _other_sides(draft.query, head, {entry.figure.id}, changes)
    return offers


def _nearest_first(draft: Draft, selection: Selection, measures: Sequence[str]) -> list[str]:
    """Departures beside all who ever went (and the reverse), then what the source of the headline counts too."""
    source = selection.headline.figure.source
    counterpart = "" if draft.asked.is_open else COUNTERPARTS.get(selection.measure, "")

    counted = {
        entry.figure.measure
        for entry in draft.shelf.of_source(selection.place, draft.query.who, source)
        if fits(entry, selection.asked)
    }

    def is_further(measure: str) -> tuple[bool, bool]:
        return measure != counterpart, measure not in counted

    return sorted(measures, key=is_further)


def _in_measure(shelf: Shelf, query: Query, selection: Selection, measure: str) -> Iterator[_Offer]:
    """Another measure's figure, of the source that opens the answer when that has one."""
    asked = (shelf, _without_filters(query), (selection.place,), measure, selection.asked)
    source = selection.headline.figure.source
    for other in leading(*asked):
        same = [entry for entry in other.claims if entry.figure.source == source]
        entry = same[0] if same else other.headline
        yield _Offer(entry, ("measure",), replace(_plain(query), measure=measure))


def _near(shelf: Shelf, query: Query, place: str, measure: str, asked: Asked) -> Iterator[_Offer]:
    """What differs from the question in one respect: without its filters, of another time, theatre, measure or group,
    of the two widest regions instead of the world, or of the smallest region around a place."""
    bare = replace(_plain(_without_filters(query)), places=(place,))
    regions = {membership.region for membership in shelf.holdings.memberships} - {WORLD}
    wide = sorted(regions, key=lambda region: (-len(shelf.members(region, None)), region)) if place == WORLD else ()
    around = {membership.region for membership in shelf.holdings.memberships if membership.place == place}
    around |= {WORLD} - {place} if shelf.topics(place) else set()
    small = sorted(around, key=lambda region: (len(shelf.members(region, None)), region))
    groups = (replace(bare, who=who) for who in Who if who is not query.who)

    def first(queries: Iterable[Query], differs: str, most: int = 1) -> Iterator[_Offer]:
        found = ((other, select(shelf, other, other.places[0], other.measure or measure, asked)) for other in queries)
        offers = (_Offer(one.headline, (differs,), other) for other, one in found if one is not None)
        return islice(offers, most)

    if query.value is not None or query.publisher is not None:
        yield from first([bare], "publisher" if query.value is None else "value")
    yield from _other_periods(shelf, query, place, measure, asked)
    if query.destination is not None:
        yield from first([replace(_plain(query), places=(place,), destination=None)], "destination")
    yield from first((replace(bare, places=(region,)) for region in wide), "place", BESIDE_AN_ANSWER)
    others = other_measures(shelf, query, place, measure, asked)[:BESIDE_AN_ANSWER]
    yield from first((replace(bare, measure=other) for other in others), "measure", BESIDE_AN_ANSWER)
    yield from first(groups, "who")
    yield from first((replace(bare, places=(region,)) for region in small), "place")


def _own_number(shelf: Shelf, query: Query, place: str) -> Iterator[_Offer]:
    """The number that the question names, wherever the place has it: another measure, group, time or theatre."""
    for measure, who in sorted(shelf.topics(place)) if query.value is not None else ():
        for entry in sorted(shelf.entries(place, measure, who), key=lambda entry: entry.figure.id):
            if query.value in entry.figure.value.printed:
                yield _apart(query, entry, query.measure or DEFAULT_MEASURE)


def _anything(shelf: Shelf, query: Query, place: str, asked_measure: str) -> Iterator[_Offer]:
    """The newest figure of the place in its nearest measure, whoever it counts."""
    for measure, who in product(NEAR_MEASURES, sorted(Who, key=lambda who: who is not query.who)):
        if (measure, who) != (asked_measure, query.who):
            found = select(shelf, _without_filters(query), place, measure, OPEN, who=who)
            if found is not None:
                yield _apart(query, found.headline, asked_measure)
                return


def _apart(query: Query, entry: Entry, measure: str) -> _Offer:
    """A figure as it is held, with every respect in which it is not what was asked."""
    pairs = (
        ("measure", entry.figure.measure != measure),
        ("who", entry.figure.who is not query.who),
        ("period", not query.period.is_open),
        ("destination", bool(entry.scope)),
    )
    return _Offer(entry, tuple(name for name, is_other in pairs if is_other) or ("period",), _narrowed(query, entry))


def _other_periods(shelf: Shelf, query: Query, place: str, measure: str, asked: Asked) -> Iterator[_Offer]:
    """The nearest before, beside and after the asked time, each by the headline rule among its equals."""
    found = select(shelf, query, place, measure, OPEN)
    if found is None or asked.is_open:
        return
    entries = (*found.claims, *found.earlier, *(entry for entry, differs in found.aside if differs == "period"))
    nearest = sorted(entries, key=lambda entry: gap(entry, asked))
    for side in (-1, 0, 1):
        there = [entry for entry in nearest if _side_of(entry, asked) == side]
        if there:
            yield _Offer(there[0], ("period",), _narrowed(query, there[0]))


def _side_of(entry: Entry, asked: Asked) -> int:
    """Whether a figure speaks of a time before what was asked, after it, or of one that reaches into it."""
    days = entry.moment
    if days is None or (days[0] <= asked.last and days[1] >= asked.first):
        return 0
    return 1 if days[0] > asked.last else -1


def _differences(entry: Entry, headline: Entry) -> tuple[str, ...]:
    mine, theirs = entry.figure, headline.figure
    pairs = (
        ("measure", mine.measure != theirs.measure),
        ("who", mine.who is not theirs.who),
        ("destination", entry.scope is not headline.scope),
        ("period", entry.is_stretch and mine.period != theirs.period and mine.measure == theirs.measure),
    )
    return tuple(name for name, is_other in pairs if is_other) or ("period",)


def _plain(query: Query) -> Query:
    """The query as a plain look-up; an offer is one figure."""
    extras = query.top or query.bottom or query.per_million or query.style or query.peak
    if query.intent is Intent.LOOKUP and not extras:
        return query
    return replace(query, intent=Intent.LOOKUP, top=None, bottom=None, per_million=False, style=None, peak=False)


def _without_filters(query: Query) -> Query:
    if query.value is None and query.publisher is None and not query.peak and query.destination is None:
        return query
    return replace(query, value=None, publisher=None, peak=False, destination=None)


def _narrowed(query: Query, entry: Entry, *, keep_period: bool = False) -> Query:
    """The query that the figure itself answers."""
    figure = entry.figure
    if keep_period:
        period = query.period
    elif entry.kind in (Kind.FLOW, Kind.RATE) or entry.window:
        period = figure.period if not figure.period.is_open else Period(figure.as_of, figure.as_of)
    else:
        period = Period(None, figure.as_of or figure.period.end)
    return replace(
        _plain(query),
        places=(figure.place,),
        measure=figure.measure,
        who=figure.who,
        period=period,
        destination=figure.destination if entry.scope else None,
        value=None,
        publisher=None,
    )
