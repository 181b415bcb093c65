"""Questions with options instead of words: one place, several, ranks, time, what is held, what words mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import discord
from discord import app_commands

from bot.chat.cards.answering import Asked
from bot.chat.client import Cog, InflowBot
from bot.chat.cogs.choosing import (
    KNOWN_ON,
    MEASURE,
    PER_MILLION,
    PERIOD,
    PLACE,
    WHO,
    MeasureText,
    Option,
    PlaceText,
    options,
)
from bot.chat.errors import KindlyIn
from bot.chat.guide import Group, told
from bot.chat.replies import respond
from bot.questions.query import Intent

FILTERS = {"measure": MEASURE, "period": PERIOD, "who": WHO}
AMOUNT = app_commands.Range[int, 1, 50]


class Lookups(Cog):
    """Commands that become one typed question each."""

    @app_commands.command(
        description="The figure of a country or region, with its sources.",
        extras=told(Group.ASK, "/figure place: Belgium measure: travelled in period period: 2016"),
    )
    @app_commands.describe(place=PLACE)
    @options(FILTERS | {"known_on": KNOWN_ON})
    async def figure(
        self, interaction: discord.Interaction[InflowBot], place: PlaceText, **asked: Unpack[Asked]
    ) -> None:
        """Answer for one place."""
        await self._answer(Intent.LOOKUP, [place], interaction, "figure", **asked)

    @app_commands.command(
        description="Several countries side by side in one measure.",
        extras=told(Group.ASK, "/compare first: France second: Germany per_million: True"),
    )
    @app_commands.describe(first=PLACE, second=PLACE, third=PLACE, fourth=PLACE)
    @options(FILTERS | {"per_million": PER_MILLION, "known_on": KNOWN_ON})
    async def compare(
        self,
        interaction: discord.Interaction[InflowBot],
        first: PlaceText,
        second: PlaceText,
        third: PlaceText | None = None,
        fourth: PlaceText | None = None,
        **asked: Unpack[Asked],
    ) -> None:
        """Compare two to four places."""
        places = [first, second, third, fourth]
        if len(self.bot.answering.read(Intent.COMPARE, places, interaction, **asked).places) < 2:
            raise KindlyIn("kind.same_place")
        await self._answer(Intent.COMPARE, places, interaction, "compare", **asked)

    @app_commands.command(
        description="Which countries have the highest or lowest figures.",
        extras=told(Group.ASK, "/rank region: Western Europe top: 5 per_million: True"),
    )
    @app_commands.describe(region="The region whose countries are ranked; the world when left out.")
    @options(
        FILTERS
        | {
            "per_million": PER_MILLION,
            "top": Option("How many of the highest are shown.", AMOUNT),
            "bottom": Option("Show this many of the lowest instead.", AMOUNT),
            "known_on": KNOWN_ON,
        }
    )
    async def rank(
        self,
        interaction: discord.Interaction[InflowBot],
        region: PlaceText | None = None,
        **asked: Unpack[Asked],
    ) -> None:
        """Rank the countries of a region."""
        asked["top"] = None if asked.get("bottom") else asked.get("top") or 10
        await self._answer(Intent.RANK, [region or "R:world"], interaction, "rank", **asked)

    @app_commands.command(
        description="The figures of a country over time.", extras=told(Group.ASK, "/trend place: Tunisia")
    )
    @app_commands.describe(place=PLACE)
    @options(FILTERS | {"known_on": KNOWN_ON})
    async def trend(
        self, interaction: discord.Interaction[InflowBot], place: PlaceText, **asked: Unpack[Asked]
    ) -> None:
        """Show one place over time."""
        await self._answer(Intent.TREND, [place], interaction, "trend", **asked)

    @app_commands.command(
        description="What the dataset holds and what is missing.",
        extras=told(Group.ASK, "/coverage place: Morocco"),
    )
    @app_commands.describe(place="A country or region; everything when left out.")
    async def coverage(self, interaction: discord.Interaction[InflowBot], place: PlaceText | None = None) -> None:
        """Show what is held."""
        await self._answer(Intent.COVERAGE, [place], interaction, "coverage")

    @app_commands.command(
        description="What a measure or a word of the subject means here.",
        extras=told(Group.ASK, "/define word: travelled in period"),
    )
    @app_commands.describe(word="A measure or a word, such as returned, minors or origin.")
    async def define(self, interaction: discord.Interaction[InflowBot], word: MeasureText) -> None:
        """Explain a measure or a word."""
        work = self.bot.answering.words(
            f"define {word.replace('_', ' ')}",
            asker=interaction.user.id,
            channel=interaction.channel_id or 0,
            locale=interaction.locale.value,
            door="define",
        )
        await respond(interaction, work)

    async def _answer(
        self,
        intent: Intent,
        places: Sequence[str | None],
        interaction: discord.Interaction[InflowBot],
        door: str,
        **asked: Unpack[Asked],
    ) -> None:
        query = self.bot.answering.read(intent, places, interaction, **asked)
        await respond(interaction, self.bot.answering.query(query, interaction, door=door))
