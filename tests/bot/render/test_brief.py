"""An answer is a sentence and at most four lines; what is behind the button holds everything."""

from __future__ import annotations

import csv
import re
import statistics
from functools import cache
from pathlib import Path

import pytest

from bot.answers.answer import Answer, ClaimsBlock
from bot.answers.notes import NoteKind
from bot.render.brief import MOST_LINES, brief
from bot.render.cards import card
from bot.render.outline import Role
from bot.render.payload import to_payload
from bot.render.steps import next_line
from bot.render.telling import sentence_of, tell
from bot.render.terminal import to_text
from bot.words.catalogue import languages
from bot.words.words import words_of
from tests.golden.asked import QUESTIONS, Asked, answer_to

ASKED = [asked for asked in QUESTIONS if asked.locale == "en"]
DOUBLED = re.compile("\\)[\u2068\u2069]* \\(")
ADDRESS = re.compile(r"\]\(<[^>]*>\)")
MOST_WORDS = {"median": 60, "nine in ten": 100}


def words_in(shown: str) -> int:
    """How many words a reader sees."""
    return sum(any(letter.isalnum() for letter in word) for word in ADDRESS.sub("", shown).split())


@cache
def opening(asked: Asked, locale: str = "en") -> str:
    return "\n".join(card(answer_to(asked.question), locale).pages[0])


CASES = Path(__file__).parents[2] / "cases" / "questions.csv"
EVERY = 4
"""One in so many of the labelled questions is answered: 55 to 60 words in the middle, 100 at most in nine of ten."""


@cache
def asked_by_members() -> tuple[Answer, ...]:
    rows = list(csv.DictReader(CASES.read_text(encoding="utf-8").splitlines()))[::EVERY]
    assert len(rows) > 100
    return tuple(answer_to(row["question"]) for row in rows)


@pytest.mark.parametrize("language", languages())
def test_answers_to_what_members_ask_are_short_and_open_with_a_sentence(language: str) -> None:
    assert all(sentence_of(answer, language) for answer in asked_by_members())
    words = words_of(language)  # what may be asked next is counted too
    lengths = sorted(
        words_in(to_text(answer, 10_000, language)) + words_in(next_line(answer, words))
        for answer in asked_by_members()
    )
    assert statistics.median(lengths) <= MOST_WORDS["median"]
    assert lengths[len(lengths) * 9 // 10] <= MOST_WORDS["nine in ten"]


@pytest.mark.parametrize("language", languages())
def test_no_line_puts_one_bracket_behind_another(language: str) -> None:
    lines = [line.text for answer in asked_by_members() for line in tell(answer, language)]
    assert [line for line in lines if DOUBLED.search(line)] == []


def test_a_body_is_named_once_however_it_is_quoted() -> None:
    assert sentence_of(answer_to("Austria over time, 2016"), "de").count("österreichische Innenministerium") == 1


def test_a_long_sentence_is_drawn_in_the_size_of_the_text() -> None:
    titles = [line for asked in ASKED for line in opening(asked).splitlines() if line.startswith("#")]
    shown = [re.sub(r"[\\\[]", "", ADDRESS.sub("", title)).partition(" ") for title in titles]
    assert {len(text) > 240 for mark, _, text in shown if mark == "###"} == {True}
    assert {len(text) > 240 for mark, _, text in shown if mark == "##"} == {False}


@pytest.mark.parametrize("language", languages())
def test_no_title_stands_above_nothing(language: str) -> None:
    title = words_of(language).say("heading.offers")
    shown = {answer.question: to_text(answer, 10_000, language).splitlines() for answer in asked_by_members()}
    assert [question for question, lines in shown.items() if title in lines] == []


@pytest.mark.parametrize("language", [language for language in languages() if language != "en"])
def test_a_moderator_s_reason_is_behind_the_button_where_it_is_in_another_language(language: str) -> None:
    words, met = words_of(language), 0
    for answer in asked_by_members():
        reasons = {note.values["reason"] for note in answer.notes if note.kind is NoteKind.DISPUTED}
        shown, whole = (to_text(answer, 10_000, language, whole=whole) for whole in (False, True))
        for reason in reasons:
            assert reason[:60] not in shown, answer.question
            assert reason[:60] in whole, answer.question
            met += words.say("note.disputed", reason="") in shown
    assert met > 3


@pytest.mark.parametrize("locale", languages())
def test_answers_are_short(locale: str) -> None:
    for shown in (opening, lambda asked, locale: to_text(answer_to(asked.question), locale=locale)):
        lengths = sorted(words_in(shown(asked, locale)) for asked in ASKED)
        assert statistics.median(lengths) <= MOST_WORDS["median"]
        assert lengths[len(lengths) * 9 // 10] <= MOST_WORDS["nine in ten"]


@pytest.mark.parametrize("locale", languages())
def test_below_the_sentence_are_four_lines_at_most(locale: str) -> None:
    own = ("## ", "### ", "-# ")  # the sentence, and the small lines: how it was read, how many more, the answer's id
    longer = {}
    for asked in ASKED:
        lines = [line for line in opening(asked, locale).splitlines() if line and not line.startswith(own)]
        if len(lines) > MOST_LINES + 1:  # a refusal opens unmarked
            longer[asked.name] = lines
    assert longer == {}


def test_discord_terminal_and_programs_open_with_the_same_sentence() -> None:
    for asked in QUESTIONS:
        answer = answer_to(asked.question)
        sentence = sentence_of(answer, asked.locale)
        assert sentence, asked.name
        assert to_payload(answer, asked.locale)["sentence"] == sentence, asked.name
        for shown in (ADDRESS.sub("", opening(asked, asked.locale)), to_text(answer, 10_000, asked.locale)):
            assert sentence.replace("[", "") in shown.replace("[", "").replace("\\", ""), asked.name


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.name)
def test_nothing_is_said_twice_or_cut_inside(asked: Asked) -> None:
    lines = [line for line in to_text(answer_to(asked.question), 10_000).splitlines() if line]
    assert len(set(lines)) == len(lines)
    assert not [line for line in lines if line.endswith("…") and line.startswith("  *")]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.name)
