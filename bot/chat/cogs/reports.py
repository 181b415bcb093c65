"""Reporting a problem below an answer: it reaches the moderators' board, without who reported it."""

from __future__ import annotations

import discord
from discord.ext import commands

from bot.chat import replies
from bot.chat.client import InflowBot
from bot.chat.errors import Kindly
from bot.chat.forms import Field, form
from bot.chat.pressed import Pressed
from bot.chat.reference import Reference
from db.gap_board import PROBLEM, note_gap

HINT = "Kept without your name. Please name no persons."
FIELD = Field("problem", "What is wrong?", hint=HINT, needed=True, long=True, most=400)
FORM = "rf"
"""Shorter than the button's own verb, so that whatever fits below an answer fits into the form's id."""
THANKS = "Thank you. It is on the moderators’ board, without your name."


class Reports(commands.Cog):
    """From an answer to the board."""

    def __init__(self, bot: InflowBot) -> None:
        self.bot = bot
        bot.routes.add("rep", self._ask)
        bot.routes.add(FORM, self._note)

    async def _ask(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        payload = Reference.read(pressed.payload).on_page(0).payload(FORM)
        await interaction.response.send_modal(form("Report a problem", FORM, payload, [FIELD]))

    async def _note(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        reference, parts = Reference.read(pressed.payload), self.bot.parts
        text = " ".join(pressed.fields.get("problem", "").split())
        if not text:
            raise Kindly("Please say in a few words what is wrong; nothing was noted.")
        answer = await parts.asker.at(reference.query, reference.revision)
        query = reference.query
        await note_gap(
            parts.database,
            PROBLEM,
            f"{answer.id} {text.casefold()}",
            text,
            at=parts.clock(),
            place=query.places[0] if query.places else "",
            measure=query.measure or "",
            answer=answer.id,
        )
        await replies.say(interaction, THANKS)


def cog(bot: InflowBot) -> Reports:
    """The cog of this module."""
    return Reports(bot)
