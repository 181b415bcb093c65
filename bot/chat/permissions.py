"""Who may change the dataset: the configured roles in the home server, and nobody else."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

import discord

from bot.chat.options import ChatOptions


class Standing(StrEnum):
    """Whether a person may change the dataset and, if not, why."""

    MODERATOR = "moderator"
    NOT_CONFIGURED = "not_configured"
    ELSEWHERE = "elsewhere"
    NO_ROLE = "no_role"


def standing(options: ChatOptions, *, server: int | None, roles: Collection[int], installed: bool = True) -> Standing:
    """Judge a person by where they ask and which roles they hold there.

    ``installed`` is False when the person brought the bot along (a user install): the server's moderators did
    not invite it, so its roles do not count. Discord's own permissions (administrator, owner) never count.
    """
    if options.home_server is None or not options.moderator_roles:
        return Standing.NOT_CONFIGURED
    if server != options.home_server or not installed:
        return Standing.ELSEWHERE
    if options.moderator_roles.isdisjoint(roles):
        return Standing.NO_ROLE
    return Standing.MODERATOR


def standing_of(options: ChatOptions, interaction: discord.Interaction) -> Standing:
    """The standing of whoever caused an interaction, from what Discord says in that very interaction."""
    user = interaction.user
    roles = {role.id for role in user.roles} if isinstance(user, discord.Member) else set()
    brought_along = interaction.is_user_integration() and not interaction.is_guild_integration()
    return standing(options, server=interaction.guild_id, roles=roles, installed=not brought_along)


def refusal_words(verdict: Standing) -> str:
    """What a person who may not change the dataset is told."""
    if verdict is Standing.NOT_CONFIGURED:
        return (
            "Nobody may change the dataset yet: the operator has not set a home server and moderator roles. "
            "`/setup` shows what is missing. You can still ask questions."
        )
    if verdict is Standing.ELSEWHERE:
        return (
            "The dataset is changed only from its home server, by its moderators. "
            "You can ask questions anywhere, and “Report a problem” on an answer reaches the moderators."
        )
    return "That is for moderators of the dataset. “Report a problem” below an answer tells them what you found."