def test_what_curators_noted_is_only_under_all_figures(asked: Asked) -> None:
    answer = answer_to(asked.question)
    if answer.headline is not None and isinstance(answer.blocks[0], ClaimsBlock) and answer.headline.figure.note:
        note = answer.headline.figure.note
        assert note not in to_text(answer, 10_000)
        assert note[:60] in to_text(answer, 10_000, whole=True)


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.name)
def test_the_long_form_holds_every_line(asked: Asked) -> None:
    answer = answer_to(asked.question)
    shown = card(answer)
    further = "\n".join(text for page in shown.pages[1:] or shown.pages for text in page).replace("\\", "")
    left_out = (Role.FOOTER, Role.CHOICE) if shown.has_more else (Role.FOOTER, Role.CHOICE, Role.READING)
    missing = [
        span.text
        for line in tell(answer, flags=True)
        for span in line.spans
        if line.role not in left_out and span.text.strip() not in further
    ]
    assert missing == []


@pytest.mark.parametrize("locale", languages())
def test_a_remark_of_the_dataset_is_marked_as_in_the_original(locale: str) -> None:
    words, marked = words_of(locale), 0
    for asked in ASKED:
        answer = answer_to(asked.question)
        if answer.headline is not None and isinstance(answer.blocks[0], ClaimsBlock) and answer.headline.figure.note:
            remark = words.original(answer.headline.figure.note[:40]).rstrip("“»’\u2069 ")
            assert remark in to_text(answer, 10_000, locale, whole=True)
            marked += 1
    assert marked


@pytest.mark.parametrize("language", languages())
def test_help_is_three_lines_by_situation_and_no_more(language: str) -> None:
    answer = answer_to("help")
    told = tell(answer, language)
    assert [line.role for line in told if line.role is Role.ITEM] == [Role.ITEM] * 3
    assert brief(answer, told, words_of(language)) == told, "nothing of it stands behind a button"
    assert "/help" in told[-2].text


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("said", ["hello", "thanks", "merci", "danke"])
def test_small_talk_is_answered_in_a_breath(said: str, language: str) -> None:
    answer = answer_to(said)
    told = [line.text for line in tell(answer, language) if line.role is not Role.FOOTER]
    assert told == [words_of(language).say("refusal.social")]
    assert len(told[0].split()) <= 20
