"""The account of every word: used in the query, framing around it, or dropped; what is dropped is said or doubted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.questions import roles
from bot.questions.drafting import Draft
from bot.questions.hearing import Heard
from bot.questions.lexicon import Sense
from bot.questions.spans import Number, Place, Span

USED, FRAMED, DROPPED = "used", "framed", "dropped"
_SMALL = 100
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one span or word."""

    kind: str
    """place, time, number, group, measure or word."""
    text: str
    fate: str
    proper: bool
    """Whether it stands in the question proper."""


def ledger(heard: Heard, draft: Draft) -> list[Entry]:
    """What became of each span and each unread word, from left to right."""
    found = [(span.first, entry) for kind, span, entry in _of_spans(heard)]
    found += [(sense.first, entry) for sense, entry in _of_measures(heard, draft)]
    spans = heard.spans
    for at in spans.unread():
        word = spans.tokens[at]
        if len(word.word) >= _SHORTEST:
            found.append((at, Entry("word", word.given, DROPPED, spans.clause_of[at] == spans.proper)))
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def dropped(entries: list[Entry]) -> tuple[str, ...]:
    """What was heard in the question proper, could have changed the number, and was not used."""
    told = (entry.text for entry in entries if entry.fate == DROPPED and entry.proper and entry.kind != "word")
    return tuple(dict.fromkeys(told))


def _of_spans(heard: Heard) -> Iterator[tuple[str, Span, Entry]]:
    for kind in roles.KINDS:
        if kind == "measured":  # told with the measures of the query
            continue
        for span, role in zip(heard.slots[kind], heard.roles[kind], strict=True):
            fate = DROPPED if role == roles.OTHER else FRAMED if role == roles.THERE else USED
            if isinstance(span, Number) and fate == DROPPED and span.value < _SMALL:
                fate = FRAMED
            yield kind, span, Entry(kind, text_of(heard, span), fate, _proper(heard, span))


def _of_measures(heard: Heard, draft: Draft) -> Iterator[tuple[Sense, Entry]]:
    asked = {draft.query.measure, *draft.query.measures}
    for sense in heard.spans.senses:
        named = sense.tags & roles.MEASURES
        if named:
            fate = USED if named & asked else DROPPED
            yield sense, Entry("measure", text_of(heard, sense), fate, _proper(heard, sense))


def _proper(heard: Heard, span: Span) -> bool:
    return heard.spans.clause_with(span) == heard.spans.proper


def text_of(heard: Heard, span: Span) -> str:
    """The words of a span as they were written."""
    if isinstance(span, Place):
        return span.text
    tokens = heard.spans.tokens
    return heard.spans.text[tokens[span.first].start : tokens[span.last - 1].end]
