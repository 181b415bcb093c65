"""What the check of a text found, as lines for people and as an object for programs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.answer import Claim
from bot.answers.claim_check import Checked, Verdict
from bot.questions.query import Intent, Query
from bot.render.fragments import SEPARATOR, citation, when
from bot.render.outline import Line, Role, Span, plain_line
from bot.render.payload_values import JsonObject, period_payload
from bot.render.reading import query_parts
from bot.words.names import cut
from bot.words.words import Words, words_of

SHOWN = 3
LONGEST = 200
SIGNS = {
    Verdict.AGREES: "✅",
    Verdict.DIFFERS: "⚠️",
    Verdict.CANNOT_TELL: "❔",
    Verdict.NOT_HELD: "❔",
}


def to_check_payload(found: Sequence[Checked]) -> dict[str, list[JsonObject]]:
    """The JSON form of a check (docs/json.md)."""
    return {"numbers": [_number(one) for one in found]}


def _number(one: Checked) -> JsonObject:
    said, value = one.statement, one.statement.stated.value
    ranged = value.high is not None and value.low is not None and value.high != value.low
    return {
        "number": said.stated.number,
        "high": int(value.high) if ranged and value.high is not None and not said.stated.percent else None,
        "bound": str(value.bound),
        "place": said.place,
        "measure": said.measure,
        "who": str(said.who),
        **period_payload(said.period),
        "verdict": str(one.verdict),
        "claims": [claim.figure.id for claim in one.claims],
        "why": words_of("en").say(f"check.why.{one.why}"),
        "sentence": said.sentence,
    }


def check_lines(found: Sequence[Checked], words: Words) -> list[Line]:
    """Each number on a line with how it stands, how it was read, why, and the figures that decide."""
    return [line for one in found for line in _lines(one, words)]


def _lines(one: Checked, words: Words) -> list[Line]:
    said = one.statement
    number = f"{words.number(said.stated.number)} %" if said.stated.percent else words.value(said.stated.value)
    head = (Span(number, strong=True), Span(f"{SEPARATOR}{SIGNS[one.verdict]} {words.say(f'check.{one.verdict}')}"))
    lines = [Line(Role.HEADLINE, head), plain_line(Role.TEXT, words.embed(cut(said.sentence, LONGEST)))]
    if said.place is not None and said.measure is not None:
        query = Query(Intent.LOOKUP, (said.place,), said.measure, said.who, said.destination, said.period)
        lines.append(plain_line(Role.FINE, SEPARATOR.join(query_parts(query, words))))
    lines.append(plain_line(Role.FINE, words.say(f"check.why.{one.why}")))
    return [*lines, *(_claim_line(claim, one, words) for claim in one.claims[:SHOWN])]


def _claim_line(claim: Claim, one: Checked, words: Words) -> Line:
    figure = claim.figure
    spans = [Span(words.value(figure.value), strong=True), Span(SEPARATOR + when(figure, words, short=True))]
    if figure.measure != one.statement.measure:
        spans.append(Span(SEPARATOR + words.measure(figure.measure)))
    spans += [Span(SEPARATOR), Span(citation(claim.source, words, short=True), url=claim.source.url)]
    return Line(Role.ITEM, tuple(spans))
