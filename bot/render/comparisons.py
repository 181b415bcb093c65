"""Places side by side: comparisons, rankings, totals and shares as lines."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answers.answer import Claim, CompareBlock, RankBlock, Row, ShareBlock, TotalBlock
from bot.render.fragments import SEPARATOR, Telling, citation_spans, claim_spans, says, unit_noun, value_text, when
from bot.render.outline import Line, Role, Span, plain_line
from bot.render.words import Words, capital


def compare_lines(block: CompareBlock, telling: Telling) -> list[Line]:
    """One line a place, in the order asked."""
    words = telling.words
    label = _measure_label(block.measure, str(block.who), block.per_million, words)
    lines = [plain_line(Role.HEADLINE, capital(words.say("heading.compare", measure=label)))]
    lines += (row_line(row, telling, block.measure, per_million=block.per_million) for row in block.rows)
    if not block.certain and len(block.rows) > 1:
        lines.append(plain_line(Role.SUMMARY, words.say("compare.uncertain")))
    return lines + _footing(block.missing, block.per_million, words)


def rank_lines(block: RankBlock, telling: Telling) -> list[Line]:
    """One line a place, best first, with the range of ranks that it may hold; then the coverage."""
    words = telling.words
    label = _measure_label(block.measure, str(block.who), block.per_million, words)
    lines = [plain_line(Role.HEADLINE, words.say("heading.rank", region=words.place(block.region), measure=label))]
    lines += (row_line(row, telling, block.measure, per_million=block.per_million) for row in block.rows)
    covered = words.say("coverage.of", ranked=words.number(block.ranked), of=words.number(block.of))
    lines.append(plain_line(Role.SUMMARY, covered))
    return lines + _footing(block.missing, block.per_million, words)


def total_lines(block: TotalBlock, telling: Telling, *, heading: Role = Role.HEADLINE) -> list[Line]:
    """The sum, how much it covers, what is missing, and each part."""
    words = telling.words
    people = words.counted(block.value, unit_noun(block.measure, block.who))
    destinations = {row.claim.figure.destination for row in block.parts}
    destination = destinations.pop() if len(destinations) == 1 else "SY+IQ"
    lines = [plain_line(heading, capital(says(words, block.measure, people, destination)))]
    if block.period.is_open:
        counts = {"n": words.number(len(block.parts)), "of": words.number(block.of)}
        lines.append(plain_line(Role.DETAIL, words.say("total.sum", **counts)))
    else:
        lines.append(plain_line(Role.DETAIL, words.say("total.periods", period=words.period(block.period))))
    lines += _footing(block.missing, False, words)
    lines.append(plain_line(Role.HEADING, words.say("heading.parts")))
    lines += (row_line(row, telling, block.measure, named=len(block.places) != 1) for row in block.parts)
    return lines


def share_lines(block: ShareBlock, telling: Telling) -> list[Line]:
    """The share, then the part and the whole that it was computed from."""
    words = telling.words
    lines = [
        plain_line(Role.HEADLINE, capital(words.percent(block.percent))),
        _share_side(block.part, telling),
    ]
    lines.append(plain_line(Role.DETAIL, words.say("share.part")))
    if block.whole is not None:
        lines.append(_share_side(block.whole, telling))
    lines.append(plain_line(Role.SUMMARY, words.say("share.computed")))
    if block.whole_sum is not None:
        lines += total_lines(block.whole_sum, telling, heading=Role.HEADING)
    return lines


def _share_side(claim: Claim, telling: Telling) -> Line:
    spans, words = claim_spans(claim, None, telling), telling.words
    counted = f" {words.who(claim.figure.who)}{SEPARATOR}{words.measure(claim.figure.measure)}"
    return Line(Role.ITEM, (spans[0], Span(counted), *spans[1:]))


def row_line(row: Row, telling: Telling, measure: str, *, per_million: bool = False, named: bool = True) -> Line:
    """One place of a list: rank, name, value, time, who says so."""
    words, figure = telling.words, row.claim.figure
    spans: list[Span] = []
    if row.rank_from is not None and row.rank_to is not None:
        spans.append(Span(words.rank(row.rank_from, row.rank_to) + SEPARATOR))
    if named:
        spans.append(Span(telling.place(row.place) + SEPARATOR))
    if per_million:
        spans.append(Span(words.say("value.per_million", value=words.value(row.value)), strong=True))
        if row.population:
            computed = words.say(
                "per_million.row",
                value=value_text(figure, telling),
                population=words.number(row.population),
                year=str(row.population_year or ""),
            )
            spans.append(Span(SEPARATOR + computed))
    else:
        spans.append(
            Span(value_text(figure, telling) if row.value == figure.value else words.value(row.value), strong=True)
        )
    if row.share is not None:
        spans.append(Span(f" ({words.percent(row.share)})"))
    spans.append(Span(f"{SEPARATOR}{when(figure, words, short=True)}{SEPARATOR}"))
    spans += citation_spans(row.claim, telling, short=True)
    if figure.measure != measure:
        spans.append(Span(SEPARATOR + words.measure(figure.measure)))
    return Line(Role.ITEM, tuple(spans))


def _measure_label(measure: str, who: str, per_million: bool, words: Words) -> str:
    parts = [words.measure(measure)]
    if who != "everyone":
        parts.append(words.say(f"who.{who}"))
    if per_million:
        parts.append(words.say("read.per_million"))
    return ", ".join(parts)


def _footing(missing: Iterable[str], per_million: bool, words: Words) -> list[Line]:
    lines = []
    places = [words.place(place) for place in missing]
    if places:
        lines.append(plain_line(Role.SUMMARY, words.say("coverage.missing", places=words.several(places))))
    if per_million:
        lines.append(plain_line(Role.SUMMARY, words.say("per_million.computed")))
    return lines
