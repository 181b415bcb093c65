"""The set-up check: what is configured, what is missing, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import discord

from bot.chat.options import ChatOptions, Parts
from bot.render.markdown import escaped

NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "embed_links": "Embed Links",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}
"""What the bot needs in a channel, with Discord's words for it."""

FOR_THREADS = {
    "create_public_threads": "Create Public Threads",
    "send_messages_in_threads": "Send Messages in Threads",
}
"""What it needs beside them where a long answer goes on in a thread."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    good: bool
    what: str
    advice: str = ""

    @property
    def line(self) -> str:
        """As the set-up check shows it."""
        return f"{'✅' if self.good else '⚠️'} {self.what}" + (f"\n-# {self.advice}" if self.advice else "")


def check_here(interaction: discord.Interaction) -> Check:
    """Whether the bot can do its work in the channel that it is asked in."""
    if interaction.guild_id is None:
        return Check(True, "Direct messages need no set-up.")
    if not interaction.is_guild_integration() and interaction.is_user_integration():
        return Check(True, "You brought me along: answers to commands work here; mentions need an invitation.")
    return check_rights(interaction.app_permissions, "this channel")


def check_rights(held: discord.Permissions, where: str) -> Check:
    """Whether the bot holds the rights that its answers need."""
    missing = [words for name, words in NEEDED.items() if not getattr(held, name)]
    if missing:
        return Check(False, f"I lack rights in {where}: {', '.join(missing)}", "A server manager can allow them.")
    threads = [words for name, words in FOR_THREADS.items() if not getattr(held, name)]
    advice = f"Long answers cannot go on in threads: I lack {', '.join(threads)}." if threads else ""
    return Check(True, f"I may read, answer and attach files in {where}.", advice)


def check_dataset(client: discord.Client, parts: Parts, options: ChatOptions) -> Iterator[Check]:
    """Who may change the dataset and where its news go."""
    home = client.get_guild(options.home_server) if options.home_server else None
    yield _home(options, home)
    yield _roles(options.moderator_roles, home)
    yield _channel(client, options)
    second = "on: a change waits for another moderator" if options.second_person else "off: a change counts at once"
    yield Check(True, f"Second person {second}.", "INFLOW_SECOND_PERSON changes it.")
    if parts.charts is None:
        yield Check(False, "Charts are off.", "Install the extra: pip install 'inflow[charts]'.")


def _home(options: ChatOptions, home: discord.Guild | None) -> Check:
    if options.home_server is None:
        return Check(False, "No home server: nobody may change the dataset.", "Set INFLOW_HOME_SERVER to its id.")
    if home is None:
        return Check(False, "I am not in the home server.", "Invite me there, with the scope for commands.")
    return Check(True, f"Home server: {escaped(home.name)}.")


def _roles(wanted: frozenset[int], home: discord.Guild | None) -> Check:
    if not wanted:
        return Check(
            False, "No moderator roles: nobody may change the dataset.", "Set INFLOW_MODERATOR_ROLES to role ids."
        )
    found = [role for role in home.roles if role.id in wanted] if home else []
    if len(found) < len(wanted):
        return Check(False, f"{len(wanted) - len(found)} of {len(wanted)} moderator roles are not in the home server.")
    return Check(True, "Moderators: " + ", ".join(f"@{escaped(role.name)}" for role in found))


def _channel(client: discord.Client, options: ChatOptions) -> Check:
    if options.announcement_channel is None:
        return Check(False, "No channel for updates: none are posted.", "Set INFLOW_ANNOUNCEMENT_CHANNEL to its id.")
    channel = news_channel(client, options)
    if channel is None:
        return Check(False, "I cannot see the channel for updates.", "Check its id and that I may view it.")
    return check_rights(channel.permissions_for(channel.guild.me), channel.mention)


def news_channel(client: discord.Client, options: ChatOptions) -> discord.TextChannel | discord.Thread | None:
    """The channel for updates, None when it is not configured or the bot cannot see it."""
    channel = client.get_channel(options.announcement_channel or 0)
    return channel if isinstance(channel, discord.TextChannel | discord.Thread) else None
