"""Figures: added, corrected, retracted, and picked to open answers; each with a preview first."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from discord import app_commands

from bot.chat import inputs
from bot.chat.client import Cog
from bot.chat.cogs.choosing import PLACE, FigureText, MeasureText, Option, PlaceText, SourceText, options
from bot.chat.cogs.commanding import Asking, acting, command
from bot.chat.desk.forms import DeskForm, figure_form
from bot.chat.guide import Group
from bot.chat.inputs import Choice
from bot.chat.replies import Reply
from db.edits.change import Cause
from db.edits.requests import (
    DisputeFigure,
    DropHeadline,
    PickHeadline,
    Request,
    RestoreFigure,
    RetractFigure,
)
from db.model.records import Counts, Destination, Figure, Official, Zero

FIGURE = "The figure; type a place, a value or a source and pick one."
WHY = "Why; kept in the history."
CAUSES = [
    Choice(name="typo: the source always said this", value=Cause.TYPO.value),
    Choice(name="re-read: the source means this", value=Cause.RE_READ.value),
    Choice(name="new source: another document says so", value=Cause.NEW_SOURCE.value),
]
HOW: dict[str, Callable[[str, int], Request]] = {
    "withdraw": RetractFigure,
    "dispute": DisputeFigure,
    "restore": RestoreFigure,
}
COUNTS = [
    Choice(name=word.value.replace("_", " ") or "as the measure says", value=word.value or "-") for word in Counts
]
ZEROS = [
    Choice(name="none: there were none", value=Zero.NONE.value),
    Choice(name="none known: none had been seen", value=Zero.NONE_KNOWN.value),
    Choice(name="the value is not zero", value="-"),
]
SEEN = [
    Choice(name="in the publisher's own text", value="primary"),
    Choice(name="in another page that quotes it", value="secondary"),
]
CELLS = {
    "place": Option(PLACE, PlaceText),
    "measure": Option("What is counted.", MeasureText),
    "source": Option("The document that states it; type a word of its title or publisher.", SourceText),
    "who": Option("Who is counted.", choices=inputs.WHO_CHOICES),
    "destination": Option("Where they went.", choices=[Choice(name=one.value, value=one.value) for one in Destination]),
    "relays": Option("The source, or the figure by its id, that it relies on; - empties it.", SourceText),
    "seen": Option("Where you read it.", choices=SEEN),
    "credibility": Option(
        "Of the information itself: 1 confirmed to 5 improbable, 6 not judged.", app_commands.Range[int, 1, 6]
    ),
    "counts": Option("What is counted beyond the measure's own words.", choices=COUNTS),
    "zero": Option("What a zero says; left out, a zero is none.", choices=ZEROS),
    "official": Option(
        "Whether a state says so.", choices=[Choice(name=one.value, value=one.value) for one in Official]
    ),
    "basis": Option("How it was counted, in the source's own words; - empties it."),
    "note": Option("What members should know; it decides nothing. - empties it."),
    "desk_note": Option("What curators should know; members do not see it. - empties it."),
    "grade_reason": Option("Why your credibility is not the one that the rule gives; - empties it."),
    "accepted": Option("A check that asks to look twice and why it holds, as kind: why; - empties it."),
}
"""The columns of a figure that are chosen before its form is written."""


class Figures(Cog):
    """From a wish to a preview."""

    @acting(Group.FIGURES, "/figure-add place: Belgium measure: travelled source: tsg_2015")
    @options(CELLS, needed=("place", "measure", "source"))
    async def add(self, interaction: Asking, /, **cells: str | int | None) -> None:
        """Add a figure: choose place, measure and source, then write the value into the form."""
        await self.bot.desk.open(interaction, DeskForm("figure", chosen=await self._chosen(interaction, cells)))

    @acting(
        Group.FIGURES,
        "/figure-edit figure: be-travelled-tsg_2015 cause: typo",
        figure=FIGURE,
        cause="Why the value changes while the source stays; not needed for other columns.",
    )
    @app_commands.choices(cause=CAUSES)
    @options(CELLS)
    async def edit(
        self,
        interaction: Asking,
        /,
        figure: FigureText,
        cause: str | None = None,
        **cells: str | int | None,
    ) -> None:
        """Correct a figure: the form opens with what stands; a changed value says its cause."""
        chosen = await self._chosen(interaction, cells)
        held = await self.bot.finder.figure(figure)
        await self.bot.desk.open(interaction, figure_form(held, chosen, Cause(cause) if cause else None))

    @command(
        Group.FIGURES,
        "/figure-retract figure: be-travelled-tsg_2015 because: Counted twice",
        figure=FIGURE,
        because=WHY,
        how="Withdraw it when left out.",
    )
    @app_commands.choices(
        how=[
            Choice(name="withdraw: answers no longer show it", value="withdraw"),
            Choice(name="dispute: answers show it with the reason", value="dispute"),
            Choice(name="restore: it counts again", value="restore"),
        ]
    )
    async def retract(self, interaction: Asking, figure: FigureText, because: str, how: str = "withdraw") -> Reply:
        """Withdraw a figure, mark it as disputed, or restore it; nothing is ever deleted."""
        held = await self.bot.finder.figure(figure)
        return await self.bot.desk.preview(interaction, HOW.get(how, RetractFigure)(held.id, held.version), because)

    @command(
        Group.FIGURES,
        "/headline figure: be-travelled-tsg_2015 because: The ministry confirms it",
        figure=FIGURE,
        because=WHY,
        by_rule="End the pick: the rule chooses again.",
    )
    async def headline(self, interaction: Asking, figure: FigureText, because: str, by_rule: bool = False) -> Reply:
        """Pick the figure that opens the answers on its place and measure, or let the rule choose again."""
        request = pick_request(await self.bot.finder.figure(figure), by_rule=by_rule)
        return await self.bot.desk.preview(interaction, request, because)

    async def _chosen(self, interaction: Asking, cells: Mapping[str, str | int | None]) -> dict[str, str]:
        """The cells of options; place, measure and documents are read kindly."""
        locale, chosen = interaction.locale.value, given(**cells)
        if place := chosen.get("place"):
            chosen["place"] = self.bot.answering.place(place, locale)
        if measure := chosen.get("measure"):
            chosen["measure"] = inputs.read_measure(measure, locale)
        for column in ("source", "relays"):
            if said := chosen.get(column):
                chosen[column] = await self.bot.finder.source_keys(said) or said
        return chosen


def given(**cells: str | int | None) -> dict[str, str]:
    """The cells that were given, as text; ``-`` empties a cell, since Discord sends no empty option."""
    texts = {column: str(value).strip() for column, value in cells.items() if value is not None}
    return {column: "" if text == "-" else text for column, text in texts.items()}


def pick_request(figure: Figure, *, by_rule: bool) -> Request:
    """The pick of a figure, or the end of the pick on its place, measure and who."""
    if by_rule:
        return DropHeadline(figure.place, figure.measure, figure.who.value)
    return PickHeadline(figure.id)
