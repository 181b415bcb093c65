"""The second tap of a trace: for each claim the document, the page, the date, the links, and who entered it when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.answers.answer import Answer, Claim
from bot.render.fragments import (
    SEPARATOR,
    Telling,
    body_of,
    citation,
    editor,
    grade_text,
    publisher_of,
    status_text,
    value_text,
    when,
)
from bot.render.markdown import https_url
from bot.render.outline import Line, Role, Span, plain_line
from bot.render.reading import footer_line, reading_text
from bot.words.names import cut
from bot.words.words import Words, capital, words_of
from db.model.records import LOADER, Revision, Source
from db.model.values import PartialDate

_LONGEST_TITLE = 160
_LONGEST_LOCATOR = 80
_LONGEST_REASON = 120
_LONGEST_ADDRESS = 300


@dataclass(frozen=True, slots=True)
class Trace:
    """An answer's claims with the revisions that entered them."""

    answer: Answer
    claims: tuple[Claim, ...]
    revisions: Mapping[int, Revision] = field(default_factory=dict)
    """By number: the revisions in which the claims' figures were recorded."""


def tell_trace(trace: Trace, locale: str = "en", *, flags: bool = False) -> list[Line]:
    """Every line of the trace, one heading a claim."""
    telling = Telling.of(trace.answer, words_of(locale), flags=flags)
    words = telling.words
    lines: list[Line] = []
    reading = reading_text(trace.answer.reading, words)
    if reading:
        lines.append(plain_line(Role.READING, reading))
    lines.append(plain_line(Role.HEADLINE, words.say("heading.trace")))
    for claim in trace.claims:
        lines += _claim_lines(claim, trace.revisions.get(claim.figure.revision), telling)
    lines.append(footer_line(trace.answer, words))
    return lines


def _claim_lines(claim: Claim, revision: Revision | None, telling: Telling) -> list[Line]:
    words, figure, source = telling.words, claim.figure, claim.source
    parts = (value_text(figure, telling), telling.place(figure.place), when(figure, words, short=True))
    lines = [plain_line(Role.HEADING, SEPARATOR.join(parts))]
    address = _page_of(claim)
    lines.append(Line(Role.DETAIL, _document_spans(source, address, words)))
    if figure.locator:
        locator = words.embed(cut(figure.locator, _LONGEST_LOCATOR))
        lines.append(plain_line(Role.DETAIL, capital(words.say("source.locator", locator=locator))))
    further = [publisher_of(telling.source(key), key, words) for key in claim.relay_chain[1:]]
    if further:
        lines.append(plain_line(Role.DETAIL, capital(words.say("source.relays", sources=words.relays.join(further)))))
    counted = words.say("source.counted", bodies=words.listed([body_of(body, words) for body in claim.bodies]))
    lines.append(plain_line(Role.DETAIL, capital(counted)))
    links = _link_spans(source, address, words)
    if links:
        lines.append(Line(Role.DETAIL, links))
    status = status_text(claim, words)
    if status:
        lines.append(plain_line(Role.DETAIL, capital(status)))
    if grade := grade_text(claim, words):
        lines.append(plain_line(Role.ASIDE, grade))
    if revision is None or revision.by != LOADER:  # what came with the program is of the revision below
        lines.append(plain_line(Role.ASIDE, capital(entered_text(revision, words))))
    return lines


def _page_of(claim: Claim) -> str:
    """The address of the document, else of a page on which the figure was read; one that can be opened goes first."""
    addresses = [address for address in (claim.source.url, *claim.figure.evidence) if address]
    return next(filter(https_url, addresses), next(iter(addresses), ""))


def _document_spans(source: Source, address: str, words: Words) -> tuple[Span, ...]:
    title = words.embed(cut(source.title, _LONGEST_TITLE))
    kind = words.say(f"source.kind.{source.kind}") if f"source.kind.{source.kind}" in words else source.kind
    return (Span(title, url=address), Span(f"{SEPARATOR}{citation(source, words)}{SEPARATOR}{kind}"))


def _link_spans(source: Source, address: str, words: Words) -> tuple[Span, ...]:
    """What there is beside the link on the title: an archived copy, an address that is not https, the day it was read.

    An address that is not https stands as text.
    """
    spans: list[Span] = []
    if https_url(source.archive_url):
        spans.append(Span(words.say("source.archive"), url=source.archive_url))
    if not https_url(address):
        # In the middle of an address a cut would mislead, so a long one is left out.
        shown = address if len(address) <= _LONGEST_ADDRESS else ""
        spans.append(Span(words.embed(shown) if shown else words.say("source.no_link")))
    if source.accessed:
        spans.append(Span(words.say("source.accessed", date=words.date(source.accessed))))
    return tuple(part for number, span in enumerate(spans) for part in ((Span(SEPARATOR), span) if number else (span,)))


def entered_text(revision: Revision | None, words: Words) -> str:
    """Who entered a figure, when and why."""
    if revision is None:
        return words.say("trace.unknown")
    date = words.date(PartialDate.of(revision.at.date()))
    text = words.say("trace.entered", by=editor(revision.by, words), date=date)
    return f"{text}: {words.embed(cut(revision.because, _LONGEST_REASON))}" if revision.because else text
