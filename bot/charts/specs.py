"""The front door: from an answer to a chart, without drawing it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from bot.answers.answer import Answer, CompareBlock, RankBlock, TotalBlock
from bot.charts.bars import bars_spec
from bot.charts.chart import Chart, ChartKind, Spec, Theme
from bot.charts.labels import place_name
from bot.charts.maps import map_spec
from bot.charts.palette import palette_of
from bot.charts.picture import Mark, Picture
from bot.charts.reading import laid_out_as, picture_of
from bot.charts.text import alt_text, plain_text, table_rows
from bot.charts.trend import trend_spec
from bot.charts.words import bare, words_of


def chart_for(answer: Answer, *, locale: str = "en", theme: Theme = "dark") -> Chart | None:
    """The chart of an answer; None when it has nothing that a picture would show better than its text.

    Pure: it draws nothing and reads nothing but its own word lists.
    """
    picture = picture_of(answer, words_of(locale))
    return chart_of(picture, theme) if picture is not None else None


def map_for(answer: Answer, region: str | None = None, *, locale: str = "en", theme: Theme = "dark") -> Chart | None:
    """The map of an answer that ranks, compares or adds up places; None for any other.

    The view is the answer's own region unless one is named. Every place of the answer that has no figure is hatched;
    on a world map that is every place without one.
    """
    words = words_of(locale)
    picture = picture_of(answer, words)
    block = next((one for one in answer.blocks if isinstance(one, RankBlock | CompareBlock | TotalBlock)), None)
    if picture is None or block is None or picture.kind not in (ChartKind.RANK, ChartKind.COMPARE, ChartKind.TOTAL):
        return None
    held = tuple(mark for mark in picture.drawn if mark.place)
    missing = tuple(Mark(place_name(place, words), None, place=place) for place in block.missing)
    own = block.region if not isinstance(block, CompareBlock) else None
    shown = replace(laid_out_as(picture, ChartKind.MAP), marks=(*held, *missing), region=region or own or "")
    return chart_of(shown, theme)


def chart_of(picture: Picture, theme: Theme) -> Chart:
    """Lay a picture out in a theme."""
    spec = _spec(picture, theme)
    alt = bare(alt_text(picture))
    spec["description"] = alt
    return Chart(
        kind=picture.kind,
        spec=spec,
        alt=alt,
        key=f"{spec_hash(spec)}-{picture.revision}",
        text=plain_text(picture),
        title=bare(picture.title),
        locale=picture.words.locale,
        table=table_rows(picture),
    )


def _spec(picture: Picture, theme: Theme) -> Spec:
    palette = palette_of(theme)
    if picture.kind is ChartKind.TREND:
        return trend_spec(picture, palette)
    if picture.kind is ChartKind.MAP:
        return map_spec(picture, palette)
    return bars_spec(picture, palette)


def spec_hash(spec: Spec) -> str:
    """The first 16 hexadecimal digits of a hash over the spec."""
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
