"""A long answer in a thread of its own: every page below each other, out of the channel's way."""

from __future__ import annotations

from typing import Final

import discord

from bot.chat.cards.answer import pages_reply
from bot.chat.cards.checkup import FOR_THREADS
from bot.chat.client import Cog
from bot.chat.cogs.commanding import press
from bot.chat.errors import KindlyIn, say_in
from bot.chat.pressed import Pressed
from bot.chat.reference import Reference
from bot.chat.replies import Reply, in_time, post, wished
from bot.render.reading import reading_text
from bot.words.words import words_of

MOST_PAGES = 10
"""Pages that are posted; a longer answer is better taken as data."""
NAME_LENGTH = 100
ARCHIVED_AFTER: Final = 1440
"""Minutes without a word after which Discord puts the thread away."""
ALREADY_THERE = 160004


class Threads(Cog):
    """From a card to a thread."""

    @press("thr", private=True)
    async def _continue(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        reference = Reference.read(pressed.payload)
        message = _message_for_a_thread(interaction)
        # A thread has the id of the message that it hangs on.
        there = KindlyIn("kind.thread_there", thread=f"<#{message.id}>")
        if message.guild is not None and message.guild.get_thread(message.id) is not None:
            raise there
        parts, locale = self.bot.parts, interaction.locale.value
        answer = await parts.asker.at(reference.query, reference.revision, helped=reference.helped)
        name = reading_text(answer.reading, words_of(locale))[:NAME_LENGTH] or "Inflow"
        try:
            thread = await in_time(message.create_thread(name=name, auto_archive_duration=ARCHIVED_AFTER))
        except discord.HTTPException as error:
            if error.code != ALREADY_THERE:
                raise
            raise there from error
        for reply in pages_reply(answer, locale=locale, most=MOST_PAGES):
            await post(thread, wished(self.bot, reply))
        return Reply(say_in(locale, "thread.opened", thread=thread.mention), private=True)


def _message_for_a_thread(interaction: discord.Interaction) -> discord.Message:
    """The message that a thread can hang on; raise KindlyIn where none can be opened."""
    message = interaction.message
    if message is None or not isinstance(interaction.channel, discord.TextChannel) or interaction.guild is None:
        raise KindlyIn("kind.thread_nowhere", **_instead(interaction))
    if message.flags.ephemeral:
        raise KindlyIn("kind.thread_private")
    if not interaction.permissions.create_public_threads:
        raise KindlyIn("kind.thread_forbidden", **_instead(interaction))
    missing = [words for name, words in FOR_THREADS.items() if not getattr(interaction.app_permissions, name)]
    if missing:
        raise KindlyIn("kind.thread_lacking", rights=", ".join(missing), **_instead(interaction))
    return message


def _instead(interaction: discord.Interaction) -> dict[str, str]:
    """The buttons that show the rest without a thread, as the asker sees them."""
    words = words_of(interaction.locale.value)
    return {"all": words.say("button.all"), "next": words.say("button.next")}
