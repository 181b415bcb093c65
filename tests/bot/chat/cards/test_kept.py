"""A card that was made for somebody else is, for whoever asks, the card that would be made for them."""

from __future__ import annotations

from typing import Any

import pytest
from discord import ui

from bot.chat.cards.answer import _drawn, _Same, _Shown, _view, reply_with
from bot.chat.plain_form import controls_of, text_of
from tests.golden.asked import answer_to

QUESTIONS = ("how many belgians went to syria", "top 10 countries", "congo", "women from andorra in 2013", "hello")
OWNERS = (2**63, 2**63 - 1, 10**18, 10**17 - 1, 36**11, 36**11 - 1, 10**11)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_kept_card_is_the_card_of_its_asker(question: str) -> None:
    answer = answer_to(question)
    for owner in OWNERS:
        kept = reply_with(answer, owner=owner, locale="en").view
        fresh = _view(answer, _drawn(_Same(answer), "en"), owner, _Shown("en", 0, True, False))
        assert kept is not None
        assert sent(kept) == sent(fresh)


def test_a_kept_card_has_its_words_and_controls_when_it_is_looked_at() -> None:
    kept = reply_with(answer_to(QUESTIONS[0]), owner=10**18, locale="fr").view
    assert kept is not None
    assert "Syrie" in text_of(kept)
    assert [item.custom_id for item in controls_of(kept).children if isinstance(item, ui.Button)] == [
        part["custom_id"] for row in sent(kept) if row["type"] == 1 for part in row["components"]
    ]


def test_what_one_asker_adds_to_a_card_is_not_in_the_next_ones() -> None:
    answer = answer_to(QUESTIONS[0])
    first, second = (reply_with(answer, owner=10**18, locale="en").view for _ in range(2))
    assert first is not None
    assert second is not None
    first.clear_items()
    assert len(list(second.walk_children())) > 5


def sent(view: ui.LayoutView) -> list[dict[str, Any]]:
    components: list[dict[str, Any]] = view.to_components()  # type: ignore[no-untyped-call]
    return components
