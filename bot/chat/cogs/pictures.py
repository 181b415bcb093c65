"""Charts and maps: drawn by the chart worker, posted with their numbers as text for those who cannot see them."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

import discord
from discord import ui

from bot.charts.errors import ChartFailed
from bot.chat.cards.answering import Asked
from bot.chat.client import Cog
from bot.chat.cogs.choosing import MEASURE, PER_MILLION, PERIOD, PLACE, WHO, PlaceText, options
from bot.chat.cogs.commanding import Asking, command, press
from bot.chat.errors import KindlyIn
from bot.chat.guide import Group
from bot.chat.pressed import Pressed
from bot.chat.reference import Reference
from bot.chat.replies import Reply, card_reply
from bot.chat.views import cut, layout, remove_button, rows_of
from bot.questions.query import Intent, Query
from bot.render.caption import caption
from bot.render.markdown import escaped

if TYPE_CHECKING:
    from bot.answers.answer import Answer
    from bot.charts.chart import Chart

INSTALL = "`pip install 'inflow[charts]'`"


class Pictures(Cog):
    """From an answer to a picture."""

    @command(Group.TAKE, "/chart place: Tunisia measure: ever travelled", place=PLACE)
    @options({"measure": MEASURE, "period": PERIOD, "who": WHO})
    async def chart(self, interaction: Asking, place: PlaceText, **asked: Unpack[Asked]) -> Reply:
        """Draw the figures of a country over time."""
        query = self.bot.answering.read(Intent.TREND, [place], interaction, **asked)
        return await self._answered(query, interaction)

    @command(
        Group.TAKE,
        "/map measure: ever travelled region: Europe per_million: True",
        region="The region to show; the world when left out.",
    )
    @options({"measure": MEASURE, "who": WHO, "per_million": PER_MILLION})
    async def map(self, interaction: Asking, region: PlaceText | None = None, **asked: Unpack[Asked]) -> Reply:
        """Draw a measure on the map."""
        from bot.charts.specs import map_query

        read = self.bot.answering.read(Intent.RANK, [region or "R:world"], interaction, **asked)
        measure = read.measure or "travelled"
        query = map_query(read.places[0], measure, per_million=read.per_million, who=read.who)
        return await self._answered(query, interaction, on_map=True)

    @press("cht", private=True)
    async def _pressed(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        from bot.charts.specs import chart_for

        reference = Reference.read(pressed.payload)
        locale = reference.locale or interaction.locale.value
        answer = await self.bot.parts.asker.at(reference.query, reference.revision)
        return await self._drawn(chart_for, answer, locale)

    async def _answered(self, query: Query, interaction: discord.Interaction, *, on_map: bool = False) -> Reply:
        from bot.charts.specs import chart_for, map_for

        answer, locale = await self.bot.parts.asker.answer(query), interaction.locale.value
        return await self._drawn(map_for if on_map else chart_for, answer, locale, owner=interaction.user.id)

    async def _drawn(
        self, draw: Callable[..., Chart | None], answer: Answer, locale: str, *, owner: int | None = None
    ) -> Reply:
        if self.bot.parts.charts is None:
            raise KindlyIn("kind.no_charts", command=INSTALL)
        # A map of the world is laid out in twenty milliseconds; other questions need not wait for that.
        chart = await asyncio.to_thread(draw, answer, locale=locale, title=caption(answer, locale))
        if chart is None:
            raise KindlyIn("kind.no_picture")
        try:
            png = await self.bot.parts.charts.png(chart)
        except ChartFailed as failure:
            # The same numbers as text: a picture that cannot be drawn must not cost the answer.
            return card_reply(
                cut(escaped(failure.text)), buttons=[remove_button(owner)] if owner else [], private=False
            )
        return picture_reply(chart, png, owner)


def picture_reply(chart: Chart, png: bytes, owner: int | None = None) -> Reply:
    """A drawn chart, its numbers as the picture's description; its owner may take it back."""
    item = discord.MediaGalleryItem("attachment://chart.png", description=chart.alt)
    gallery: ui.Container[ui.LayoutView] = ui.Container(ui.MediaGallery(item))
    view = layout(gallery, *rows_of([remove_button(owner)] if owner else []))
    return Reply(view=view, files=(discord.File(io.BytesIO(png), "chart.png", description=chart.alt),))
