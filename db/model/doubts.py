"""What is allowed in a row, yet often a slip: one list of checks for packages, imports, forms and the terminal.

A check finds, a person decides: a row that was looked at and holds says so in ``accepted``, as kind and reason.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from db.model.columns import is_figure_id
from db.model.records import Figure, Kind, Measure, Official, Source, Status, Who, Zero
from db.model.values import Interval, Number, Period

FIRST_YEAR, LAST_YEAR = 2011, 2019
"""The years that the dataset is about: what happened in them may be counted later."""
DAYS_OF_ONE_STATEMENT = 31
"""The same number of one document or page so close in time is one statement."""
DAYS_OF_ONE_BODY = 7
_LINK = "keep one, or let one relay the other"
_ADDRESS = re.compile(r"^https?://(?:www\.|dx\.)?", re.IGNORECASE)

Key = tuple[object, ...]
Bodies = Callable[[Figure], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at twice: of which row, which check says so, and what it means."""

    id: str
    """Of a figure, or of a source."""
    kind: str
    column: str
    wrong: str
    advice: str
    beside: tuple[str, ...] = ()
    """Other rows that it is about."""


def accepted_kinds(accepted: str) -> frozenset[str]:
    """The checks that somebody looked at, of a row's column.

    >>> sorted(accepted_kinds("parts: 33 were stopped; outside: counted since 2001"))
    ['outside', 'parts']
    """
    return frozenset(part.partition(":")[0].strip() for part in accepted.split(";") if part.partition(":")[2].strip())


def doubts(
    figures: Iterable[Figure], sources: Mapping[str, Source], measures: Mapping[str, Measure], bodies: Bodies
) -> list[Doubt]:
    """All doubts of a whole dataset that nobody has looked at."""
    shown = [figure for figure in figures if figure.status is not Status.WITHDRAWN]
    found = [doubt for figure in shown for doubt in of_figure(figure, sources, measures)]
    found += of_claims(shown, measures)
    found += told_twice(shown, bodies)
    found += of_sources(sources.values())
    accepted: dict[str, frozenset[str]] = {record.id: accepted_kinds(record.accepted) for record in shown}
    accepted |= {source.id: accepted_kinds(source.accepted) for source in sources.values()}
    return [doubt for doubt in found if doubt.kind not in accepted.get(doubt.id, ())]


def of_figure(figure: Figure, sources: Mapping[str, Source], measures: Mapping[str, Measure]) -> Iterator[Doubt]:
    """What one row says against itself, its document or its measure."""
    measure, source = measures.get(figure.measure), sources.get(figure.source)
    for said in _said(figure):
        listed = " or ".join(sorted(said.fits)) if said.fits else "another measure"
        wrong = f"its words say {said.kind.replace('_', ' ')}, the column {said.column} does not"
        yield Doubt(figure.id, said.kind, said.column, wrong, f"write {listed}, or say it in other words")
    yield from _of_dates(figure, source, measure.kind if measure else None)
    if figure.place == "R:world" and figure.value.high == 0:
        wrong = "states none for the whole world"
        yield Doubt(figure.id, "none_in_the_world", "high", wrong, "check place and value")
    relayed = source.relays if source and figure.relays and not is_figure_id(figure.relays) else ()
    if relayed and figure.relays not in (*relayed, figure.source):
        wrong = f"relays {figure.relays}, its document relays {', '.join(relayed)}"
        advice = "name it among the relays of the document, or correct it"
        yield Doubt(figure.id, "relay", "relays", wrong, advice)


def _of_dates(figure: Figure, source: Source | None, kind: Kind | None) -> Iterator[Doubt]:
    published = source.published if source else None
    as_of, start, end = figure.as_of, figure.period.start, figure.period.end
    if as_of and published and as_of.first > published.last:
        wrong = f"{as_of} is after the source was published ({published})"
        yield Doubt(figure.id, "after_publication", "as_of", wrong, "check which of the two dates is right")
    if kind in (Kind.CUMULATIVE, Kind.STOCK, Kind.SAMPLE) and as_of and end and as_of.first > end.last:
        wrong = f"{as_of} is after the end of what was counted ({end})"
        advice = "give the day that the count speaks of, not that of the news"
        yield Doubt(figure.id, "after_the_end", "as_of", wrong, advice)
    if kind is Kind.RATE and figure.period.is_open:
        advice = "give the months that it is a mean of"
        yield Doubt(figure.id, "no_period", "period_start", "a rate without its period", advice)
    for column, day in (("as_of", as_of), ("period_end", end)):
        if day and published and day.month is None and published.month is not None and day.year == published.year:
            wrong = f"the year {day} is told by a document of {published}, which cannot know the whole of it"
            yield Doubt(figure.id, "coarse", column, wrong, "give the month that it speaks of")
    if (start and not FIRST_YEAR <= start.year <= LAST_YEAR) or (end and end.year < FIRST_YEAR):
        wrong = f"counts from {start or end}: the dataset is about {FIRST_YEAR} to {LAST_YEAR}"
        yield Doubt(figure.id, "outside", "period_start", wrong, "leave it out, or say why it belongs here")


