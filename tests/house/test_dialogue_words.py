"""The words that move a dialogue on: every act has some in every language that is read."""

from __future__ import annotations

from bot.questions.dialogue.said import act_table
from bot.questions.lexicon import LANGUAGES


def test_every_act_has_words_in_every_language() -> None:
    table = act_table()
    acts = {act for act, _ in table}

    empty = [(act, language) for act in sorted(acts) for language in LANGUAGES if not table.get((act, language))]

    assert not empty
