"""The first page fits a phone and keeps what an answer stands on; the pages after it hold everything."""

from __future__ import annotations

import re

import pytest

from bot.answers.answer import ClaimsBlock
from bot.render.brief import PHONE_LINES, brief, height
from bot.render.cards import card
from bot.render.outline import Line, Role, Span, plain_line
from bot.render.telling import tell
from bot.words.catalogue import languages
from bot.words.words import words_of
from tests.golden.asked import QUESTIONS, Asked, answer_to

NUMBERS = [
    asked
    for asked in QUESTIONS
    if asked.locale == "en"
    and answer_to(asked.question).headline is not None
    and isinstance(answer_to(asked.question).blocks[0], ClaimsBlock)
]
SHORT = [asked for asked in NUMBERS if card(answer_to(asked.question)).has_more]
ROOM = 6
"""Lines beyond the measure that long names and longer languages may need at worst."""
ROLES = {"-# ": Role.FINE, "## ": Role.HEADLINE, "- ": Role.ITEM, "> ": Role.NOTE, "": Role.TEXT}
ADDRESS = re.compile(r"\]\(<[^>]*>\)")


def opening(asked: Asked, locale: str = "en") -> str:
    return "\n".join(card(answer_to(asked.question), locale).pages[0])


def lines_of(shown: str) -> list[Line]:
    """What is seen of a page, by the size of its letters."""
    lines = []
    for text in ADDRESS.sub("", shown).replace("**", "").splitlines():
        prefix = next(prefix for prefix in ROLES if text.startswith(prefix))
        lines.append(plain_line(ROLES[prefix], text.removeprefix(prefix)))
    return lines


@pytest.mark.parametrize("locale", languages())
@pytest.mark.parametrize("asked", NUMBERS, ids=lambda asked: asked.name)
def test_an_answer_with_a_number_fits_a_phone(asked: Asked, locale: str) -> None:
    assert (
        height(lines_of(opening(asked, locale))) <= PHONE_LINES + ROOM + 1
    )  # a reading in doubt says so on one line more


@pytest.mark.parametrize("asked", SHORT, ids=lambda asked: asked.name)
def test_the_short_form_keeps_what_an_answer_stands_on(asked: Asked) -> None:
    shown = ADDRESS.sub("", opening(asked)).replace("[", "").replace("\\", "")
    for line in tell(answer_to(asked.question), flags=True):
        if line.role in (Role.READING, Role.HEADLINE, Role.DETAIL, Role.FOOTER):
            assert line.text in shown
    assert "Shown first" in shown or "only figure held" in shown


@pytest.mark.parametrize("asked", SHORT, ids=lambda asked: asked.name)
def test_the_long_form_holds_every_line(asked: Asked) -> None:
    answer = answer_to(asked.question)
    further = "\n".join(text for page in card(answer).pages[1:] for text in page).replace("\\", "")
    missing = [
        span.text
        for line in tell(answer, flags=True)
        for span in line.spans
        if line.role is not Role.FOOTER and span.text.strip() not in further
    ]
    assert missing == []


def test_what_is_left_out_is_counted_and_named_after_its_button() -> None:
    shown = opening(next(asked for asked in QUESTIONS if asked.name == "world_by_2015"))
    assert "-# More under “All figures”: earlier figures (6), other measures (3)" in shown


def test_a_short_answer_has_no_long_form() -> None:
    shown = card(answer_to("compare France and Germany"))
    assert not shown.has_more
    assert shown.page_count == 1


def test_a_heading_goes_with_its_list_and_extras_go_first() -> None:
    lines = [
        plain_line(Role.HEADLINE, "4 people"),
        plain_line(Role.HEADING, "Earlier"),
        plain_line(Role.EARLIER, "3 people"),
        plain_line(Role.HEADING, "Other claims"),
        Line(Role.ITEM, (Span("none"), Span(", 2016", extra=True))),
    ]
    chosen = brief(lines, words_of("en"))
    assert [line.text for line in chosen.lines] == ["4 people", "Other claims", "none"]
    assert chosen.left is not None
    assert "earlier figures (1)" in chosen.left.text


def test_what_holds_nothing_else_keeps_its_offers() -> None:
    lines = [plain_line(Role.HEADLINE, "No data"), *(plain_line(Role.OFFER, f"offer {n}") for n in range(3))]
    assert [line.text for line in brief(lines, words_of("en"), offers=True).lines] == ["No data", "offer 0", "offer 1"]
    assert [line.text for line in brief(lines, words_of("en")).lines] == ["No data"]
