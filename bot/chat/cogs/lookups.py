"""Questions with options instead of words: one place, several, ranks, time, what is held, what words mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from discord import app_commands

from bot.chat.cards.answering import Asked
from bot.chat.client import Cog
from bot.chat.cogs.choosing import (
    KNOWN_ON,
    MEASURE,
    PER_MILLION,
    PERIOD,
    PLACE,
    WHO,
    Option,
    PlaceText,
    TermText,
    options,
)
from bot.chat.cogs.commanding import Asking, command
from bot.chat.errors import KindlyIn
from bot.chat.guide import Group
from bot.chat.replies import Reply
from bot.questions.dialogue.state import State
from bot.questions.query import Intent

FILTERS = {"measure": MEASURE, "period": PERIOD, "who": WHO}
AMOUNT = app_commands.Range[int, 1, 50]


class Lookups(Cog):
    """Commands that become one typed question each."""

    @command(Group.ASK, "/figure place: Belgium measure: departures period: 2016", place=PLACE)
    @options(FILTERS | {"known_on": KNOWN_ON})
    async def figure(self, interaction: Asking, place: PlaceText, **asked: Unpack[Asked]) -> Reply:
        """The figure of a country or region, with its sources."""
        return await self._answer(Intent.LOOKUP, [place], interaction, "figure", **asked)

    @command(
        Group.ASK,
        "/compare first: France second: Germany per_million: True",
        first=PLACE,
        second=PLACE,
        third=PLACE,
        fourth=PLACE,
    )
    @options(FILTERS | {"per_million": PER_MILLION, "known_on": KNOWN_ON})
    async def compare(
        self,
        interaction: Asking,
        first: PlaceText,
        second: PlaceText,
        third: PlaceText | None = None,
        fourth: PlaceText | None = None,
        **asked: Unpack[Asked],
    ) -> Reply:
        """Several countries side by side in one measure."""
        places = [first, second, third, fourth]
        if len(self.bot.answering.read(Intent.COMPARE, places, interaction, **asked).places) < 2:
            raise KindlyIn("kind.same_place")
        return await self._answer(Intent.COMPARE, places, interaction, "compare", **asked)

    @command(
        Group.ASK,
        "/rank region: Western Europe top: 5 per_million: True",
        region="The region whose countries are ranked; the world when left out.",
    )
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
        interaction: Asking,
        region: PlaceText | None = None,
        **asked: Unpack[Asked],
    ) -> Reply:
        """Which countries have the highest or lowest figures."""
        asked["top"] = None if asked.get("bottom") else asked.get("top") or 10
        return await self._answer(Intent.RANK, [region or "R:world"], interaction, "rank", **asked)

    @command(Group.ASK, "/trend place: Tunisia", place=PLACE)
    @options(FILTERS | {"known_on": KNOWN_ON})
    async def trend(self, interaction: Asking, place: PlaceText, **asked: Unpack[Asked]) -> Reply:
        """The figures of a country over time."""
        return await self._answer(Intent.TREND, [place], interaction, "trend", **asked)

    @command(Group.ASK, "/coverage place: Morocco", place="A country or region; everything when left out.")
    async def coverage(self, interaction: Asking, place: PlaceText | None = None) -> Reply:
        """What the dataset holds and what is missing."""
        return await self._answer(Intent.COVERAGE, [place], interaction, "coverage")

    @command(Group.ASK, "/define word: departures", word="A measure or a word, such as returned, minors or origin.")
    async def define(self, interaction: Asking, word: TermText) -> Reply:
        """What a measure or a word of the subject means here."""
        # A command of its own: nothing of the dialogue is carried into it.
        return await self.bot.answering.words(
            f"define {word.replace('_', ' ')}",
            asker=interaction.user.id,
            channel=interaction.channel_id or 0,
            locale=interaction.locale.value,
            door="define",
            before=State(),
        )

    async def _answer(
        self,
        intent: Intent,
        places: Sequence[str | None],
        interaction: Asking,
        door: str,
        **asked: Unpack[Asked],
    ) -> Reply:
        query = self.bot.answering.read(intent, places, interaction, **asked)
        return await self.bot.answering.query(query, interaction, door=door)
