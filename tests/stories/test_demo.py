"""The demo opens with what it is and three questions to press, and has nothing to do with the operator's data."""

from __future__ import annotations

import asyncio
import sys
from importlib.util import find_spec

import pytest

from bot.chat.demo import PREVIEW, SETTLED_WITHIN, DemoUnavailable, Stage, check_demo, run_demo, welcome
from bot.chat.options import ChatOptions, Parts
from db.desk import announcements as outbox
from db.desk.due import is_anything_due
from tests.patience import PATIENCE
from tests.stories.reading import labels_of, text_of


async def test_it_opens_with_what_it_is_and_three_questions(stage: Stage) -> None:
    await welcome(stage)
    note, greeting = stage.questions.history()
    assert "a database of its own" in note.content
    assert "no message menus" in note.content
    assert len(labels_of(greeting)) == 3
    for question in labels_of(greeting):
        assert "Answer " in text_of(await stage.member.click(greeting, label=question))


async def test_what_its_note_offers_for_the_menu_works(stage: Stage) -> None:
    claim = await stage.moderator.send(stage.questions, "6,000 Tunisians had gone to Syria or Iraq by 2015.")
    checked = await stage.member.send(stage.questions, "is this right?", reply_to=claim)
    assert "6,000" in text_of(stage.questions.history()[-1])
    assert checked.id != claim.id


@pytest.mark.skipif(any(find_spec(name) is None for name in PREVIEW), reason="the extra [demo] is not installed")
async def test_it_is_served_at_once_and_posts_what_is_due_by_the_options_of_a_real_bot(parts: Parts) -> None:
    told: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    demo = asyncio.create_task(run_demo(parts, ChatOptions(), "127.0.0.1", 0, ready=told.set_result))
    try:
        async with asyncio.timeout(SETTLED_WITHIN / 2):  # a rhythm inside of the simulation is waited for until then
            assert (await told).startswith("http://127.0.0.1:")
        await outbox.post_update(parts.database, "Belgium is new.", by="1", first=1, last=1, at=parts.clock())
        async with asyncio.timeout(PATIENCE):
            while await is_anything_due(parts.database, at=parts.clock()):  # noqa: ASYNC110 - nobody tells of a post
                await asyncio.sleep(0.1)
    finally:
        demo.cancel()
        await asyncio.gather(demo, return_exceptions=True)


def test_a_missing_part_names_the_command_of_the_readme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "path_importer_cache", {})
    for name in PREVIEW:
        monkeypatch.delitem(sys.modules, name, raising=False)
    with pytest.raises(DemoUnavailable) as told:
        check_demo("127.0.0.1")
    assert "pip install -c constraints.txt -e '.[demo]'" in str(told.value)
    assert "simcord" not in str(told.value)
