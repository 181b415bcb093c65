"""What stands below an answer: every way on, for any question, within Discord's limits."""

from __future__ import annotations

from dataclasses import replace

from discord import ui

from bot.answers.answer import AskBlock
from bot.answers.ways import ReadingLine
from bot.chat.cards.answer import reply_with
from bot.chat.pressed import ID_LENGTH
from bot.chat.reference import Reference
from bot.places.catalogue import places
from bot.questions.query import Choice, Doubt, Intent, Query
from tests.golden.asked import answer_to

OWNER = 2**63
"""An id as long as any."""


def buttons_of(question: str, page: int = 0) -> list[ui.Button[ui.LayoutView]]:
    view = reply_with(answer_to(question), owner=OWNER, locale="en", page=page).view
    assert view is not None
    return [part for part in view.walk_children() if isinstance(part, ui.Button)]


def labels_of(question: str, page: int = 0) -> list[str]:
    return [button.label or str(button.emoji) for button in buttons_of(question, page)]


def test_a_long_answer_opens_short_and_leads_to_the_whole_and_back() -> None:
    question = "how many belgians went to syria"
    assert labels_of(question)[0] == "All figures"
    assert labels_of(question, 1)[0] == "In short"
    assert "All figures" not in labels_of(question, 1)


def test_a_short_answer_has_nothing_to_turn() -> None:
    assert {"All figures", "Next", "Back"}.isdisjoint(labels_of("what does minors mean"))


def test_an_answer_has_one_row_of_buttons_and_the_rest_behind_the_last() -> None:
    answer = answer_to("how many belgians went to syria")
    assert labels_of("how many belgians went to syria") == ["All figures", "Sources", "Chart", "⋯"]
    view = reply_with(answer, owner=OWNER, locale="en", further=True).view
    assert view is not None
    further = [part.label or str(part.emoji) for part in view.walk_children() if isinstance(part, ui.Button)]
    assert further == [
        "All figures", "Sources", "Chart",
        "Data", "Change the question",
        "Thread", "Report a problem", "❌",
    ]  # fmt: skip


def test_two_dozen_countries_fit_a_button() -> None:
    names = "france germany belgium uk spain italy portugal sweden norway denmark finland austria switzerland poland"
    assert "All figures" in labels_of(f"sum of {names} russia turkey tunisia morocco egypt jordan lebanon by end 2015")


def test_a_question_too_long_for_a_button_still_has_its_answer() -> None:
    answer = answer_to("how many belgians went to syria")
    every = tuple(place for place in places() if len(place) == 2)
    far = replace(answer, reading=ReadingLine(Query(Intent.LOOKUP, every)))
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
