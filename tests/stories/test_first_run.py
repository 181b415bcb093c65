"""The first minutes on a server: one greeting with questions to tap, a set-up check, help made from the commands."""

from __future__ import annotations

import dataclasses

import discord
import pytest
from simcord import ChannelHandle, GuildHandle, MemberActor

from bot.chat.cogs import build_client
from bot.chat.cogs.guide import UNSEEN
from bot.chat.demo import Stage
from bot.chat.options import Parts
from tests.stories.reading import labels_of, message_of, text_of

READ_ONLY = discord.PermissionOverwrite(send_messages=False)


def bot_of(server: GuildHandle) -> discord.Member:
    assert server.me is not None
    return server.me


async def joins(stage: Stage) -> None:
    guild = stage.env.bot.get_guild(stage.server.id)
    assert guild is not None
    stage.env.bot.dispatch("guild_join", guild)
    await stage.env.settle()


async def restart(stage: Stage, parts: Parts, channel: ChannelHandle | None) -> None:
    number = channel.id if channel else None
    options = dataclasses.replace(stage.options, announcement_channel=number)
    await stage.env.restart_bot(build_client(parts, options))


async def test_a_new_server_is_greeted_once_with_three_questions_that_work(stage: Stage) -> None:
    await joins(stage)
    (greeting,) = [message for channel in (stage.questions, stage.updates) for message in channel.history()]
    assert "Hello, I am Inflow" in text_of(greeting)
    questions = labels_of(greeting)
    assert len(questions) == 3
    for question in questions:
        assert "Answer " in text_of(await stage.moderator.click(greeting, label=question))


async def test_the_greeting_goes_where_the_bot_may_write_and_nowhere_else(stage: Stage) -> None:
    quiet = stage.env.create_guild("Quiet")
    quiet.create_text_channel("rules", overwrites={bot_of(quiet): READ_ONLY})
    guild = stage.env.bot.get_guild(quiet.id)
    stage.env.bot.dispatch("guild_join", guild)
    await stage.env.settle()
    assert quiet.channels["rules"].history() == []
    talk = quiet.create_text_channel("talk")
    stage.env.bot.dispatch("guild_join", guild)
    await stage.env.settle()
    assert "Hello" in text_of(talk.history()[-1])


async def test_a_member_sees_whether_the_bot_works_here_and_no_more(stage: Stage) -> None:
    shown = await stage.member.slash(stage.questions, "setup")
    assert shown.ephemeral
    assert "✅ I may read, answer and attach files in this channel." in text_of(shown)
    assert "Home server" not in text_of(shown)
    assert labels_of(shown) == []


async def test_a_right_that_is_missing_is_named(stage: Stage) -> None:
    denied = discord.PermissionOverwrite(attach_files=False, embed_links=False)
    channel = stage.server.create_text_channel("narrow", overwrites={bot_of(stage.server): denied})
    shown = text_of(await stage.member.slash(channel, "setup"))
    assert "⚠️ I lack rights in this channel: Embed Links, Attach Files" in shown


async def test_a_right_that_only_threads_need_is_named_as_such(stage: Stage) -> None:
    denied = discord.PermissionOverwrite(create_public_threads=False)
    channel = stage.server.create_text_channel("narrow", overwrites={bot_of(stage.server): denied})
    shown = text_of(await stage.member.slash(channel, "setup"))
    assert "✅ I may read, answer and attach files" in shown
    assert "Long answers cannot go on in threads: I lack Create Public Threads." in shown


async def test_a_moderator_sees_what_is_configured_and_tests_the_channel(stage: Stage) -> None:
    shown = await stage.moderator.slash(stage.questions, "setup")
    text = text_of(shown)
    assert "Home server: Research room" in text
    assert "Moderators: @Moderators" in text
    assert f"I may read, answer and attach files in <#{stage.updates.id}>" in text
    told = await stage.moderator.click(message_of(shown), label="Test the channel for updates")
    assert f"The test is posted in <#{stage.updates.id}>" in text_of(told)
    assert [text_of(message) for message in stage.updates.history()] == [
        "-# This is a test: updates of the dataset will be posted here."
    ]


