"""The other floor: a constant card, smaller than an answer's (1.6 against 2.2 kB), sent by discord.py alone."""

from __future__ import annotations

import os

import discord
from discord import app_commands, ui

from benchmarks.floor_bot import FloorBot

CLAIMS = 6
BUTTONS = 5
OPTIONS = 10


class ConstantCard(ui.LayoutView):
    """Some lines of text and the controls that a lookup's card has."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        lines = "\n".join(f"- about {number * 100} · by Dec 2014 · ICSR, 26 Jan 2015" for number in range(CLAIMS))
        self.add_item(ui.Container(ui.TextDisplay("### Belgium"), ui.TextDisplay(lines)))
        buttons: ui.ActionRow[ConstantCard] = ui.ActionRow()
        for number in range(BUTTONS):
            buttons.add_item(ui.Button(label=f"Button {number}", custom_id=f"constant:{number}"))
        self.add_item(buttons)
        options = [discord.SelectOption(label=f"Option {number}", value=str(number)) for number in range(OPTIONS)]
        select: ui.Select[ConstantCard] = ui.Select(custom_id="constant:select", options=options)
        self.add_item(ui.ActionRow(select))


class CardBot(FloorBot):
    """Answers with the card."""

    async def setup_hook(self) -> None:
        """Register the command."""
        self.tree.add_command(ask)
        await self.tree.sync()


@app_commands.command(description="Answer with a constant card.")
async def ask(interaction: discord.Interaction, question: str) -> None:
    """Answer with the card."""
    await interaction.response.send_message(view=ConstantCard())


if __name__ == "__main__":
    from tests.twin.launch import turn_to_twin

    turn_to_twin()
    CardBot().run(os.environ["INFLOW_TOKEN"], log_level=30)
