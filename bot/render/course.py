"""Claims in time: one heading a series, one line a point; rival sources never share a line."""

from __future__ import annotations

from bot.answers.answer import Claim, TrendBlock, TrendPoint
from bot.render.fragments import SEPARATOR, Telling, citation_spans, claim_spans, unit_noun, value_text, when
from bot.render.outline import Line, Role, Span, plain_line
from bot.words.words import capital


def trend_lines(block: TrendBlock, telling: Telling) -> list[Line]:
    """The direction within one source, the peak, then every series with its points."""
    words = telling.words
    label = words.measure(block.measure)
    if block.who != "everyone":
        label = f"{label}{words.say('list.comma')}{words.who(block.who)}"
    lines = [plain_line(Role.HEADLINE, words.say("heading.trend", place=telling.place(block.place), measure=label))]
    course, peak = _direction_lines(block, telling), _peak_lines(block, telling)
    query = telling.answer.reading.query
    lines += [*peak, *course] if query is not None and query.peak else [*course, *peak]
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
    if block.peak is None or len(block.points) < 2:
        return []
    figure = block.peak.figure
    time = when(figure, telling.words, short=True, counted=False)
    text = telling.words.say("trend.peak", value=value_text(figure, telling), when=time)
    return [plain_line(Role.SUMMARY, text)]


def _direction_lines(block: TrendBlock, telling: Telling) -> list[Line]:
    words = telling.words
    if block.direction is None:
        return []
    if len(block.points) == 1:
        return [plain_line(Role.SUMMARY, words.say("trend.single"))]
    if block.direction == "unclear" or block.first is None or block.last is None:
        return [plain_line(Role.SUMMARY, words.say(f"trend.{block.direction}"))]
    text = words.say(
        "trend.one_line",
        direction=words.say(f"trend.{block.direction}"),
        first=value_text(block.first.figure, telling),
        first_when=when(block.first.figure, words, short=True, counted=False),
        last=value_text(block.last.figure, telling),
        last_when=when(block.last.figure, words, short=True, counted=False),
    )
    lines = [plain_line(Role.SUMMARY, text)]
    if block.change is not None and not block.change.is_zero:
        change = words.counted(block.change, unit_noun(block.measure, block.who))
        if block.measure == "monthly_rate":
            change = words.say("value.a_month", value=change)
        lines.append(plain_line(Role.DETAIL, words.say(f"trend.change.{block.direction}", value=change)))
    return lines


def _series_lines(claims: list[Claim], telling: Telling) -> list[Line]:
    lines = [Line(Role.HEADING, citation_spans(claims[0], telling, short=True))]
    for claim in claims:
        time = capital(when(claim.figure, telling.words, short=True, counted=False))
        lines.append(Line(Role.ITEM, (Span(time + SEPARATOR), Span(value_text(claim.figure, telling), strong=True))))
    return lines
