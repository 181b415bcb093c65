"""Colours that people with every kind of colour vision can tell apart, on a ground of our own.

The series colours are those of Okabe and Ito, "Color Universal Design" (2008); each theme leaves out those that are too
close to its ground. The steps of the map are single-hue in lightness, from the same blue, so that they stay in order in
grey as well.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.charts.chart import Theme

ORANGE, SKY, GREEN = "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILLION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme."""

    ground: str
    ink: str
    soft: str
    """Secondary text; at least 4.5:1 on the ground."""
    grid: str
    band: str
    track: str
    series: tuple[str, ...]
    others: str
    steps: tuple[str, ...]
    """Map classes from few to many."""
    zero: str
    empty: str
    """Ground of places without data, under the hatching."""
    hatch: str
    border: str


DARK = Palette(
    ground="#1E1F24",
    ink="#F5F5F7",
    soft="#B9BBC4",
    grid="#4A4D58",
    band="#41444F",
    track="#282A31",
    series=(SKY, ORANGE, GREEN, YELLOW, PURPLE, VERMILLION),
    others="#8F929C",
    steps=("#14466B", "#1C689B", "#2F8FC8", "#6BB8E6", "#A9D8F5", "#E3F3FD"),
    zero=ORANGE,
    empty="#1E1F24",
    hatch="#6C6F79",
    border="#8F929C",
)
LIGHT = Palette(
    ground="#FFFFFF",
    ink="#16171A",
    soft="#54565E",
    grid="#CDD0D6",
    band="#D9DEE6",
    track="#F1F2F5",
    series=(BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY),
    others="#8A8C94",
    steps=("#CFE6F6", "#9CCBEA", "#62A9D8", "#2C83BD", "#0B5E95", "#053B61"),
    zero="#F3C969",
    empty="#FFFFFF",
    hatch="#A6A8AF",
    border="#74767E",
)


def palette_of(theme: Theme) -> Palette:
    """The colours of a theme."""
    return DARK if theme == "dark" else LIGHT
