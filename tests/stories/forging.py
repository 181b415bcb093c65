"""Interactions as a changed client could send them: past the menus that hide what somebody may not use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import discord
from simcord import ChannelHandle, Env, InteractionResult, MemberActor, UserHandle
from simcord.backend import serializers
from simcord.interactions import base_payload

from bot.chat.client import InflowBot

SAMPLE: dict[int, Any] = {3: "x", 4: 1, 5: True, 10: 1.0}
"""A value for an option, by Discord's number of its type."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who presses, and where."""

    user: MemberActor | UserHandle
    channel: ChannelHandle
    server: int | None
    user_install: bool = False


def options_of(bot: InflowBot, name: str, given: dict[str, Any]) -> list[dict[str, Any]]:
    """The options of a command on the wire: those given, and samples for what else is needed."""
    command = bot.tree.get_command(name, guild=bot.home) or bot.tree.get_command(name)
    assert command is not None, name
    declared = command.to_dict(bot.tree)["options"]
    return [
        {"name": option["name"], "type": option["type"], "value": given.get(option["name"], SAMPLE.get(option["type"]))}
        for option in declared
        if option["name"] in given or (option.get("required") and option["type"] in SAMPLE)
    ]


async def sends(env: Env, person: Person, name: str, **given: Any) -> InteractionResult:
    """Run a command as if it were offered."""
    bot = env.bot
    assert isinstance(bot, InflowBot)
    data: dict[str, Any] = {
        "id": "1",
        "name": name,
        "type": 1,
        "guild_id": str(bot.home.id),
        "options": options_of(bot, name, given),
    }
    return await _dispatched(env, person, data)


async def picks(env: Env, person: Person, name: str, message: discord.Message) -> InteractionResult:
    """Choose an entry of the menu of a message, one of the home server's, as if it were offered."""
    bot = env.bot
    assert isinstance(bot, InflowBot)
    stored = env.backend.get_message(message.channel.id, message.id)
    data: dict[str, Any] = {
        "id": "1",
        "name": name,
        "type": 3,
        "guild_id": str(bot.home.id),
        "target_id": str(message.id),
        "resolved": {"messages": {str(message.id): dict(serializers.message_payload(env.backend, stored))}},
    }
    return await _dispatched(env, person, data)


async def _dispatched(env: Env, person: Person, data: dict[str, Any]) -> InteractionResult:
    record, payload = base_payload(
        env.backend,
        type=2,
        channel_id=person.channel.id,
        guild_id=person.server,
        user_id=person.user.id,
        data=data,
    )
    if person.user_install:
        payload["authorizing_integration_owners"] = {"1": str(person.user.id)}
    env.backend.emit("INTERACTION_CREATE", payload)
    await env.settle()
    return InteractionResult(env, record)
