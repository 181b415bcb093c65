"""Every moderators' command and control, sent by everybody who is none: refused by the handler, in private, logged."""

from __future__ import annotations

import logging
from dataclasses import replace

import discord
import pytest
from simcord import InteractionResult, MemberActor

from bot.chat.client import InflowBot
from bot.chat.cogs import build_client
from bot.chat.demo import Stage
from bot.chat.options import Parts
from bot.chat.permissions import Standing, refusal_words
from bot.chat.pressed import component_id
from tests.stories.forging import Person, picks, sends
from tests.stories.reading import message_of, text_of

REFUSALS = {refusal_words(verdict) for verdict in Standing if verdict is not Standing.MODERATOR}
EXPECTED = {
    "member": Standing.NO_ROLE,
    "moderator": Standing.MODERATOR,
    "administrator without the role": Standing.NO_ROLE,
    "moderator in another server": Standing.ELSEWHERE,
    "moderator in a direct message": Standing.ELSEWHERE,
    "moderator who brought the bot along": Standing.ELSEWHERE,
}


def people(stage: Stage) -> dict[str, Person]:
    """Six people, as far from being moderators as one can be, and one moderator."""
    home, env = stage.server.id, stage.env
    boss = env.create_user("boss")
    all_rights = stage.server.create_role("Boss", permissions=discord.Permissions.all())
    stage.server.add_member(boss, roles=[all_rights])
    elsewhere = env.create_guild("Elsewhere")
    room = elsewhere.create_text_channel("room")
    noor = stage.moderator.user
    elsewhere.add_member(noor, roles=[elsewhere.create_role("Moderators")])
    return {
        "member": Person(stage.member, stage.questions, home),
        "moderator": Person(stage.moderator, stage.questions, home),
        "administrator without the role": Person(MemberActor(env, stage.server, boss), stage.questions, home),
        "moderator in another server": Person(MemberActor(env, elsewhere, noor), room, elsewhere.id),
        "moderator in a direct message": Person(noor, noor.dm_channel, None),
        "moderator who brought the bot along": Person(stage.moderator, stage.questions, home, user_install=True),
    }


def bot_of(stage: Stage) -> InflowBot:
    """The bot on the stage."""
    bot = stage.env.bot
    assert isinstance(bot, InflowBot)
    return bot


async def told(stage: Stage, person: Person, name: str) -> InteractionResult:
    """What somebody is told who runs a command, or picks it from the menu of a message."""
    bot = bot_of(stage)
    if bot.tree.get_command(name, guild=bot.home) is not None:
        return await sends(stage.env, person, name)
    posted = await stage.member.send(stage.questions, "https://example.org/report")
    return await picks(stage.env, person, name, posted)


@pytest.mark.parametrize("who", EXPECTED)
async def test_each_command_looks_at_who_runs_it(
    stage: Stage, parts: Parts, who: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.chat.client")
    bot, person = bot_of(stage), people(stage)[who]
    kinds = (discord.AppCommandType.chat_input, discord.AppCommandType.message)
    names = [command.name for kind in kinds for command in bot.tree.get_commands(guild=bot.home, type=kind)]
    assert {"figure-add", "import", "approve", "Add as source"} <= set(names)
    for name in names:
        caplog.clear()
        shown = await told(stage, person, name)
        if EXPECTED[who] is Standing.MODERATOR:
            assert shown.modal is not None or text_of(shown) not in REFUSALS, name
            continue
        assert shown.modal is None, name
        assert shown.ephemeral, name
        assert text_of(shown) == refusal_words(EXPECTED[who]), name
        assert [record.getMessage() for record in caplog.records] == [f"refused {name}: {EXPECTED[who]}"]
    assert await parts.dataset.revision() == 1


async def test_without_roles_in_the_settings_nobody_may_edit(stage: Stage, parts: Parts) -> None:
    await stage.env.restart_bot(build_client(parts, replace(stage.options, moderator_roles=frozenset())))
    for person in people(stage).values():
        shown = await told(stage, person, "figure-add")
        assert text_of(shown) == refusal_words(Standing.NOT_CONFIGURED)


DESK = (
    "write",
    "drop",
    "fix",
    "undopress",
    "review",
    "rejpress",
    "hispage",
    "annpress",
    "gaptake",
    "gapdone",
    "gapdrop",
)


@pytest.mark.parametrize("verb", DESK)
async def test_a_control_of_the_desk_is_refused_to_a_member_who_forges_it(
    stage: Stage, parts: Parts, verb: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.chat.client")
    shown = await stage.member.slash(stage.questions, "figure", place="BE")
    message = message_of(shown)
    forged = component_id(verb, "1", owner=stage.member.id)
    for row in stage.env.backend.get_message(stage.questions.id, message.id).components:
        for part in row.get("components", []):
            if part.get("type") == 2 and part.get("label") == "Sources":
                part["custom_id"] = forged
    refused = await stage.member.click(message, custom_id=forged)
    assert refused.ephemeral
    assert text_of(refused) == refusal_words(Standing.NO_ROLE)
    assert f"refused {verb}: no_role" in caplog.text


async def test_every_control_of_the_desk_is_for_moderators(stage: Stage) -> None:
    routes = bot_of(stage).routes
    for verb in (*DESK, "deskform", "undoform", "rejform", "annform", "gapform"):
        route = routes.find(verb)
        assert route is not None, verb
        assert route.moderators, verb


async def test_a_forged_control_does_not_confirm_what_another_moderator_previewed(stage: Stage, parts: Parts) -> None:
    user = stage.env.create_user("sam")
    stage.server.add_member(user, roles=[stage.moderators])
    other = MemberActor(stage.env, stage.server, user)
    shown = await stage.moderator.slash(
        stage.questions, "figure-retract", figure="be-travelled-tsg_2015", because="Counted twice"
    )
    key = bot_of(stage).desk.drafts.keep(stage.moderator.id, "a draft of somebody else")
    listed = await other.slash(stage.questions, "history")
    message = message_of(listed)
    assert shown.ephemeral
    stored = stage.env.backend.get_message(stage.questions.id, message.id)
    forged = component_id("write", key, owner=other.id)
    stored.components.append({"type": 1, "components": [{"type": 2, "style": 2, "label": "x", "custom_id": forged}]})
    told = await other.click(message, custom_id=forged)
    assert "no longer held" in text_of(told)
    assert await parts.dataset.revision() == 1


async def test_a_moderator_who_lost_the_role_cannot_confirm(stage: Stage, parts: Parts) -> None:
    shown = await stage.moderator.slash(
        stage.questions, "figure-retract", figure="be-travelled-tsg_2015", because="Counted twice"
    )
    await stage.env.restart_bot(build_client(parts, replace(stage.options, moderator_roles=frozenset({1}))))
    refused = await stage.moderator.click(message_of(shown), label="Write it")
    assert text_of(refused) == refusal_words(Standing.NO_ROLE)
    assert await parts.dataset.revision() == 1
