"""Who says "start over" first of all is greeted, in every language and whatever stood before."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.dialogue.state import State
from bot.questions.dialogue.talking import Dialogue
from bot.questions.lexicon import LANGUAGES
from bot.questions.query import Refusal, Refused
from bot.questions.reader import Reader

TODAY = date(2026, 11, 30)
WORDS = {
    "en": "start over",
    "fr": "recommencer",
    "de": "neu anfangen",
    "es": "empezar de nuevo",
    "nl": "opnieuw beginnen",
    "ar": "من جديد",
    "tr": "baştan başla",
    "ru": "начать заново",
    "it": "ricominciamo",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", [False, True])
def test_starting_over_is_greeted_and_leaves_nothing_behind(language: str, asked: bool) -> None:
    talk = Dialogue(Reader.load())
    state = talk.turn("How many Belgians left in 2016?", today=TODAY).state if asked else State()

    turn = talk.turn(WORDS[language], today=TODAY, state=state)

    assert isinstance(turn.reading, Refused)
    assert turn.reading.refusal is Refusal.SOCIAL
    assert not turn.state.moments
