"""The layout that every renderer draws: lines with a role, made of spans of plain text; no markup."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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


class Cut(NamedTuple):
    """Lines with their long lists cut, and what was cut away."""

    lines: list[Line]
    rest: list[Line]
    """The items left out, each list under the heading that it had."""


def cut_lists(lines: list[Line], most: Mapping[Role, int], more: Callable[[int], str]) -> Cut:
    """Keep the first lines of each list and say how many more there are; a list one too long stays whole.

    ``most`` holds the lengths by role; lines of other roles stay. A length of 0 moves the list with its heading.
    """
    kept: list[Line] = []
    rest: list[Line] = []
    heading: Line | None = None
    position = 0
    while position < len(lines):
        line = lines[position]
        longest = most.get(line.role)
        if longest is None:
            if line.role in (Role.HEADING, Role.HEADLINE):
                heading = Line(Role.HEADING, line.spans)
            kept.append(line)
            position += 1
            continue
        end = position
        while end < len(lines) and lines[end].role is line.role:
            end += 1
        items = lines[position:end]
        position = end
        if longest > 0 and len(items) <= longest + 1:
            kept += items
            continue
        if longest == 0 and kept and kept[-1].role is Role.HEADING:
            kept.pop()
        else:
            kept += items[:longest]
            kept.append(plain_line(Role.MORE, more(len(items) - longest)))
        rest += ([heading] if heading and line.role is not Role.NOTE else []) + items[longest:]
    return Cut(kept, rest)
