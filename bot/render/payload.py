"""An answer as JSON data; the form is documented in docs/json.md and kept stable."""

from __future__ import annotations

from bot.answers.answer import Answer, AskBlock, Claim, ClaimsBlock, OfferBlock, claims_of
from bot.answers.notes import HeadlineRule
from bot.answers.ways import ReadingLine, Step
from bot.render.asking import question_text
from bot.render.fragments import Telling
from bot.render.notes import note_text
from bot.render.payload_blocks import block_payload, choice_payload
from bot.render.payload_values import Json, JsonObject, claim_payload, interval_payload, query_payload
from bot.render.reading import reading_text
from bot.render.steps import step_label
from bot.render.telling import sentence_of
from bot.render.why import beaten, reason_text, rule_text, weighed
from bot.words.words import Words, words_of


def to_payload(answer: Answer, locale: str = "en") -> JsonObject:
    """The answer as JSON-ready data: ids and numbers, with English sentences beside the codes of notes.

    ``sentence`` is the one that the answer opens with everywhere, in the language asked for; so are the questions that
    may follow and why a figure opens.
    """
    words, spoken = words_of("en"), words_of(locale)
    telling = Telling.of(answer, words)
    claims = [claim_payload(claim) for claim in _every_claim(answer)]
    notes: list[Json] = [
        {"kind": note.kind, "values": dict(note.values), "text": note_text(note, telling)} for note in answer.notes
    ]
    choices: list[Json] = [
        choice_payload(choice) for block in answer.blocks if isinstance(block, AskBlock) for choice in block.choices
    ]
    return {
        "id": answer.id,
        "question": answer.question,
        "sentence": sentence_of(answer, locale),
        "reading": _reading(answer.reading, words),
        "outcome": answer.outcome,
        "headline": claims[0] if answer.headline else None,
        "headline_rule": answer.headline_rule,
        "headline_reason": answer.headline_reason or None,
        "range": _range(answer),
        "claims": claims,
        "notes": notes,
        "blocks": [block_payload(block) for block in answer.blocks],
        "choices": choices,
        "why": [_why(block, Telling.of(answer, spoken)) for block in weighed(answer)],
        "otherwise": [_step(step, answer, spoken) for step in answer.otherwise],
        "followups": [_step(step, answer, spoken) for step in answer.further],
        "revision": answer.revision,
        "recorded_at": answer.recorded_at.isoformat() if answer.recorded_at else None,
    }


def _why(block: ClaimsBlock, telling: Telling) -> JsonObject:
    """Why the first claim of a block opens, and why each of the others does not."""
    others: list[Json] = [
        {"figure": claim.figure.id, "rule": rule, "text": reason_text(claim, rule, telling.words)}
        for claim, rule in beaten(block)
    ]
    opens = None if block.rule is HeadlineRule.DISAGREE else block.claims[0].figure.id
    return {"figure": opens, "rule": block.rule, "text": rule_text(block, telling), "beaten": others}


def _step(step: Step, answer: Answer, words: Words) -> JsonObject:
    """A question that is one tap away."""
    return {
        "way": step.way,
        "label": step_label(step, answer, words),
        "text": question_text(step.query, words),
        "query": query_payload(step.query),
    }


def _range(answer: Answer) -> JsonObject | None:
    """What leads instead of a headline where sources disagree strongly."""
    if answer.range is None:
        return None
    return {**interval_payload(answer.range), "figures": [claim.figure.id for claim in answer.disagreement]}


def _every_claim(answer: Answer) -> list[Claim]:
    """The headline, then every claim that a block names, earlier ones last, each once.

    Offers stay in their own blocks: they answer another question.
    """
    found: dict[str, Claim] = {answer.headline.figure.id: answer.headline} if answer.headline else {}
    earlier: list[Claim] = []
    for block in answer.blocks:
        if isinstance(block, OfferBlock):
            continue
        for claim in claims_of(block):
            found.setdefault(claim.figure.id, claim)
        if isinstance(block, ClaimsBlock):
            earlier += block.earlier
    for claim in earlier:
        found.setdefault(claim.figure.id, claim)
    return list(found.values())


def _reading(reading: ReadingLine, words: Words) -> JsonObject | None:
    if reading.query is None:
        return None
    corrections: list[Json] = [
        {"text": correction.text, "read_as": correction.read_as, "kind": correction.kind}
        for correction in reading.corrections
    ]
    return {
        "text": reading_text(reading, words),
        **query_payload(reading.query),
        "assumed": list(reading.assumed),
        "flagged": reading.flagged,
        "carried": list(reading.carried),
        "corrections": corrections,
    }