def of_claims(figures: Iterable[Figure], measures: Mapping[str, Measure]) -> Iterator[Doubt]:
    """What the rows of one document say against each other."""
    documents: defaultdict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        documents[figure.source, figure.place].append(figure)
    for rows in documents.values():
        if len(rows) > 1:
            yield from _said_twice(rows)
            yield from _parts_over_whole(rows, measures)
            yield from _groups_over_everyone(rows)


def of_sources(sources: Iterable[Source]) -> Iterator[Doubt]:
    """Documents that seem to stand under two keys, told of the later one of a list."""
    seen: dict[tuple[str, object], str] = {}
    for source in sources:
        if source.status is Status.WITHDRAWN:
            continue
        marks: dict[tuple[str, str], object] = {
            ("url", "address"): plain_address(source.url),
            ("doi", "DOI"): source.doi.casefold(),
            ("title", "title"): (source.title.casefold(), source.publisher, source.published),
        }
        for (column, word), mark in marks.items():
            twin = seen.setdefault((column, mark), source.id) if mark else source.id
            if twin != source.id:
                wrong = f"is the {word} of {twin} too"
                yield Doubt(source.id, column, column, wrong, "use that source if it is the same")


def plain_address(url: str) -> str:
    """An address without what does not tell documents apart.

    >>> plain_address("https://www.example.org/a/") == plain_address("http://example.org/a#top")
    True
    """
    return _ADDRESS.sub("", url.partition("#")[0]).rstrip("/").casefold()


def about(figure: Figure) -> Key:
    """What a row counts, apart from when and by whom: two values of one document for it need a reason."""
    return (figure.place, figure.measure, figure.who, figure.destination, figure.source, figure.counts, figure.basis)


def _said_twice(rows: Sequence[Figure]) -> Iterator[Doubt]:
    at_time: dict[Key, Figure] = {}
    of_value: dict[tuple[Key, Official], Figure] = {}
    for figure in rows:
        first = at_time.setdefault((*about(figure), figure.official, figure.as_of, figure.period), figure)
        if first is not figure:
            wrong = f"the same source already says {_shown(first.value)} for this time ({first.id})"
            advice = f"edit that figure if this corrects it (in a file, write id {first.id} and the cause)"
            yield Doubt(figure.id, "two_values", "source", wrong, advice, (first.id,))
            continue
        claim = (*about(figure), figure.value, figure.period.start)
        near = _same_way(of_value, claim, figure)
        if near is not None and 0 <= _days_between(figure, near) <= DAYS_OF_ONE_STATEMENT:
            wrong = f"the same source states {_shown(near.value)} for {near.as_of or near.period} already ({near.id})"
            advice = "leave it out if this is the same statement, dated anew"
            yield Doubt(figure.id, "twin", "as_of", wrong, advice, (near.id,))
        of_value[claim, figure.official] = figure


def _same_way(held: Mapping[tuple[Key, Official], Figure], key: Key, figure: Figure) -> Figure | None:
    """The row of a claim, unless both rows say who counts and one is official and the other is not."""
    told = {Official.UNSTATED, figure.official} if figure.official is not Official.UNSTATED else set(Official)
    return next((row for way in Official if way in told and (row := held.get((key, way)))), None)


def _parts_over_whole(rows: Sequence[Figure], measures: Mapping[str, Measure]) -> Iterator[Doubt]:
    """More who are there, back or dead than ever went, by one document."""
    parts: defaultdict[Key, dict[str, Figure]] = defaultdict(dict)
    for row in rows:
        if row.measure in measures and row.value.low is not None:
            largest = parts[measures[row.measure].part_of, row.who, row.as_of, row.period.start]
            largest[row.measure] = max(largest.get(row.measure, row), row, key=lambda part: part.value.low or 0)
    for whole in rows:
        least = parts.get((whole.measure, whole.who, whole.as_of, whole.period.start), {})
        if whole.value.high is None:
            continue
        if sum(part.value.low or 0 for part in least.values()) > whole.value.high:
            told = " + ".join(f"{name} {_number(part.value.low or 0)}" for name, part in sorted(least.items()))
            wrong = f"{told} is more than {_shown(whole.value)} ({whole.id})"
            beside = (whole.id, *(part.id for part in least.values()))
            yield Doubt(whole.id, "parts", "high", wrong, "say what is counted", beside)


