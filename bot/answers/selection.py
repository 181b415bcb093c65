"""Which stored figures answer a place, a measure, a who and a period, and which only come near."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot.answers.entries import Entry, Scope
from bot.answers.headline import ATTEMPTS, Selection, is_unconfirmed, off_definition, order, outdone
from bot.answers.shelf import Shelf
from bot.answers.times import SAME_TIME_OPEN, Asked, fits, is_stated, newest
from bot.questions.query import Query
from db.model.records import Destination, Kind, Source, Who

ANY_SCOPE = (Scope.SYRIA_AND_IRAQ, Scope.WIDER, Scope.IRAQ_ONLY)


def scopes_of(destination: Destination | None) -> tuple[Scope, ...]:
    """The scopes that answer a question about a destination, best first.

    Without one, figures of every theatre answer only where nothing on Syria and Iraq is held.
    """
    match destination:
        case None:
            return ANY_SCOPE
        case Destination.SY | Destination.SY_IQ:
            return (Scope.SYRIA_AND_IRAQ,)
        case Destination.IQ:
            return (Scope.IRAQ_ONLY,)
        case Destination.WIDER:
            return (Scope.WIDER,)


def select(
    shelf: Shelf,
    query: Query,
    place: str,
    measure: str,
    asked: Asked,
    *,
    who: Who | None = None,
    strict: bool = False,
) -> Selection | None:
    """The figures of one place that answer the query in one measure; None when none does.

    ``strict`` keeps to the first scope: figures to be added up or ranked must count the same theatre.
    """
    who = query.who if who is None else who
    entries = shelf.entries(place, measure, who, asked.years)
    return select_from(entries, shelf, query, asked, strict=strict)


def select_from(
    entries: Sequence[Entry], shelf: Shelf, query: Query, asked: Asked, *, strict: bool = False
) -> Selection | None:
    """The same from some figures of one place, measure and who."""
    pool = matching(shelf, query, entries)
    fitting = [entry for entry in pool if fits(entry, asked)]
    if not fitting:
        return None
    scopes = scopes_of(query.destination)
    group, aside = _part(fitting, asked, scopes[:1] if strict else scopes)
    if not group:
        return None
    less = outdone(group)
    claims, earlier = (group, []) if query.peak else _contemporaries(group, asked, less)
    return replace(
        order(claims, asked, shelf, peak=query.peak, less=less),
        earlier=tuple(sorted(earlier, key=lambda entry: (-newest(entry, asked), entry.figure.id))),
        aside=tuple((order(group, asked, shelf).headline, differs) for group, differs in aside),
    )


def of_one_time(shelf: Shelf, selection: Selection) -> Selection:
    """The selection without the counts of other times than its headline's: two years are no contradiction.

    The best of those counts is kept aside.
    """
    first = selection.headline
    if not (first.kind is Kind.FLOW or first.window) or first.stretch is None:
        return selection
    start, end = first.stretch
    met = [
        entry for entry in selection.claims if entry.stretch and entry.stretch[0] <= end and start <= entry.stretch[1]
    ]
    apart = [entry for entry in selection.claims if entry not in met]
    if not apart:
        return selection
    best = order(apart, selection.asked, shelf).headline
    aside = (*selection.aside, (best, "period"))
    return replace(order(met, selection.asked, shelf), earlier=selection.earlier, aside=aside)


def all_fitting(shelf: Shelf, query: Query, place: str, measure: str, asked: Asked) -> tuple[Entry, ...]:
    """Every figure of the asked time, of all theatres and stretches, in the order of the headline rule."""
    wanted = scopes_of(query.destination)
    fitting = [entry for entry in answering(shelf, query, place, measure, asked) if entry.scope in wanted]
    return order(fitting, asked, shelf).claims if fitting else ()


def answering(shelf: Shelf, query: Query, place: str, measure: str, asked: Asked) -> list[Entry]:
    """Every figure of a place and measure that the query names, of the asked time, in the dataset's order."""
    pool = matching(shelf, query, shelf.entries(place, measure, query.who, asked.years))
    return [entry for entry in pool if fits(entry, asked)]


def matching(shelf: Shelf, query: Query, entries: Sequence[Entry]) -> Sequence[Entry]:
    """The entries with a number that the query names, and of the publishers that it names or relayed from them."""
    wanted: list[Callable[[Entry], bool]] = []
    if query.value is not None:
        numbers = {query.value, *query.values}
        wanted.append(lambda entry: not numbers.isdisjoint(entry.figure.value.printed))
    if named := query.all_publishers:
        wanted.append(lambda entry: any(is_of(shelf, entry, publisher) for publisher in named))
    return [entry for entry in entries if all(test(entry) for test in wanted)] if wanted else entries


