"""What is kept about a person: shown, handed over, deleted."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.client import InflowBot
from bot.chat.guide import Group, told
from bot.chat.replies import Reply, respond
from bot.chat.views import text_card

if TYPE_CHECKING:
    from db.privacy import Kept

Action = Literal["show", "export", "delete"]

ALWAYS = """\
-# I keep no questions with names. Your last question is remembered for ten minutes for follow-ups, and the places you \
asked for last are offered first: both in memory only. Unanswered questions are kept without who asked."""


class Privacy(commands.Cog):
    """Everybody's own."""

    def __init__(self, bot: InflowBot) -> None:
        self.bot = bot

    @app_commands.command(
        description="Show, export or delete what is kept about you.",
        extras=told(Group.ABOUT, "/privacy action: show", free=True),
    )
    @app_commands.describe(action="Show it, get it as a file, or delete it.")
    async def privacy(self, interaction: discord.Interaction[InflowBot], action: Action = "show") -> None:
        """One's own data."""
        await respond(interaction, self._done(interaction, action), private=True)

    async def _done(self, interaction: discord.Interaction, action: Action) -> Reply:
        database, by = self.bot.parts.database, str(interaction.user.id)
        await database.open()
        from db.privacy import forget, kept_about

        if action == "delete":
            before = await forget(database, by)
            self.bot.parts.asker.memory.forget(by)
            self.bot.answering.recent.forget(interaction.user.id)
            return Reply(view=text_card(f"### Deleted\n{_deleted(before)}\n{ALWAYS}"), private=True)
        kept = await kept_about(database, by)
        if action == "export":
            content = json.dumps({"id": by, **kept.as_fields()}, ensure_ascii=False, indent=2).encode()
            file = discord.File(io.BytesIO(content), filename="inflow-about-me.json")
            return Reply("What is kept about you, as a file.", files=(file,), private=True)
        return Reply(view=text_card(f"### What is kept about you\n{_listed(kept)}\n{ALWAYS}"), private=True)


def _listed(kept: Kept) -> str:
    if kept.is_nothing:
        return "Nothing."
    lines = [f"- {_counted(len(kept.watches), 'watch', 'watches')} (`/watches` lists them)"]
    if kept.revisions or kept.proposals:
        lines.append(
            f"- your id in {kept.revisions} changes of the dataset and {kept.proposals} proposals: these stay, "
            "since every figure must be traceable to who entered it"
        )
    return "\n".join([*lines, "`/privacy action: delete` deletes the watches and your last question."])


def _deleted(before: Kept) -> str:
    watches = _counted(len(before.watches), "watch", "watches")
    gone = f"{watches} and your last question."
    if before.revisions or before.proposals:
        gone += f" Your id stays in {before.revisions} changes of the dataset and {before.proposals} proposals."
    return gone


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def cog(bot: InflowBot) -> Privacy:
    """The cog of this module."""
    return Privacy(bot)
