"""The floor: the least that a discord.py bot can be, with a constant reply. Run against the twin by the benchmarks."""

from __future__ import annotations

import os

import discord
from discord import app_commands

REPLY = "Belgium: 4 travelled in 2016."


class FloorBot(discord.AutoShardedClient):
    """One slash command, one autocomplete and one mention, each answered with a constant."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True))
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        """Register the commands."""
        self.tree.add_command(ask)
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        """Answer a mention."""
        if not message.author.bot and self.user is not None and self.user in message.mentions:
            await message.reply(REPLY)


@app_commands.command(description="Answer with a constant.")
async def ask(interaction: discord.Interaction, question: str) -> None:
    """Answer with a constant."""
    await interaction.response.send_message(REPLY)


@ask.autocomplete("question")
async def suggest(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    """Offer a constant."""
    return [app_commands.Choice(name="Belgium", value="BE")]


if __name__ == "__main__":
    from tests.twin.launch import turn_to_twin

    turn_to_twin()
    FloorBot().run(os.environ["INFLOW_TOKEN"], log_level=30)