def is_of(shelf: Shelf, entry: Entry, publisher: str) -> bool:
    """Whether a figure is of a publisher or body that a member named, or relayed from it."""
    return any(publishes(shelf.source(key), publisher) for key in entry.chain)


def publishes(source: Source, publisher: str) -> bool:
    """Whether a source is of the publisher or body that a member named: by name, initials or the start of its id."""
    return is_own(source, publisher) or _is_named(source.authority, publisher.casefold().strip())


def is_own(source: Source, publisher: str) -> bool:
    """Whether a document is one that the named publisher put out itself."""
    asked = publisher.casefold().strip()
    return source.id.split("_")[0] == asked or _is_named(source.publisher, asked)


def _is_named(name: str, asked: str) -> bool:
    """Whether a body is called so: by a part of its name of more than three letters, a word of it or its initials."""
    words = [word.strip("()/,.") for word in name.split()]
    initials = "".join(word[0] for word in words if word[:1].isupper()).casefold()
    if len(asked) > 3 and asked in name.casefold():
        return True
    return asked in {word.casefold() for word in words} or (len(words) > 1 and asked == initials)


def _part(
    fitting: Iterable[Entry], asked: Asked, scopes: tuple[Scope, ...]
) -> tuple[list[Entry], list[tuple[list[Entry], str]]]:
    """The one group whose claims may be set against each other, and the other groups."""
    groups: dict[tuple[Scope, bool], list[Entry]] = {}
    for entry in fitting:
        groups.setdefault((entry.scope, entry.window), []).append(entry)
    main: tuple[Scope, bool] | None = None
    for scope in scopes:
        whole, part = groups.get((scope, False)), groups.get((scope, True))
        if part and asked.is_closed and any(is_stated(entry, asked) for entry in part):
            main = (scope, True)
        elif whole:
            main = (scope, False)
        elif part:
            main = (scope, True)
        if main is not None:
            break
    if main is None:
        return [], []
    aside = [
        (group, "destination" if key[0] is not main[0] else "period") for key, group in groups.items() if key != main
    ]
    return groups[main], aside


def in_one_scope(entries: Sequence[Entry], destination: Destination | None) -> list[Entry]:
    """The entries of the first theatre that has any: counts since the beginning, else those over stretches."""
    for scope in scopes_of(destination):
        there = [entry for entry in entries if entry.scope is scope]
        whole = [entry for entry in there if not entry.window]
        if there:
            return whole or there
    return []


def _contemporaries(group: list[Entry], asked: Asked, less: frozenset[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The claims that speak of the newest time, and those of earlier times.

    Over several years a count up to a date grows: those of the first year are no conflict with those of the last.
    """
    within = asked.same_time
    if within is None and asked.last - asked.first > SAME_TIME_OPEN and not any(entry.is_stretch for entry in group):
        within = SAME_TIME_OPEN
    if within is None:
        return group, []
    days = {entry: max(newest(entry, asked), _end(entry, asked)) for entry in group}
    since = latest_count(group, asked) - within
    telling = frozenset(_proper(group)) - less
    if telling and not any(days[entry] >= since for entry in telling):
        since = max(days[entry] for entry in telling)  # the newest claims tell nothing that was not counted before
    return [entry for entry in group if days[entry] >= since], [entry for entry in group if days[entry] < since]


def latest_count(group: Sequence[Entry], asked: Asked) -> int:
    """The day of the newest count of the definition asked: what is off it tells no time while anything else is held.

    A ceiling alone ("not above 100") tells none while there is a count of that year.
    """
    proper = _proper(group)
    latest = max(newest(entry, asked) for entry in proper)
    counts = [newest(entry, asked) for entry in proper if entry.figure.value.low is not None]
    counted = max(counts, default=latest)
    return counted if latest - counted <= SAME_TIME_OPEN else latest


def _proper(group: Sequence[Entry]) -> Sequence[Entry]:
    """The counts of the definition asked that need not wait to be confirmed; all where there are none.

    A count of all who had gone waits for somebody to confirm it: older ones stay true, and speak first.
    """
    told = [entry for entry in group if not (entry.kind is Kind.CUMULATIVE and is_unconfirmed(entry))]
    return [entry for entry in told if off_definition(entry.figure) < ATTEMPTS] or group


def _end(entry: Entry, asked: Asked) -> int:
    """The last day that a claim speaks of; a count of 2012 made in 2016 speaks of 2012."""
    moment = entry.end or entry.moment if entry.kind in (Kind.FLOW, Kind.RATE) else entry.moment
    return newest(entry, asked) if moment is None else min(moment[1], asked.last)
