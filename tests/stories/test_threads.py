"""A long answer goes on in a thread, where one may be opened; where not, somebody is told why and loses nothing."""

from __future__ import annotations

from typing import Any

import discord
from simcord import InteractionResult

from bot.chat.demo import Stage
from bot.chat.errors import say_in
from tests.stories.reading import further, labels_of, message_of, text_of


async def long_answer(stage: Stage, **options: object) -> InteractionResult:
    shown = await stage.member.slash(stage.questions, "ask", question="how many belgians went to syria", **options)
    assert "⋯" in labels_of(shown)
    return shown


async def test_every_page_stands_in_the_thread(stage: Stage) -> None:
    shown = await long_answer(stage)
    told = await stage.member.click(await further(stage.member, shown), label="Thread")
    assert told.ephemeral
    (thread,) = stage.questions.threads
    assert f"<#{thread.id}>" in text_of(told)
    assert str(thread.name).startswith("Belgium · ever travelled")
    posted = [text_of(message) for message in thread.history()]
    assert "## 430 people from Belgium had gone to Syria" in posted[0]
    assert "Read second-hand" in posted[-1]
    assert all(message.author.bot and not message.mentions for message in thread.history())


async def test_a_second_press_leads_to_the_thread_that_there_is(stage: Stage) -> None:
    shown = await long_answer(stage)
    await stage.member.click(await further(stage.member, shown), label="Thread")
    again = await stage.member.click(message_of(shown), label="Thread")
    assert f"has its thread already: <#{message_of(shown).id}>" in text_of(again)
    assert len(stage.questions.threads) == 1


async def test_somebody_elses_answer_stays_where_it_is(stage: Stage) -> None:
    shown = await long_answer(stage)
    refused = await stage.moderator.click(await further(stage.moderator, shown), label="Thread")
    assert "belongs to whoever asked" in text_of(refused)
    assert not stage.questions.threads


async def pressed_where(stage: Stage, **overwrites: Any) -> str:
    """Press the button in a channel with rights of its own; what is told."""
    channel = stage.server.create_text_channel("elsewhere", **overwrites)
    shown = await stage.member.slash(channel, "ask", question="how many belgians went to syria")
    told = text_of(await stage.member.click(await further(stage.member, shown), label="Thread"))
    assert not channel.threads
    return told


async def test_where_the_bot_may_open_no_thread_it_says_which_right_is_missing(stage: Stage) -> None:
    denied = discord.PermissionOverwrite(create_public_threads=False)
    told = await pressed_where(stage, overwrites={stage.server.me: denied})
    assert "I lack Create Public Threads" in told


async def test_where_the_member_may_open_no_thread_it_says_so(stage: Stage) -> None:
    denied = discord.PermissionOverwrite(create_public_threads=False)
    told = await pressed_where(stage, overwrites={stage.member: denied})
    assert "You may not open threads" in told


async def test_an_answer_to_one_alone_carries_no_thread(stage: Stage) -> None:
    shown = await long_answer(stage, private=True)
    assert text_of(await stage.member.click(await further(stage.member, shown), label="Thread")) == say_in(
        "en", "kind.thread_private"
    )


async def test_in_a_direct_message_there_are_no_threads(stage: Stage) -> None:
    await stage.member.send_dm("how many belgians went to syria")
    answer = stage.member.user.dm_channel.history()[-1]
    assert isinstance(answer, discord.Message)
    told = await stage.member.user.click(await further(stage.member.user, answer), label="Thread")
    assert text_of(told) == say_in("en", "kind.thread_nowhere", all="All figures", next="Next")
