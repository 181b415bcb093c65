"""The same picture without pixels: alt text for those who cannot see it, plain text for terminals and failures."""

from __future__ import annotations

from collections.abc import Mapping

from bot.charts.bars import scale_end
from bot.charts.chart import ALT_LIMIT, ChartKind
from bot.charts.picture import Mark, Picture
from bot.charts.words import bare, spoken
from db.model.values import Interval

PLAIN_WIDTH = 24
"""Characters of a bar in plain text."""


def alt_text(picture: Picture) -> str:
    """Title, every value with its date and source as far as they fit, sources, data revision and answer id."""
    words = picture.words
    head = f"{picture.title.removesuffix('.')}. {picture.subtitle}."
    tail = f" {picture.stamp}."
    for note in picture.notes:
        if len(head) + len(note) + len(tail) + 3 < ALT_LIMIT // 2:
            tail = f" {note}.{tail}"
    if len(head) + len(tail) + len(picture.sources) + 2 < ALT_LIMIT // 2:
        tail = f" {picture.sources}.{tail}"
    items = [_spoken(mark, picture) for mark in picture.marks]
    kept: list[str] = []
    used = len(head) + len(tail)
    for index, item in enumerate(items):
        rest = len(items) - index - 1
        reserve = len(words.count("more", rest)) + 3 if rest else 0
        if used + len(item) + 2 + reserve > ALT_LIMIT:
            break
        kept.append(item)
        used += len(item) + 2
    if len(kept) < len(items):
        kept.append(words.count("more", len(items) - len(kept)))
    body = f" {words.say('list.semicolon').join(kept)}." if kept else ""
    return f"{head}{body}{tail}"[:ALT_LIMIT]


def _spoken(mark: Mark, picture: Picture) -> str:
    words = picture.words
    value = words.say("no_data") if mark.value is None else spoken(mark.value, words, none_known=mark.none_known)
    details = words.say("list.comma").join(part for part in (mark.when, mark.source, *mark.remarks) if part)
    name = mark.label if picture.kind is not ChartKind.TREND else ""
    rank = f"{mark.rank}. " if mark.rank else ""
    text = f"{rank}{name}: {value}" if name else value
    return f"{text} ({details})" if details else text


def plain_text(picture: Picture) -> str:
    """The chart in characters: title, one bar a row with value, date and source, then notes, sources and stamp.

    A bar starts where the claim's lower end is and stops where its upper end is; an end that nobody stated is an
    arrow.
    """
    limit = scale_end([mark.stated for mark in picture.drawn])
    rows = picture.drawn if picture.kind is ChartKind.MAP else picture.marks
    lines = [picture.title, picture.subtitle, ""]
    names = [_name(mark, picture) for mark in rows]
    width = min(40, max((len(bare(name)) for name in names), default=0))
    for mark, name in zip(rows, names, strict=True):
        bar = _bar(mark.value, limit) if mark.value is not None else " " * PLAIN_WIDTH
        value = picture.value_text(mark)
        detail = mark.note if picture.kind is not ChartKind.TREND else mark.source
        lines.append(f"{name:<{width}} {bar} {value}" + (f"  ({detail})" if detail else ""))
    lines += ["", *picture.notes, picture.sources, picture.stamp]
    return bare("\n".join(lines))


def _name(mark: Mark, picture: Picture) -> str:
    if picture.kind is ChartKind.TREND:
        return bare(mark.when)
    return bare(f"{mark.rank}. {mark.label}" if mark.rank else mark.label)


def _bar(value: Interval, limit: float) -> str:
    def column(number: float) -> int:
        return min(PLAIN_WIDTH - 1, int(number / limit * (PLAIN_WIDTH - 1) + 0.5))

    cells = ["·"] * PLAIN_WIDTH
    start = column(float(value.least))
    end = column(float(value.most)) if value.most is not None else min(PLAIN_WIDTH - 1, start + 2)
    if value.low is None:
        start = max(0, end - 2)
    for index in range(start, end + 1):
        cells[index] = "━"
    if start == end:
        cells[start] = "●"
    if value.high is None:
        cells[end] = "▶"
    if value.low is None:
        cells[start] = "◀"
    return "".join(cells)


def table_rows(picture: Picture) -> tuple[Mapping[str, str], ...]:
    """What was drawn as rows of text, for the page."""
    rows = []
    for mark in picture.marks:
        if mark.value is None and picture.kind is ChartKind.MAP:
            continue
        rows.append(
            {
                "label": _name(mark, picture) if picture.kind is not ChartKind.TREND else mark.label,
                "value": bare(picture.value_text(mark)),
                "when": bare(mark.when),
                "source": bare(mark.source),
                "remarks": bare(" · ".join(mark.remarks)),
            }
        )
    return tuple(rows)
