"""Questions in words: by command, and from the menu of a message."""

from __future__ import annotations

from dataclasses import replace

import discord

from bot.chat import errors
from bot.chat.client import Cog
from bot.chat.cogs.commanding import Asking, acting, in_menu, press, pressing
from bot.chat.guide import Group
from bot.chat.inputs import Choice, unfailing
from bot.chat.pressed import Pressed, from_base36
from bot.chat.quoted import question_in
from bot.chat.reference import Reference
from bot.chat.replies import Reply, card_reply, remove, respond
from bot.words.words import words_of


class Ask(Cog):
    """From a question to a card."""

    # Commands --------------------------------------------------------------------------------------------------

    @acting(
        Group.ASK,
        "/ask question: How many Belgians left for Syria in 2016?",
        question="Such as: How many Belgians left for Syria in 2016?",
        private="Show the answer to you alone.",
        plain="As plain text, if your Discord does not show cards.",
    )
    async def ask(
        self,
        interaction: Asking,
        question: str,
        private: bool = False,
        plain: bool = False,
    ) -> None:
        """Ask in your own words: a country, a period, who is counted."""
        work = self._asked(interaction, question, plain=plain, own=True)
        await respond(interaction, work, private=private, waiting=self._waiting(interaction, plain=plain))

    @ask.autocomplete("question")
    @unfailing
    async def _questions(self, interaction: Asking, typed: str) -> list[Choice]:
        return await self.bot.answering.question_choices(interaction, typed)

    async def _asked(
        self, interaction: discord.Interaction, question: str, *, plain: bool = False, own: bool = False
    ) -> Reply:
        asker, channel = interaction.user.id, interaction.channel_id or 0
        locale = interaction.locale.value
        reply = await self.bot.answering.words(
            question,
            asker=asker,
            channel=channel,
            locale=self.bot.answering.language(question, asker=asker, channel=channel, locale=locale),
            door="ask",
            may_leave=own and self.bot.options.may_leave(interaction.guild),  # what somebody else wrote stays here
        )
        return replace(reply, plain=True) if plain else reply

    def _waiting(self, interaction: discord.Interaction, *, plain: bool) -> Reply | None:
        """What is shown while a second reader reads."""
        if not (self.bot.parts.asker.has_second_reader and self.bot.options.may_leave(interaction.guild)):
            return None
        return replace(card_reply(words_of(interaction.locale.value).say("read.waiting")), plain=plain)

    @in_menu("Answer this", Group.ASK)
    async def answer_this(self, interaction: Asking, message: discord.Message) -> None:
        """Take a message as a question and answer it."""
        text = question_in(message)
        if not text:
            raise errors.KindlyIn("kind.no_words")
        await respond(interaction, self._asked(interaction, text))

    # Presses ---------------------------------------------------------------------------------------------------

    @press("ex")
    async def _example(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        number, _, locale = pressed.payload.partition(".")
        words = words_of(locale)
        key = f"help.example.{number}"
        if not number.isdecimal() or key not in words:
            raise errors.KindlyIn("kind.example_old", commands=("help",))
        return await self._asked(interaction, words.say(key))

    @press("pick", here=True)
    async def _pick(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        reference = Reference.read(pressed.values[0] if pressed.values else pressed.payload)
        return await self.bot.answering.query(reference.query, interaction, door="pick", locale=reference.locale)

    @press("next")
    async def _next(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        reference = Reference.read(pressed.payload)
        return await self.bot.answering.query(reference.query, interaction, door="next", locale=reference.locale)

    @press("page", here=True, free=True)
    async def _turn(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        return await self.bot.answering.again(Reference.read(pressed.payload), interaction, door="page")

    @press("more", here=True, free=True)
    async def _show_further(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        owner, _, rest = pressed.payload.partition("~")
        locale, _, payload = rest.partition("~")  # older cards say their language here
        try:
            asker = from_base36(owner)
        except ValueError as error:
            raise errors.KindlyIn("kind.control_old") from error
        reference = Reference.read(payload)
        return await self.bot.answering.further(reference, asker=asker, locale=reference.locale or locale)

    @pressing("del", free=True)
    async def _remove(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        mine = pressed.payload == str(interaction.user.id)
        if not mine and not interaction.permissions.manage_messages:
            raise errors.KindlyIn("kind.not_yours")
        await remove(interaction)
