"""Checking a message: each number that it states, beside what is held."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers.answer import Answer
from bot.chat.checking import Checked, Verdict, check
from bot.chat.client import InflowBot
from bot.chat.documents import link
from bot.chat.errors import KindlyIn
from bot.chat.guide import Group, told
from bot.chat.replies import Reply, respond
from bot.chat.views import text_card
from bot.render.fragments import Telling, citation, value_text, when
from bot.render.markdown import escaped
from bot.render.reading import reading_text
from bot.words.words import words_of

_SIGNS = {Verdict.AGREES: "✅ agrees", Verdict.DIFFERS: "⚠️ differs", Verdict.UNKNOWN: "❔ not held"}
_SHOWN = 3


class Checks(commands.Cog):
    """From somebody's words to a comparison."""

    def __init__(self, bot: InflowBot) -> None:
        self.bot = bot
        bot.tree.add_command(
            app_commands.ContextMenu(
                name="Check this claim",
                callback=self.check_claim,
                extras=told(Group.ASK, "", description="Compare the numbers in a message with the figures held."),
            )
        )

    async def check_claim(self, interaction: discord.Interaction[InflowBot], message: discord.Message) -> None:
        """Compare the numbers of a message with what is held; shown to whoever asks alone."""
        await respond(interaction, self._checked(message.clean_content, interaction.locale.value), private=True)

    async def _checked(self, text: str, locale: str) -> Reply:
        checked = await check(text, self._ask)
        if not checked:
            raise KindlyIn("kind.no_number")
        lines = [line for one in checked for line in checked_lines(one, locale)]
        return Reply(view=text_card("\n".join(lines)), private=True)

    async def _ask(self, sentence: str) -> Answer:
        parts = self.bot.parts
        return await parts.asker.ask(sentence, today=parts.clock().date())


def checked_lines(one: Checked, locale: str) -> list[str]:
    """One number: how it stands, how its sentence was read, and what is held."""
    words = words_of(locale)
    telling = Telling.of(one.answer, words)
    lines = [f"**{words.number(one.number)}** · {_SIGNS[one.verdict]}", f"> {escaped(one.sentence[:200])}"]
    if reading := reading_text(one.answer.reading, words):
        lines.append(f"-# {escaped(reading)}")
    for claim in one.claims[:_SHOWN]:
        cited = citation(claim.source, words, short=True)
        held = f"{value_text(claim.figure, telling)} · {when(claim.figure, words, short=True)}"
        lines.append(f"- {escaped(held)} · {link(cited, claim.source.url) or escaped(cited)}")
    return lines


def cog(bot: InflowBot) -> Checks:
    """The cog of this module."""
    return Checks(bot)
