"""An answer in the terminal: with colour through rich, or as plain lines for pipes and golden files."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from bot.answers.answer import Answer
from bot.render.brief import brief
from bot.render.markdown import https_url
from bot.render.outline import Line, Role, plain_line
from bot.render.telling import tell
from bot.words.words import Words, words_of

if TYPE_CHECKING:
    from rich.console import RenderableType

MOST_ITEMS = 10
"""How many items of one list are shown; the JSON form holds all."""

_LOOKS = {
    Role.READING: ("", "dim"),
    Role.HEADLINE: ("", "bold"),
    Role.DETAIL: ("  ", ""),
    Role.ASIDE: ("  ", "dim"),
    Role.HEADING: ("", "bold cyan"),
    Role.ITEM: ("  - ", ""),
    Role.EARLIER: ("  - ", ""),
    Role.MORE: ("    ", "dim"),
    Role.SUMMARY: ("  ", "italic"),
    Role.NOTE: ("  * ", "yellow"),
    Role.FINE: ("  * ", "dim"),
    Role.OFFER: ("  - ", ""),
    Role.CHOICE: ("  ? ", "cyan"),
    Role.TEXT: ("", ""),
    Role.CITED: ("", ""),
    Role.FOOTER: ("", "dim"),
}
"""What stands before a line of each role, and its style in a terminal with colours."""
_OPENS_A_PARAGRAPH = frozenset({Role.HEADLINE, Role.HEADING, Role.NOTE, Role.FOOTER, Role.TEXT, Role.CITED})


def to_text(answer: Answer, width: int = 80, locale: str = "en", *, whole: bool = False, links: bool = False) -> str:
    """The answer as lines no wider than ``width``, without colour: in short, or whole.

    ``links`` puts the address of each document that is named below them, whole, on a line of its own.
    """
    lines = _shown(answer, words_of(locale), whole)
    named = {
        span.url: span.text
        for line in lines
        for span in reversed(line.spans)
        if links and span.url and span.url.isprintable()
    }
    addresses = [f"  {text}: {url}" for url, text in named.items()]
    return "\n".join((lines_to_text(lines, width, locale), *addresses))


def lines_to_text(lines: Iterable[Line], width: int = 80, locale: str = "en") -> str:
    """Lines of an outline wrapped to a width, each role with its indent."""
    words = words_of(locale)
    text: list[str] = []
    before: Role | None = None
    for line in lines:
        if _starts_paragraph(line.role, before):
            text.append("")
        if line.role is Role.CITED:
            text += line.text.splitlines()
            before = line.role
            continue
        prefix, _ = _LOOKS[line.role]
        text += textwrap.wrap(
            words.line(line.text),
            width,
            initial_indent=prefix,
            subsequent_indent=" " * len(prefix),
            break_on_hyphens=False,
            break_long_words=False,
        )
        before = line.role
    return "\n".join(text)


def render(answer: Answer, locale: str = "en", *, whole: bool = False) -> RenderableType:
    """The answer for a rich console, in short or whole: styled lines, links that a terminal may open."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.style import Style
    from rich.text import Text

    words = words_of(locale)
    shown: list[RenderableType] = []
    before: Role | None = None
    for line in _shown(answer, words, whole):
        if _starts_paragraph(line.role, before):
            shown.append(Text(""))
        prefix, style = _LOOKS[line.role]
        text = Text(words.line(""), style=style)
        for span in line.spans:
            url = https_url(span.url)
            text.append(span.text, Style(bold=span.strong or None, link=url or None))
        if prefix.strip():
            text = Text(prefix.lstrip(" "), style=style).append_text(text)
        indent = len(prefix) - len(prefix.lstrip(" "))
        shown.append(Padding(text, (0, 0, 0, indent)) if indent else text)
        before = line.role
    return Group(*shown)


def _shown(answer: Answer, words: Words, whole: bool) -> list[Line]:
    lines = tell(answer, words.locale)
    if not whole:
        return brief(answer, lines, words, cited=sys.maxsize)
    kept: list[Line] = []
    for role, group in groupby(lines, key=lambda line: line.role):
        items = list(group)
        if role not in (Role.ITEM, Role.EARLIER) or len(items) <= MOST_ITEMS + 1:  # one too many is not worth a line
            kept += items
        else:
            more = plain_line(Role.MORE, words.count("more", len(items) - MOST_ITEMS))
            kept += [*items[:MOST_ITEMS], more]
    return kept


def _starts_paragraph(role: Role, before: Role | None) -> bool:
    return before is not None and role is not before and role in _OPENS_A_PARAGRAPH
