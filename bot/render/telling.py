"""An answer laid out as lines: the one place that fixes what stands where, for every renderer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.answers import answer as blocks
from bot.answers.answer import Answer, Block, Outcome
from bot.render.beside import difference_lines, sides_lines
from bot.render.comparisons import compare_lines, rank_lines, share_lines, total_lines
from bot.render.course import trend_lines
from bot.render.evidence import claims_lines, dispute_lines, headline_lines, range_lines, sources_lines
from bot.render.fragments import Telling
from bot.render.notes import note_lines
from bot.render.opening import block_spans, opening_spans
from bot.render.outline import Line, Role, plain_line
from bot.render.reading import footer_line, reading_text
from bot.render.talk import ask_lines, coverage_lines, definition_lines, help_lines, offer_lines, refusal_lines
from bot.words.words import words_of

DRAWN: Mapping[type, Callable[[Any, Telling], list[Line]]] = {
    blocks.AskBlock: ask_lines,
    blocks.CompareBlock: compare_lines,
    blocks.CoverageBlock: coverage_lines,
    blocks.DefinitionBlock: definition_lines,
    blocks.DifferenceBlock: difference_lines,
    blocks.DisputeBlock: dispute_lines,
    blocks.HelpBlock: help_lines,
    blocks.OfferBlock: offer_lines,
    blocks.RankBlock: rank_lines,
    blocks.RefusalBlock: refusal_lines,
    blocks.ShareBlock: share_lines,
    blocks.SidesBlock: sides_lines,
    blocks.SourcesBlock: sources_lines,
    blocks.TotalBlock: total_lines,
    blocks.TrendBlock: trend_lines,
}
"""What draws each kind of block; claims are drawn otherwise where they open an answer."""


def tell(answer: Answer, locale: str = "en", *, flags: bool = False) -> list[Line]:
    """Every line of an answer in reading order: reading, headline, blocks, notes, offers, footer."""
    telling = Telling.of(answer, words_of(locale), flags=flags)
    words = telling.words
    lines: list[Line] = []
    reading = reading_text(answer.reading, words)
    if reading and answer.outcome is not Outcome.ASK:  # a question back has no reading yet
        lines.append(plain_line(Role.READING, reading))
    offers = [block for block in answer.blocks if isinstance(block, blocks.OfferBlock)]
    shown = [block for block in answer.blocks if not isinstance(block, blocks.OfferBlock)]
    lines += _opening_lines(shown, telling)
    for position, block in enumerate(shown):
        if position:
            # Of the bot's own words the sentence tells the one that was asked; the others are not wanted first.
            role = Role.ASIDE if isinstance(block, blocks.DefinitionBlock) else Role.SUMMARY
            lines.append(Line(role, block_spans(block, telling)))
        if isinstance(block, blocks.ClaimsBlock):
            lines += claims_lines(block, telling, opens=position == 0)
        else:
            lines += DRAWN[type(block)](block, telling)
    lines += note_lines(telling)
    if offers:
        title = "heading.offers" if answer.outcome is Outcome.ANSWERED else "heading.nearest"
        lines.append(plain_line(Role.HEADING, words.say(title)))
        for offer in offers:
            lines += offer_lines(offer, telling)
    lines.append(footer_line(answer, words))
    return lines


def sentence_of(answer: Answer, locale: str = "en") -> str:
    """The one sentence that the answer opens with in every renderer."""
    opening = (line.text for line in tell(answer, locale) if line.role in (Role.HEADLINE, Role.TEXT))
    return next(opening, "")


def _opening_lines(shown: Sequence[Block], telling: Telling) -> list[Line]:
    """The sentence that opens the answer, then what stands behind its opening claim."""
    answer = telling.answer
    spans = opening_spans(telling)
    lines = [Line(Role.HEADLINE, spans)] if spans else []
    if not shown or isinstance(shown[0], blocks.ClaimsBlock):
        if answer.headline is not None:
            lines += headline_lines(answer.headline, telling)
        elif answer.disagreement:
            lines += range_lines(telling)
    return lines
