"""An answer as Discord components: number first, one line a claim or country, within Discord's limits.

No I/O and no behaviour: buttons and selects belong to the chat room, which has room left for them in every card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import discord
from discord import ui

from bot.answers.answer import Answer, Outcome
from bot.render.fragments import cut
from bot.render.links import https_url
from bot.render.markdown import escaped
from bot.render.outline import Cut, Line, Role, Span, cut_lists, plain_line
from bot.render.telling import tell
from bot.render.trace import Trace, tell_trace
from bot.render.words import Words, words_of

MOST_CHARACTERS = 3_400
"""Text on one page; Discord allows 4,000 in a message, buttons and the chat room's own lines included."""
MOST_COMPONENTS = 20
"""Components on one page; Discord allows 40 in a message."""
_LENGTHS = (8, 5, 3)
"""How many items of a list the first page may show: the most that stays near one phone screen, or the fewest."""
_PHONE_LINES = 30
_PHONE_WIDTH = 44
_FIRST_NOTES = 3
_FIRST_OFFERS = 2
_PAGE_CHARACTERS = 1_600
_MOST_PARTS = MOST_COMPONENTS // 2 - 2
_MARGIN = 400
"""Kept free on each page for the reading line and the footer."""
_LINE_CHARACTERS = 900
"""No single line is longer: a title or a note that is gets cut."""

_COLOURS = {
    Outcome.ANSWERED: discord.Colour(0x2B6C8F),
    Outcome.NO_DATA: discord.Colour(0x8A8F98),
    Outcome.ASK: discord.Colour(0xC98A1B),
    Outcome.REFUSED: discord.Colour(0x8A8F98),
}
_PREFIX = {
    Role.READING: "-# ",
    Role.HEADLINE: "## ",
    Role.DETAIL: "",
    Role.ASIDE: "-# ",
    Role.HEADING: "",
    Role.ITEM: "- ",
    Role.EARLIER: "- ",
    Role.MORE: "-# ",
    Role.SUMMARY: "",
    Role.NOTE: "> ",
    Role.FINE: "-# ",
    Role.OFFER: "- ",
    Role.CHOICE: "- ",
    Role.TEXT: "",
    Role.FOOTER: "-# ",
}
_OPENS_A_PART = frozenset({Role.HEADING, Role.NOTE, Role.FINE, Role.FOOTER})


@dataclass(frozen=True, slots=True)
class Card:
    """An answer laid out in pages, each a list of texts with a rule between them."""

    pages: tuple[tuple[str, ...], ...]
    colour: discord.Colour

    @property
    def page_count(self) -> int:
        """How many pages there are; one at least."""
        return len(self.pages)

    def container(self, page: int = 0) -> ui.Container[Any]:
        """One page, counted from 0; a number outside gives the nearest page."""
        texts = self.pages[max(0, min(page, len(self.pages) - 1))]
        items: list[ui.Item[Any]] = []
        for text in texts:
            if items:
                items.append(ui.Separator(spacing=discord.SeparatorSpacing.small))
            items.append(ui.TextDisplay(text))
        return ui.Container(*items, accent_colour=self.colour)


def card(answer: Answer, locale: str = "en") -> Card:
    """The answer as a card. Choices of a question back are left to the chat room's buttons."""
    words = words_of(locale)
    lines = [line for line in tell(answer, locale, flags=True) if line.role is not Role.CHOICE]
    return lay_out(lines, words, _COLOURS[answer.outcome])


def trace_card(trace: Trace, locale: str = "en") -> Card:
    """Where the claims come from: document, page, date, links, who entered it and when."""
    return lay_out(tell_trace(trace, locale, flags=True), words_of(locale), _COLOURS[trace.answer.outcome])


def container(answer: Answer, page: int = 0, locale: str = "en") -> ui.Container[Any]:
    """One page of the answer's card, counted from 0."""
    return card(answer, locale).container(page)


def page_count(answer: Answer, locale: str = "en") -> int:
    """How many pages the answer's card has."""
    return card(answer, locale).page_count


