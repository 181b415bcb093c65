"""The demo: the same bot in a local browser page, on a simulated Discord, without an account or a network."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord

from bot.chat.cogs import build_client
from bot.chat.options import ChatOptions, Parts

if TYPE_CHECKING:
    from simcord import ChannelHandle, Env, GuildHandle, MemberActor, Preview, RoleHandle

LOOPBACK = frozenset({"127.0.0.1", "localhost"})
SETTLED_WITHIN = 180.0
"""Seconds that the simulation waits for the bot's answer: a busy machine is no fault of the bot's."""


class DemoUnavailable(Exception):
    """The demo cannot run here; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A small server with the bot in it, and the people who try it."""

    env: Env
    server: GuildHandle
    questions: ChannelHandle
    updates: ChannelHandle
    moderators: RoleHandle
    member: MemberActor
    moderator: MemberActor
    options: ChatOptions


@asynccontextmanager
async def open_stage(parts: Parts, options: ChatOptions) -> AsyncIterator[Stage]:
    """The bot in a simulated server whose role "Moderators" may change the dataset."""
    simcord = _simcord()
    # Roles get their ids from the server, which exists only once a client runs: a silent one opens the stage.
    opener = discord.AutoShardedClient(intents=discord.Intents(guilds=True), shard_count=1)
    env = simcord.Env(opener, settle_timeout=SETTLED_WITHIN)
    await env.start()
    try:
        if opener.user is not None:
            await opener.user.edit(username="Inflow")
        server = env.create_guild("Research room")
        questions = server.create_text_channel("questions")
        updates = server.create_text_channel("updates")
        moderators = server.create_role("Moderators")
        speaker = _speaker(f"<@{env.backend.bot_user.id}>")
        mara, noor = (
            env.create_user("mara", global_name="Mara"),
            env.create_user("noor", global_name="Noor (moderator)"),
        )
        server.add_member(mara)
        server.add_member(noor, roles=[moderators])
        member, moderator = speaker(env, server, mara), speaker(env, server, noor)
        chosen = dataclasses.replace(
            options,
            home_server=server.id,
            moderator_roles=frozenset({moderators.id}),
            announcement_channel=updates.id,
            shard_ids=None,
            shard_count=1,
        )
        await env.restart_bot(build_client(parts, chosen))
        yield Stage(env, server, questions, updates, moderators, member, moderator, chosen)
    finally:
        await env.shutdown()


@asynccontextmanager
async def open_page(stage: Stage, *, port: int, width: int = 960, height: int = 900) -> AsyncIterator[Preview]:
    """The stage as a page on loopback; its address holds the key to the session."""
    async with stage.env.preview(
        stage.questions,
        viewers=[stage.member, stage.moderator],
        layout="channel",
        width=width,
        height=height,
        port=port,
    ) as page:
        yield page


async def run_demo(
    parts: Parts,
    options: ChatOptions,
    host: str,
    port: int,
    *,
    ready: Callable[[str], Any] = print,
) -> None:
    """Serve the demo until its page ends the session; tell the address through ``ready``.

    Raises DemoUnavailable when the extra is not installed, the address is not loopback or the port is taken.
    """
    if host not in LOOPBACK:
        raise DemoUnavailable("The demo listens on this machine only; leave --host out.")
    simcord = _simcord()
    try:
        async with open_stage(parts, options) as stage, open_page(stage, port=port) as page:
            ready(page.url)
            await page.wait_closed()
    except simcord.SetupError as error:
        raise DemoUnavailable(f"The demo could not start: {error}") from error


def _speaker(mention: str) -> type[MemberActor]:
    """People who need not type the mention: the page has no picker for it, and without one no bot hears them."""
    from simcord import MemberActor

    class Speaker(MemberActor):
        async def send(self, channel: ChannelHandle, content: str = "", **options: Any) -> discord.Message:
            said = content.removeprefix("@Inflow").lstrip()
            return await super().send(channel, said if mention in said else f"{mention} {said}", **options)

    return Speaker


def _simcord() -> Any:
    try:
        import simcord
    except ImportError as error:
        raise DemoUnavailable(
            f"The demo needs its extra: {sys.executable} -m pip install 'inflow[demo]' (from this folder: "
            "pip install -e '.[demo]')."
        ) from error
    return simcord
