"""What is allowed, yet often a slip: one list of checks over planned changes, whichever door they come by."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from db.edits import current as standing
from db.edits.change import Change, FigureChange, SourceChange
from db.edits.entry.authors import Told, read_authors
from db.edits.grades import together
from db.edits.references import Known
from db.model import doubts
from db.model.cells import CellFault
from db.model.records import Figure, Source, Status
from db.store.recording import Writer

MOST_OF_A_KIND = 20
"""Told one by one; of more it is said how many there are."""


@dataclass(frozen=True, slots=True)
class Caution(CellFault):
    """Something to look at twice, with its kind and the line of the file that it is about."""

    kind: str = ""


async def cautions_of(
    reader: Writer,
    changes: Sequence[Change],
    known: Known,
    rivals: Mapping[str, Figure] | None = None,
    lines: Mapping[str, int] | None = None,
    graded: Sequence[tuple[str, CellFault]] = (),
) -> tuple[CellFault, ...]:
    """What speaks for a second look at some changes, beside what is held of the same places and measures.

    ``lines`` says where in a file each id stands, ``graded`` what was said of the grades of some.
    """
    figures = [change.after for change in changes if isinstance(change, FigureChange) and _stands(change)]
    held = {row.id: row for row in await standing.figures_of_sources(reader, {figure.source for figure in figures})}
    held |= rivals or {}
    return await asyncio.to_thread(_judged, changes, held, known, lines or {}, graded)


def _judged(
    changes: Sequence[Change],
    held: Mapping[str, Figure],
    known: Known,
    lines: Mapping[str, int],
    graded: Sequence[tuple[str, CellFault]],
) -> tuple[CellFault, ...]:
    figures = [change for change in changes if isinstance(change, FigureChange) and _stands(change)]
    sources = [change for change in changes if isinstance(change, SourceChange) and _stands(change)]
    found = [_placed(Caution(fault.column, fault.wrong, fault.advice, "grade"), id, lines) for id, fault in graded]
    for doubt in _doubts([change.after for change in figures], held, [change.after for change in sources], known):
        advice = f"{doubt.advice}; or keep it and say why in accepted, as {doubt.kind}: why"
        found.append(_placed(Caution(doubt.column, _by_line(doubt, lines), advice, doubt.kind), doubt.id, lines))
    for entered in sources:
        if entered.before is None or entered.before.authors != entered.after.authors:
            found += (_placed(caution, entered.id, lines) for caution in _of_authors(entered.after))
    if lines:
        found += _uncited(sources, figures, lines)
    return tuple(_told(found))


def _doubts(
    figures: Sequence[Figure], held: Mapping[str, Figure], sources: Sequence[Source], known: Known
) -> Iterator[doubts.Doubt]:
    """The doubts that concern changed rows and that nobody has accepted, in the order of the rows."""
    changed = {figure.id for figure in figures}
    rows = [*(row for row in held.values() if row.id not in changed), *figures]
    every = {**known.sources, **{source.id: source for source in sources}}
    found = [doubt for figure in figures for doubt in doubts.of_figure(figure, every, known.measures)]
    found += doubts.of_claims(rows, known.measures)
    found += doubts.told_twice(rows, together(rows, known.with_sources(sources)).authorities)
    new = {source.id: source for source in sources}
    found += doubts.of_sources([*(row for row in known.sources.values() if row.id not in new), *sources])
    order = {id: number for number, id in enumerate([*(figure.id for figure in figures), *new])}
    accepted = {row.id: row.accepted for row in rows} | {row.id: row.accepted for row in every.values()}
    for doubt in sorted(found, key=lambda doubt: order.get(doubt.id, len(order))):
        concerned = {doubt.id, *doubt.beside} & order.keys()
        if concerned and doubt.kind not in doubts.accepted_kinds(accepted[doubt.id]):
            yield doubt


def _by_line(doubt: doubts.Doubt, lines: Mapping[str, int]) -> str:
    """What is wrong, with other rows of the file by their lines."""
    wrong = doubt.wrong
    for id in doubt.beside:
        wrong = wrong.replace(f"({id})", f"(line {lines[id]})") if id in lines else wrong
    return wrong


def _stands(change: FigureChange | SourceChange) -> bool:
    return change.after.status is not Status.WITHDRAWN


def _of_authors(source: Source) -> Iterator[Caution]:
    """Names of which nobody but the reader of the document can tell what they are."""
    for author in read_authors(source.authors)[0]:
        if author.told is not Told.STATED:
            said = f"is taken as {author.written!r}" if author.told is Told.GUESSED else "is cited as it is written"
            wrong = f"{author.spoken!r} {said}"
            yield Caution("authors", wrong, "write Family, Given, or {a body}, with ; between names", "authors")


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
            yield _placed(Caution("id", wrong, "leave it out, or add its figures", "uncited"), source.id, lines)


def _placed(caution: Caution, id: str, lines: Mapping[str, int]) -> Caution:
    wrong = f"line {lines[id]}: {caution.wrong}" if id in lines else caution.wrong
    return Caution(caution.column, wrong, caution.advice, caution.kind)


def _told(found: Iterable[Caution]) -> Iterator[CellFault]:
    """Each kind told some times, and then counted."""
    kinds: Counter[str] = Counter()
    for caution in found:
        kinds[caution.kind] += 1
        if kinds[caution.kind] <= MOST_OF_A_KIND:
            yield CellFault(caution.column, caution.wrong, caution.advice)
    for kind, count in kinds.items():
        if count > MOST_OF_A_KIND:
            wrong = f"{count - MOST_OF_A_KIND} more rows of this kind: {kind.replace('_', ' ')}"
            yield CellFault("", wrong, "compare the file with an export")
