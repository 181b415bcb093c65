"""The layout that every renderer draws: lines with a role, made of spans of plain text; no markup."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What a line is for; each renderer has one way to draw each role."""

    READING = "reading"
    HEADLINE = "headline"
    DETAIL = "detail"
    ASIDE = "aside"
    HEADING = "heading"
    ITEM = "item"
    EARLIER = "earlier"
    MORE = "more"
    SUMMARY = "summary"
    NOTE = "note"
    FINE = "fine"
    OFFER = "offer"
    CHOICE = "choice"
    TEXT = "text"
    CITED = "cited"
    """One source in a citation style, to be copied as it stands: never wrapped, escaped or cut."""
    FOOTER = "footer"


class Span(NamedTuple):
    """A run of plain text; ``url`` makes it a link where the medium has links."""

    text: str
    strong: bool = False
    url: str = ""
    extra: bool = False
    """Left out where there is room for the shortest form only."""


class Line(NamedTuple):
    """One line of an answer."""

    role: Role
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The line without emphasis or links."""
        return "".join(span.text for span in self.spans)


def plain_line(role: Role, text: str) -> Line:
    """A line of one span."""
    return Line(role, (Span(text),))
