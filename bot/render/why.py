"""Why one figure opens an answer: the rule that decided, and what put each of its rivals behind it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answers.answer import Answer, Claim, ClaimsBlock, DisputeBlock
from bot.answers.notes import HeadlineRule
from bot.render.fragments import SEPARATOR, Telling, publisher_of, value_text, when
from bot.render.outline import Line, Role, plain_line
from bot.words.names import cut
from bot.words.words import Words, words_of
from db.model.records import Counts, Status

_LONGEST_REASON = 200


def has_why(answer: Answer) -> bool:
    """Whether an answer opens with one figure among others, or with none because they disagree."""
    return any(len(block.claims) + len(block.earlier) > 1 for block in weighed(answer))


def weighed(answer: Answer) -> tuple[ClaimsBlock, ...]:
    """The claims of an answer that were put in order, those of each place together."""
    blocks = (block.order if isinstance(block, DisputeBlock) else block for block in answer.blocks)
    return tuple(block for block in blocks if isinstance(block, ClaimsBlock) and block.rule is not None)


def tell_why(answer: Answer, locale: str = "en", *, flags: bool = False) -> list[Line]:
    """Every line of the reason; nothing for an answer that no single figure opens."""
    telling = Telling.of(answer, words_of(locale), flags=flags)
    lines = [line for block in weighed(answer) for line in why_lines(block, telling)]
    return [*lines, plain_line(Role.FINE, telling.words.say("why.order"))] if lines else []


def why_lines(block: ClaimsBlock, telling: Telling) -> Iterator[Line]:
    """Which claim of a block stands first and by which rule, then what put each of the others behind it."""
    words = telling.words
    none = block.rule is HeadlineRule.DISAGREE
    title = words.say("why.none") if none else words.say("why.first", figure=_named(block.claims[0], telling))
    yield plain_line(Role.HEADLINE, title)
    yield plain_line(Role.TEXT, rule_text(block, telling))
    for claim, rule in beaten(block):
        text = words.say("why.beaten", figure=_named(claim, telling), why=reason_text(claim, rule, words))
        yield plain_line(Role.ITEM, text)


def opens_text(block: ClaimsBlock, telling: Telling, *, named: bool = True) -> str:
    """Which claim of a block stands first, whose it is and by which rule, in one line; by which rule none does."""
    if block.rule is HeadlineRule.DISAGREE:
        return rule_text(block, telling)
    rule = rule_text(block, telling)
    first = block.claims[0]
    parts = (_named(first, telling) if named else value_text(first.figure, telling), rule[:1].lower() + rule[1:])
    return telling.words.say("list.comma").join(parts)


def beaten(block: ClaimsBlock) -> list[tuple[Claim, HeadlineRule]]:
    """The claims that do not open, each with what put it behind; where none opens, all of them."""
    first = [(block.claims[0], HeadlineRule.DISAGREE)] if block.rule is HeadlineRule.DISAGREE else []
    later = [(claim, HeadlineRule.NEWEST) for claim in block.earlier]
    return [*first, *zip(block.claims[1:], block.beaten, strict=False), *later]


def rule_text(block: ClaimsBlock, telling: Telling) -> str:
    """The rule that decided, as a sentence."""
    reason = telling.words.original(cut(telling.answer.headline_reason, _LONGEST_REASON))
    rule = HeadlineRule.NEWEST if block.rule is HeadlineRule.ONLY and block.earlier else block.rule
    return telling.words.say(f"rule.{rule}", reason=reason)


def reason_text(claim: Claim, rule: HeadlineRule, words: Words) -> str:
    """What put a claim behind the one that opens."""
    return words.say(f"why.{_off_definition(claim) if rule is HeadlineRule.DEFINITION else rule}")


def _off_definition(claim: Claim) -> str:
    """In what a claim is not a count of those who were asked for."""
    figure = claim.figure
    if figure.status is Status.DISPUTED:
        return "disputed"
    if figure.counts not in (Counts.AS_MEASURED, Counts.ARRIVALS):
        return figure.counts.value
    return "ceiling" if figure.value.low is None else "unconfirmed"


def _named(claim: Claim, telling: Telling) -> str:
    """A claim with its place, who says so and the time that it speaks of: "4 (HLN / Belga, 2016)"."""
    words, figure = telling.words, claim.figure
    several = len({block.place for block in weighed(telling.answer)}) > 1
    place = f"{telling.place(claim.figure.place)}{SEPARATOR}" if several else ""
    source = publisher_of(claim.source, claim.source.id, words)
    time = when(figure, words, short=True)
    return place + words.say("sentence.entry", value=value_text(figure, telling), source=source, when=time)
