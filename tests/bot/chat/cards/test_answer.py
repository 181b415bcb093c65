"""What stands below an answer: every way on, for any question, within Discord's limits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from discord import ui

from bot.answers.answer import AskBlock
from bot.answers.ways import ReadingLine
from bot.chat.cards.answer import MOST_STEPS, reply_with
from bot.chat.pressed import ID_LENGTH, read_id
from bot.chat.reference import Reference
from bot.chat.views import LABEL_LIMIT, ROW_WIDTH, button_width
from bot.places.catalogue import places
from bot.questions.query import Choice, Doubt, Intent, Query
from bot.render.steps import step_label, steps_of
from bot.words.catalogue import languages
from bot.words.words import words_of
from tests.bot.questions.scoring import read_table
from tests.golden.asked import QUESTIONS, Asked, answer_to
from tests.often import LONG

CASES = Path(__file__).parents[3] / "cases" / "questions.csv"
OWNER = 2**63
"""An id as long as any."""


def buttons_of(question: str, page: int = 0) -> list[ui.Button[ui.LayoutView]]:
    view = reply_with(answer_to(question), owner=OWNER, locale="en", page=page).view
    assert view is not None
    return [part for part in view.walk_children() if isinstance(part, ui.Button)]


def labels_of(question: str, page: int = 0) -> list[str]:
    return [button.label or str(button.emoji) for button in buttons_of(question, page)]


def rows_of_labels(question: str, locale: str = "en") -> list[list[str]]:
    view = reply_with(answer_to(question), owner=OWNER, locale=locale).view
    assert view is not None
    rows = [row for row in view.walk_children() if isinstance(row, ui.ActionRow)]
    return [[part.label or str(part.emoji) for part in row.children if isinstance(part, ui.Button)] for row in rows]


@pytest.mark.parametrize("locale", languages())
@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.name)
def test_what_may_be_asked_next_is_one_row_of_a_phone_and_not_cut(asked: Asked, locale: str) -> None:
    answer, words = answer_to(asked.question), words_of(locale)
    labels = [words.line(step_label(step, answer, words)) for step in steps_of(answer)[:MOST_STEPS]]
    assert all(len(label) < LABEL_LIMIT for label in labels)
    rows = rows_of_labels(asked.question, locale)
    shown = next((row for row in rows if set(row) <= set(labels)), [])
    assert shown[:1] == labels[:1], "the other reading is always there"
    assert len(shown) < 2 or sum(map(button_width, shown)) <= ROW_WIDTH


@pytest.mark.parametrize("locale", languages())
def test_what_an_answer_offers_is_one_row_of_a_phone(locale: str) -> None:
    first = rows_of_labels("Belgium by year, departures over time", locale)[0]
    assert len(first) == 4
    assert sum(map(button_width, first)) <= ROW_WIDTH + 8  # Arabic letters are narrower than they are taken for


def test_the_other_reading_is_the_askers_and_what_follows_is_anybodys() -> None:
    buttons = buttons_of("How many Belgians left for Syria in 2016?")
    read = {button.label: read_id(button.custom_id or "") for button in buttons}
    other, following = read["In total?"], read["Came back"]
    assert other is not None
    assert following is not None
    assert (other.verb, other.owner) == ("pick", OWNER)
    assert (following.verb, following.owner) == ("next", None)


def test_a_long_answer_opens_short_and_leads_to_the_whole_and_back() -> None:
    question = "how many belgians went to syria"
    assert labels_of(question)[0] == "All figures"
    assert labels_of(question, 1)[0] == "In short"
    assert "All figures" not in labels_of(question, 1)


def test_a_short_answer_has_nothing_to_turn() -> None:
    assert {"All figures", "Next", "Back"}.isdisjoint(labels_of("what does minors mean"))


def test_an_answer_has_one_row_of_buttons_and_the_rest_behind_the_last() -> None:
    answer = answer_to("how many belgians went to syria")
    first, second, *more = rows_of_labels("how many belgians went to syria")
    assert first == ["All figures", "Sources", "Chart", "⋯"]
    assert 0 < len(second) <= MOST_STEPS
    assert not more
    view = reply_with(answer, owner=OWNER, locale="en", further=True).view
    assert view is not None
    further = [part.label or str(part.emoji) for part in view.walk_children() if isinstance(part, ui.Button)]
    assert further == [
        "All figures", "Sources", "Chart",
        "Why this number", "Data", "Change the question",
        "Thread", "Report a problem", "❌",
    ]  # fmt: skip


def test_two_dozen_countries_fit_a_button() -> None:
    names = "france germany belgium uk spain italy portugal sweden norway denmark finland austria switzerland poland"
    assert "All figures" in labels_of(f"sum of {names} russia turkey tunisia morocco egypt jordan lebanon by end 2015")


def test_a_question_too_long_for_a_button_still_has_its_answer() -> None:
    answer = answer_to("how many belgians went to syria")
    every = tuple(place for place in places() if len(place) == 2)
    far = replace(answer, reading=ReadingLine(Query(Intent.LOOKUP, every)), otherwise=(), further=())
    view = reply_with(far, owner=OWNER, locale="en").view
    assert view is not None
    buttons = [part for part in view.walk_children() if isinstance(part, ui.Button)]
    assert [str(button.emoji) for button in buttons] == ["❌"]
    assert all(len(button.custom_id or "") <= ID_LENGTH for button in buttons)


def test_many_ways_out_of_a_doubt_are_a_list_to_choose_from() -> None:
    countries = [place for place in places() if len(place) == 2][:30]
    choices = tuple(Choice(place, Query(Intent.LOOKUP, (place,))) for place in countries)
    asked = replace(answer_to("congo"), blocks=(AskBlock(Doubt.PLACE, "x", choices),))
    view = reply_with(asked, owner=OWNER, locale="en").view
    assert view is not None
    (select,) = (part for part in view.walk_children() if isinstance(part, ui.Select))
    values = [option.value for option in select.options]
    assert len(set(values)) == 25
    assert all(len(value) <= ID_LENGTH and Reference.read(value).query.places for value in values)


@pytest.mark.slow
def test_no_two_controls_of_a_card_are_the_same_to_discord() -> None:
    for row in read_table(CASES)[:: 1 if LONG > 1 else 3]:
        view = reply_with(answer_to(row["question"]), owner=OWNER, locale="en", further=True).view
        assert view is not None
        ids = [id for part in view.walk_children() if (id := getattr(part, "custom_id", None))]
        assert len(ids) == len(set(ids)), row["question"]
