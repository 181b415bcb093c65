"""Importing a file: always a dry run first, with every fault or every change."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.chat.client import Cog, InflowBot
from bot.chat.cogs.commanding import Asking, command
from bot.chat.cogs.figures import CAUSES, WHY
from bot.chat.desk.importing import Imports
from bot.chat.guide import Group
from bot.chat.replies import Reply
from db.edits.change import Cause


class Importing(Cog):
    """From a file to a plan."""

    def __init__(self, bot: InflowBot) -> None:
        super().__init__(bot)
        self.imports = Imports(bot.desk)
        bot.routes.add("readas", self.imports.open, moderators=True)
        bot.routes.add("readstop", self.imports.stop, moderators=True)
        bot.routes.add("readform", self.imports.submitted, moderators=True)

    @command(
        Group.REVIEW,
        "/import file: figures.csv because: Annual update",
        file="A table (CSV, .xlsx), references (.bib, .ris, CSL-JSON), or a data package (.zip).",
        because=WHY,
        cause="Why values change while their source stays, for rows that do not say it themselves.",
    )
    @app_commands.choices(cause=CAUSES)
    async def import_file(
        self,
        interaction: Asking,
        file: discord.Attachment,
        because: str,
        cause: str | None = None,
    ) -> Reply:
        """See what a file would change, with every fault and its line; then confirm it."""
        return await self.imports.planned(interaction, file, because, Cause(cause) if cause else None)
