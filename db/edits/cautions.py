"""What is allowed, yet often a slip: one list of checks over planned changes, whichever door they come by."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from db.edits import current as standing
from db.edits.change import Change, FigureChange, SourceChange
from db.edits.entry.authors import Told, read_authors
from db.edits.references import Known
from db.edits.summary import value_text
from db.model.cells import CellFault
from db.model.records import Figure, Source, Status
from db.store.recording import Writer

MOST_OF_A_KIND = 20
"""Told one by one; of more it is said how many there are."""
_ADDRESS = re.compile(r"^https?://(?:www\.|dx\.)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Caution(CellFault):
    """Something to look at twice, with its kind and the line of the file that it is about."""

    kind: str = ""


async def cautions_of(
    reader: Writer, changes: Sequence[Change], known: Known, lines: Mapping[str, int] | None = None
) -> tuple[CellFault, ...]:
    """What speaks for a second look at some changes; ``lines`` says where in a file each id stands."""
    stated = {change.after.source for change in changes if isinstance(change, FigureChange) and _stands(change)}
    held = await standing.figures_of_sources(reader, stated)
    return await asyncio.to_thread(_judged, changes, held, known, lines or {})


def _judged(
    changes: Sequence[Change], held: Iterable[Figure], known: Known, lines: Mapping[str, int]
) -> tuple[CellFault, ...]:
    figures = [change for change in changes if isinstance(change, FigureChange) and _stands(change)]
    sources = [change for change in changes if isinstance(change, SourceChange) and _stands(change)]
    changed = {change.id for change in figures}
    beside = Beside()
    for figure in held:
        if figure.id not in changed:
            beside.add(figure, figure.id)
    found: list[Caution] = []
    for change in figures:
        line = lines.get(change.id)
        found += _placed(beside.cautions(change.after), line)
        found += _placed(_of_figure(change.after, known), line)
        beside.add(change.after, f"line {line}" if line else change.id)
    found += _of_sources([change.after for change in sources], known, lines)
    for entered in sources:
        if entered.before is None or entered.before.authors != entered.after.authors:
            found += _placed(_of_authors(entered.after), lines.get(entered.id))
    if lines:
        found += _uncited(sources, figures, lines)
    return tuple(_told(found))


@dataclass(slots=True)
class Beside:
    """The claims of some sources: by time, and by value."""

    at_time: dict[tuple[object, ...], tuple[str, Figure]] = field(default_factory=dict)
    of_value: dict[tuple[object, ...], tuple[str, Figure]] = field(default_factory=dict)
    """By the month that they speak of, the first claim of each: a long series costs no more than a short one."""

    def add(self, figure: Figure, name: str) -> None:
        """Take a claim in, under the name that it is to be told by."""
        self.at_time.setdefault((*_about(figure), figure.as_of, figure.period), (name, figure))
        self.of_value.setdefault((*_about(figure), figure.value, _month(figure)), (name, figure))

    def cautions(self, figure: Figure) -> Iterator[Caution]:
        """The claims that a figure goes badly with."""
        name, other = self.at_time.get((*_about(figure), figure.as_of, figure.period), ("", figure))
        if name:
            wrong = f"the same source already says {value_text(other)} for this time ({name})"
            advice = f"edit that figure if this corrects it (in a file, write id {other.id} and the cause)"
            yield Caution("source", wrong, advice, "another value")
            return
        month = _month(figure)
        for near in (month - 1, month, month + 1) if month else ():
            name, other = self.of_value.get((*_about(figure), figure.value, near), ("", figure))
            if name:
                wrong = f"the same source states {value_text(other)} for {other.as_of or other.period} already ({name})"
                yield Caution("as_of", wrong, "leave it out if this is the same statement, dated anew", "near twin")
                return


def _about(figure: Figure) -> tuple[object, ...]:
    return (figure.place, figure.measure, figure.who, figure.destination, figure.source)


def _month(figure: Figure) -> int:
    """The month that a figure speaks of, counted from the first year; 0 where it is not dated to the month."""
    when = figure.as_of or figure.period.end or figure.period.start
    return when.year * 12 + when.month if when and when.month else 0


def _stands(change: FigureChange | SourceChange) -> bool:
    return change.after.status is not Status.WITHDRAWN


def _of_figure(figure: Figure, known: Known) -> Iterator[Caution]:
    source = known.sources.get(figure.source)
    published = source.published if source else None
    if figure.as_of and published and figure.as_of.first > published.last:
        wrong = f"{figure.as_of} is after the source was published ({published})"
        yield Caution("as_of", wrong, "check which of the two dates is right", "after publication")
    if figure.place == "R:world" and figure.value.high == 0:
        yield Caution("high", "states none for the whole world", "check place and value", "none in the world")


def _of_sources(sources: Sequence[Source], known: Known, lines: Mapping[str, int]) -> Iterator[Caution]:
    """Documents that are held, or stand in the file, under another key."""
    if not sources:
        return
    every = {**known.sources, **{source.id: source for source in sources}}
    addresses: dict[str, str] = {}
    numbers: dict[str, str] = {}
    titles: dict[tuple[str, str], str] = {}
    new = {source.id for source in sources}
    for source in sorted(every.values(), key=lambda each: each.id in new):
        if source.status is Status.WITHDRAWN:
            continue
        address, title = plain_address(source.url), (source.title.casefold(), source.publisher)
        line = lines.get(source.id)
        twins = {"url": addresses.get(address), "doi": numbers.get(source.doi.casefold()), "title": titles.get(title)}
        for column, twin in twins.items():
            if source.id in new and twin:
                word = {"url": "address", "doi": "DOI"}.get(column, column)
                wrong = f"is the {word} of {twin} too"
                yield from _placed([Caution(column, wrong, "use that source if it is the same", word)], line)
        if address:
            addresses.setdefault(address, source.id)
        if source.doi:
            numbers.setdefault(source.doi.casefold(), source.id)
        titles.setdefault(title, source.id)


def _of_authors(source: Source) -> Iterator[Caution]:
    """Names of which nobody but the reader of the document can tell what they are."""
    for author in read_authors(source.authors)[0]:
        if author.told is not Told.STATED:
            said = f"is taken as {author.written!r}" if author.told is Told.GUESSED else "is cited as it is written"
            wrong = f"{author.spoken!r} {said}"
            yield Caution("authors", wrong, "write Family, Given, or {a body}, with ; between names", "authors")


def plain_address(url: str) -> str:
    """An address without what does not tell documents apart.

    >>> plain_address("https://www.example.org/a/") == plain_address("http://example.org/a#top")
    True
    """
    return _ADDRESS.sub("", url.partition("#")[0]).rstrip("/").casefold()


def _uncited(
    sources: Iterable[SourceChange], figures: Iterable[FigureChange], lines: Mapping[str, int]
) -> Iterator[Caution]:
    """Sources that a file brings together with figures, of which none cites them."""
    cited = {key for change in figures for key in (change.after.source, change.after.relays)}
    new = [change.after for change in sources if change.before is None]
    relayed = {key for source in new for key in source.relays}
    if not cited:
        return
    for source in new:
        if source.id not in cited | relayed:
            wrong = f"{source.id} is cited by no figure of the file"
            caution = Caution("id", wrong, "leave it out, or add its figures", "uncited")
            yield from _placed([caution], lines.get(source.id))


def _placed(cautions: Iterable[Caution], line: int | None) -> Iterator[Caution]:
    for caution in cautions:
        wrong = f"line {line}: {caution.wrong}" if line else caution.wrong
        yield Caution(caution.column, wrong, caution.advice, caution.kind)


def _told(found: Iterable[Caution]) -> Iterator[CellFault]:
    """Each kind told some times, and then counted."""
    kinds: Counter[str] = Counter()
    for caution in found:
        kinds[caution.kind] += 1
        if kinds[caution.kind] <= MOST_OF_A_KIND:
            yield CellFault(caution.column, caution.wrong, caution.advice)
    for kind, count in kinds.items():
        if count > MOST_OF_A_KIND:
            wrong = f"{count - MOST_OF_A_KIND} more rows of this kind: {kind}"
            yield CellFault("", wrong, "compare the file with an export")
