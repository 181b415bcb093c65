"""The front door: from an answer to a chart, without drawing it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from bot.answers.answer import Answer, CompareBlock, RankBlock, TotalBlock
from bot.charts.bars import bars_spec
from bot.charts.chart import Chart, ChartKind, Spec, Theme
from bot.charts.maps import map_spec
from bot.charts.palette import palette_of
from bot.charts.picture import Mark, Picture
from bot.charts.reading import laid_out_as, picture_of
from bot.charts.text import alt_text, plain_text, table_rows
from bot.charts.trend import trend_spec
from bot.charts.words import bare
from bot.questions.query import Intent, Query
from bot.words.words import words_of
from db.model.records import Who

MOST_COUNTRIES = 250
"""More than there are places, so that a map shows all of them."""


def chart_for(answer: Answer, *, locale: str = "en", theme: Theme = "dark", title: str = "") -> Chart | None:
    """The chart of an answer; None when it has nothing that a picture would show better than its text.

    The title is the sentence that the answer opens with, as ``bot.render.caption`` words it; without one the picture
    says how the question was read. Pure: it draws nothing and reads nothing but its own word lists.
    """
    picture = picture_of(answer, words_of(locale))
    return chart_of(picture, theme, title) if picture is not None else None


def map_for(
    answer: Answer, region: str | None = None, *, locale: str = "en", theme: Theme = "dark", title: str = ""
) -> Chart | None:
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
    missing = tuple(Mark(words.place(place), None, place=place) for place in block.missing)
    own = block.region if not isinstance(block, CompareBlock) else None
    shown = replace(
        laid_out_as(picture, ChartKind.MAP),
        marks=(*held, *missing),
        region=region or own or "",
        notes=tuple(note for note in picture.notes if not _needless(note, picture, region or own)),
    )
    return chart_of(shown, theme, title)


def _needless(note: str, picture: Picture, region: str | None) -> bool:
    """Notes that a map says better itself: the order of the ranks, and on the world map who is missing."""
    words = picture.words
    missing = words.say("chart.missing", places="")
    return note == words.say("chart.overlap") or (region == "R:world" and note.startswith(missing))


def map_query(region: str, measure: str = "travelled", *, per_million: bool = False, who: Who = Who.EVERYONE) -> Query:
    """The question whose answer a map of a region draws: the ranking of every country that has a figure."""
    return Query(Intent.RANK, (region,), measure, who=who, per_million=per_million, top=MOST_COUNTRIES)


def chart_of(picture: Picture, theme: Theme, title: str = "") -> Chart:
    """Lay a picture out in a theme, under a title of its own or the picture's."""
    picture = replace(picture, title=title or picture.title)
    spec = _spec(picture, theme)
    alt = bare(alt_text(picture))
    spec["description"] = alt
    written = json.dumps(spec, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return Chart(
        kind=picture.kind,
        spec=spec,
        alt=alt,
        key=f"{hashlib.sha256(written.encode()).hexdigest()[:16]}-{picture.revision}",
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
