"""What stands behind an answer: claims and their span, sources by origin, disputes on one scale."""

from __future__ import annotations

from bot.answers.answer import Claim, ClaimsBlock, DisputeBlock, SourcesBlock
from bot.render.facts import ends_of, scale_of
from bot.render.fragments import (
    SEPARATOR,
    Telling,
    citation,
    citation_spans,
    claim_spans,
    grade_text,
    status_text,
    when,
)
from bot.render.outline import Line, Role, Span, plain_line
from bot.render.why import opens_text
from bot.words.names import cut
from bot.words.words import Words, capital
from db.model.records import Source
from db.model.values import Interval

_LONGEST_CAVEAT = 200
_LONGEST_TITLE = 90
_CELLS = 12
_LRI, _PDI = "\u2066", "\u2069"


def headline_lines(claim: Claim, telling: Telling) -> list[Line]:
    """What stands behind the claim that opens: its time, its chain, how sure it is, and why it stands first."""
    words, answer = telling.words, telling.answer
    lines = [
        Line(Role.ASIDE, (Span(capital(when(claim.figure, words)) + SEPARATOR), *citation_spans(claim, telling))),
    ]
    if grade := grade_text(claim, words):
        lines.append(plain_line(Role.ASIDE, grade))
    status = status_text(claim, words)
    if status:
        lines.append(plain_line(Role.DETAIL, capital(status)))
    if claim.figure.note:
        lines.append(plain_line(Role.ASIDE, words.original(cut(claim.figure.note, _LONGEST_CAVEAT))))
    if answer.headline_rule is not None:
        reason = words.original(cut(answer.headline_reason, _LONGEST_CAVEAT))
        lines.append(plain_line(Role.ASIDE, words.say(f"rule.{answer.headline_rule}", reason=reason)))
    return lines


def range_lines(telling: Telling) -> list[Line]:
    """What stands behind a range that opens instead of a number: its times, and why no claim stands first."""
    words = telling.words
    times = dict.fromkeys(when(claim.figure, words) for claim in telling.answer.disagreement)
    return [
        plain_line(Role.ASIDE, capital(words.listed(times))),
        plain_line(Role.SUMMARY, words.say("rule.disagree")),
    ]


def claims_lines(block: ClaimsBlock, telling: Telling, *, opens: bool) -> list[Line]:
    """The other claims and their span; all claims under a heading when the block does not open the answer."""
    words = telling.words
    headline = telling.answer.headline
    lead = headline if opens and (headline or telling.answer.disagreement) else block.claims[0]
    lines: list[Line] = []
    others = [claim for claim in block.claims if lead is None or claim.figure.id != lead.figure.id]
    if block.span is not None and len(block.claims) > 1:
        lines.append(_span_line(block, block.span, telling))
    if others:
        lines.append(plain_line(Role.HEADING, words.say("heading.other_claims")))
    lines += (Line(Role.ITEM, claim_spans(claim, lead, telling)) for claim in others)
    if block.earlier:
        several = len({other.place for other in telling.answer.blocks if isinstance(other, ClaimsBlock)}) > 1
        title = words.say("heading.earlier") + (f"{SEPARATOR}{telling.place(block.place)}" if several else "")
        lines.append(plain_line(Role.HEADING, title))
        lines += (Line(Role.EARLIER, claim_spans(claim, lead, telling)) for claim in block.earlier)
    return lines


def _span_line(block: ClaimsBlock, span: Interval, telling: Telling) -> Line:
    """From the lowest to the highest claim, and how many independent origins stand behind them."""
    words = telling.words
    agree = all(claim.figure.value == block.claims[0].figure.value for claim in block.claims)
    value = words.value(span)
    if block.measure == "monthly_rate" and not span.is_zero:
        value = words.say("value.a_month", value=value)
    documents = len({claim.source.id for claim in block.claims})
    reports = words.count("reports", documents)
    if block.origins > 1:  # where all go back to one, a remark says so, and what follows from it
        reports = f"{reports} ({words.count('origins', block.origins)})"
    text = words.count("span.agree" if agree else "span", documents, value=value, reports=reports)
    return plain_line(Role.SUMMARY, capital(text))


