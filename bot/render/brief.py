"""The short form of an answer: what a phone shows without scrolling, and how much of the rest it leaves out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.render.fragments import SEPARATOR, cut
from bot.render.outline import Line, Role, Span, plain_line
from bot.words.words import Words

PHONE_LINES = 24
"""Lines of an answer on one screen of a phone, its buttons and the message that asked beside them."""
_WIDTHS = {
    Role.HEADLINE: 29,
    Role.ITEM: 32,
    Role.EARLIER: 32,
    Role.OFFER: 32,
    Role.NOTE: 33,
    Role.READING: 42,
    Role.ASIDE: 42,
    Role.FINE: 42,
    Role.MORE: 42,
    Role.FOOTER: 42,
}
_WIDTH = 35
"""Characters in a line of a card on a phone of 390 points, by the size of the role's letters."""
_TRIES = ((6, 2), (5, 2), (4, 2), (3, 2), (3, 1), (2, 1))
"""Items of a list and remarks that are kept: the first pair that fits, or the last one."""
_OFFERS = 2
_LONGEST = {Role.ASIDE: 60, Role.SUMMARY: 130, Role.NOTE: 150}
_FSI, _PDI = "\u2068", "\u2069"
_LATER = frozenset({Role.FINE, Role.EARLIER})
_COUNTED = {
    Role.EARLIER: "left.earlier",
    Role.OFFER: "left.offers",
    Role.NOTE: "left.notes",
    Role.FINE: "left.notes",
}


class Brief(NamedTuple):
    """The lines of the short form, and the line that says what the long one has beside them."""

    lines: list[Line]
    left: Line | None


def phone_lines(line: Line) -> int:
    """About how many lines of a phone's screen a line takes."""
    length = 0
    for span in line.spans:
        length += len(span.text)
    return math.ceil(length / _WIDTHS.get(line.role, _WIDTH)) or 1


def height(lines: Sequence[Line]) -> int:
    """About how many lines of a phone's screen lines take together."""
    return sum([phone_lines(line) for line in lines])


def brief(lines: Sequence[Line], words: Words, *, offers: bool = False, least: int = 2) -> Brief:
    """The short form: the headline with all that it needs, the claims on a line each, the first remarks.

    ``offers`` keeps what is offered beside the answer, for an answer that holds nothing else; ``least`` is how many
    items of a list stay however tall they are.
    """
    later = _LATER if offers else _LATER | {Role.OFFER}
    for items, notes in _TRIES:
        chosen = _chosen(lines, later, {Role.ITEM: max(items, least), Role.NOTE: notes, Role.OFFER: _OFFERS}, words)
        if height(chosen.lines) <= PHONE_LINES:
            break
    return chosen


def _chosen(lines: Sequence[Line], later: frozenset[Role], most: dict[Role, int], words: Words) -> Brief:
    kept: list[Line] = []
    left: Counter[str] = Counter()
    run = 0
    listed = False
    for number, line in enumerate(lines):
        role = line.role
        run = run + 1 if number and lines[number - 1].role is role else 1
        listed = listed or role is Role.ITEM
        if role in later or run > most.get(role, run):
            if role in _COUNTED:
                left[_COUNTED[role]] += 1
            last_of_run = number + 1 == len(lines) or lines[number + 1].role is not role
            if role is Role.ITEM and last_of_run:
                kept.append(plain_line(Role.MORE, words.count("more", run - most[role])))
            continue
        # Small print below a list says what the list lacks; above it, a caveat that the long form has in full.
        kept.append(line if role is Role.ASIDE and listed else _short(line))
    kept = list(_tightened(kept))
    parts = [words.say(key, n=words.number(left[key])) for key in dict.fromkeys(_COUNTED.values()) if left[key]]
    if not parts:
        return Brief(kept, None)
    told = words.say("left", button=words.say("button.all"), parts=words.say("list.comma").join(parts))
    return Brief(kept, plain_line(Role.FOOTER, told))


def _tightened(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines without headings that lost their list; the span of the claims as their heading; small print in a row."""
    before: Role | None = None
    asides: list[str] = []
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        role, following = line.role, after.role if after else None
        if role is Role.ASIDE:
            asides.append(line.text)
            if following is not Role.ASIDE:
                yield plain_line(Role.ASIDE, SEPARATOR.join(text.rstrip(".") for text in asides))
                asides = []
        elif role is Role.SUMMARY and before is Role.HEADING:
            yield Line(Role.HEADING, line.spans)
        elif role is not Role.HEADING or following not in (None, Role.HEADING, Role.SUMMARY, Role.NOTE, Role.FOOTER):
            yield line
        before = role


def _short(line: Line) -> Line:
    role, spans = line
    if role in (Role.ITEM, Role.OFFER):
        return Line(role, tuple([span for span in spans if not span.extra]))
    longest = _LONGEST.get(role)
    if longest is not None and len(spans) == 1 and len(spans[0].text) > longest:
        return Line(role, (Span(_closed(cut(spans[0].text, longest))),))
    return line


def _closed(text: str) -> str:
    """A cut text with its directional isolates closed."""
    return text + _PDI * (text.count(_FSI) - text.count(_PDI))
