"""Charts and maps: drawn by the chart worker, posted with their numbers as text for those who cannot see them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.charts.errors import ChartFailed
from bot.chat import inputs
from bot.chat.client import InflowBot
from bot.chat.errors import KindlyIn
from bot.chat.guide import Group, told
from bot.chat.inputs import Choice, unfailing
from bot.chat.pressed import Pressed
from bot.chat.reference import Reference
from bot.chat.replies import Reply, respond
from bot.chat.views import cut, remove_button, rows_of, text_card
from bot.questions.query import Intent, Query
from bot.render.caption import caption
from bot.render.markdown import escaped
from db.model.records import Who

if TYPE_CHECKING:
    from bot.charts.chart import Chart

INSTALL = "`pip install 'inflow[charts]'`"


class Pictures(commands.Cog):
    """From an answer to a picture."""

    def __init__(self, bot: InflowBot) -> None:
        self.bot = bot
        bot.routes.add("cht", self._pressed)

    @app_commands.command(
        description="Draw the figures of a country over time.",
        extras=told(Group.TAKE, "/chart place: Tunisia measure: ever travelled"),
    )
    @app_commands.describe(
        place="A country, a region or the world.",
        measure="What is counted; people who ever travelled when left out.",
        period="A year, a month or a stretch, such as 2014-06 to 2015-12.",
        who="Who is counted; everyone when left out.",
    )
    @app_commands.choices(who=inputs.WHO_CHOICES)
    async def chart(
        self,
        interaction: discord.Interaction[InflowBot],
        place: str,
        measure: str | None = None,
        period: str | None = None,
        who: str | None = None,
    ) -> None:
        """Draw one place over time."""
        query = self.bot.answering.read(Intent.TREND, [place], interaction, measure=measure, period=period, who=who)
        await respond(interaction, self._answered(query, interaction))

    @app_commands.command(
        description="Draw a measure on the map.",
        extras=told(Group.TAKE, "/map measure: ever travelled region: Europe per_million: True"),
    )
    @app_commands.describe(
        measure="What is counted; people who ever travelled when left out.",
        region="The region to show; the world when left out.",
        who="Who is counted; everyone when left out.",
        per_million="Per million inhabitants instead of people.",
    )
    @app_commands.choices(who=inputs.WHO_CHOICES)
    async def map(
        self,
        interaction: discord.Interaction[InflowBot],
        measure: str | None = None,
        region: str | None = None,
        who: str | None = None,
        per_million: bool = False,
    ) -> None:
        """Draw the countries of a region."""
        from bot.charts.specs import map_query

        locale = interaction.locale.value
        place = self.bot.answering.place(region, locale) if region else "R:world"
        chosen = inputs.read_measure(measure, locale) if measure else "travelled"
        query = map_query(place, chosen, per_million=per_million, who=Who(who or "everyone"))
        await respond(interaction, self._answered(query, interaction, on_map=True))

    @chart.autocomplete("place")
    @map.autocomplete("region")
    @unfailing
    async def _places(self, interaction: discord.Interaction[InflowBot], typed: str) -> list[Choice]:
        return self.bot.answering.place_choices(interaction, typed)

    @chart.autocomplete("measure")
    @map.autocomplete("measure")
    @unfailing
    async def _measures(self, interaction: discord.Interaction[InflowBot], typed: str) -> list[Choice]:
        return inputs.measure_choices(typed, interaction.locale.value)

    async def _pressed(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        reference = Reference.read(pressed.payload)
        await respond(interaction, self._of_answer(reference, interaction.locale.value), private=True)

    async def _answered(self, query: Query, interaction: discord.Interaction, *, on_map: bool = False) -> Reply:
        from bot.charts.specs import chart_for, map_for

        answer, locale = await self.bot.parts.asker.answer(query), interaction.locale.value
        draw = map_for if on_map else chart_for
        chart = draw(answer, locale=locale, title=caption(answer, locale))
        return await self._drawn(chart, owner=interaction.user.id)

    async def _of_answer(self, reference: Reference, locale: str) -> Reply:
        from bot.charts.specs import chart_for

        answer = await self.bot.parts.asker.at(reference.query, reference.revision)
        return await self._drawn(chart_for(answer, locale=locale, title=caption(answer, locale)))

    async def _drawn(self, chart: Chart | None, *, owner: int | None = None) -> Reply:
        if self.bot.parts.charts is None:
            raise KindlyIn("kind.no_charts", command=INSTALL)
        if chart is None:
            raise KindlyIn("kind.no_picture")
        try:
            png = await self.bot.parts.charts.png(chart)
        except ChartFailed as failure:
            # The same numbers as text: a picture that cannot be drawn must not cost the answer.
            return Reply(view=text_card(cut(escaped(failure.text)), buttons=[remove_button(owner)] if owner else []))
        return picture_reply(chart, png, owner)


def picture_reply(chart: Chart, png: bytes, owner: int | None = None) -> Reply:
    """A drawn chart, its numbers as the picture's description; its owner may take it back."""
    view = ui.LayoutView(timeout=None)
    item = discord.MediaGalleryItem("attachment://chart.png", description=chart.alt)
    view.add_item(ui.Container(ui.MediaGallery(item)))
    for row in rows_of([remove_button(owner)] if owner else []):
        view.add_item(row)
    return Reply(view=view, files=(discord.File(io.BytesIO(png), "chart.png", description=chart.alt),))


def cog(bot: InflowBot) -> Pictures:
    """The cog of this module."""
    return Pictures(bot)
