"""Questions in messages: by mention, by reply to an answer, in direct messages, and once more where one is edited."""

from __future__ import annotations

import re

import discord
from discord.ext import commands

from bot.chat import errors
from bot.chat.cards.checking import checked, claim_to_check
from bot.chat.client import Cog
from bot.chat.lately import Heard
from bot.chat.leaning import answer_in, leaned
from bot.chat.limits import pause_words
from bot.chat.quoted import question_in, words_in
from bot.chat.replies import Reply, amend, answer_message, wished
from bot.questions.dialogue.state import State
from bot.words.words import words_of


class Mentions(Cog):
    """From a message to a card in reply to it."""

    @commands.Cog.listener("on_message")
    async def hear(self, message: discord.Message) -> None:
        """Answer a mention, a reply to an answer, or a direct message of a person."""
        if not _is_of_a_person(message) or not (self._is_for_us(message) or self._is_hidden(message)):
            return
        heard = Heard(message.author.id, message.edited_at)
        self.bot.answering.heard.put(message.id, heard)
        await self._answer(message, heard)

    @commands.Cog.listener("on_raw_message_edit")
    async def hear_again(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Answer a question that its asker wrote anew, in the message that answered it."""
        heard, message = self.bot.answering.heard.get(payload.message_id), payload.message
        # Discord tells of previews and pins as of edits; only a new wording has a new time.
        if heard is not None and message.edited_at not in (None, heard.edited_at) and self._is_for_us(message):
            heard.edited_at = message.edited_at
            await self._answer(message, heard)

    async def _answer(self, message: discord.Message, heard: Heard) -> None:
        async with heard.turn:
            if heard.edited_at != message.edited_at:  # it was edited once more meanwhile
                return
            words = self._paused(message)
            if words is not None:
                if words:
                    await answer_message(message, _just(Reply(words)))
                return
            try:
                if heard.answer is None:
                    heard.answer = await answer_message(message, self._told(message, heard))
                else:
                    await amend(heard.answer, await self._told(message, heard))
            except Exception as error:  # noqa: BLE001 - whatever failed is told to the member and logged once
                await self._explain(message, error, heard)

    def _paused(self, message: discord.Message) -> str | None:
        """What is said instead of an answer; empty where the asker knows already, None where there is an answer."""
        if self.bot.is_stopping:
            return errors.say_in(self._language(message), "stopping", commands=("changes",))
        allowance = self.bot.limits.take(message.author.id, message.guild.id if message.guild else None)
        if allowance.allowed:
            return None
        return pause_words(allowance, self._language(message)) if allowance.tell else ""

    def _is_for_us(self, message: discord.Message) -> bool:
        """Whether a message is a question: it names us, or is a reply to a message of ours that pings us."""
        if message.guild is None or re.search(rf"<@!?{self._me}>", message.content):
            return True
        return bool(message.content) and self._is_pinged(message)

    def _is_hidden(self, message: discord.Message) -> bool:
        """Whether a message addresses us and Discord keeps its words from us.

        It does where only our role is mentioned, and in replies to what we said to a command.
        """
        role = message.guild.self_role if message.guild else None
        if role is not None and role in message.role_mentions:
            return True
        return self._is_pinged(message) and not message.content and not message.stickers

    def _is_pinged(self, message: discord.Message) -> bool:
        return any(user.id == self._me for user in message.mentions)

    @property
    def _me(self) -> int:
        return self.bot.user.id if self.bot.user else 0

    async def _dialogue(self, message: discord.Message) -> State:
        """The asker's dialogue here; gone on with from the message of ours that this one replies to."""
        state = self.bot.parts.asker.memory.recall(str(message.channel.id), str(message.author.id))
        said = _replied_to(message)
        if said is None or said.author.id != self._me:
            return state
        return await leaned(state, said, self.bot.parts.database)

    async def _told(self, message: discord.Message, heard: Heard) -> Reply:
        if not self._is_for_us(message):
            locale = self._language(message)
            example = words_of(locale).say("help.example.1")
            return Reply(errors.say_in(locale, "kind.hidden", mention=f"<@{self._me}>", question=example))
        own = re.sub(rf"<@!?(?:{self.bot.application_id or 0}|{self._me})>", " ", message.content).strip()
        said = _replied_to(message)
        forwarded = "" if message.content else question_in(message)
        text = own or forwarded or (question_in(said) if said and said.author.id != self._me else "")
        locale = self._language(message, text)
        claim = self._claim(message, text)
        if claim is not None:
            return await checked(self.bot.parts, claim, locale)
        if heard.before is None:
            heard.before = await self._dialogue(message)
        reply = await self.bot.answering.words(
            text,
            asker=message.author.id,
            channel=message.channel.id,
            locale=locale,
            door="mention",
            before=heard.before,
            may_leave=bool(own) and self.bot.options.may_leave(message.guild),  # what others wrote stays here
        )
        return wished(self.bot, reply)

    def _language(self, message: discord.Message, text: str = "") -> str:
        """The language to answer a message in; around it are the answer that it replies to, and its server."""
        said = _replied_to(message)
        answer = answer_in(said) if said is not None and said.author.id == self._me else None
        around = (answer and answer.locale) or (message.guild.preferred_locale.value if message.guild else "en")
        asker, channel = message.author.id, message.channel.id
        return self.bot.answering.language(text, asker=asker, channel=channel, locale=around)

    def _claim(self, message: discord.Message, text: str) -> str | None:
        """What is to be checked: the text behind "check:", or the message of somebody else that this one replies to."""
        claim = claim_to_check(text)
        if claim or claim is None:
            return claim
        said = _replied_to(message)
        if said is None or said.author.id == self._me:
            return None
        words = words_in(said)
        if not words:  # Discord hides it from bots that are not mentioned there
            raise errors.KindlyIn("kind.not_shown", commands=("check",))
        return words

    async def _explain(self, message: discord.Message, error: Exception, heard: Heard) -> None:
        if isinstance(error, discord.Forbidden):
            errors.log.info("may not answer in channel %s", message.channel.id)
            return
        if errors.is_too_late(error):  # the answer was taken back before its question was edited
            return
        locale = self._language(message)
        words = errors.words_for(error, locale) or errors.fault_words(
            errors.report_fault(error, "answering a message", server=message.guild.id if message.guild else None),
            locale,
        )
        if heard.answer is None:
            heard.answer = await answer_message(message, _just(Reply(words)))
        else:
            await amend(heard.answer, Reply(words))


def _is_of_a_person(message: discord.Message) -> bool:
    # Bots and webhooks are never answered, so two bots can never keep each other talking.
    if message.author.bot or message.webhook_id is not None or message.author.system:
        return False
    return message.type in (discord.MessageType.default, discord.MessageType.reply)


def _replied_to(message: discord.Message) -> discord.Message | None:
    said = message.reference.resolved if message.reference else None
    return said if isinstance(said, discord.Message) else None


async def _just(reply: Reply) -> Reply:
    return reply
