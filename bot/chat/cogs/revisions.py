"""Review and undo: confirming what was previewed, the history, and the decisions of a second person."""

from __future__ import annotations

import re
from collections.abc import Iterable

import discord
from discord import app_commands

from bot.chat.cards.history import History, history_reply
from bot.chat.client import Cog, InflowBot
from bot.chat.cogs.choosing import FigureText, PlaceText, SourceText
from bot.chat.cogs.commanding import Asking, command, press, pressing
from bot.chat.cogs.figures import WHY
from bot.chat.desk.reviewing import pending_reply, rejected_reply, review_reply
from bot.chat.errors import Kindly
from bot.chat.forms import Field, form
from bot.chat.guide import Group
from bot.chat.inputs import Choice, choice, unfailing
from bot.chat.permissions import Standing, standing_of
from bot.chat.pressed import Pressed
from bot.chat.replies import Reply, show_form
from db.edits.requests import Undo

PROPOSAL = "The proposal; pick one or type its number."
REASON = Field("because", "Why", hint="Kept in the history.", needed=True, long=True, most=500)


class Revisions(Cog):
    """What was changed, what waits, and the way back."""

    def __init__(self, bot: InflowBot) -> None:
        super().__init__(bot)
        desk = bot.desk
        bot.routes.add("write", desk.write, moderators=True)
        bot.routes.add("drop", desk.drop, moderators=True)
        bot.routes.add("fix", desk.reopen, moderators=True)
        bot.routes.add("deskform", desk.submitted, moderators=True)

    @command(
        Group.REVIEW,
        "/undo revision: 12 because: The wrong table was read",
        revision="The change; pick one or type its number.",
        because=WHY,
    )
    async def undo(self, interaction: Asking, revision: app_commands.Range[int, 1], because: str) -> Reply:
        """Take a change back by a new one; nothing is lost."""
        return await self.bot.desk.preview(interaction, Undo(revision), because)

    @command(
        Group.REVIEW,
        "/history place: Belgium",
        place="One country or region only.",
        figure="One figure only.",
        source="One source only.",
        by="One person only.",
    )
    async def show_history(
        self,
        interaction: Asking,
        place: PlaceText | None = None,
        figure: FigureText | None = None,
        source: SourceText | None = None,
        by: discord.Member | None = None,
    ) -> Reply:
        """Who changed what, when and why, newest first."""
        asked = History(
            place=self.bot.answering.place(place, interaction.locale.value) if place else None,
            figure=(await self.bot.finder.figure(figure)).id if figure else None,
            source=(await self.bot.finder.source(source)).id if source else None,
            by=str(by.id) if by else None,
        )
        return await history_reply(self.bot.parts.database, asked, interaction.locale.value)

    @command(Group.REVIEW, "/pending")
    async def show_pending(self, interaction: Asking) -> Reply:
        """Changes that wait for a second moderator."""
        return await pending_reply(self.bot.desk, interaction)

    @command(Group.REVIEW, "/approve proposal: 3", proposal=PROPOSAL)
    async def approve(self, interaction: Asking, proposal: app_commands.Range[int, 1]) -> Reply:
        """Look at a proposed change as it would be made now, and approve it."""
        return await review_reply(self.bot.desk, interaction, proposal)

    @command(Group.REVIEW, "/reject proposal: 3 because: The page says 47, not 74", proposal=PROPOSAL, because=WHY)
    async def reject(self, interaction: Asking, proposal: app_commands.Range[int, 1], because: str) -> Reply:
        """Decide against a proposed change, or withdraw your own."""
        return await rejected_reply(self.bot.desk, interaction, proposal, because)

    @undo.autocomplete("revision")
    async def _revisions(self, interaction: Asking, typed: str) -> list[app_commands.Choice[int]]:
        return _numbers(await self._recent(interaction, str(typed)))

    @approve.autocomplete("proposal")
    @reject.autocomplete("proposal")
    async def _proposals(self, interaction: Asking, typed: str) -> list[app_commands.Choice[int]]:
        return _numbers(await self._waiting(interaction, str(typed)))

    @unfailing
    async def _recent(self, interaction: Asking, typed: str) -> list[Choice]:
        if not self._may_see(interaction):
            return []
        from db.edits.history import history

        entries = await history(self.bot.parts.database, limit=100, changes_each=0)
        return _fitting(((item.revision.id, item.revision.summary) for item in entries), typed)

    @unfailing
    async def _waiting(self, interaction: Asking, typed: str) -> list[Choice]:
        if not self._may_see(interaction):
            return []
        from db.desk import proposals

        waiting = await proposals.pending(self.bot.parts.database, limit=100)
        return _fitting(((item.id, item.summary) for item in waiting), typed)

    def _may_see(self, interaction: Asking) -> bool:
        """Completions pass no gate of their own, and what waits is for moderators alone."""
        return standing_of(self.bot.options, interaction) is Standing.MODERATOR

    # Presses ---------------------------------------------------------------------------------------------------

    @pressing("undopress", "rejpress", moderators=True)
    async def _ask_why(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        number = read_number(pressed.payload)
        title, verb = ("Undo revision", "undoform") if pressed.verb == "undopress" else ("Reject proposal", "rejform")
        await show_form(interaction, form(f"{title} {number}", verb, str(number), [REASON], owner=interaction.user.id))

    @press("undoform", moderators=True)
    async def _undo_form(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        request, because = Undo(read_number(pressed.payload)), pressed.fields.get("because", "")
        return await self.bot.desk.preview(interaction, request, because)

    @press("hispage", here=True, moderators=True)
    async def _turn(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        asked = History.read(pressed.payload)
        return await history_reply(self.bot.parts.database, asked, interaction.locale.value)

    @press("review", moderators=True)
    async def _review(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        number = read_number(pressed.values[0] if pressed.values else pressed.payload)
        return await review_reply(self.bot.desk, interaction, number)

    @press("rejform", moderators=True)
    async def _reject_form(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        number, because = read_number(pressed.payload), pressed.fields.get("because", "")
        return await rejected_reply(self.bot.desk, interaction, number, because)


def _fitting(told: Iterable[tuple[int, str]], typed: str) -> list[Choice]:
    labels = ((str(number), f"{number} · {summary}") for number, summary in told)
    return [choice(label, number) for number, label in labels if typed.casefold() in label.casefold()]


def _numbers(found: list[Choice]) -> list[app_commands.Choice[int]]:
    """Choices whose values are numbers."""
    return [app_commands.Choice(name=item.name, value=int(item.value)) for item in found]


def read_number(text: str) -> int:
    """The number of a revision or proposal in a control; raise Kindly when it is none."""
    if re.fullmatch(r"[1-9]\d{0,8}", text) is None:
        raise Kindly("That control is from another version of me. Please use the command; nothing was changed.")
    return int(text)
