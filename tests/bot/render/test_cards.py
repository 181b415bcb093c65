"""Cards fit Discord's limits whatever they hold, and nothing stored can become markup, a mention or a link."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import discord
import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answer import AskBlock, Outcome
from bot.questions.query import Choice, Doubt, Intent, Query
from bot.render.cards import MOST_CHARACTERS, MOST_COMPONENTS, card, trace_card
from bot.render.markdown import escaped, https_url
from bot.render.terminal import to_text
from bot.render.trace import Trace
from db.model.records import Revision
from tests.bot.render.made import BELGIUM_LATER, answer_with, belgium_2016
from tests.golden.asked import answer_to

HOSTILE = "@everyone <@123> **x** [click](https://example.org) `code` ||s|| # h http://example.org/x"
LINK = re.compile(r"\[(?:[^\]\\]|\\.)*\]\(<(https://[^>\s]+)>\)")


def texts_of(item: ui.Container[ui.LayoutView]) -> list[str]:
    return [child.content for child in item.children if isinstance(child, ui.TextDisplay)]


def hostile_answer(text: str) -> str:
    """All pages of an answer whose every stored text is the given one."""
    answer = belgium_2016()
    assert answer.headline is not None
    source = replace(answer.headline.source, publisher=text, title=text, url=text, status_reason=text)
    claim = replace(answer.headline, source=source, figure=replace(answer.headline.figure, note=text, locator=text))
    spoilt = replace(answer, headline=claim, headline_reason=text, sources={source.id: source})
    revision = Revision(0, datetime(2026, 1, 3, tzinfo=UTC), text, text, text)
    trace = trace_card(Trace(spoilt, (claim,), {0: revision}))
    return "\n".join(text for page in (*card(spoilt).pages, *trace.pages) for text in page)


def test_a_card_says_the_number_first_and_then_who_says_so() -> None:
    first = card(belgium_2016()).pages[0][0].splitlines()
    assert first[0].startswith(
        "## 4 people from Belgium went to Syria in 2016, says the Belgian Interior Ministry (via [HLN / Belga](<https://"
    )
    assert first[0].endswith(">), 30 Nov 2019).")


def test_a_card_becomes_components_of_discord() -> None:
    item = card(belgium_2016()).container()
    kinds = {type(child) for child in item.children}
    assert kinds == {ui.TextDisplay, ui.Separator}
    assert item.accent_colour is not None
    view = ui.LayoutView()
    view.add_item(item)
    assert view.content_length() <= MOST_CHARACTERS
    assert view.total_children_count <= MOST_COMPONENTS + 1


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_its_colour(outcome: Outcome) -> None:
    assert isinstance(card(replace(belgium_2016(), outcome=outcome)).container().accent_colour, discord.Colour)


def test_a_page_number_outside_gives_the_nearest_page() -> None:
    drawn = card(answer_to("how many people had gone by end of 2015"))
    assert drawn.page_count > 1
    last = texts_of(drawn.container(99))
    assert last == texts_of(drawn.container(drawn.page_count - 1))
    assert texts_of(drawn.container(-5)) == texts_of(drawn.container(0))
    assert last[-1].endswith(f"Page {drawn.page_count} of {drawn.page_count}")


def test_pages_lose_no_claim() -> None:
    answer = answer_to("monthly flow at the peak")
    shown = "\n".join(text for page in card(answer).pages for text in page)
    lines = to_text(answer, width=10_000, whole=True).splitlines()
    claims = [line.removeprefix("  - ") for line in lines if line.startswith("  - ")]
    assert claims
    unmarked = LINK.sub(lambda match: match[0][1 : match[0].index("](")], shown).replace("**", "").replace("\\", "")
    assert [claim for claim in claims if claim.split(" · ")[1] not in unmarked] == []


def test_choices_are_left_to_the_buttons() -> None:
    query = Query(Intent.LOOKUP, ("CD",))
    block = AskBlock(Doubt.PLACE, "congo", (Choice("CD", query), Choice("CG", query)))
    answer = answer_with(block, outcome=Outcome.ASK)
    assert card(answer).pages[0][0] == "## Which place do you mean by “congo”?"
    assert "DR Congo" in to_text(answer)


def test_stored_text_cannot_mention_format_or_link() -> None:
    shown = hostile_answer(HOSTILE)
    assert "@everyone" not in shown
    assert "<@" not in shown.replace("\\<@", "")
    assert "[click](" not in shown.replace("\\[click\\](", "")
    assert "`code`" not in shown.replace("\\`", "")
    assert [match for match in LINK.findall(shown) if "example.org" in match] == []
    assert "http://" not in shown


@given(st.text(max_size=400))
def test_no_text_breaks_a_card(text: str) -> None:
    shown = hostile_answer(text)
    assert not re.search(r"@(everyone|here)", shown)
    assert all(https_url(address) == address for address in LINK.findall(shown))


@given(st.text(max_size=6_000), st.sampled_from(["en", "fr", "de", "es", "ar"]))
def test_no_length_breaks_a_limit(text: str, locale: str) -> None:
    answer = replace(belgium_2016(), headline_reason=text, question=text)
    assert answer.headline is not None
    claim = replace(answer.headline, figure=replace(answer.headline.figure, note=text, status_reason=text))
    answer = replace(answer, headline=claim)
    for page in card(answer, locale).pages:
        assert sum(map(len, page)) <= MOST_CHARACTERS
        assert 2 * len(page) <= MOST_COMPONENTS


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("**bold** _it_", "\\*\\*bold\\*\\* \\_it\\_"),
        ("- list", "\\- list"),
        ("1. list", "\\1. list"),
        ("# head", "\\# head"),
        ("@here", "@\u200bhere"),
        ("<@&5>", "\\<@\u200b&5\\>"),
        ("https://example.org", "https\u200b://example.org"),
    ],
)
def test_markdown_is_shown_as_it_was_written(text: str, shown: str) -> None:
    assert escaped(text) == shown


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a_b~c#d?x=1&y=(2)", "https://example.org/a_b~c#d?x=1&y=%282%29"),
        ("https://example.org/ü ", "https://example.org/%C3%BC"),
        ("http://example.org", ""),
        ("javascript:alert(1)", ""),
        ("https://example.org/> [x](https://other.example)", ""),
        ("https://example.org/a>b", "https://example.org/a%3Eb"),
        ("https://localhost", ""),
        ("", ""),
        ("https://example.org/" + "a" * 500, ""),
    ],
)
def test_only_sound_https_addresses_are_linked(url: str, shown: str) -> None:
    assert https_url(url) == shown


def test_a_trace_says_who_entered_a_figure_and_when() -> None:
    answer = belgium_2016()
    assert answer.headline is not None
    claim = replace(answer.headline, figure=replace(answer.headline.figure, revision=7))
    revision = Revision(7, datetime(2026, 5, 3, 12, tzinfo=UTC), "Ada", "found in the archive", "1 figure added")
    shown = "\n".join(trace_card(Trace(answer, (claim,), {7: revision})).pages[0])
    assert "**4 · 🇧🇪 Belgium · 2016, counted 30 Nov 2019**" in shown
    assert "Entered by Ada on 3 May 2026: found in the archive" in shown
    assert "Relays Belgian Interior Ministry" in shown
    assert claim.figure.id == BELGIUM_LATER
