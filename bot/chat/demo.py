"""The demo: the same bot in a local browser page, on a simulated Discord, without an account or a network."""

from __future__ import annotations

import asyncio
import dataclasses
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import discord

from bot.chat.cogs import build_client
from bot.chat.desk.announcer import Announcer
from bot.chat.options import ChatOptions, Parts
from bot.chat.warming import warm

if TYPE_CHECKING:
    from simcord import ChannelHandle, Env, GuildHandle, MemberActor, Preview, RoleHandle

LOOPBACK = frozenset({"127.0.0.1", "localhost"})
SETTLED_WITHIN = 180.0
"""Seconds that the simulation waits for the bot's answer: a busy machine is no fault of the bot's."""


EXTRA = "{python} -m pip install 'inflow[demo]' (from this folder: pip install -c constraints.txt -e '.[demo]')"
PREVIEW = ("aiohttp", "av", "linkify_it", "markdown_it", "PIL", "regex")
"""What the page needs beside the simulation."""
NOTE = (
    "-# A play with a database of its own, thrown away at the end: nothing here touches your bot's data.\n"
    "-# Ask below; no mention is needed. Mara is a member; as Noor, the moderator, you may change figures. This page "
    "has no message menus: instead of *Check this claim*, reply to a message with `is this right?`."
)


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
    """The bot in a simulated server whose role "Moderators" may change the dataset.

    It has no rhythm of its own there: after each message the simulation waits until the bot has nothing more to do.
    """
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
            announcer_seconds=0,
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


async def welcome(stage: Stage) -> None:
    """What is seen first: what this page is, and the bot's own greeting with three questions to press."""
    bot = stage.env.bot
    channel, server = bot.get_channel(stage.questions.id), bot.get_guild(stage.server.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.send(NOTE)
    bot.dispatch("guild_join", server)
    await stage.env.settle()


def check_demo(host: str) -> None:
    """Raise DemoUnavailable when the demo cannot listen there or lacks a part of its extra."""
    if host not in LOOPBACK:
        raise DemoUnavailable("The demo listens on this machine only; leave --host out.")
    _simcord()
    if any(find_spec(name) is None for name in PREVIEW):
        raise DemoUnavailable(f"The demo needs its extra: {EXTRA.format(python=sys.executable)}.")


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
    check_demo(host)
    simcord = _simcord()
    try:
        async with open_stage(parts, options) as stage:
            await welcome(stage)
            async with open_page(stage, port=port) as page, _beside(stage, parts, options):
                ready(page.url)
                await page.wait_closed()
    except simcord.SetupError as error:
        raise DemoUnavailable(f"The demo could not start: {error}") from error


@asynccontextmanager
async def _beside(stage: Stage, parts: Parts, options: ChatOptions) -> AsyncIterator[None]:
    """What the bot does unasked, outside of the simulation: it posts what is due and readies for a first question."""
    announcer = Announcer(stage.env.bot, parts, stage.options)
    announcer.start(options.announcer_seconds)
    warming = asyncio.create_task(warm(parts))
    try:
        yield
    finally:
        warming.cancel()
        await announcer.stop()


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
        raise DemoUnavailable(f"The demo needs its extra: {EXTRA.format(python=sys.executable)}.") from error
    return simcord
