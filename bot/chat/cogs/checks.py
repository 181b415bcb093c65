"""Checking a claim: each number that a text states, beside what is held."""

from __future__ import annotations

import discord

from bot.chat.cards.checking import checked
from bot.chat.client import Cog
from bot.chat.cogs.commanding import Asking, command, in_menu
from bot.chat.guide import Group
from bot.chat.quoted import words_in
from bot.chat.replies import Reply, respond
from bot.render.spoken import spoken_in


class Checks(Cog):
    """From somebody's words to a comparison."""

    @in_menu("Check this claim", Group.ASK)
    async def check_claim(self, interaction: Asking, message: discord.Message) -> None:
        """Compare the numbers in a message with the figures held."""
        work = checked(self.bot.parts, words_in(message), interaction.locale.value, private=True)
        await respond(interaction, work, private=True)

    @command(
        Group.ASK,
        "/check text: By the end of 2015, 6,000 Tunisians had gone to Syria.",
        text="Such as: By the end of 2015, 6,000 Tunisians had gone to Syria.",
        private="Show the answer to you alone.",
    )
    async def check(self, interaction: Asking, text: str, private: bool = False) -> Reply:
        """Compare the numbers in a text with the figures held."""
        return await checked(self.bot.parts, text, spoken_in(text, interaction.locale.value), private=private)
