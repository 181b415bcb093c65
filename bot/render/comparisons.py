"""Places side by side: comparisons, rankings, totals and shares as lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.answers.answer import Claim, CompareBlock, RankBlock, Row, ShareBlock, TotalBlock
from bot.answers.notes import NoteKind
from bot.render.fragments import (
    MANY,
    SEPARATOR,
    Telling,
    citation_spans,
    claim_spans,
    rate_text,
    unit_noun,
    value_text,
    when,
)
from bot.render.opening import block_spans
from bot.render.outline import Line, Role, Span, plain_line
from bot.words.words import Words


def compare_lines(block: CompareBlock, telling: Telling) -> list[Line]:
    """One line a place, in the order asked."""
    words = telling.words
    told = any(note.kind is NoteKind.NOT_CERTAIN for note in telling.answer.notes)  # names who could each be first
    lines = [plain_line(Role.SUMMARY, _verdict(block, telling))] if len(block.rows) > 1 and not told else []
    lines += (row_line(row, telling, per_million=block.per_million, ranked=False) for row in block.rows)
    return lines + _footing(block.missing, block.per_million, words)


def _verdict(block: CompareBlock, telling: Telling) -> str:
    if block.leads:
        first = next(row.place for row in block.rows if row.rank_from == 1)
        return telling.words.say("compare.highest", place=telling.words.place(first))
    overlap = any(row.rank_from != row.rank_to for row in block.rows)
    return telling.words.say("compare.uncertain" if overlap else "compare.apart")


def rank_lines(block: RankBlock, telling: Telling) -> list[Line]:
    """One line a place, best first, with the range of ranks that it may hold; then the coverage."""
    words = telling.words
    covered = words.count("coverage.of", block.of, ranked=words.number(block.ranked))
    lines = [plain_line(Role.SUMMARY, covered)]
    lines += (row_line(row, telling, per_million=block.per_million) for row in block.rows)
    named = block.missing if len(block.missing) <= MANY else ()
    return lines + _footing(named, block.per_million, words)


def total_lines(block: TotalBlock, telling: Telling) -> list[Line]:
    """What a sum lacks, and each part of it."""
    words = telling.words
    missing = missing_text(block.missing, words)
    lines = [plain_line(Role.SUMMARY, missing)] if missing else []
    if block.years is not None:
        held, of = map(words.number, block.years)
        lines.insert(0, plain_line(Role.SUMMARY, words.say("total.years", n=held, of=of)))
    several = len({row.place for row in block.parts}) > 1
    lines.append(plain_line(Role.HEADING, words.say("heading.parts")))
    lines += (row_line(row, telling, named=several) for row in block.parts)
    return lines


def share_lines(block: ShareBlock, telling: Telling) -> list[Line]:
    """The share, then the part and the whole that it was computed from."""
    claims = [("share.part", block.part), ("share.whole", block.whole)]
    elsewhere = len({claim.figure.place for _, claim in claims if claim}) > 1 or block.part_sum is not None
    lines = [_share_side(key, claim, telling, named=elsewhere) for key, claim in claims if claim]
    for added in (block.part_sum, block.whole_sum):
        if added is not None:
            lines.append(Line(Role.SUMMARY, block_spans(added, telling)))
            lines += total_lines(added, telling)
    return lines


def _share_side(key: str, claim: Claim, telling: Telling, *, named: bool) -> Line:
    """One side of a share; a place's part of another place's whole names both."""
    spans, words, figure = claim_spans(claim, None, telling), telling.words, claim.figure
    counted = Span(words.counted(figure.value, unit_noun(figure.measure, figure.who)), strong=True)
    place = f"{telling.place(claim.figure.place)}{SEPARATOR}" if named else ""
    lead = Span(f"{words.say(key)}{SEPARATOR}{place}")
    return Line(Role.ITEM, (lead, counted, Span(SEPARATOR + words.measure(figure.measure)), *spans[1:]))


def row_line(row: Row, telling: Telling, *, per_million: bool = False, named: bool = True, ranked: bool = True) -> Line:
    """One place of a list: rank, name, value, time, who says so."""
    words, figure = telling.words, row.claim.figure
    spans: list[Span] = []
    if ranked and row.rank_from is not None and row.rank_to is not None:
        spans.append(Span(words.rank(row.rank_from, row.rank_to) + SEPARATOR))
    if named:
        spans.append(Span(telling.place(row.place) + SEPARATOR))
    if per_million:
        spans.append(Span(rate_text(row, telling), strong=True))
        if row.population:
            computed = words.say(
                "per_million.row",
                value=value_text(figure, telling),
                population=words.number(row.population),
                year=str(row.population_year or ""),
            )
            spans.append(Span(SEPARATOR + computed, extra=True))
    else:
        spans.append(
            Span(value_text(figure, telling) if row.value == figure.value else words.value(row.value), strong=True)
        )
    if row.share is not None:
        spans.append(Span(f" ({words.percent(row.share)})"))
    if row.covered is not None:
        held, of = map(words.number, row.covered)
        spans.append(Span(SEPARATOR + words.say("total.sum", n=held, of=of)))
        return Line(Role.ITEM, tuple(spans))
    spans.append(Span(f"{SEPARATOR}{when(figure, words, short=True)}{SEPARATOR}"))
    spans += citation_spans(row.claim, telling, short=True)
    for other in row.others:
        spans += (Span(f"{SEPARATOR}{value_text(other.figure, telling)} "), *citation_spans(other, telling, short=True))
    return Line(Role.ITEM, tuple(spans))


def _footing(missing: Iterable[str], per_million: bool, words: Words) -> list[Line]:
    lines = []
    text = missing_text(tuple(missing), words)
    if text:
        lines.append(plain_line(Role.ASIDE, text))
    if per_million:
        lines.append(plain_line(Role.ASIDE, words.say("per_million.computed")))
    return lines


def missing_text(places: Sequence[str], words: Words) -> str:
    """Of which places nothing is held: their names, or their number where the names would fill a screen."""
    if not places:
        return ""
    if len(places) > MANY:
        return words.count("coverage.missing_many", len(places))
    return words.say("coverage.missing", places=words.several(words.place(place) for place in places))
