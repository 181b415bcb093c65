"""An answer as Discord components: number first, one line a claim or country, within Discord's limits.

No I/O and no behaviour: buttons and selects belong to the chat room, which has room left for them in every card.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import discord
from discord import ui

from bot.answers.answer import Answer, Outcome
from bot.render.brief import brief
from bot.render.markdown import escaped, marked
from bot.render.outline import Line, Role, plain_line
from bot.render.telling import tell
from bot.render.trace import Trace, tell_trace
from bot.render.why import tell_why
from bot.words.names import cut
from bot.words.words import Words, words_of

MOST_CHARACTERS = 1_900
"""Text on one page: where cards are refused it goes into one ordinary message, which Discord ends at 2,000."""
MOST_COMPONENTS = 20
"""Components on one page; Discord allows 40 in a message."""
_PAGE_LINES = 34
"""Lines of a phone's screen on one page of the long form."""
_LIST_LINES = 28
"""Lines on one page of a list to read through, which is no taller than it must be."""
_TAIL_LINES = 6
_MOST_PARTS = MOST_COMPONENTS // 2 - 2
_MARGIN = 300
"""Characters kept free on each page for the reading line and the footer."""
_SMALL_PREFIX, _LONGEST_TITLE = "### ", 240
"""A longer sentence is drawn in bold of the text's own size, so that a phone shows its beginning and the buttons."""
_LINE_CHARACTERS = 900
"""No single line is longer: a title or a note that is gets cut."""

_COLOURS = {
    Outcome.ANSWERED: discord.Colour(0x2B6C8F),
    Outcome.NO_DATA: discord.Colour(0x8A8F98),
    Outcome.ASK: discord.Colour(0xC98A1B),
    Outcome.REFUSED: discord.Colour(0x8A8F98),
}
_LOOKS = {
    Role.READING: ("-# ", 42),
    Role.HEADLINE: ("## ", 29),
    Role.DETAIL: ("", 35),
    Role.ASIDE: ("-# ", 42),
    Role.HEADING: ("", 35),
    Role.ITEM: ("- ", 32),
    Role.EARLIER: ("- ", 32),
    Role.MORE: ("-# ", 42),
    Role.SUMMARY: ("", 35),
    Role.NOTE: ("> ", 33),
    Role.FINE: ("-# ", 42),
    Role.OFFER: ("- ", 32),
    Role.CHOICE: ("- ", 35),
    Role.TEXT: ("", 35),
    Role.CITED: ("", 35),
    Role.FOOTER: ("-# ", 42),
}
"""The markdown before a line of each role, and its characters in a line of a card on a phone of 390 points."""
_OPENS_A_PART = frozenset({Role.HEADING, Role.NOTE, Role.FINE, Role.FOOTER})
_ENDS_A_LIST = frozenset({Role.ITEM, Role.EARLIER, Role.MORE})

Texts = tuple[str, ...]
"""One page: texts with a rule between them."""


class Card:
    """An answer laid out in pages; with a short form first, the long one is laid out only when it is looked at."""

    __slots__ = ("_further", "_opening", "_pages", "colour", "opens_short")

    def __init__(
        self,
        opening: Texts,
        colour: discord.Colour,
        further: Callable[[], Sequence[Texts]] | None = None,
        *,
        opens_short: bool = False,
    ) -> None:
        self.colour = colour
        self.opens_short = opens_short
        """Whether the first page is the short form, and the next ones hold the whole."""
        self._opening = opening
        self._further = further
        self._pages: tuple[Texts, ...] | None = None

    @property
    def has_more(self) -> bool:
        """Whether there is a page after the first."""
        return self._further is not None

    @property
    def pages(self) -> tuple[Texts, ...]:
        """Every page."""
        if self._pages is None:
            self._pages = (self._opening, *(self._further() if self._further else ()))
        return self._pages

    @property
    def page_count(self) -> int:
        """How many pages there are; one at least."""
        return len(self.pages)

    def page(self, number: int) -> Texts:
        """One page, counted from 0; a number outside gives the nearest page."""
        return self.pages[max(0, min(number, len(self.pages) - 1))] if number > 0 else self._opening

    def container(self, page: int = 0) -> ui.Container[Any]:
        """One page, counted from 0; a number outside gives the nearest page."""
        items: list[ui.Item[Any]] = []
        for text in self.page(page):
            if items:
                items.append(ui.Separator(spacing=discord.SeparatorSpacing.small))
            items.append(ui.TextDisplay(text))
        return ui.Container(*items, accent_colour=self.colour)


def card(answer: Answer, locale: str = "en") -> Card:
    """The answer as a card: in short, then whole. Choices of a question back are left to the chat room's buttons."""
    words = words_of(locale)
    lines = [line for line in tell(answer, locale, flags=True) if line.role is not Role.CHOICE]
    colour = _COLOURS[answer.outcome]
    chosen = brief(answer, lines, words)
    opening = _texts([_drawn(line, words) for line in chosen])
    if all(line in chosen or line.role is Role.READING for line in lines):
        return Card(opening, colour)
    return Card(opening, colour, lambda: _paged(_together(lines), words, most=_PAGE_LINES, before=1), opens_short=True)


def trace_card(trace: Trace, locale: str = "en") -> Card:
    """Where the claims come from: document, page, date, links, who entered it and when."""
    return lay_out(tell_trace(trace, locale, flags=True), words_of(locale), _COLOURS[trace.answer.outcome])