def sources_lines(block: SourcesBlock, telling: Telling) -> list[Line]:
    """The documents, grouped by the origin that they go back to."""
    words = telling.words
    if block.style is not None:
        return [plain_line(Role.CITED, cited_in(block, source)) for source in cited_sources(block)]
    by_id = {source.id: source for source in block.sources}
    lines: list[Line] = []
    told: set[str] = set()
    for origin, documents in block.groups:
        further = [key for key in documents if key != origin]
        source = by_id.get(origin) or telling.source(origin)
        lines.append(_origin_line(source, origin, words))
        if source is not None:
            lines.append(plain_line(Role.ASIDE, words.embed(cut(source.title, _LONGEST_TITLE))))
        lines += (_source_line(by_id.get(key) or telling.source(key), key, words) for key in further)
        told.update((origin, *documents))
    between = [source for source in block.sources if source.id not in told]
    if between:
        lines.append(plain_line(Role.ASIDE, words.say("heading.relayed")))
        lines += (_source_line(source, source.id, words) for source in between)
    return lines


def cited_sources(block: SourcesBlock) -> list[Source]:
    """The documents that claims are cited from, each once, the opening claim's first."""
    return list(dict.fromkeys(claim.source for claim in block.claims))


def cited_in(block: SourcesBlock, *sources: Source) -> str:
    """Sources as text to paste, in the style that was asked for; in short form where there is no such style."""
    from bot.citations.cite import cite_many  # brings a style engine, which few answers need
    from bot.citations.registry import styles

    return cite_many(sources, block.style if block.style in styles() else "short")


def _origin_line(source: Source | None, key: str, words: Words) -> Line:
    """An origin as a heading of its own."""
    if source is None:
        return plain_line(Role.HEADING, words.embed(key))
    return Line(Role.HEADING, (Span(citation(source, words, short=True), url=source.url),))


def _source_line(source: Source | None, key: str, words: Words) -> Line:
    """A document that leads to the origin above it."""
    if source is None:
        return plain_line(Role.ITEM, words.embed(key))
    title = words.embed(cut(source.title, _LONGEST_TITLE))
    cited = Span("→ " + citation(source, words, short=True), url=source.url)
    return Line(Role.ITEM, (cited, Span(f"{SEPARATOR}{title}")))


def dispute_lines(block: DisputeBlock, telling: Telling) -> list[Line]:
    """Every claim on one scale, grouped by origin, with what each counts."""
    words = telling.words
    claims = [claim for _, group in block.groups for claim in group]
    scale = scale_of([claim.figure.value for claim in claims])
    lines: list[Line] = []
    query = telling.answer.reading.query
    checked = query is not None and query.value is not None  # whether a number is right is asked, not which comes first
    if block.order is not None and len(claims) > 1 and not checked:  # "why this number?" asks for it
        named = block.order.claims[0] not in ends_of(block.apart or claims)  # else the sentence says whose it is
        lines.append(plain_line(Role.SUMMARY, capital(opens_text(block.order, telling, named=named))))
    drawn = scale[0] < scale[1]  # one number printed by all has no scale, and a bar on it would mean nothing
    if drawn:
        lines.append(plain_line(Role.ASIDE, _scale_text(scale, claims, words)))
    lead = claims[0] if claims else None
    for origin, group in block.groups:
        lines.append(_origin_line(telling.source(origin), origin, words))
        for claim in group:
            bar = (Span(strip(claim.figure.value, scale, words) + " "),) if drawn else ()
            spans = claim_spans(claim, lead, telling, cited=claim.source.id != origin)
            lines.append(Line(Role.ITEM, (*bar, *spans)))
    return lines


def _scale_text(scale: tuple[int, int], claims: list[Claim], words: Words) -> str:
    is_open = any(claim.figure.value.high is None for claim in claims)
    return words.say(
        "dispute.scale_open" if is_open else "dispute.scale",
        low=words.number(scale[0]),
        high=words.number(scale[1]),
    )


def strip(value: Interval, scale: tuple[int, int], words: Words) -> str:
    """A value as filled cells of a scale of twelve, "▱▱▰▰▱▱▱▱▱▱▱▱"; an open high end is drawn with "▸"."""
    low, high = scale
    width = max(high - low, 1)
    top = value.high if value.high is not None else high
    first = min(int((value.least - low) * _CELLS / width), _CELLS - 1)
    last = min(int((top - low) * _CELLS / width), _CELLS - 1)
    cells = "▱" * first + "▰" * (last - first + 1) + "▱" * (_CELLS - 1 - last)
    text = cells + ("▸" if value.high is None else "")
    return f"{_LRI}{text}{_PDI}" if words.rtl else text
