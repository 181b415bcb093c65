"""A chart: a Vega-Lite spec with everything that must go along with it when it travels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

Theme = Literal["dark", "light"]
Spec = dict[str, Any]
"""A Vega-Lite specification as plain JSON values."""

ALT_LIMIT = 1024
"""Characters that Discord allows in the description of an attachment."""


class ChartKind(StrEnum):
    """How the figures are laid out."""

    TREND = "trend"
    COMPARE = "compare"
    RANK = "rank"
    TOTAL = "total"
    DISPUTE = "dispute"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture to be drawn; title, measure, unit, dates, sources, data revision and answer id are inside of it."""

    kind: ChartKind
    spec: Spec
    alt: str
    """The same numbers as a text of at most ALT_LIMIT characters."""
    key: str
    """Names the picture: a hash of the spec, then the data revision."""
    text: str = ""
    """The whole chart in plain text, for terminals and for when drawing fails."""
    title: str = ""
    locale: str = "en"
    table: tuple[Mapping[str, str], ...] = field(default=())
    """The rows drawn: label, value, when, source."""