def _groups_over_everyone(rows: Sequence[Figure]) -> Iterator[Doubt]:
    everyone = {(row.measure, row.as_of, row.period): row for row in rows if row.who is Who.EVERYONE}
    for part in rows:
        whole = everyone.get((part.measure, part.as_of, part.period), part)
        most = whole.value.high
        if part.who is not Who.EVERYONE and whole is not part and most is not None and (part.value.low or 0) > most:
            told = f"{_shown(part.value)} {part.who.value}"
            wrong = f"{told} are more than everyone, {_shown(whole.value)} ({whole.id})"
            yield Doubt(part.id, "group", "who", wrong, "say what everyone leaves out", (whole.id,))


def told_twice(figures: Iterable[Figure], bodies: Bodies) -> Iterator[Doubt]:
    """One page, or one body within a week, under two documents that do not relay each other."""
    latest: dict[Key, Figure] = {}
    for figure in figures:
        claim = (figure.place, figure.measure, figure.who, figure.value, figure.period.start, figure.counts)
        marks: list[Key] = [(claim, "one_page", page) for page in figure.evidence]
        marks += [(claim, "one_body", body) for body in sorted(bodies(figure))]
        told = False
        for mark in marks:
            other = latest.get(mark, figure)
            latest[mark] = figure
            days = _days_between(figure, other)
            most = DAYS_OF_ONE_STATEMENT if mark[1] == "one_page" else DAYS_OF_ONE_BODY
            if told or figure.source == other.source or not 0 <= days <= most or _are_linked(figure, other):
                continue
            told = True
            page = mark[1] == "one_page"
            wrong = "stands with the same value and page" if page else "the same body says the same in the same week"
            yield Doubt(figure.id, str(mark[1]), "relays", f"{wrong} ({other.id})", _LINK, (other.id,))


def _are_linked(one: Figure, other: Figure) -> bool:
    """Whether one relays the other, or both the same."""
    return (
        one.relays in (other.id, other.source)
        or other.relays in (one.id, one.source)
        or (one.relays is not None and one.relays == other.relays)
    )


def _days_between(one: Figure, other: Figure) -> int:
    """The days between what two rows speak of; -1 where that is not told to the month."""
    first, second = one.as_of or one.period.end, other.as_of or other.period.end
    if first is None or second is None or first.month is None or second.month is None:
        return 0 if first == second and first is not None else -1
    return Period(first, first).gap_days(Period(second, second))


@dataclass(frozen=True, slots=True)
class _Said:
    """Words that ask for a column."""

    kind: str
    measures: frozenset[str]
    column: str
    fits: frozenset[str]
    words: re.Pattern[str]


def _said(figure: Figure) -> Iterator[_Said]:
    """The words of a row that its columns do not bear out."""
    text = " | ".join((figure.basis, figure.note, figure.locator))
    for said in _words():
        if said.measures and figure.measure not in said.measures:
            continue
        if said.column == "zero" and figure.zero is Zero.NOT_ZERO:
            continue
        held = figure.value.bound if said.column == "bound" else getattr(figure, said.column)
        if str(held) not in said.fits and any(_is_of(figure.value, match) for match in said.words.finditer(text)):
            yield said


def _is_of(value: Interval, words: re.Match[str]) -> bool:
    """Whether words speak of the row's own number, where they name one."""
    named = words.groupdict().get("n")
    return named is None or int(named.replace(",", "") or -1) in (value.low, value.high)


@cache
def _words() -> tuple[_Said, ...]:
    text = (files("db.model") / "doubt_words.tsv").read_text(encoding="utf-8")
    return tuple(
        _Said(
            row["kind"],
            frozenset(row["measures"].replace("*", "").split()),
            row["column"],
            frozenset(row["fits"].split()),
            re.compile(rf"\b(?:{row['words']})", re.IGNORECASE),
        )
        for row in csv.DictReader(text.splitlines(), delimiter="\t")
    )


def _shown(value: Interval) -> str:
    if value.low == value.high:
        return _number(value.low or 0)
    return f"{'' if value.low is None else _number(value.low)}–{'' if value.high is None else _number(value.high)}"


def _number(count: Number) -> str:
    return f"{count:,.0f}"
