"""What is kept about a person: shown, handed over, deleted."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Literal

import discord

from bot.chat.client import Cog
from bot.chat.cogs.commanding import Asking, command
from bot.chat.errors import say_in
from bot.chat.guide import Group
from bot.chat.options import NO_MODEL
from bot.chat.replies import Reply, card_reply
from bot.words.words import Words, words_of

if TYPE_CHECKING:
    from db.desk.privacy import Kept

Action = Literal["show", "export", "delete"]


class Privacy(Cog):
    """Everybody's own."""

    @command(Group.ABOUT, "/privacy action: show", action="Show it, get it as a file, or delete it.")
    async def privacy(self, interaction: Asking, action: Action = "show") -> Reply:
        """Show, export or delete what is kept about you."""
        database, by = self.bot.parts.database, str(interaction.user.id)
        locale = interaction.locale.value
        words = words_of(locale)
        always = f"-# {words.say('privacy.always')}"
        if self.bot.parts.asker.has_second_reader:
            always += f"\n-# {words.say('privacy.second_reader', role=NO_MODEL)}"
            if self.bot.options.reader_direct_messages:
                always += f" {words.say('privacy.second_reader_direct')}"
        from db.desk.privacy import forget, kept_about

        if action == "delete":
            before = await forget(database, by)
            self.bot.answering.forget(interaction.user.id)
            return card_reply(f"### {words.say('privacy.deleted')}\n{_deleted(before, words)}\n{always}")
        kept = await kept_about(database, by)
        if action == "export":
            content = json.dumps({"id": by, **kept.as_fields()}, ensure_ascii=False, indent=2).encode()
            file = discord.File(io.BytesIO(content), filename="inflow-about-me.json")
            return Reply(words.say("privacy.file"), files=(file,), private=True)
        return card_reply(f"### {words.say('privacy.title')}\n{_listed(kept, locale)}\n{always}")


def _listed(kept: Kept, locale: str) -> str:
    words = words_of(locale)
    if kept.is_nothing:
        return words.say("privacy.nothing")
    number = words.number(len(kept.watches))
    lines = [f"- {say_in(locale, 'privacy.watches', commands=('watches',), n=number)}"]
    if kept.revisions or kept.proposals:
        lines.append(f"- {_entered(kept, words)}")
    return "\n".join([*lines, say_in(locale, "privacy.how_to_delete", commands=("privacy",))])


def _deleted(before: Kept, words: Words) -> str:
    gone = words.say("privacy.gone", n=words.number(len(before.watches)))
    return f"{gone} {_entered(before, words)}" if before.revisions or before.proposals else gone


def _entered(kept: Kept, words: Words) -> str:
    return words.say("privacy.entered", revisions=words.number(kept.revisions), proposals=words.number(kept.proposals))