async def test_a_channel_that_the_bot_may_not_write_to_is_reported_kindly(stage: Stage, parts: Parts) -> None:
    closed = stage.server.create_text_channel("closed", overwrites={bot_of(stage.server): READ_ONLY})
    await restart(stage, parts, closed)
    shown = await stage.moderator.slash(stage.questions, "setup")
    assert f"I lack rights in <#{closed.id}>: Send Messages" in text_of(shown)
    told = await stage.moderator.click(message_of(shown), label="Test the channel for updates")
    assert "Send Messages" in text_of(told)
    assert "Nothing was posted." in text_of(told)
    assert closed.history() == []


async def test_a_channel_that_is_gone_is_reported_kindly(stage: Stage, parts: Parts) -> None:
    hidden = stage.server.create_text_channel("hidden")
    await restart(stage, parts, hidden)
    shown = await stage.moderator.slash(stage.questions, "setup")
    guild = stage.env.bot.get_guild(stage.server.id)
    assert guild is not None
    channel = guild.get_channel(hidden.id)
    assert channel is not None
    await channel.delete()
    await stage.env.settle()
    told = await stage.moderator.click(message_of(shown), label="Test the channel for updates")
    assert text_of(told) == UNSEEN


async def test_without_a_channel_there_is_nothing_to_test(stage: Stage, parts: Parts) -> None:
    await restart(stage, parts, None)
    shown = await stage.moderator.slash(stage.questions, "setup")
    assert "No channel for updates: none are posted." in text_of(shown)
    assert "INFLOW_ANNOUNCEMENT_CHANNEL" in text_of(shown)
    assert labels_of(shown) == []


async def test_help_lists_what_somebody_may_use_and_explains_one(stage: Stage) -> None:
    listed = await stage.member.slash(stage.questions, "help")
    assert listed.ephemeral
    assert "`/ask`" in text_of(listed)
    assert "Message menu → Apps → Check this claim" in text_of(listed)
    one = text_of(await stage.member.slash(stage.questions, "help", command="/figure"))
    assert "### /figure" in one
    assert "Example: `/figure place: Belgium" in one
    unknown = await stage.member.slash(stage.questions, "help", command="fly")
    assert "no command “fly”" in text_of(unknown)


async def test_an_example_of_each_listed_command_is_a_tap_away(stage: Stage) -> None:
    page = await stage.member.slash(stage.questions, "help")
    listed = text_of(page)
    await stage.member.select(message_of(page), values=["compare"])
    assert "Example: `/compare first: France" in text_of(page)
    await stage.member.click(message_of(page), label="Back")
    assert text_of(page) == listed


@pytest.mark.parametrize(("typed", "first"), [("", "/ask"), ("comp", "/compare"), ("/set", "/setup")])
async def test_commands_are_completed(stage: Stage, typed: str, first: str) -> None:
    choices = await stage.member.autocomplete(stage.questions, "help", "command", typed)
    assert choices[0]["name"] == first
    assert len(choices) <= 25


async def whole_help(who: MemberActor, stage: Stage) -> str:
    """Every page of the help."""
    page = await who.slash(stage.questions, "help")
    text = text_of(page)
    while "Next" in labels_of(page):
        await who.click(message_of(page), label="Next")
        text += text_of(page)
    return text


async def test_the_help_turns_its_pages_without_cards_too(stage: Stage, parts: Parts) -> None:
    options = dataclasses.replace(stage.options, plain_text=True)
    await stage.env.restart_bot(build_client(parts, options))
    text = await whole_help(stage.moderator, stage)
    assert "`/ask`" in text
    assert "Moderators:" in text


async def test_moderators_find_their_commands_in_the_help(stage: Stage) -> None:
    assert "Moderators:" in await whole_help(stage.moderator, stage)
    assert "Moderators:" not in await whole_help(stage.member, stage)
