"""What was answered can be opened again by its id; what could not be answered reaches the board without the asker."""

from __future__ import annotations

import re

from bot.chat.demo import Stage
from db.desk.answer_log import given_before
from db.desk.gap_board import gap_board
from tests.stories.reading import text_of


async def test_an_answer_is_kept_by_its_id_and_opened_again(stage: Stage) -> None:
    bot = stage.env.bot
    answered = await stage.member.slash(stage.questions, "figure", place="Belgium", measure="travelled")
    found = re.search(r"Answer ([a-z2-7]{8})", text_of(answered))
    assert found is not None
    await bot.answering.keep()  # type: ignore[attr-defined]

    given = await given_before(bot.parts.database, found[1])  # type: ignore[attr-defined]
    assert given is not None
    assert given.canonical == "i=lookup&p=BE&m=travelled"
    assert "Belgium" in text_of(await stage.member.slash(stage.questions, "answer", id=found[1]))


async def test_a_question_without_data_is_counted_on_the_board(stage: Stage) -> None:
    bot = stage.env.bot
    for _ in range(2):
        await stage.member.slash(stage.questions, "figure", place="Mongolia")
    await bot.answering.keep()  # type: ignore[attr-defined]

    (gap,) = await gap_board(bot.parts.database)  # type: ignore[attr-defined]
    assert (gap.kind, gap.place, gap.asked) == ("unanswered", "MN", 2)
    assert str(stage.member.id) not in gap.text
