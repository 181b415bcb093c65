"""Help, made from the commands themselves, what the bot is, and whether it is set up."""

from __future__ import annotations

import logging

import discord
from discord.ext import commands

from bot.chat.cards.answer import examples
from bot.chat.cards.checkup import check_dataset, check_here, check_rights, news_channel
from bot.chat.client import Cog
from bot.chat.cogs.commanding import Asking, command, press
from bot.chat.errors import Kindly, KindlyIn, say_in
from bot.chat.guide import MODERATED, Entry, Group, detail, entries, overview
from bot.chat.inputs import Choice, choice, unfailing
from bot.chat.permissions import Standing, standing_of
from bot.chat.pressed import Pressed
from bot.chat.replies import Reply, card_reply, post
from bot.chat.views import button, chooser, text_card, turns
from bot.render.markdown import escaped
from bot.words.words import words_of

log = logging.getLogger(__name__)

TEST = "-# This is a test: updates of the dataset will be posted here."
UNSEEN = "⚠️ I cannot see the channel for updates. Check INFLOW_ANNOUNCEMENT_CHANNEL, and that I may view the channel."
ASK_A_MANAGER = "A server manager can allow it."


class Guide(Cog):
    """What can be asked, and of whom."""

    @command(Group.ABOUT, "/help command: figure", command="The command to explain; leave it out for the list.")
    async def help(self, interaction: Asking, command: str | None = None) -> Reply:
        """What you can ask and do, with an example for each command."""
        wanted, words = (command or "").strip().lstrip("/").casefold(), words_of(interaction.locale.value)
        named = [
            entry
            for entry in self._shown(interaction)
            if wanted in (entry.name.casefold(), entry.title(words).lstrip("/").casefold())
        ]
        if wanted and not named:
            raise KindlyIn("kind.command_unknown", commands=("help",), text=escaped(wanted[:40]))
        if named:
            return card_reply(detail(named[0], words))
        return Reply(view=self._page(interaction, 0), private=True)

    @help.autocomplete("command")
    @unfailing
    async def _commands(self, interaction: Asking, typed: str) -> list[Choice]:
        wanted = typed.strip().lstrip("/").casefold()
        fitting = [entry for entry in self._shown(interaction) if wanted in entry.name.casefold()]
        fitting.sort(key=lambda entry: not entry.name.casefold().startswith(wanted))
        words = words_of(interaction.locale.value)
        return [choice(entry.title(words), entry.name) for entry in fitting]

    @press("help", here=True, free=True)
    async def _turn(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        page = int(pressed.payload) if pressed.payload.isdecimal() and len(pressed.payload) < 5 else 0
        return Reply(view=self._page(interaction, page), private=True)

    @press("helpc", here=True, free=True)
    async def _explain(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        wanted = pressed.values[0] if pressed.values else ""
        for entry in self._shown(interaction):
            if entry.name == wanted:
                words = words_of(interaction.locale.value)
                back = button(words.say("button.previous"), "help", pressed.payload)
                return card_reply(detail(entry, words), buttons=[back])
        raise KindlyIn("kind.command_unknown", commands=("help",), text=escaped(wanted[:40]))

    def _page(self, interaction: discord.Interaction, page: int) -> discord.ui.LayoutView:
        words = words_of(interaction.locale.value)
        pages = overview(self._shown(interaction), words)
        page = min(page, len(pages) - 1)
        text, named = pages[page]
        view = text_card(text, buttons=turns(words, "help", page, len(pages)))
        options = [discord.SelectOption(label=entry.title(words)[:100], value=entry.name) for entry in named]
        return view.add_item(chooser("helpc", options, str(page), hint=words.say("guide.pick")))

    def _shown(self, interaction: discord.Interaction) -> list[Entry]:
        moderator = standing_of(self.bot.options, interaction) is Standing.MODERATOR
        return [
            entry
            for entry in entries(self.bot.tree, self.bot.home, interaction.locale.value)
            if moderator or entry.group not in MODERATED
        ]

    @command(Group.ABOUT, "/about")
    async def about(self, interaction: Asking) -> Reply:
        """What this bot is, what it counts, and its limits."""
        return card_reply(_about(interaction.locale.value))

    @command(Group.ABOUT, "/setup")
    async def setup(self, interaction: Asking) -> Reply:
        """Check what is set up and what is missing."""
        verdict = standing_of(self.bot.options, interaction)
        lines = ["### Set-up", check_here(interaction).line]
        buttons = []
        if verdict is Standing.MODERATOR or (
            verdict is Standing.NOT_CONFIGURED and interaction.permissions.manage_guild
        ):
            lines += [check.line for check in check_dataset(self.bot, self.bot.parts, self.bot.options)]
        if verdict is Standing.MODERATOR and self.bot.options.announcement_channel:
            buttons.append(button("Test the channel for updates", "testnews"))
        return card_reply("\n".join(lines), buttons=buttons)

    @press("testnews", moderators=True)
    async def _test_news(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        """Post into the channel for updates, and say what came of it."""
        channel = news_channel(self.bot, self.bot.options)
        if channel is None:
            raise Kindly(UNSEEN)
        check = check_rights(channel.permissions_for(channel.guild.me), channel.mention)
        if not check.good:
            raise Kindly(f"{check.line}\nNothing was posted.")
        try:
            await post(channel, card_reply(TEST))
        except discord.Forbidden:
            raise Kindly(
                f"Discord does not let me post in {channel.mention}. {check.advice or ASK_A_MANAGER}"
            ) from None
        return Reply(f"The test is posted in {channel.mention}.", private=True)

    @commands.Cog.listener("on_guild_join")
    async def welcome(self, guild: discord.Guild) -> None:
        """Greet a new server once, where it receives such messages, with questions to try."""
        channel = _where_to_greet(guild)
        if channel is None:
            return
        locale = guild.preferred_locale.value
        words = words_of(locale)
        text = say_in(locale, "guide.welcome_text", commands=("help", "setup"))
        greeting = card_reply(f"### {words.say('guide.welcome')}\n{text}", buttons=list(examples(None, words)))
        try:
            await post(channel, greeting)
        except discord.Forbidden:
            log.info("may not greet server %s", guild.id)


def _about(locale: str) -> str:
    """What the bot is, what it counts and what it never does."""
    words = words_of(locale)
    points = (
        words.say("guide.about_conflicts"),
        words.say("guide.about_aggregates"),
        say_in(locale, "guide.about_ask", commands=("ask", "help")),
        words.say("guide.about_mistake", report=words.say("button.report")),
    )
    licence = say_in(locale, "guide.about_licence", commands=("cite",))
    listed = "\n".join(f"- {point}" for point in points)
    return f"### Inflow\n{words.say('guide.about_text')}\n{listed}\n-# {licence}"


def _where_to_greet(guild: discord.Guild) -> discord.TextChannel | None:
    """The channel for system messages, else the first where the bot may write."""
    first = [guild.system_channel] if guild.system_channel else []
    for channel in (*first, *guild.text_channels):
        held = channel.permissions_for(guild.me)
        if held.view_channel and held.send_messages:
            return channel
    return None
