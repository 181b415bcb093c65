"""Questions with options instead of words: one place, several, ranks, time, what is held, what words mean."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat import inputs
from bot.chat.client import InflowBot
from bot.chat.errors import KindlyIn
from bot.chat.guide import Group, told
from bot.chat.inputs import Choice, unfailing
from bot.chat.replies import respond
from bot.questions.query import Intent

PLACE = "A country, a region or the world."
MEASURE = "What is counted; people who ever travelled when left out."
PERIOD = "A year, a month or a stretch, such as 2016 or 2014-06 to 2015-12."
WHO = "Who is counted; everyone when left out."
KNOWN_ON = "Answer as the dataset stood on this day (YYYY-MM-DD)."


class Lookups(commands.Cog):
    """Commands that become one typed question each."""

    def __init__(self, bot: InflowBot) -> None:
        self.bot = bot

    @app_commands.command(
        description="The figure of a country or region, with its sources.",
        extras=told(Group.ASK, "/figure place: Belgium measure: travelled in period period: 2016"),
    )
    @app_commands.describe(place=PLACE, measure=MEASURE, period=PERIOD, who=WHO, known_on=KNOWN_ON)
    @app_commands.choices(who=inputs.WHO_CHOICES)
    async def figure(
        self,
        interaction: discord.Interaction[InflowBot],
        place: str,
        measure: str | None = None,
        period: str | None = None,
        who: str | None = None,
        known_on: str | None = None,
    ) -> None:
        """Answer for one place."""
        query = self.bot.answering.read(
            Intent.LOOKUP, [place], interaction, measure=measure, period=period, who=who, known_on=known_on
        )
        await respond(interaction, self.bot.answering.query(query, interaction, door="figure"))

    @app_commands.command(
        description="Several countries side by side in one measure.",
        extras=told(Group.ASK, "/compare first: France second: Germany per_million: True"),
    )
    @app_commands.describe(
        first=PLACE,
        second=PLACE,
        third=PLACE,
        fourth=PLACE,
        measure=MEASURE,
        period=PERIOD,
        who=WHO,
        per_million="Per million inhabitants instead of people.",
        known_on=KNOWN_ON,
    )
    @app_commands.choices(who=inputs.WHO_CHOICES)
    async def compare(
        self,
        interaction: discord.Interaction[InflowBot],
        first: str,
        second: str,
        third: str | None = None,
        fourth: str | None = None,
        measure: str | None = None,
        period: str | None = None,
        who: str | None = None,
        per_million: bool = False,
        known_on: str | None = None,
    ) -> None:
        """Compare two to four places."""
        places = [first, second, third, fourth]
        query = self.bot.answering.read(
            Intent.COMPARE,
            places,
            interaction,
            measure=measure,
            period=period,
            who=who,
            per_million=per_million,
            known_on=known_on,
        )
        if len(query.places) < 2:
            raise KindlyIn("kind.same_place")
        await respond(interaction, self.bot.answering.query(query, interaction, door="compare"))

    @app_commands.command(
        description="Which countries have the highest or lowest figures.",
        extras=told(Group.ASK, "/rank region: Western Europe top: 5 per_million: True"),
    )
    @app_commands.describe(
        region="The region whose countries are ranked; the world when left out.",
        measure=MEASURE,
        period=PERIOD,
        who=WHO,
        per_million="Per million inhabitants instead of people.",
        top="How many of the highest are shown.",
        bottom="Show this many of the lowest instead.",
        known_on=KNOWN_ON,
    )
    @app_commands.choices(who=inputs.WHO_CHOICES)
    async def rank(
        self,
        interaction: discord.Interaction[InflowBot],
        region: str | None = None,
        measure: str | None = None,
        period: str | None = None,
        who: str | None = None,
        per_million: bool = False,
        top: app_commands.Range[int, 1, 50] | None = None,
        bottom: app_commands.Range[int, 1, 50] | None = None,
        known_on: str | None = None,
    ) -> None:
        """Rank the countries of a region."""
        query = self.bot.answering.read(
            Intent.RANK,
            [region or "R:world"],
            interaction,
            measure=measure,
            period=period,
            who=who,
            per_million=per_million,
            top=None if bottom else top or 10,
            bottom=bottom,
            known_on=known_on,
        )
        await respond(interaction, self.bot.answering.query(query, interaction, door="rank"))

    @app_commands.command(
        description="The figures of a country over time.", extras=told(Group.ASK, "/trend place: Tunisia")
    )
    @app_commands.describe(place=PLACE, measure=MEASURE, period=PERIOD, who=WHO, known_on=KNOWN_ON)
    @app_commands.choices(who=inputs.WHO_CHOICES)
    async def trend(
        self,
        interaction: discord.Interaction[InflowBot],
        place: str,
        measure: str | None = None,
        period: str | None = None,
        who: str | None = None,
        known_on: str | None = None,
    ) -> None:
        """Show one place over time."""
        query = self.bot.answering.read(
            Intent.TREND, [place], interaction, measure=measure, period=period, who=who, known_on=known_on
        )
        await respond(interaction, self.bot.answering.query(query, interaction, door="trend"))

    @app_commands.command(
        description="What the dataset holds and what is missing.",
        extras=told(Group.ASK, "/coverage place: Morocco"),
    )
    @app_commands.describe(place="A country or region; everything when left out.")
    async def coverage(self, interaction: discord.Interaction[InflowBot], place: str | None = None) -> None:
        """Show what is held."""
        query = self.bot.answering.read(Intent.COVERAGE, [place], interaction)
        await respond(interaction, self.bot.answering.query(query, interaction, door="coverage"))

    @app_commands.command(
        description="What a measure or a word of the subject means here.",
        extras=told(Group.ASK, "/define word: travelled in period"),
    )
    @app_commands.describe(word="A measure or a word, such as returned, minors or origin.")
    async def define(self, interaction: discord.Interaction[InflowBot], word: str) -> None:
        """Explain a measure or a word."""
        work = self.bot.answering.words(
            f"define {word.replace('_', ' ')}",
            asker=interaction.user.id,
            channel=interaction.channel_id or 0,
            locale=interaction.locale.value,
            door="define",
        )
        await respond(interaction, work)

    @figure.autocomplete("place")
    @compare.autocomplete("first")
    @compare.autocomplete("second")
    @compare.autocomplete("third")
    @compare.autocomplete("fourth")
    @rank.autocomplete("region")
    @trend.autocomplete("place")
    @coverage.autocomplete("place")
    @unfailing
    async def _places(self, interaction: discord.Interaction[InflowBot], typed: str) -> list[Choice]:
        return self.bot.answering.place_choices(interaction, typed)

    @figure.autocomplete("measure")
    @compare.autocomplete("measure")
    @rank.autocomplete("measure")
    @trend.autocomplete("measure")
    @define.autocomplete("word")
    @unfailing
    async def _measures(self, interaction: discord.Interaction[InflowBot], typed: str) -> list[Choice]:
        return inputs.measure_choices(typed, interaction.locale.value)


def cog(bot: InflowBot) -> Lookups:
    """The cog of this module."""
    return Lookups(bot)
