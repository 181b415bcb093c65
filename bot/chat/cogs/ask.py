"""Questions: in words, by mention, in direct messages, by command, and from the menu of a message."""

from __future__ import annotations

import re
from dataclasses import replace

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat import errors
from bot.chat.cards.checking import checked, claim_to_check
from bot.chat.client import InflowBot
from bot.chat.guide import Group, told
from bot.chat.limits import pause_words
from bot.chat.pressed import Pressed, from_base36
from bot.chat.reference import Reference
from bot.chat.replies import Reply, answer_message, remove, respond, rewrite, wished
from bot.chat.second import may_leave
from bot.render.spoken import spoken_in
from bot.words.words import words_of


class Ask(commands.Cog):
    """From a question to a card."""

    def __init__(self, bot: InflowBot) -> None:
        self.bot = bot
        bot.tree.add_command(
            app_commands.ContextMenu(
                name="Answer this",
                callback=self.answer_this,
                extras=told(Group.ASK, "", description="Take a message as a question and answer it."),
            )
        )
        bot.routes.add("ex", self._example)
        bot.routes.add("pick", self._pick)
        bot.routes.add("page", self._turn, free=True)
        bot.routes.add("more", self._show_further, free=True)
        bot.routes.add("del", self._remove, free=True)

    # Words -----------------------------------------------------------------------------------------------------

    @commands.Cog.listener("on_message")
    async def hear(self, message: discord.Message) -> None:
        """Answer a mention or a direct message of a person."""
        if not self._is_for_us(message):
            return
        if self.bot.is_stopping:
            words = errors.say_in(self._locale(message), "stopping", commands=("changes",))
            await answer_message(message, _just(Reply(words)))
            return
        server = message.guild.id if message.guild else None
        allowance = self.bot.limits.take(message.author.id, server)
        if not allowance.allowed:
            if allowance.tell:
                await answer_message(message, _just(Reply(pause_words(allowance, self._locale(message)))))
            return
        try:
            await answer_message(message, self._told(message))
        except Exception as error:  # noqa: BLE001 - whatever failed is told to the member and logged once
            await self._explain(message, error)

    def _is_for_us(self, message: discord.Message) -> bool:
        # Bots and webhooks are never answered, so two bots can never keep each other talking.
        if message.author.bot or message.webhook_id is not None or message.author.system:
            return False
        if message.type not in (discord.MessageType.default, discord.MessageType.reply):
            return False
        if message.guild is None:
            return True
        # A reply to one of our answers pings us by itself; only a written mention is a question.
        return self.bot.user is not None and re.search(rf"<@!?{self.bot.user.id}>", message.content) is not None

    async def _told(self, message: discord.Message) -> Reply:
        text = re.sub(rf"<@!?{self.bot.application_id or 0}>", " ", message.content)
        text = re.sub(rf"<@!?{self.bot.user.id if self.bot.user else 0}>", " ", text).strip()
        locale = spoken_in(text, self._locale(message))  # a server's language says little of who asks
        claim = self._claim(message, text)
        if claim is not None:
            return await checked(self.bot.parts, claim, locale)
        reply = await self.bot.answering.words(
            text,
            asker=message.author.id,
            channel=message.channel.id,
            locale=locale,
            door="mention",
            may_leave=may_leave(self.bot.options, message.guild),
        )
        return wished(self.bot, reply)

    def _claim(self, message: discord.Message, text: str) -> str | None:
        """What is to be checked: the text behind "check:", or the message of somebody else that this one replies to."""
        claim = claim_to_check(text)
        if claim or claim is None:
            return claim
        said = message.reference.resolved if message.reference else None
        if not isinstance(said, discord.Message) or said.author == self.bot.user:
            return None
        if not said.content:  # Discord hides it from bots that are not mentioned there
            raise errors.KindlyIn("kind.not_shown", commands=("check",))
        return said.content

    def _locale(self, message: discord.Message) -> str:
        return message.guild.preferred_locale.value if message.guild else "en"

    async def _explain(self, message: discord.Message, error: Exception) -> None:
        if isinstance(error, discord.Forbidden):
            errors.log.info("may not answer in channel %s", message.channel.id)
            return
        locale = self._locale(message)
        words = errors.words_for(error, locale) or errors.fault_words(
            errors.report_fault(error, "answering a message", server=message.guild.id if message.guild else None),
            locale,
        )
        await answer_message(message, _just(Reply(words)))

    # Commands --------------------------------------------------------------------------------------------------

    @app_commands.command(
        description="Ask in your own words: a country, a period, who is counted.",
        extras=told(Group.ASK, "/ask question: How many Belgians left for Syria in 2016?"),
    )
    @app_commands.describe(
        question="Such as: How many Belgians left for Syria in 2016?",
        private="Show the answer to you alone.",
        plain="As plain text, if your Discord does not show cards.",
    )
    async def ask(
        self,
        interaction: discord.Interaction[InflowBot],
        question: str,
        private: bool = False,
        plain: bool = False,
    ) -> None:
        """Answer a question in words."""
        await respond(interaction, self._asked(interaction, question, plain=plain, own=True), private=private)

    async def _asked(
        self, interaction: discord.Interaction, question: str, *, plain: bool = False, own: bool = False
    ) -> Reply:
        reply = await self.bot.answering.words(
            question,
            asker=interaction.user.id,
            channel=interaction.channel_id or 0,
            locale=interaction.locale.value,
            door="ask",
            may_leave=own and may_leave(self.bot.options, interaction.guild),  # what somebody else wrote stays here
        )
        return replace(reply, plain=True) if plain else reply

    async def answer_this(self, interaction: discord.Interaction[InflowBot], message: discord.Message) -> None:
        """Take a message as a question."""
        text = message.clean_content.strip()
        if not text:
            raise errors.KindlyIn("kind.no_words")
        await respond(interaction, self._asked(interaction, text))

    # Presses ---------------------------------------------------------------------------------------------------

    async def _example(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        number, _, locale = pressed.payload.partition(".")
        words = words_of(locale)
        key = f"help.example.{number}"
        if not number.isdecimal() or key not in words:
            raise errors.KindlyIn("kind.example_old", commands=("help",))
        await respond(interaction, self._asked(interaction, words.say(key)))

    async def _pick(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        reference = Reference.read(pressed.values[0] if pressed.values else pressed.payload)
        await rewrite(interaction, self.bot.answering.query(reference.query, interaction, door="pick"))

    async def _turn(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        reference = Reference.read(pressed.payload)
        await rewrite(interaction, self.bot.answering.again(reference, interaction, door="page"))

    async def _show_further(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        owner, _, rest = pressed.payload.partition("~")
        locale, _, payload = rest.partition("~")
        try:
            asker = from_base36(owner)
        except ValueError as error:
            raise errors.KindlyIn("kind.control_old") from error
        await rewrite(interaction, self.bot.answering.further(Reference.read(payload), asker=asker, locale=locale))

    async def _remove(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        mine = pressed.payload == str(interaction.user.id)
        if not mine and not interaction.permissions.manage_messages:
            raise errors.KindlyIn("kind.not_yours")
        await remove(interaction)


async def _just(reply: Reply) -> Reply:
    return reply


def cog(bot: InflowBot) -> Ask:
    """The cog of this module."""
    return Ask(bot)