def lay_out(lines: Sequence[Line], words: Words, colour: discord.Colour) -> Card:
    """Lines in pages: the first holds the start of each list, the next ones what was cut."""
    kept, rest = _first_page(list(lines), words)
    drawn = [_drawn(line, words) for line in kept]
    head = [line for line in drawn if line.role is Role.READING]
    foot = [line for line in drawn if line.role is Role.FOOTER]
    body = [line for line in drawn if line.role is not Role.FOOTER and line.role is not Role.READING]
    bodies = _chunks(body, MOST_CHARACTERS - _MARGIN)
    if rest:
        bodies += _chunks([_drawn(line, words) for line in rest], _PAGE_CHARACTERS)
    if len(bodies) < 2:
        return Card((_texts([*head, *body, *foot]),), colour)
    pages = []
    for number, chunk in enumerate(bodies, 1):
        page = words.say("footer.page", page=words.number(number), pages=words.number(len(bodies)))
        ending = " · ".join([*(line.text for line in foot), page if foot else f"-# {words.line(page)}"])
        pages.append(_texts([*head, *chunk, _Drawn(Role.FOOTER, ending)]))
    return Card(tuple(pages), colour)


def _first_page(lines: list[Line], words: Words) -> Cut:
    """The lines of the first page, lists as long as a phone screen allows, and the lines left for the next ones."""
    lines = _together(lines)
    if _phone_lines(lines) <= _PHONE_LINES and all(line.role is not Role.EARLIER for line in lines):
        return Cut(lines, [])
    for longest in _LENGTHS:
        most = {Role.ITEM: longest, Role.EARLIER: 0, Role.NOTE: _FIRST_NOTES, Role.OFFER: _FIRST_OFFERS}
        cut_lines = cut_lists(lines, most, lambda left: words.count("more", left))
        if _phone_lines(cut_lines.lines) <= _PHONE_LINES:
            break
    return cut_lines


def _together(lines: Sequence[Line]) -> list[Line]:
    """The lines with the fine print as one paragraph."""
    kept = [line for line in lines if line.role is not Role.FINE]
    fine = [line.text for line in lines if line.role is Role.FINE]
    if not fine:
        return kept
    at = next((place for place, line in enumerate(lines) if line.role is Role.FINE), 0)
    return [*kept[:at], plain_line(Role.FINE, " ".join(fine)), *kept[at:]]


def _phone_lines(lines: list[Line]) -> int:
    """About how many lines a phone needs."""
    count = len(lines)
    for line in lines:
        length = 0
        for span in line.spans:
            length += len(span.text)
        count += length // _PHONE_WIDTH
    return count


class _Drawn(NamedTuple):
    """A line in Discord's markdown."""

    role: Role
    text: str


def _chunks(lines: list[_Drawn], most: int) -> list[list[_Drawn]]:
    """Lines in pages of limited length and parts; a heading is never left alone at a page's end."""
    chunks: list[list[_Drawn]] = [[]]
    used = parts = 0
    before: Role | None = None
    for line in lines:
        size = len(line.text) + 1
        parts += line.role is not before and line.role in _OPENS_A_PART
        before = line.role
        if used + size > most or parts > _MOST_PARTS:
            full = chunks[-1]
            carried = [full.pop()] if full and full[-1].role is Role.HEADING else []
            chunks.append(carried)
            used = sum(len(moved.text) + 1 for moved in carried)
            parts = len(carried)
        chunks[-1].append(line)
        used += size
    return [chunk for chunk in chunks if chunk]


def _texts(lines: Sequence[_Drawn]) -> tuple[str, ...]:
    """The texts of one page: a new part opens at each heading, at the notes and at the footer."""
    parts: list[list[str]] = [[]]
    before: Role | None = None
    for role, text in lines:
        if role is not before and role in _OPENS_A_PART and parts[-1]:
            parts.append([])
        parts[-1].append(text)
        before = role
    return tuple("\n".join(part) for part in parts if part)


def _drawn(line: Line, words: Words) -> _Drawn:
    role, spans = line
    if role is Role.HEADING:
        # Bold once around all of it: two bold runs side by side would show their asterisks.
        marked = "".join([_marked(span, False) for span in spans])
        text = f"**{marked}**" if marked else marked
    elif len(spans) == 1 and not spans[0].url and not spans[0].strong:
        text = escaped(spans[0].text)
    else:
        text = "".join([_marked(span, span.strong) for span in spans])
    if len(text) > _LINE_CHARACTERS:
        text = escaped(cut(line.text, _LINE_CHARACTERS // 2))
    return _Drawn(role, _PREFIX[role] + (words.line(text) if words.rtl else text))


def _marked(span: Span, strong: bool) -> str:
    marked = escaped(span.text)
    if span.url:
        address = https_url(span.url)
        if address:
            marked = f"[{marked}](<{address}>)"
    return f"**{marked}**" if strong and marked else marked
