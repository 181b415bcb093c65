"""A member goes on from an answer: the other reading, what may be asked next, why this number, and what they type."""

from __future__ import annotations

import discord

from bot.chat.demo import Stage
from tests.stories.reading import labels_of, text_of

QUESTION = "How many Belgians left for Syria in 2016?"


def last(stage: Stage) -> discord.Message:
    message = stage.questions.last_message
    assert message is not None
    return message


async def asked(stage: Stage) -> discord.Message:
    await stage.member.send(stage.questions, QUESTION)
    return last(stage)


async def test_the_other_reading_takes_the_place_of_the_first_and_leads_back(stage: Stage) -> None:
    answer = await asked(stage)
    await stage.member.click(answer, label="In total?")
    settled = last(stage)
    assert settled.id == answer.id
    assert "More than 450 people from Belgium had gone" in text_of(settled)
    await stage.member.click(settled, label="Only in 2016?")
    assert "## 4 people" in text_of(last(stage))


async def test_what_was_carried_from_before_is_let_go_of_with_one_press(stage: Stage) -> None:
    await stage.member.send(stage.questions, "women from Belgium")
    await stage.member.send(stage.questions, "and in 2015?")
    answer = last(stage)
    label = next(label for label in labels_of(answer) if label.startswith("Let go of"))
    assert "Belgium" in label
    await stage.member.click(answer, label=label)
    assert last(stage).id == answer.id
    assert "Belgium" not in text_of(last(stage)).split("\n")[0]
    assert not [label for label in labels_of(last(stage)) if label.startswith("Let go of")]
    await stage.member.send(stage.questions, "and from Germany?")
    assert "2015" in text_of(last(stage))


async def test_what_follows_is_an_answer_of_its_own_for_whoever_asks(stage: Stage) -> None:
    answer = await asked(stage)
    shown = await stage.moderator.click(answer, label="vs France")
    assert "Belgium 4" in text_of(shown)
    assert "## 4 people" in text_of(answer)


async def test_why_this_number_is_told_to_the_asker_alone(stage: Stage) -> None:
    answer = await asked(stage)
    await stage.member.click(answer, label="⋯")
    shown = await stage.member.click(last(stage), label="Why this number")
    assert shown.ephemeral
    assert "counts another stretch of time" in text_of(shown)


async def test_questions_are_completed_with_those_that_have_an_answer_and_ones_own(stage: Stage) -> None:
    typed = await stage.member.autocomplete(stage.questions, "ask", "question", "how many belg")
    assert typed[0]["value"] == "How many people from Belgium have ever gone?"
    shown = await stage.member.slash(stage.questions, "ask", question=typed[0]["value"])
    assert "from Belgium had gone" in text_of(shown)
    own = await stage.member.autocomplete(stage.questions, "ask", "question", "")
    assert own[0]["value"] == typed[0]["value"]
    others = await stage.moderator.autocomplete(stage.questions, "ask", "question", "")
    assert typed[0]["value"] not in [choice["value"] for choice in others]
    await stage.member.slash(stage.questions, "privacy", action="delete")
    after = await stage.member.autocomplete(stage.questions, "ask", "question", "")
    assert after[0]["value"] != typed[0]["value"]
