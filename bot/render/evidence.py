"""What stands behind an answer: claims and their span, sources by origin, disputes on one scale."""

from __future__ import annotations

from bot.answers.answer import Claim, ClaimsBlock, DisputeBlock, NoteKind, SourcesBlock
from bot.render.fragments import (
    SEPARATOR,
    Telling,
    citation,
    citation_spans,
    claim_spans,
    cut,
    grade_text,
    reports_text,
    sentence,
    status_text,
    when,
)
from bot.render.outline import Line, Role, Span, plain_line
from bot.words.words import Words, capital
from db.model.records import Source
from db.model.values import Interval

_LONGEST_CAVEAT = 200
_LONGEST_TITLE = 90
_CELLS = 12
_LRI, _PDI = "\u2066", "\u2069"


def headline_lines(claim: Claim, telling: Telling) -> list[Line]:
    """The number, its time, who says so, how sure, and why it stands first."""
    words, answer = telling.words, telling.answer
    title = sentence(claim.figure, telling)
    title = _another_count(title, telling)
    places = {block.place for block in answer.blocks if isinstance(block, ClaimsBlock)}
    if len(places) > 1:
        title = f"{telling.place(claim.figure.place)}: {title}"
    lines = [
        plain_line(Role.HEADLINE, capital(title)),
        plain_line(Role.DETAIL, capital(when(claim.figure, words))),
        Line(Role.DETAIL, citation_spans(claim, telling)),
        plain_line(Role.ASIDE, grade_text(claim, words)),
    ]
    status = status_text(claim, words)
    if status:
        lines.append(plain_line(Role.DETAIL, capital(status)))
    if claim.figure.note:
        lines.append(plain_line(Role.ASIDE, words.embed(cut(claim.figure.note, _LONGEST_CAVEAT))))
    if answer.headline_rule is not None:
        reason = words.embed(cut(answer.headline_reason, _LONGEST_CAVEAT))
        lines.append(plain_line(Role.ASIDE, words.say(f"rule.{answer.headline_rule}", reason=reason)))
    return lines


def _another_count(title: str, telling: Telling) -> str:
    """A sentence that says in itself where it gives another count than was asked, for lack of that."""
    for note in telling.answer.notes:
        if note.kind is NoteKind.OTHER_COUNT_ONLY:
            rate = note.values.get("given") == "monthly_rate"
            return telling.words.say("instead.rate" if rate else "instead.all", sentence=title)
    return title


def range_lines(telling: Telling) -> list[Line]:
    """The range instead of a number where sources disagree strongly, its time, and why none stands first."""
    words, answer = telling.words, telling.answer
    first = answer.disagreement[0].figure
    text = words.say("disagree", sentence=_another_count(sentence(first, telling, answer.range), telling))
    times = dict.fromkeys(when(claim.figure, words) for claim in answer.disagreement)
    return [
        plain_line(Role.HEADLINE, capital(text)),
        plain_line(Role.DETAIL, capital(words.listed(times))),
        plain_line(Role.ASIDE, words.say("rule.disagree")),
    ]


def claims_lines(block: ClaimsBlock, telling: Telling, *, opens: bool) -> list[Line]:
    """The other claims and their span; all claims under a heading when the block does not open the answer."""
    words = telling.words
    headline = telling.answer.headline
    lead = headline if opens and headline is not None else None
    lines: list[Line] = []
    others = [claim for claim in block.claims if lead is None or claim.figure.id != lead.figure.id]
    if lead is None:
        title = words.say("heading.block", place=telling.place(block.place), measure=words.measure(block.measure))
        lines.append(plain_line(Role.HEADING, title))
        lead = block.claims[0] if block.claims else None
    elif others:
        lines.append(plain_line(Role.HEADING, words.say("heading.other_claims")))
    if block.span is not None and len(block.claims) > 1:
        lines.append(_span_line(block, block.span, telling))
    lines += (Line(Role.ITEM, claim_spans(claim, lead, telling)) for claim in others)
    if block.earlier:
        lines.append(plain_line(Role.HEADING, _earlier_title(block, telling)))
        lines += (Line(Role.EARLIER, claim_spans(claim, lead, telling)) for claim in block.earlier)
    return lines


def _earlier_title(block: ClaimsBlock, telling: Telling) -> str:
    title = telling.words.say("heading.earlier")
    several = len({other.place for other in telling.answer.blocks if isinstance(other, ClaimsBlock)}) > 1
    return f"{title}{SEPARATOR}{telling.place(block.place)}" if several else title


