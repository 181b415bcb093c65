"""The sheet that every chart is drawn on: 16:10, legible on a phone, with all that a screenshot must not lose.

Positions are worked out here, not left to the renderer's own layout: it cuts long labels and has no footer. All
positions are pixels from the top left corner of the plot.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from bot.charts.chart import Spec
from bot.charts.palette import Palette
from bot.charts.picture import Picture
from bot.charts.words import FSI, LRI, PDI, drawn_line
from bot.words.widths import text_width

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = "Inflow Sans, Noto Sans, DejaVu Sans, sans-serif"
WIDTH, HEIGHT = 800, 500
MARGIN = 24
TITLE, BODY = 27, 23
"""Font sizes: on a phone 390 pixels wide, BODY is 11 pixels and nothing is smaller."""
LEADING = 1.26
LINE = BODY * LEADING
MOST_TITLE, MOST_LINES = 3, 6
"""Lines of the title, and of title and foot together: a longer title is set smaller, and a note that does not fit
stays with the text of the picture."""
DOT = " · "
Align = Literal["left", "right", "center"]
Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """A text in lines that fit a width, broken at `` · `` where that is enough; a long word is split, never cut."""
    lines: list[str] = []
    for part in text.split(DOT):
        joined = f"{lines[-1]}{DOT}{part}" if lines else part
        if lines and text_width(joined, size, bold=bold) <= width:
            lines[-1] = joined
            continue
        if lines:
            lines[-1] += DOT.rstrip()
        lines += _by_words(part, width, size, bold=bold)
    return _isolated(lines)


def _by_words(text: str, width: float, size: float, *, bold: bool) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        candidate = f"{line} {word}" if line else word
        if text_width(candidate, size, bold=bold) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        *full, line = _split(word, width, size, bold=bold)
        lines += full
    return [*lines, line] if line else lines


def _isolated(lines: list[str]) -> list[str]:
    """Lines broken inside of an isolate of one direction close it at their end and open it again on the next line."""
    found = []
    opener = ""
    for line in lines:
        whole = opener + line
        opened = [letter for letter in whole if letter in (LRI, FSI, PDI)]
        opener = opened[-1] if opened and opened[-1] != PDI else ""
        found.append(whole + PDI if opener else whole)
    return found


def _split(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and text_width(parts[-1] + letter, size, bold=bold) > width:
            parts.append("")
        parts[-1] += letter
    return parts


@dataclass
class Sheet:
    """A picture being laid out: texts are collected by style, marks as layers."""

    picture: Picture
    palette: Palette
    left: float
    """Pixels between the sheet's edge and the plot."""
    right: float
    foot: Sequence[str] = ()
    head: Sequence[str] = ()
    title_size: float = TITLE
    layers: list[Spec] = field(default_factory=list)
    _texts: dict[tuple[Any, ...], list[dict[str, Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Wrap what stands above and below the plot, so that its height is known."""
        inner = WIDTH - 2 * MARGIN
        self.head = wrapped(self.picture.title, inner, TITLE, bold=True)
        if len(self.head) > MOST_TITLE:
            self.title_size = BODY
            self.head = wrapped(self.picture.title, inner, BODY, bold=True)
        self.foot = _notes_and_stamp(self.picture, inner, MOST_LINES - len(self.head))

    @property
    def top(self) -> float:
        """Pixels above the plot."""
        return MARGIN + len(self.head) * self.title_size * LEADING + 14

    @property
    def height(self) -> float:
        """Pixels that are left for the plot."""
        return HEIGHT - self.top - len(self.foot) * LINE - MARGIN - 6

    @property
    def plot_width(self) -> float:
        """The width of the plot."""
        return WIDTH - self.left - self.right

    @property
    def rtl(self) -> bool:
        """Whether lines are written from right to left."""
        return self.picture.words.rtl

    def write(
        self,
        lines: str | Sequence[str],
        x: float,
        y: float,
        *,
        size: float = BODY,
        color: str = "",
        bold: bool = False,
        align: Align = "left",
        halo: bool = False,
    ) -> None:
        """Put lines of text with the top of the first at y; a halo keeps it readable on any colour."""
        words = self.picture.words
        text = "\n".join(drawn_line(part, words) for part in ([lines] if isinstance(lines, str) else lines))
        style = (size, color or self.palette.ink, bold, align, halo)
        self._texts.setdefault(style, []).append({"text": text, "x": round(x, 1), "y": round(y, 1)})

    def edge(self, lines: Sequence[str], y: float, *, size: float = BODY, color: str = "", bold: bool = False) -> None:
        """Put lines at the edge of the sheet at which reading starts."""
        x = WIDTH - MARGIN - self.left if self.rtl else MARGIN - self.left
        self.write(lines, x, y, size=size, color=color, bold=bold, align="right" if self.rtl else "left")

    def draw(self, rows: Sequence[Mapping[str, Any]], mark: Spec, encoding: Spec) -> None:
        """Put a layer of marks, one a row of data, above those before it; nothing where there are no rows."""
        if rows:
            self.layers.append({"data": {"values": list(rows)}, "mark": mark, "encoding": encoding})

    def tick(self, number: float) -> str:
        """A round number of a scale."""
        whole = number == int(number)
        return self.picture.words.number(int(number) if whole else Decimal(str(number)))

    def finished(self) -> Spec:
        """The whole spec: title above, notes and stamp below the plot."""
        self.edge(self.head, MARGIN - self.top, size=self.title_size, bold=True)
        self.edge(self.foot, self.height + 12, color=self.palette.soft)
        top, left = round(self.top), round(self.left)
        width, height = round(self.plot_width), round(self.height)
        return {
            "$schema": SCHEMA,
            "description": self.picture.title,
            "width": width,
            "height": height,
            "padding": {"left": left, "right": WIDTH - left - width, "top": top, "bottom": HEIGHT - top - height},
            "autosize": {"type": "none"},
            "background": self.palette.ground,
            "layer": [*self.layers, *self._text_layers()],
            "config": {"font": FONT, "view": {"stroke": None, "fill": None}, "text": {"font": FONT}},
        }

    def _text_layers(self) -> Iterable[Spec]:
        for (size, color, bold, align, halo), rows in self._texts.items():
            mark = {
                "type": "text",
                "align": align,
                "baseline": "top",
                "fontSize": size,
                "fontWeight": "bold" if bold else "normal",
                "lineBreak": "\n",
                "lineHeight": round(size * LEADING, 1),
                "color": color,
            }
            encoding = {**at("x", "x"), **at("y", "y"), "text": {"field": "text", "type": "nominal"}}
            if halo:
                around = {"stroke": self.palette.ground, "strokeWidth": 4, "strokeJoin": "round"}
                yield {"data": {"values": rows}, "mark": {**mark, **around}, "encoding": encoding}
            yield {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def _notes_and_stamp(picture: Picture, width: float, most: int) -> list[str]:
    """The notes that fit these lines, each whole, the stamp at their end."""
    notes = list(picture.notes)
    while True:
        lines = wrapped(DOT.join((*notes, picture.stamp)), width, BODY)
        if len(lines) <= most or not notes:
            return lines
        notes.pop()


def fitting(parts: Iterable[str], width: float, size: float = BODY) -> str:
    """As many whole parts as fit one line, in their order."""
    kept: list[str] = []
    for part in parts:
        if part and text_width(DOT.join((*kept, part)), size) <= width:
            kept.append(part)
    return DOT.join(kept)


def ticks(limit: float) -> list[float]:
    """Round numbers from zero up to a limit, about four: steps of 1, 2 or 5 and their tens."""
    rough = limit / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    return [round(step * index, 10) for index in range(int(limit / step) + 1)]


def cover(one: Box, other: Box) -> bool:
    """Whether two boxes share a pixel."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def own(channel: str, name: str) -> Spec:
    """The encoding of a colour or shape that stands in the data as it is."""
    return {channel: {"field": name, "type": "nominal", "scale": None, "legend": None}}


def at(channel: str, name: str) -> Spec:
    """The encoding of a position that is already in pixels."""
    return {channel: {"field": name, "type": "quantitative", "scale": None, "axis": None}}
