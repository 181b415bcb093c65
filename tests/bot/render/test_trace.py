"""From any number to the body that counted: one tap to "Sources", a second to the page where it stands."""

from __future__ import annotations

from functools import cache

import pytest

from bot.answers.answer import Claim
from bot.answers.shelf import Shelf
from bot.chat.documents import source_text
from bot.render.fragments import body_of
from bot.render.outline import Line, Role
from bot.render.trace import Trace, tell_trace
from bot.words.catalogue import languages
from bot.words.words import words_of
from db.model.records import Status
from tests.bot.charts.made import lookup_answer
from tests.built_in import built_in


@cache
def claims() -> tuple[Claim, ...]:
    """Every figure of the dataset that stands, as answers show it."""
    held = built_in().holdings(revision=1)
    shelf = Shelf(held)
    topics = [(place.id, *topic) for place in held.places.values() for topic in shelf.topics(place.id)]
    entries = [entry for place, measure, who in topics for entry in shelf.entries(place, measure, who)]
    standing = [one for figures in held.figures.values() for one in figures if one.status is not Status.WITHDRAWN]
    assert len(entries) == len(standing)
    return tuple(shelf.claim(entry) for entry in entries)


def told(claim: Claim, locale: str) -> list[Line]:
    """The lines of one claim after a tap on "Sources"."""
    lines = tell_trace(Trace(lookup_answer(claim), (claim,)), locale)
    return lines[next(number for number, line in enumerate(lines) if line.role is Role.HEADING) :]


def test_the_first_tap_names_the_body_that_counted_and_the_second_opens_the_page() -> None:
    words = words_of("en")
    for claim in claims():
        lines = told(claim, "en")
        shown = "\n".join(line.text for line in lines)
        assert claim.bodies, claim.figure.id
        assert all(body_of(body, words) in shown for body in claim.bodies), claim.figure.id
        spans = [span for line in lines for span in line.spans]
        assert any(span.url.startswith("https://") or "http://" in span.text for span in spans), claim.figure.id


@pytest.mark.parametrize("locale", languages())
def test_each_body_has_its_name_in_each_language(locale: str) -> None:
    words = words_of(locale)
    for claim in {claim.bodies: claim for claim in claims()}.values():
        shown = "\n".join(line.text for line in told(claim, locale))
        assert all(body_of(body, words) in shown for body in claim.bodies), claim.figure.id


def test_a_document_s_own_card_names_the_body_that_counted() -> None:
    words = words_of("en")
    for source in {claim.source.id: claim.source for claim in claims()}.values():
        shown = source_text(source, (), {}, words)
        assert ("counted by" in shown) == bool(source.authority and not source.relays)