def _span_line(block: ClaimsBlock, span: Interval, telling: Telling) -> Line:
    """From the lowest to the highest claim, and how many independent origins stand behind them."""
    words = telling.words
    agree = all(claim.figure.value == block.claims[0].figure.value for claim in block.claims)
    value = words.value(span)
    if block.measure == "monthly_rate" and not span.is_zero:
        value = words.say("value.a_month", value=value)
    reports = reports_text(len({claim.source.id for claim in block.claims}), block.origins, words)
    told = words.say("span.agree" if agree else "span", value=value)
    return plain_line(Role.SUMMARY, told + SEPARATOR + reports)


def sources_lines(block: SourcesBlock, telling: Telling) -> list[Line]:
    """The documents, grouped by the origin that they go back to."""
    words = telling.words
    by_id = {source.id: source for source in block.sources}
    lines = [plain_line(Role.HEADLINE, words.say("heading.sources"))]
    told: set[str] = set()
    for origin, documents in block.groups:
        further = [key for key in documents if key != origin]
        lines += _origin_lines(by_id.get(origin) or telling.source(origin), origin, words)
        lines += (_source_line(by_id.get(key) or telling.source(key), key, words) for key in further)
        told.update((origin, *documents))
    between = [source for source in block.sources if source.id not in told]
    if between:
        lines.append(plain_line(Role.HEADING, words.say("heading.relayed")))
        lines += (_source_line(source, source.id, words) for source in between)
    if block.groups:
        reports = len({key for _, documents in block.groups for key in documents})
        lines.append(plain_line(Role.SUMMARY, reports_text(reports, len(block.groups), words)))
    return lines


def _origin_lines(source: Source | None, key: str, words: Words) -> list[Line]:
    """An origin as a heading of its own, its title below."""
    if source is None:
        return [plain_line(Role.HEADING, words.embed(key))]
    heading = Line(Role.HEADING, (Span(citation(source, words, short=True), url=source.url),))
    return [heading, plain_line(Role.DETAIL, words.embed(cut(source.title, _LONGEST_TITLE)))]


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
    title = words.say("heading.disputes", place=telling.place(block.place), measure=words.measure(block.measure))
    claims = [claim for _, group in block.groups for claim in group]
    scale = scale_of([claim.figure.value for claim in claims])
    lines = [
        plain_line(Role.HEADLINE, title),
        plain_line(Role.DETAIL, words.say(_agreement(block.agree, claims))),
    ]
    drawn = scale[0] < scale[1]  # one number printed by all has no scale, and a bar on it would mean nothing
    if drawn:
        lines.append(plain_line(Role.DETAIL, _scale_text(scale, claims, words)))
    lead = claims[0] if claims else None
    for origin, group in block.groups:
        lines.append(_origin_line(origin, telling))
        for claim in group:
            bar = (Span(strip(claim.figure.value, scale, words) + " "),) if drawn else ()
            spans = claim_spans(claim, lead, telling, cited=claim.source.id != origin)
            lines.append(Line(Role.ITEM, (*bar, *spans)))
    reports = len({claim.source.id for claim in claims})
    lines.append(plain_line(Role.SUMMARY, reports_text(reports, len(block.groups), words)))
    return lines


def _agreement(agree: bool, claims: list[Claim]) -> str:
    """The key of what the claims do to each other; counts that grew between their dates do not all "agree"."""
    if len(claims) == 1:
        return "dispute.single"
    if not agree:
        return "dispute.disagree"
    return "dispute.agree" if len({claim.figure.value for claim in claims}) == 1 else "dispute.same_date"


def _origin_line(origin: str, telling: Telling) -> Line:
    source = telling.source(origin)
    if source is None:
        return plain_line(Role.HEADING, telling.words.embed(origin))
    return Line(Role.HEADING, (Span(citation(source, telling.words, short=True), url=source.url),))


def _scale_text(scale: tuple[int, int], claims: list[Claim], words: Words) -> str:
    is_open = any(claim.figure.value.high is None for claim in claims)
    return words.say(
        "dispute.scale_open" if is_open else "dispute.scale",
        low=words.number(scale[0]),
        high=words.number(scale[1]),
    )


def scale_of(values: list[Interval]) -> tuple[int, int]:
    """The printed ends between which all values lie."""
    ends = [int(end) for value in values for end in (value.low, value.high) if end is not None]
    lows = [int(value.least) for value in values]
    return (min(lows, default=0), max(ends, default=0))


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
