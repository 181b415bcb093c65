"""Claims in time: one heading a series, one line a point; rival sources never share a line."""

from __future__ import annotations

from bot.answers.answer import Claim, TrendBlock, TrendPoint
from bot.render.fragments import (
    SEPARATOR,
    Telling,
    citation_spans,
    claim_spans,
    opens_with_peak,
    unit_noun,
    value_text,
    when,
)
from bot.render.outline import Line, Role, Span, plain_line
from bot.words.words import capital


def trend_lines(block: TrendBlock, telling: Telling) -> list[Line]:
    """The direction within one source, the peak, then every series with its points."""
    words = telling.words
    lines = [*_direction_lines(block, telling), *_peak_lines(block, telling)]
    series: dict[str, list[TrendPoint]] = {}
    for point in block.points:
        series.setdefault(point.series, []).append(point)
    joined = [[point.claim for point in points] for points in series.values() if len(points) > 1]
    single = [points[0].claim for points in series.values() if len(points) == 1]
    for claims in joined:
        lines += _series_lines(claims, telling)
    if joined and single:
        lines.append(plain_line(Role.HEADING, words.say("heading.other_claims")))
    lines += (Line(Role.ITEM, claim_spans(claim, None, telling)) for claim in single)
    return lines


def _peak_lines(block: TrendBlock, telling: Telling) -> list[Line]:
    unclear = block.first is None or block.last is None or block.direction == "unclear"
    told = unclear or opens_with_peak(block, telling) or block.turn == block.peak  # the sentence names the highest
    if block.peak is None or len(block.points) < 2 or told:
        return []
    figure = block.peak.figure
    time = when(figure, telling.words, short=True, counted=False)
    text = telling.words.say("trend.peak", value=value_text(figure, telling), when=time)
    return [plain_line(Role.SUMMARY, text)]


def _direction_lines(block: TrendBlock, telling: Telling) -> list[Line]:
    words = telling.words
    if len(block.points) == 1:
        return [plain_line(Role.SUMMARY, words.say("trend.single"))]
    if block.change is None or block.change.is_zero or block.direction not in ("up", "down"):
        return []
    change = words.counted(block.change, unit_noun(block.measure, block.who))
    if block.measure == "monthly_rate":
        change = words.say("value.a_month", value=change)
    return [plain_line(Role.ASIDE, words.say(f"trend.change.{block.direction}", value=change))]


def _series_lines(claims: list[Claim], telling: Telling) -> list[Line]:
    lines = [Line(Role.HEADING, citation_spans(claims[0], telling, short=True))]
    for claim in claims:
        time = capital(when(claim.figure, telling.words, short=True, counted=False))
        spans = [Span(time + SEPARATOR), Span(value_text(claim.figure, telling), strong=True)]
        if claim.source.id != claims[0].source.id:  # one body's numbers, in another document than the heading's
            spans += [Span(SEPARATOR), *citation_spans(claim, telling, short=True)]
        lines.append(Line(Role.ITEM, tuple(spans)))
    return lines
