"""Following a place: who wants to be told when its figures change, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import discord

from bot.chat import inputs
from bot.chat.client import Cog
from bot.chat.cogs.choosing import MeasureText, PlaceText
from bot.chat.cogs.commanding import Asking, command
from bot.chat.errors import KindlyIn, say_in
from bot.chat.guide import Group
from bot.chat.permissions import Standing, standing_of
from bot.chat.replies import Reply, card_reply
from bot.words.words import Words, words_of

Where = Literal["direct message", "this channel"]
How = Literal["at once", "once a day"]


if TYPE_CHECKING:
    from db.desk.watches import Watch


class Watching(Cog):
    """Told when figures change."""

    @command(
        Group.FOLLOW,
        "/watch place: Belgium measure: travelled",
        place="One country; a region or the world stands for all of its countries.",
        measure="One measure only; leave it out for all.",
        where="A direct message, or this channel (for those who may manage it).",
        how="At once, or all of a day together.",
    )
    async def watch(
        self,
        interaction: Asking,
        place: PlaceText,
        measure: MeasureText | None = None,
        where: Where = "direct message",
        how: How = "at once",
    ) -> Reply:
        """Be told when the figures of a place change."""
        parts, locale = self.bot.parts, interaction.locale.value
        in_channel = where == "this channel"
        if in_channel:
            self._check_channel(interaction)
        from db.desk.watches import TooManyWatches, add_watch

        try:
            watch = await add_watch(
                parts.database,
                place=self.bot.answering.place(place, locale),
                measure=inputs.read_measure(measure, locale) if measure else "",
                by=str(interaction.user.id),
                recipient_kind="channel" if in_channel else "user",
                recipient=str(interaction.channel_id if in_channel else interaction.user.id),
                digest="daily" if how == "once a day" else "off",
                locale=locale,
                at=parts.clock(),
            )
        except TooManyWatches as many:
            raise KindlyIn("kind.watch_limit", commands=("unwatch",), limit=str(many.limit)) from many
        words = words_of(locale)
        begun = words.say("watch.begun", what=_named(watch, words))
        told_how = _how(watch, words)
        ends = say_in(locale, "watch.how_to_end", commands=("unwatch", "watches"))
        text = f"### {begun}\n{told_how[:1].upper()}{told_how[1:]}. {ends}"
        return card_reply(text)

    @command(
        Group.FOLLOW,
        "/unwatch place: Belgium",
        free=True,
        place="The place; leave it out to end all.",
        where="A direct message, or this channel (for those who may manage it).",
    )
    async def unwatch(self, interaction: Asking, place: PlaceText | None = None, where: Where | None = None) -> Reply:
        """No longer be told of a place, or of any."""
        if where == "this channel":
            self._check_channel(interaction)
        chosen = self.bot.answering.place(place, interaction.locale.value) if place else None
        from db.desk.watches import end_watches

        database, by = self.bot.parts.database, str(interaction.user.id)
        if where == "this channel":
            ended = await end_watches(database, channel=str(interaction.channel_id), place=chosen)
        else:
            ended = await end_watches(database, by, place=chosen, alone=where is not None)
        if not ended:
            raise KindlyIn("kind.watch_not", commands=("watches",))
        words = words_of(interaction.locale.value)
        number = f" ({words.number(ended)})" if ended > 1 else ""
        text = f"### {words.say('watch.ended')}{number}\n{words.say('watch.no_longer')}"
        return card_reply(text)

    @command(Group.FOLLOW, "/watches", free=True)
    async def watches(self, interaction: Asking) -> Reply:
        """What you watch."""
        words = words_of(interaction.locale.value)
        from db.desk.watches import watches_of

        channel = str(interaction.channel_id) if self._may_manage(interaction) else None
        held = await watches_of(self.bot.parts.database, str(interaction.user.id), channel=channel)
        if not held:
            raise KindlyIn("kind.watch_none", commands=("watch",))
        lines = [f"- **{_named(watch, words)}** · {_how(watch, words)}" for watch in held]
        return card_reply(f"### {words.say('watch.list')}\n" + "\n".join(lines))

    def _check_channel(self, interaction: discord.Interaction) -> None:
        if interaction.guild_id is None:
            raise KindlyIn("kind.watch_no_channel")
        if not self._may_manage(interaction):
            raise KindlyIn("kind.watch_channel_right")

    def _may_manage(self, interaction: discord.Interaction) -> bool:
        """Whether somebody decides what a channel is told: those who manage it, and the dataset's moderators."""
        if interaction.guild_id is None:
            return False
        moderates = standing_of(self.bot.options, interaction) is Standing.MODERATOR
        return moderates or interaction.permissions.manage_channels


def _named(watch: Watch, words: Words) -> str:
    place = words.place(watch.place)
    return f"{place} · {words.measure(watch.measure)}" if watch.measure else place


def _how(watch: Watch, words: Words) -> str:
    when = "daily" if watch.digest == "daily" else "now"
    if watch.recipient_kind == "channel":
        return words.say(f"watch.channel.{when}", channel=f"<#{watch.recipient}>")
    return words.say(f"watch.dm.{when}")
