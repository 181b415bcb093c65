"""Reporting a problem below an answer: it reaches the moderators' board, without who reported it."""

from __future__ import annotations

import discord

from bot.chat import replies
from bot.chat.client import Cog
from bot.chat.cogs.commanding import press, pressing
from bot.chat.errors import KindlyIn, say_in
from bot.chat.forms import Field, form
from bot.chat.pressed import Pressed
from bot.chat.reference import Reference, read_unread
from bot.questions.canonical import canonical
from bot.words.words import words_of
from db.desk.gap_board import PROBLEM, note_gap

FORM = "rf"
"""Shorter than the button's own verb, so that whatever fits below an answer fits into the form's id."""


class Reports(Cog):
    """From an answer to the board."""

    @pressing("rep")
    async def _ask(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        payload = pressed.payload
        if read_unread(payload) is None:
            payload = Reference.read(payload).on_page(0).payload(FORM)
        words = words_of(interaction.locale.value)
        label, hint = words.say("problem.field"), words.say("problem.hint")
        field = Field("problem", label, hint=hint, needed=True, long=True, most=400)
        await replies.show_form(interaction, form(words.say("button.report"), FORM, payload, [field]))

    @press("mis", private=True)
    async def _misread(self, interaction: discord.Interaction, pressed: Pressed) -> replies.Reply:
        """A language model read a question wrongly; what was written is kept nowhere, so only the reading is noted."""
        text = f"Read wrongly by the second reader: {canonical(Reference.read(pressed.payload).query)}"
        self.bot.parts.metrics.second_reader("wrong")
        return await self._noted(interaction, pressed, text)

    @press(FORM, private=True)
    async def _note(self, interaction: discord.Interaction, pressed: Pressed) -> replies.Reply:
        text = " ".join(pressed.fields.get("problem", "").split())
        if not text:
            raise KindlyIn("kind.problem_empty")
        return await self._noted(interaction, pressed, text)

    async def _noted(self, interaction: discord.Interaction, pressed: Pressed, text: str) -> replies.Reply:
        parts, refused = self.bot.parts, read_unread(pressed.payload)
        if refused is not None:
            topic = f"{refused} {text.casefold()}"
            text = f"{refused.replace('_', ' ')}: {text}"
            await note_gap(parts.database, PROBLEM, topic, text, at=parts.clock())
            return replies.Reply(say_in(interaction.locale.value, "problem.noted"), private=True)
        reference = Reference.read(pressed.payload)
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
        return replies.Reply(say_in(interaction.locale.value, "problem.noted"), private=True)
