"""From a reading and the figures to an answer: pure, deterministic, one module per intent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from bot.answers.answer import Answer, AskBlock, Block, Outcome, RefusalBlock
from bot.answers.draft import DEFAULT_MEASURE, Draft, finish
from bot.answers.ids import answer_id
from bot.answers.notes import Note, NoteKind
from bot.answers.numbers import with_numbers
from bot.answers.onward import further, otherwise
from bot.answers.remainder import remainder
from bot.answers.selection import answering
from bot.answers.shelf import Shelf
from bot.answers.sides import has_sides, sides
from bot.answers.times import Asked
from bot.answers.trend import FLOW
from bot.answers.ways import ReadingLine
from bot.places.disputed import is_disputed
from bot.questions.canonical import canonical
from bot.questions.query import Intent, Query, Read, Reading, Refused, Unclear
from db.model.records import Holdings, Kind, Who

INTENTS: dict[Intent, Callable[[Draft], None]] = {
    intent: getattr(import_module(f"bot.answers.{intent}"), intent) for intent in Intent
}
"""What answers each intent: the function of its name in the module of its name."""
NARROWED = (Intent.LOOKUP, Intent.RANK, Intent.SOURCES)
"""Intents in which a number that is named leaves the figures that state it; in others it is told beside them."""


def compose(reading: Reading, holdings: Holdings, *, question: str, shelf: Shelf | None = None) -> Answer:
    """The answer to a reading on one state of the dataset.

    ``shelf`` may be given when several questions are answered on the same holdings; it changes nothing but the time.
    """
    if shelf is None or shelf.holdings is not holdings:
        shelf = Shelf(holdings)
    if isinstance(reading, Read):
        return _answer(reading, shelf, question)
    return _unanswered(reading, shelf, question)


def _answer(reading: Read, shelf: Shelf, question: str) -> Answer:
    query = reading.query
    published_only = query.known_on is not None and shelf.holdings.known_on is None
    if published_only and query.known_on is not None:
        # The store was not kept back then: what had been published by that day is the nearest to what was known.
        shelf = shelf.published_by(query.known_on)
    draft = _drafted(query, shelf)
    draft.otherwise = otherwise(draft, reading, lambda other: _drafted(other, shelf))
    draft.further = further(draft)
    assumed = draft.measure if query.measure is None and draft.measure != DEFAULT_MEASURE else None
    if assumed:
        draft.remark([Note(NoteKind.MEASURE_ASSUMED, {"measure": assumed})])
    if draft.outcome is Outcome.ANSWERED and shelf.measure(draft.measure).kind is Kind.SAMPLE:
        draft.remark([Note(NoteKind.SAMPLE)])
    if query.known_on is not None:
        how = "published" if published_only else "recorded"
        draft.remark([Note(NoteKind.KNOWN_ON, {"date": query.known_on.isoformat(), "how": how})])
    draft.notes = [*_reading_notes(reading), *draft.notes]
    line = ReadingLine(
        query, reading.corrections, reading.assumed, reading.flagged, assumed, reading.carried, reading.helped
    )
    identity = answer_id(canonical(query), shelf.holdings.revision)
    return finish(draft, identity=identity, question=question, reading=line)


def _drafted(query: Query, shelf: Shelf) -> Draft:
    """What answers a query, before anything is said of its reading."""
    asked = Asked.of(query.period)
    narrowed = query if query.intent in NARROWED else replace(query, value=None, values=())
    draft = Draft(shelf, narrowed, _measure(shelf, narrowed, asked), asked)
    if draft.measure in shelf.holdings.measures:  # a forged button may name any
        _fill(draft)
    if narrowed is not query:
        draft.query = query
    return with_numbers(draft, lambda other: _drafted(other, shelf))


def _fill(draft: Draft) -> None:
    """Answer the query: several things each as a side, those left out as a remainder, else what the intent asks."""
    if draft.query.intent not in (Intent.DEFINE, Intent.HELP, Intent.SOURCES, Intent.COVERAGE):
        draft.query = _of_parts(draft)
        if has_sides(draft.query):
            sides(draft, _fill)
            return
        if remainder(draft):
            return
    INTENTS[draft.query.intent](draft)


def _of_parts(draft: Draft) -> Query:
    """Women and minors where nobody counts them together: each by themselves, beside each other."""
    query = draft.query
    if query.who is not Who.WOMEN_AND_MINORS or any(
        answering(draft.shelf, query, place, draft.measure, draft.asked) for place in query.places
    ):
        return query
    return replace(query, who=Who.WOMEN, groups=(Who.MINORS, *query.groups))


def _measure(shelf: Shelf, query: Query, asked: Asked) -> str:
    """The measure asked; left open, those who ever went, or those who went since a day when that is held."""
    if query.intent in (Intent.DEFINE, Intent.HELP):
        return query.measure or DEFAULT_MEASURE  # no figure is looked at
    if query.measure is not None:
        return query.measure
    is_since = query.period.start is not None and query.period.end is None
    if is_since and any(answering(shelf, query, place, FLOW, asked) for place in query.places):
        return FLOW
    return DEFAULT_MEASURE


def _reading_notes(reading: Read) -> list[Note]:
    notes: list[Note] = []
    for correction in reading.corrections:
        if correction.kind == "subnational":
            kind = NoteKind.DISPUTED_PLACE if is_disputed(correction.text) else NoteKind.SUBNATIONAL
            notes.append(Note(kind, {"text": correction.text, "place": correction.read_as}))
        else:
            notes.append(Note(NoteKind.READ_AS, {"text": correction.text, "read_as": correction.read_as}))
    return notes


def _unanswered(reading: Unclear | Refused, shelf: Shelf, question: str) -> Answer:
    """The answer to a text that is no query yet, or will be none: a question back, or a refusal."""
    partial: Query | None = None
    block: Block
    if isinstance(reading, Unclear):
        outcome, partial, block = Outcome.ASK, reading.partial, AskBlock(reading.doubt, reading.text, reading.choices)
        subject = "\n".join(("ask", reading.doubt, reading.text, *(choice.label for choice in reading.choices)))
    else:
        outcome, block = Outcome.REFUSED, RefusalBlock(reading.refusal, reading.text, reading.nearest)
        subject = f"refused\n{reading.refusal}\n{reading.text}"
    query = partial or Query(Intent.HELP)
    draft = Draft(shelf, query, DEFAULT_MEASURE, Asked.of(query.period), outcome=outcome, blocks=[block])
    identity = answer_id(subject, shelf.holdings.revision)
    answer = finish(draft, identity=identity, question=question, reading=ReadingLine(partial))
    return replace(answer, measures={})
