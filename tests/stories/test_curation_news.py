"""A moderator announces what changed: shown first, posted once, with old and new and why."""

from __future__ import annotations

from dataclasses import replace

import discord

from bot.chat.cogs import build_client
from bot.chat.demo import Stage
from bot.chat.options import Parts
from bot.chat.views import TEXT_LIMIT
from tests.stories.desk import confirms, fills
from tests.stories.reading import message_of, text_of

BELGIUM = "be-travelled-hln_belga_2019_11_30"


async def corrects(stage: Stage, value: str = "431") -> None:
    """A moderator corrects the Belgian figure."""
    opened = await stage.moderator.slash(stage.questions, "figure-edit", figure=BELGIUM, cause="typo")
    shown = await fills(stage.moderator, opened, value=value, because="The page says so @everyone")
    await confirms(stage.moderator, shown)


async def posts(stage: Stage) -> list[discord.Message]:
    """What stands in the channel for updates."""
    channel = stage.env.bot.get_channel(stage.updates.id)
    assert isinstance(channel, discord.TextChannel)
    return [message async for message in channel.history()]


async def test_an_update_is_shown_then_posted_once_with_the_changed_figures(stage: Stage) -> None:
    await corrects(stage)
    shown = await stage.moderator.slash(stage.questions, "announce", text="A correction for *Belgium*")
    text = text_of(shown)
    assert shown.ephemeral
    assert "→ 431" in text
    assert f"<#{stage.updates.id}>" in text
    assert await posts(stage) == []
    assert "Posted" in await confirms(stage.moderator, shown, "Post it")
    (posted,) = await posts(stage)
    told = text_of(posted)
    assert "A correction for \\*Belgium\\*" in told
    assert "→ 431" in told
    assert "Data revision 1 → 2" in told
    assert "Nothing is posted yet" not in told
    assert not posted.mention_everyone


async def test_the_receipt_of_a_change_leads_to_its_announcement(stage: Stage) -> None:
    opened = await stage.moderator.slash(stage.questions, "figure-edit", figure=BELGIUM, cause="typo")
    shown = await fills(stage.moderator, opened, value="431", because="The page says so")
    await confirms(stage.moderator, shown)
    asked = await stage.moderator.click(message_of(shown), label="Announce it")
    preview = await fills(stage.moderator, asked, text="Corrected")
    await confirms(stage.moderator, preview, "Post it")
    assert len(await posts(stage)) == 1


async def test_an_update_since_a_revision_tells_the_difference_and_fits_one_card(stage: Stage) -> None:
    await corrects(stage, "431")
    await corrects(stage, "432")
    shown = await stage.moderator.slash(stage.questions, "announce", text="x" * 1500, since="r0")
    assert "more" in text_of(shown)
    assert len(text_of(shown)) <= TEXT_LIMIT + 100
    since = await stage.moderator.slash(stage.questions, "announce", text="Both", since="r1")
    assert "→ 432" in text_of(since)
    assert "→ 431" not in text_of(since)


async def test_without_a_channel_nothing_is_posted_and_that_is_told(stage: Stage, parts: Parts) -> None:
    await corrects(stage)
    for channel, told in ((None, "no channel for updates"), (1, "cannot see the channel")):
        await stage.env.restart_bot(build_client(parts, replace(stage.options, announcement_channel=channel)))
        refused = await stage.moderator.slash(stage.questions, "announce", text="x")
        assert refused.ephemeral
        assert told in text_of(refused)


async def test_a_start_that_means_nothing_is_told(stage: Stage) -> None:
    refused = await stage.moderator.slash(stage.questions, "announce", text="x", since="soon")
    assert "YYYY-MM-DD" in text_of(refused)
