"""The sheet that every chart is drawn on: fixed width, wrapped texts, and all that a screenshot must not lose.

Positions are worked out here, not left to the renderer's own layout: it cuts long labels and has no footer. All
positions are pixels from the top left corner of the plot.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from bot.charts.chart import Spec
from bot.charts.palette import Palette
from bot.charts.picture import Picture
from bot.charts.words import LRI, PDI

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = "Inflow Sans, Noto Sans, DejaVu Sans, sans-serif"
WIDTH = 800
MARGIN = 28
TITLE, LABEL, BODY, SMALL = 27, 21, 18, 16
"""Font sizes: on a phone 390 points wide, SMALL is 8 points and LABEL 10."""
LEADING = 1.3
DOT = " · "
Align = Literal["left", "right", "center"]


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is drawn; a little too wide rather than too narrow."""
    units = 0.0
    for letter in text:
        if unicodedata.category(letter) in ("Mn", "Cf"):
            continue
        if letter in "ilIjtf.,:;'’|!()[] ·":
            units += 0.34
        elif letter in "mwMW%—…":
            units += 0.9
        elif letter.isupper() or unicodedata.east_asian_width(letter) in "WF":
            units += 0.69
        else:
            units += 0.575
    return units * size * (1.06 if bold else 1.0)


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
    """Lines broken inside of a left-to-right isolate close it at their end and open it again on the next line."""
    found = []
    is_open = False
    for line in lines:
        whole = LRI + line if is_open else line
        is_open = whole.rfind(LRI) > whole.rfind(PDI)
        found.append(whole + PDI if is_open else whole)
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
    head: list[str] = field(default_factory=list)
    layers: list[Spec] = field(default_factory=list)
    _texts: dict[tuple[Any, ...], list[dict[str, Any]]] = field(default_factory=dict)

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
        line = self.picture.words.line
        text = "\n".join(line(part) for part in ([lines] if isinstance(lines, str) else lines))
        style = (size, color or self.palette.ink, bold, align, halo)
        self._texts.setdefault(style, []).append({"text": text, "x": round(x, 1), "y": round(y, 1)})

    def edge(self, lines: Sequence[str], y: float, *, size: float, color: str = "", bold: bool = False) -> None:
        """Put lines at the edge of the sheet at which reading starts."""
        x = WIDTH - MARGIN - self.left if self.rtl else MARGIN - self.left
        self.write(lines, x, y, size=size, color=color, bold=bold, align="right" if self.rtl else "left")

    def tick(self, number: float) -> str:
        """A round number of a scale."""
        whole = number == int(number)
        return self.picture.words.number(int(number) if whole else Decimal(str(number)))

    def finished(self, height: float, foot: Sequence[str], key: str = "") -> Spec:
        """The whole spec: title above, notes, sources and stamp below a plot of this height."""
        top = self._write_head()
        bottom = self._write_foot(height, foot, key)
        return {
            "$schema": SCHEMA,
            "description": self.picture.title,
            "width": round(self.plot_width),
            "height": round(height),
            "padding": {
                "left": round(self.left),
                "right": round(self.right),
                "top": round(top),
                "bottom": round(bottom),
            },
            "autosize": {"type": "none"},
            "background": self.palette.ground,
            "layer": [*self.layers, *self._text_layers()],
            "config": self._config(),
        }

    def _write_head(self) -> float:
        inner = WIDTH - 2 * MARGIN
        title = wrapped(self.picture.title, inner, TITLE, bold=True)
        subtitle = wrapped(self.picture.subtitle, inner, BODY)
        top = MARGIN + len(title) * TITLE * LEADING + 6 + len(subtitle) * BODY * LEADING + 22
        self.edge(title, MARGIN - top, size=TITLE, bold=True)
        self.edge(subtitle, MARGIN - top + len(title) * TITLE * LEADING + 6, size=BODY, color=self.palette.soft)
        return top

    def _write_foot(self, height: float, foot: Sequence[str], key: str) -> float:
        inner = WIDTH - 2 * MARGIN
        y = height + 16
        for text, color in (
            (key, self.palette.soft),
            *((note, self.palette.ink) for note in foot),
            (self.picture.sources, self.palette.soft),
            (self.picture.stamp, self.palette.soft),
        ):
            if not text:
                continue
            lines = wrapped(text, inner, SMALL)
            self.edge(lines, y, size=SMALL, color=color)
            y += len(lines) * SMALL * LEADING + 6
        return y - height + MARGIN - 6

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

    def _config(self) -> Mapping[str, Any]:
        return {
            "font": FONT,
            "view": {"stroke": None, "fill": None},
            "text": {"font": FONT},
        }


def ticks(limit: float, most: int = 5) -> list[float]:
    """Round numbers from zero up to a limit: steps of 1, 2 or 5 and their tens."""
    rough = limit / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    return [round(step * index, 10) for index in range(int(limit / step) + 1)]


def own(channel: str, name: str) -> Spec:
    """The encoding of a colour or shape that stands in the data as it is."""
    return {channel: {"field": name, "type": "nominal", "scale": None, "legend": None}}


def at(channel: str, name: str) -> Spec:
    """The encoding of a position that is already in pixels."""
    return {channel: {"field": name, "type": "quantitative", "scale": None, "axis": None}}
