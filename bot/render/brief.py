"""The short form of an answer: the sentence that it opens with and at most four lines; the rest is one tap away.

How the question was read stands above it where that is in doubt, or parts of it were carried from the turns before.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from bot.answers.answer import Answer, CoverageBlock, DefinitionBlock, HelpBlock, Outcome, SourcesBlock
from bot.render.outline import Line, Role, plain_line
from bot.words.words import Words

MOST_LINES = 4
"""Short lines below the opening sentence."""
MOST_CITED = 450
"""Characters of citations on the first page of a card, one at least; a terminal, whose lines are piped, has all."""
_MOST_NOTES = 2
_ALWAYS = frozenset({Role.HEADLINE, Role.TEXT, Role.CHOICE, Role.FOOTER})
_CHOSEN = frozenset({Role.SUMMARY, Role.DETAIL, Role.NOTE})


def brief(answer: Answer, lines: Sequence[Line], words: Words, *, cited: int = MOST_CITED) -> list[Line]:
    """The lines of the short form, in their order. What is cut is cut between lines, and said to be more."""
    listed = _listed(answer)
    left, notes = MOST_LINES, _MOST_NOTES
    told = answer.reading.flagged or answer.reading.carried
    kept: list[Line] = []
    beyond = 0
    for line, after in zip_longest(lines, lines[1:]):
        role = line.role
        if role in _ALWAYS or (role is Role.READING and told):
            kept.append(line)
        elif role is Role.CITED:
            fits = not beyond and (kept[-1].role is not Role.CITED or len(line.text) <= cited)
            beyond += not fits
            if fits:
                kept.append(line)
                cited -= len(line.text)
        elif role in _CHOSEN or (role is listed and not _titles_offers(line, after)):
            fits = left > 0 and (role is not Role.NOTE or notes > 0)
            beyond += not fits and role is listed
            if fits:
                kept.append(line)
                left -= 1
                notes -= role is Role.NOTE
    if beyond:
        footer = kept.pop() if kept and kept[-1].role is Role.FOOTER else None
        kept += (plain_line(Role.MORE, words.count("more", beyond)), *([footer] if footer else []))
    return kept


def _listed(answer: Answer) -> Role | None:
    """The role of the list that an answer is about; the lists of other answers stand behind their sentence."""
    if answer.outcome is Outcome.NO_DATA:
        return Role.OFFER
    if answer.outcome is not Outcome.ANSWERED or not answer.blocks:
        return Role.ITEM
    match answer.blocks[0]:
        case SourcesBlock():
            return Role.HEADING
        case CoverageBlock() | DefinitionBlock() | HelpBlock():
            return Role.ITEM
        case _:
            return None


def _titles_offers(line: Line, after: Line | None) -> bool:
    """Whether a line is the title of what comes near, which stands behind the button in most answers."""
    return line.role is Role.HEADING and after is not None and after.role is Role.OFFER
