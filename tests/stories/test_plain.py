"""Where cards are refused or not wanted, the same answer comes as an ordinary message, with the same ways on."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import discord

from bot.chat.cogs import build_client
from bot.chat.demo import Stage
from bot.chat.errors import MAY_NOT_REPLY
from bot.chat.options import Parts
from bot.chat.plain_form import LIMIT
from db.desk import announcements as outbox
from db.store.engine import open_database
from tests.stories.reading import labels_of, message_of, text_of
from tests.twin.faults import Fault
from tests.twin.snapshot import put_snapshot
from tests.twin.twin import Twin, running_bot

QUESTION = "how many belgians went to syria"
MENTION = r"POST /channels/\d+/messages"
COMMAND = r"POST /interactions/"


def is_card(message: object) -> bool:
    assert isinstance(message, discord.Message)
    return message.flags.components_v2


async def test_a_member_asks_for_plain_text_and_turns_its_pages(stage: Stage) -> None:
    shown = await stage.member.slash(stage.questions, "ask", question=QUESTION, plain=True)
    first = message_of(shown).content
    assert "## 430 people from Belgium had gone to Syria" in first
    assert not is_card(stage.questions.last_message)
    await stage.member.click(message_of(shown), label="All figures")
    whole = message_of(shown).content
    assert "about 440" in whole or "Page 2" in whole
    assert len(whole) <= LIMIT
    await stage.member.click(message_of(shown), label="In short")
    assert message_of(shown).content == first
    assert not is_card(stage.questions.last_message)


async def test_plain_text_has_the_same_ways_on_as_the_card(stage: Stage) -> None:
    card = await stage.member.slash(stage.questions, "ask", question=QUESTION)
    plain = await stage.member.slash(stage.questions, "ask", question=QUESTION, plain=True)
    assert labels_of(plain) == labels_of(card)
    assert text_of(plain) == text_of(card)


async def test_an_operator_turns_cards_off_for_all(stage: Stage, parts: Parts) -> None:
    await stage.env.restart_bot(build_client(parts, dataclasses.replace(stage.options, plain_text=True)))
    await stage.member.send(stage.questions, QUESTION)
    assert not is_card(stage.questions.last_message)
    assert not is_card(message_of(await stage.member.slash(stage.questions, "figure", place="BE")).message)  # type: ignore[union-attr]
    doubt = await stage.moderator.slash(stage.questions, "ask", question="congo")
    choice = next(label for label in labels_of(doubt) if "Congo" in label)
    await stage.moderator.click(message_of(doubt), label=choice)
    assert "Congo" in message_of(doubt).content


async def test_updates_too_are_posted_without_cards_where_those_are_off(stage: Stage, parts: Parts) -> None:
    await stage.env.restart_bot(build_client(parts, dataclasses.replace(stage.options, plain_text=True)))
    await outbox.post_update(parts.database, "### News\nMore", by="1", first=1, last=1, at=parts.clock())
    assert await stage.env.bot.announcer.round() == 1  # type: ignore[attr-defined]  # the bot of this house
    (posted,) = stage.updates.history()
    assert posted.content.startswith("### News")
    assert not is_card(posted)


async def test_a_refused_card_is_sent_as_an_ordinary_message_and_a_refused_pointer_left_out(tmp_path: Path) -> None:
    twin = Twin()
    ada = twin.person("ada")
    async with twin.serving(), running_bot(twin, tmp_path) as bot:
        fault = twin.faults.plan(Fault(MENTION, "status", status=400))
        assert_plain((await ada.asks(QUESTION)).body)
        assert fault.happened == 1
        fault = twin.faults.plan(Fault(COMMAND, "status", status=400))
        assert_plain((await ada.uses("ask", question=QUESTION)).posts[0].body)
        assert fault.happened == 1
        assert '"interaction": "' in bot.log  # so that a log's lines of one asker are found
        assert twin.rest.refused == []
        # Where the bot may not point to the question, the card stands by itself.
        fault = twin.faults.plan(Fault(MENTION, "status", status=400, code=MAY_NOT_REPLY))
        body = (await ada.asks(QUESTION)).body
        assert fault.happened == 1
        assert "message_reference" not in body
        assert not body.get("content")
        assert "430 people" in str(body["components"])
        assert "Traceback" not in bot.log
        assert await bot.stop() == 0
    assert twin.rest.refused == []


def assert_plain(body: Mapping[str, object]) -> None:
    """The answer as text, with its buttons."""
    assert "430 people" in str(body["content"])
    assert body["components"]


async def test_an_update_whose_card_is_refused_is_posted_as_text(tmp_path: Path) -> None:
    twin = Twin()
    now = datetime.now(UTC)
    async with twin.serving():
        await put_snapshot(tmp_path / "inflow.db")
        async with open_database(f"sqlite:///{tmp_path / 'inflow.db'}") as database:
            await outbox.post_update(database, "### News", by="1", first=1, last=1, at=now)
        fault = twin.faults.plan(Fault(MENTION, "status", status=400))
        async with running_bot(twin, tmp_path, announcement_channel=str(twin.home.channel_id)) as bot:
            await twin.rest.wait_until(lambda: bool(twin.world.posts))
            assert fault.happened == 1
            assert [post.body["content"] for post in twin.world.posts] == ["### News"]
            assert "Traceback" not in bot.log
