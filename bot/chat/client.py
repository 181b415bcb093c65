"""The Discord client: what it listens to, who may press what, and that nothing ever fails in silence."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from typing import cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat import errors, replies
from bot.chat.cards.answering import Answering
from bot.chat.desk.announcer import Announcer
from bot.chat.desk.changes import WRITING, Desk
from bot.chat.desk.finding import Finder
from bot.chat.limits import Limits, pause_words
from bot.chat.options import ChatOptions, Parts
from bot.chat.permissions import Standing, refusal_words, standing_of
from bot.chat.pressed import MENU, PRESSES, ForgedId, Pressed, Route, Routes, data_of, fields_of, read_id
from bot.chat.translator import CommandNames
from db.model.errors import DatasetError

log = logging.getLogger(__name__)

KEEP_SECONDS = 3.0
"""How often the answers that were given are written down."""


def needed_intents() -> discord.Intents:
    """No privileged intent: mentions, direct messages and interactions carry their content without one."""
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


def named_in_logs(interaction: discord.Interaction) -> None:
    """Let each line that is logged while this interaction is handled carry its id."""
    from structlog.contextvars import bind_contextvars  # which configuring the logs has loaded

    bind_contextvars(interaction=str(interaction.id))


class InflowTree(app_commands.CommandTree["InflowBot"]):
    """Commands pass one gate (allowance, moderators) and end in words, never in a traceback."""

    async def interaction_check(self, interaction: discord.Interaction[InflowBot], /) -> bool:
        """Whether a command may run; says why not."""
        if interaction.type is discord.InteractionType.autocomplete:
            return interaction.client.limits.take(interaction.user.id, interaction.guild_id, free=True).allowed
        named_in_logs(interaction)
        command = interaction.command
        extras = command.extras if command is not None else {}
        name = command.qualified_name if command is not None else "?"
        return await interaction.client.admit(
            interaction, name, moderators=bool(extras.get("moderators")), free=bool(extras.get("free"))
        )

    async def on_error(
        self, interaction: discord.Interaction[InflowBot], error: app_commands.AppCommandError, /
    ) -> None:
        """Answer a failed command once."""
        name = interaction.command.qualified_name if interaction.command else "an unknown command"
        await interaction.client.explain(interaction, errors.cause_of(error), f"running /{name}")


class InflowBot(commands.AutoShardedBot):
    """The bot: parts and options in, conversation out."""

    def __init__(self, parts: Parts, options: ChatOptions, load: Callable[[InflowBot], Awaitable[None]]) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=InflowTree,
            intents=needed_intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            shard_ids=cast("list[int]", options.shard_ids and list(options.shard_ids)),
            shard_count=options.shard_count,
        )
        self._load = load
        self.parts = parts
        self.options = options
        self.limits = Limits(options.questions_per_minute, options.server_questions_per_minute)
        self.answering = Answering(parts)
        self.routes = Routes()
        self.finder = Finder(parts.dataset)
        self.announcer = Announcer(self, parts, options)
        self.desk = Desk(parts, options, self.announcer)
        self.is_stopping = False
        """Whether nothing new is begun any more: what is under way is finished."""
        self._keeping: asyncio.Task[None] | None = None
        self._warming: asyncio.Task[None] | None = None
        self.home = discord.Object(options.home_server or 0)
        """Where the moderators' commands are; 0, which no server has, keeps them from everybody."""

    async def setup_hook(self) -> None:
        """Load the cogs and tell Discord of the commands, once for each start."""
        await self.tree.set_translator(CommandNames())
        await self._load(self)
        if self.options.leads:
            await self._sync()
        if self.options.announcer_seconds > 0:  # 0 where a clock that stands still would make a rhythm a spin
            self._keeping = asyncio.create_task(self._keep(), name="keeping answers")
            self._warming = asyncio.create_task(self._warm(), name="warming")
            if self.options.leads:
                self.announcer.start(self.options.announcer_seconds)

    async def close(self) -> None:
        """Stop announcing, write down what was answered, then leave Discord."""
        await self.announcer.stop()
        if self._warming is not None:
            self._warming.cancel()
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
            self._keeping = None
            await self._keep_once()
        await super().close()

    async def _warm(self) -> None:
        from bot.chat.warming import warm

        await self.wait_until_ready()
        await warm(self.parts)

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(KEEP_SECONDS)
            await self._keep_once()

    async def _keep_once(self) -> None:
        try:
            async with asyncio.timeout(KEEP_SECONDS):
                await self.answering.keep()
        except (DatasetError, TimeoutError) as problem:  # locked or away: it stays noted
            log.warning("answers cannot be written down now: %s", type(problem).__name__)
        except Exception:
            log.exception("answers could not be written down")

    async def _sync(self) -> None:
        await self.tree.sync()
        if self.options.home_server is None:
            return
        try:
            await self.tree.sync(guild=self.home)
        except discord.Forbidden:
            # Not invited yet, or without the scope for commands: members are served all the same.
            log.warning("the home server does not let me register its commands; /setup tells the moderators")

    async def on_message(self, message: discord.Message, /) -> None:
        """Nothing: messages are questions, which their cog hears; there are no prefix commands."""

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """Log a failed listener once, without what members wrote."""
        error = sys.exc_info()[1]
        if error is not None and not errors.is_too_late(error):
            errors.report_fault(error, f"hearing {event_method}")

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Route a pressed component or a submitted form by its id."""
        if interaction.type not in (discord.InteractionType.component, discord.InteractionType.modal_submit):
            return
        named_in_logs(interaction)
        custom_id = str(data_of(interaction).get("custom_id", ""))
        try:
            await self._route(interaction, custom_id)
        except Exception as error:  # noqa: BLE001 - the last place before silence: whatever failed is told and logged
            await self.explain(interaction, error, f"handling {custom_id.split(':', 2)[1:2]}")

    async def _route(self, interaction: discord.Interaction, custom_id: str) -> None:
        try:
            pressed = read_id(custom_id)
        except ForgedId:
            pressed = None
        locale = interaction.locale.value
        route = self.routes.find(pressed.verb) if pressed else None
        if pressed is None or route is None:
            await replies.say(interaction, errors.say_in(locale, "kind.control_old"))
            return
        if pressed.owner is not None and pressed.owner != interaction.user.id:
            await replies.say(interaction, errors.say_in(locale, "kind.not_your_control"))
            return
        if await self.admit(interaction, pressed.verb, moderators=route.moderators, free=route.free):
            await self._handle(route, interaction, pressed)

    async def _handle(self, route: Route, interaction: discord.Interaction, pressed: Pressed) -> None:
        values = tuple(str(value) for value in data_of(interaction).get("values") or ())
        fields = fields_of(interaction) if interaction.type is discord.InteractionType.modal_submit else {}
        await route.handler(interaction, Pressed(pressed.verb, pressed.owner, pressed.payload, values, fields))

    async def admit(
        self, interaction: discord.Interaction, doing: str, *, moderators: bool = False, free: bool = False
    ) -> bool:
        """Whether somebody may do something now; when not, they alone are told why."""
        if interaction.user.bot:
            return False
        if self.is_stopping:
            await replies.say(interaction, errors.say_in(interaction.locale.value, "stopping", commands=("changes",)))
            return False
        if moderators:
            verdict = standing_of(self.options, interaction)
            if verdict is not Standing.MODERATOR:
                log.warning(  # whatever the operator wants to read, refusals are in it
                    "refused %s: %s",
                    doing,
                    verdict,
                    extra={"user": interaction.user.id, "server": interaction.guild_id},
                )
                await replies.say(interaction, refusal_words(verdict))
                return False
            return True
        allowance = self.limits.take(interaction.user.id, interaction.guild_id, free=free)
        if not allowance.allowed:
            # An interaction must be answered, else Discord shows it as failed; only the asker sees this.
            await replies.say(interaction, pause_words(allowance, interaction.locale.value))
        return allowance.allowed

    async def explain(self, interaction: discord.Interaction, error: BaseException, doing: str) -> None:
        """Tell an error once, to the asker alone; log it once when it is ours."""
        if errors.is_too_late(error):
            log.warning("too late while %s: Discord no longer takes the answer", doing)
            return
        locale = interaction.locale.value
        words = errors.words_for(error, locale)
        if words is None:
            self.parts.metrics.failed(type(error).__name__)
            reference = errors.report_fault(error, doing, user=interaction.user.id, server=interaction.guild_id)
            words = errors.fault_words(reference, locale, writing=WRITING in interaction.extras)
        try:
            await replies.say(interaction, words)
        except discord.HTTPException as failure:
            log.warning("could not tell of an error while %s: %s", doing, failure)


class Cog(commands.Cog):
    """Commands that belong together, of one bot, with what their controls do and their entries in menus."""

    def __init__(self, bot: InflowBot) -> None:
        self.bot = bot
        for name, method in vars(type(self)).items():
            noted = getattr(method, "__dict__", {})
            for verb, moderators, free in noted.get(PRESSES, ()):
                bot.routes.add(verb, getattr(self, name), moderators=moderators, free=free)
            if MENU in noted:
                title, extras = noted[MENU]
                entry = app_commands.ContextMenu(name=title, callback=getattr(self, name), extras=extras)
                bot.tree.add_command(entry, guild=bot.home if extras["moderators"] else None)
