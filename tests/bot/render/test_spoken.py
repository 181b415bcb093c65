"""A text is answered in its own language where there are answers in it, and never in one that it is not in."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from bot.render.spoken import spoken_in
from bot.words.catalogue import languages

EXAMPLES = Path(__file__).parents[3] / "bot" / "questions" / "examples" / "languages.csv"
IN_LANGUAGES = [
    (found[1], row["question"])
    for row in csv.DictReader(EXAMPLES.read_text(encoding="utf-8").splitlines())
    if (found := re.search(r"lang=(\w\w)", row["note"]))
]


def test_no_question_is_answered_in_a_language_of_others() -> None:
    heard = [(language, spoken_in(text)) for language, text in IN_LANGUAGES]
    wrong = [pair for pair in heard if pair[1] not in (pair[0], "en")]
    assert len(heard) > 300
    assert len(wrong) <= len(heard) // 100


@pytest.mark.parametrize("locale", [language for language in languages() if language != "en"])
def test_most_questions_of_a_language_with_answers_are_heard(locale: str) -> None:
    heard = [spoken_in(text) == locale for language, text in IN_LANGUAGES if language == locale]
    assert len(heard) > 30
    assert sum(heard) >= len(heard) * 0.7


def test_a_text_that_tells_no_language_is_answered_in_the_one_around_it() -> None:
    for text in ("Belgien 2016", "eu total in 2016", "BE?", "сколько россиян уехало", ""):
        assert spoken_in(text, "fr") == "fr"
