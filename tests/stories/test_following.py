"""A member follows a place, is told once when its figures change, and can have all of it forgotten."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import discord
import pytest

from bot.chat.cogs import build_client
from bot.chat.demo import Stage
from bot.chat.desk.announcer import Announcer
from db.desk import announcements as outbox
from db.desk.watches import add_watch, watches_of
from db.edits.editing import make
from db.edits.requests import EditFigure, RetractFigure
from db.model.desk_tables import OUTBOX
from tests.stories.reading import message_of, text_of

BELGIUM = "be-travelled-hln_belga_2019_11_30"


def announcer_of(stage: Stage) -> Announcer:
    return stage.env.bot.announcer  # type: ignore[attr-defined, no-any-return]  # the bot of this house


async def retracts(stage: Stage, figure: str = BELGIUM) -> None:
    parts = stage.env.bot.parts  # type: ignore[attr-defined]
    await make(parts.database, RetractFigure(figure), by="1", because="The page is gone", at=parts.clock())


async def direct_messages(stage: Stage) -> list[discord.Message]:
    user = await stage.env.bot.fetch_user(stage.member.id)
    channel = user.dm_channel or await user.create_dm()
    return [message async for message in channel.history()]


async def test_a_watch_is_told_once_by_direct_message(stage: Stage) -> None:
    begun = await stage.member.slash(stage.questions, "watch", place="belgum", measure="travelled")
    assert begun.ephemeral
    assert "Watching Belgium · ever travelled" in text_of(begun)
    assert "Belgium" in text_of(await stage.member.slash(stage.questions, "watches"))
    assert await announcer_of(stage).round() == 0

    await retracts(stage)
    assert await announcer_of(stage).round() == 1
    (notice,) = await direct_messages(stage)
    assert "Belgium · ever travelled: the figures changed" in text_of(notice)
    assert "/unwatch" in text_of(notice)
    assert await announcer_of(stage).round() == 0


async def test_a_watched_region_names_the_country_that_changed(stage: Stage) -> None:
    await stage.member.slash(stage.questions, "watch", place="Western Europe")
    await announcer_of(stage).round()
    await retracts(stage)

    assert await announcer_of(stage).round() == 1
    (notice,) = await direct_messages(stage)
    assert "Western Europe: the figures changed" in text_of(notice)
    assert "Belgium" in text_of(notice)


async def test_ending_a_watch_ends_the_messages(stage: Stage) -> None:
    await stage.member.slash(stage.questions, "watch", place="Belgium")
    assert "Ended" in text_of(await stage.member.slash(stage.questions, "unwatch", place="Belgium"))
    await retracts(stage)
    assert await announcer_of(stage).round() == 0
    assert "You watch nothing" in text_of(await stage.member.slash(stage.questions, "watches"))


async def test_a_moderator_ends_the_watch_of_a_channel_that_somebody_else_began(stage: Stage) -> None:
    parts = stage.env.bot.parts  # type: ignore[attr-defined]
    channel = str(stage.questions.id)
    for place in ("BE", "FR"):
        await add_watch(
            parts.database, place=place, by="1", recipient=channel, recipient_kind="channel", at=parts.clock()
        )
    refused = await stage.member.slash(stage.questions, "unwatch", where="this channel")
    assert "Only those who may manage this channel" in text_of(refused)
    assert "Belgium" in text_of(await stage.moderator.slash(stage.questions, "watches"))
    ended = await stage.moderator.slash(stage.questions, "unwatch", place="Belgium", where="this channel")
    assert "Ended" in text_of(ended)
    assert [watch.place for watch in await watches_of(parts.database, "1")] == ["FR"]


async def test_only_who_manages_a_channel_may_have_it_told(stage: Stage) -> None:
    refused = await stage.member.slash(stage.questions, "watch", place="Belgium", where="this channel")
    assert "Only those who may manage this channel" in text_of(refused)


async def test_one_may_see_export_and_delete_what_is_kept(stage: Stage) -> None:
    assert "Nothing." in text_of(await stage.member.slash(stage.questions, "privacy"))
    await stage.member.slash(stage.questions, "watch", place="Belgium")
    assert "Watches: 1" in text_of(await stage.member.slash(stage.questions, "privacy", action="show"))
    exported = await stage.member.slash(stage.questions, "privacy", action="export")
    (file,) = message_of(exported).attachments
    assert json.loads(await file.read())["watches"][0]["place"] == "BE"
    deleted = await stage.member.slash(stage.questions, "privacy", action="delete")
    assert deleted.ephemeral
    assert "Watches: 1" in text_of(deleted)
    assert "Nothing." in text_of(await stage.member.slash(stage.questions, "privacy"))


async def test_deleting_forgets_the_last_places_and_the_last_question_too(stage: Stage) -> None:
    await stage.member.slash(stage.questions, "figure", place="TN")
    before = await stage.member.autocomplete(stage.questions, "figure", "place", "")
    assert before[0]["value"] == "TN"
    await stage.member.slash(stage.questions, "privacy", action="delete")
    after = await stage.member.autocomplete(stage.questions, "figure", "place", "")
    assert [choice["value"] for choice in after[:1]] != ["TN"]
    asked = text_of(await stage.member.slash(stage.questions, "ask", question="and by 2015?"))
    assert "Tunisia" not in asked


async def test_an_update_that_failed_is_posted_by_the_next_round(stage: Stage) -> None:
    parts, announcer = stage.env.bot.parts, announcer_of(stage)  # type: ignore[attr-defined]
    await outbox.post_update(parts.database, "### News", by="1", first=1, last=1, at=parts.clock())
    post = await outbox.claim(parts.database, at=parts.clock())
    assert post is not None
    await outbox.settle_failed(parts.database, post, problem="503", at=parts.clock() - timedelta(hours=1))
    assert await announcer.round() == 1
    channel = stage.env.bot.get_channel(stage.updates.id)
    assert isinstance(channel, discord.TextChannel)
    assert [text_of(message) async for message in channel.history()] == ["### News"]


async def test_a_channel_that_is_not_configured_keeps_the_update(stage: Stage) -> None:
    parts = stage.env.bot.parts  # type: ignore[attr-defined]
    await stage.env.restart_bot(build_client(parts, replace(stage.options, announcement_channel=None)))
    await outbox.post_update(parts.database, "### News", by="1", first=1, last=1, at=parts.clock())
    assert await announcer_of(stage).round() == 0
    async with parts.database.reading() as connection:
        states = (await connection.execute(OUTBOX.select())).all()
    assert [row.state for row in states] == ["pending"]


async def test_a_watch_of_a_channel_that_is_gone_ends_after_some_notices(stage: Stage) -> None:
    parts, announcer = stage.env.bot.parts, announcer_of(stage)  # type: ignore[attr-defined]
    await add_watch(parts.database, place="BE", by="1", recipient="4242", recipient_kind="channel", at=parts.clock())
    for number in range(outbox.DEAD_AFTER):
        assert len(await watches_of(parts.database, "1")) == 1
        request = EditFigure(BELGIUM, {"note": f"note {number}"})
        await make(parts.database, request, by="1", because="A note", at=parts.clock())
        assert await announcer.round() == 0
    assert await watches_of(parts.database, "1") == ()
    assert await announcer.round() == 0


@pytest.mark.parametrize("place", ["congo", "paris"])
async def test_a_place_in_doubt_is_asked_about(stage: Stage, place: str) -> None:
    text = text_of(await stage.member.slash(stage.questions, "watch", place=place))
    assert "Watching" not in text
    assert place in text.casefold()


async def test_a_channel_of_another_shard_is_told(stage: Stage) -> None:
    parts, announcer = stage.env.bot.parts, announcer_of(stage)  # type: ignore[attr-defined]
    channel = stage.env.bot.get_channel(stage.updates.id)
    assert isinstance(channel, discord.TextChannel)
    await outbox.post_update(parts.database, "### News", by="1", first=1, last=1, at=parts.clock())
    channel.guild._remove_channel(channel)  # as for a process that does not run this server's shard
    assert stage.env.bot.get_channel(stage.updates.id) is None
    assert await announcer.round() == 1
    assert [text_of(message) async for message in channel.history()] == ["### News"]
