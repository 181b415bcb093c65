"""Answers made by hand from the real dataset, one for each block, for tests of the renderers alone."""

from __future__ import annotations

from functools import cache

from bot.answers.answer import Answer, Block, Claim, ClaimsBlock, Outcome
from bot.answers.notes import HeadlineRule, Note, NoteKind
from bot.answers.ways import ReadingLine
from bot.questions.query import Intent, Query
from db.model.records import Figure, Holdings, Who
from db.model.values import Period, span
from tests.built_in import built_in


@cache
def holdings() -> Holdings:
    """The dataset that comes with the program."""
    return built_in().holdings(revision=1)


def figure(key: str) -> Figure:
    """A figure of the dataset by its id."""
    return next(figure for figures in holdings().figures.values() for figure in figures if figure.id == key)


def claim(key: str) -> Claim:
    """A figure as an answer shows it."""
    held = holdings()
    found = figure(key)
    return Claim(found, held.sources[found.source], tuple(sorted(held.origins(found))), held.relay_chain(found))


def answer_with(
    *blocks: Block,
    headline: Claim | None = None,
    notes: tuple[Note, ...] = (),
    query: Query | None = None,
    outcome: Outcome = Outcome.ANSWERED,
) -> Answer:
    """An answer that shows these blocks."""
    return Answer(
        id="k7f2q9",
        outcome=outcome,
        question="a question",
        reading=ReadingLine(query),
        revision=1,
        headline=headline,
        headline_rule=HeadlineRule.NEWEST if headline else None,
        blocks=blocks,
        notes=notes,
        sources=holdings().sources,
        measures=holdings().measures,
    )


BELGIUM_LATER = "be-travelled_in_period-hln_belga_2019_11_30-4"
BELGIUM_THEN = "be-travelled_in_period-intelnews_2016_09"
BELGIUM_AGREES = "be-travelled_in_period-vtm_2016_08_30"


def belgium_2016() -> Answer:
    """How many Belgians left in 2016: a later count that revises "none known"."""
    claims = tuple(claim(key) for key in (BELGIUM_LATER, BELGIUM_THEN, BELGIUM_AGREES))
    block = ClaimsBlock(
        "BE",
        "travelled_in_period",
        Who.EVERYONE,
        claims,
        span(entry.figure.value for entry in claims),
        len({origin for entry in claims for origin in entry.origins}),
    )
    notes = (
        Note(NoteKind.REVISES, {"later": BELGIUM_LATER, "earlier": BELGIUM_THEN}),
        Note(NoteKind.NONE_KNOWN, {"figure": BELGIUM_THEN}),
        Note(NoteKind.NONE_KNOWN, {"figure": BELGIUM_AGREES}),
        Note(NoteKind.OTHER_MEASURES, {"measures": "travelled,returned"}),
    )
    query = Query(Intent.LOOKUP, ("BE",), "travelled_in_period", period=Period.year(2016))
    return answer_with(block, headline=claims[0], notes=notes, query=query)