def why_card(answer: Answer, locale: str = "en") -> Card:
    """Why a number opens the answer, and what put each of its rivals behind it."""
    return lay_out(tell_why(answer, locale, flags=True), words_of(locale), _COLOURS[answer.outcome])


def lay_out(lines: Sequence[Line], words: Words, colour: discord.Colour) -> Card:
    """Lines in as many pages as they take, in their order."""
    pages = _paged(_together(lines), words, most=_LIST_LINES)
    return Card(pages[0], colour, (lambda: pages[1:]) if len(pages) > 1 else None)


def _paged(lines: Sequence[Line], words: Words, *, most: int, before: int = 0) -> list[Texts]:
    """Lines in pages of so many lines of a phone, each with the reading above and the footer below.

    ``before`` counts the pages before them.
    """
    head = [_drawn(line, words) for line in lines if line.role is Role.READING]
    foot = [_drawn(line, words) for line in lines if line.role is Role.FOOTER]
    bodies = _chunks([line for line in lines if line.role not in (Role.FOOTER, Role.READING)], words, most)
    count = before + len(bodies)
    if count < 2:
        return [_texts([*head, *(bodies[0] if bodies else ()), *foot])]
    pages = []
    for number, chunk in enumerate(bodies, before + 1):
        page = words.say("footer.page", page=words.number(number), pages=words.number(count))
        ending = " · ".join([*(line.text for line in foot), page if foot else f"-# {words.line(page)}"])
        pages.append(_texts([*head, *chunk, _Drawn(Role.FOOTER, ending)]))
    return pages


def _together(lines: Sequence[Line]) -> list[Line]:
    """The lines with the fine print as one paragraph."""
    kept = [line for line in lines if line.role is not Role.FINE]
    fine = [line.text for line in lines if line.role is Role.FINE]
    if not fine:
        return kept
    at = next((place for place, line in enumerate(lines) if line.role is Role.FINE), 0)
    return [*kept[:at], plain_line(Role.FINE, " ".join(fine)), *kept[at:]]


def phone_lines(line: Line) -> int:
    """About how many lines of a phone's screen a line takes."""
    _, width = _LOOKS[line.role]
    return sum(math.ceil(len(text) / width) or 1 for text in line.text.split("\n"))


def height(lines: Sequence[Line]) -> int:
    """About how many lines of a phone's screen lines take together."""
    return sum(phone_lines(line) for line in lines)


class _Drawn(NamedTuple):
    """A line in Discord's markdown."""

    role: Role
    text: str


def _chunks(lines: Sequence[Line], words: Words, most: int) -> list[list[_Drawn]]:
    """Lines in pages of limited length and parts; a heading is never left alone at a page's end."""
    chunks: list[list[_Drawn]] = [[]]
    used = tall = parts = 0
    left = height(lines)
    before: Role | None = None
    for line in lines:
        drawn = _drawn(line, words)
        size, lines_here = len(drawn.text) + 1, phone_lines(line)
        # A page of its own for the last few lines would be a tap for nothing.
        tallest = most if left > _TAIL_LINES else most + _TAIL_LINES
        left -= lines_here
        parts += _opens_a_part(line.role, before)
        before = line.role
        full = chunks[-1]
        if full and (used + size > MOST_CHARACTERS - _MARGIN or tall + lines_here > tallest or parts > _MOST_PARTS):
            carried = [full.pop()] if full[-1].role is Role.HEADING else []
            chunks.append(carried)
            used = sum(len(moved.text) + 1 for moved in carried)
            tall = parts = len(carried)
        chunks[-1].append(drawn)
        used += size
        tall += lines_here
    return [chunk for chunk in chunks if chunk]


def _opens_a_part(role: Role, before: Role | None) -> bool:
    if role is before:
        return False
    return role in _OPENS_A_PART or (role is Role.SUMMARY and before in _ENDS_A_LIST)


def _texts(lines: Sequence[_Drawn]) -> Texts:
    """The texts of one page: a new part opens at each heading, at the notes and at the footer."""
    parts: list[list[str]] = [[]]
    before: Role | None = None
    for role, text in lines:
        if parts[-1] and _opens_a_part(role, before):
            parts.append([])
        parts[-1].append(text)
        before = role
    return tuple("\n".join(part) for part in parts if part)


def _drawn(line: Line, words: Words) -> _Drawn:
    role, spans = line
    if role is Role.CITED:
        return _Drawn(role, f"```\n{line.text.replace('```', '')[: MOST_CHARACTERS - _MARGIN]}\n```")
    if role is Role.HEADING:
        # Bold once around all of it: two bold runs side by side would show their asterisks.
        heading = marked(spans, bold=False)
        text = f"**{heading}**" if heading else heading
    elif len(spans) == 1 and not spans[0].url and not spans[0].strong:
        text = escaped(spans[0].text)
    else:
        text = marked(spans)
    if len(text) > _LINE_CHARACTERS:
        text = escaped(cut(line.text, _LINE_CHARACTERS // 2))
    small = role is Role.HEADLINE and len(line.text) > _LONGEST_TITLE
    prefix = _SMALL_PREFIX if small else _LOOKS[role][0]
    return _Drawn(role, prefix + (words.line(text) if words.rtl else text))
